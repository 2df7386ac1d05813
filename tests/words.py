"""Sentences of the pages by code and argument, in English or German.

A test asserts `say("change.rose", id="ada", before=..., after=...)` instead of
the English of the day, so it fails if a page has another code or argument and
holds if only the wording changes.
"""
import functools
import pathlib
import re

RENDER = pathlib.Path(__file__).parent.parent / "src/render"
INCLUDES = {"messages.inc": "de.inc", "card_messages.inc": "card_de.inc"}
ARGUMENT = re.compile(r"\{(\w+)\}")


@functools.lru_cache(None)
def templates(language):
    """code -> its words."""
    words = {}
    for english, german in INCLUDES.items():
        if language == "en":
            found = re.findall(
                r'^MESSAGE\(\w+, "([^"]*)", "[^"]*", "([^"\n]*)"\)$',
                (RENDER / english).read_text(), re.M)
        else:
            found = re.findall(r"^([a-z0-9_.]+) = (.*)$",
                               (RENDER / "languages" / german).read_text(),
                               re.M)
        words.update(found)
    return words


def say(code, language="en", **arguments):
    """The sentence of a code. Requires each of its arguments, as shown."""
    template = templates(language)[code]
    assert set(ARGUMENT.findall(template)) == set(arguments), (code, arguments)
    return ARGUMENT.sub(lambda name: str(arguments[name[1]]), template)


def flat(page):
    """A page in which it does not matter where a line was broken."""
    return " ".join(page.replace("\\", "").split())


def pattern(code, language="en", **given):
    """A regular expression for a sentence. An argument that is not given is a
    group of its name."""
    parts = ARGUMENT.split(templates(language)[code])
    for i in range(1, len(parts), 2):
        name = parts[i]
        parts[i] = (re.escape(str(given[name])) if name in given
                    else f"(?P<{name}>.+?)")
    return "".join(part if i % 2 else re.escape(part)
                   for i, part in enumerate(parts))
