"""Doxygen's filter: prints influence.h with its comments in Doxygen's form.

    python3 docs/reference/header.py include/influence/influence.h

A line of dashes becomes a group, a comment beside code belongs to that code,
"Returns ..." becomes @return, and indented lines are printed as they are. A
parameter is documented by a convention that the header states at its top, or by
the first sentence of the function's comment that names it; one that has neither
gets no @param, and Doxygen fails.
"""
import re
import sys

# Parameters that mean the same in every function: the header's first comment.
CONVENTIONS = {
    "error": "NULL, or where to put the reason of a failure: see Errors above.",
    "context": "passed to each callback.",
    "engine": "the engine: one algorithm.",
    "tally": "the tally.",
    "graph": "the graph.",
    "standing": "the standing.",
    "drift": "the drift.",
    "schema": "moved in: the schema of the table.",
    "array": "moved in: the table.",
    "data": "the bytes.",
    "status": "a status.",
    "before": "the engine of the first algorithm.",
    "after": "the engine of the second algorithm.",
}


def escaped(text):
    text = re.sub(r"([\\@#%$])", r"\\\1", text)
    text = text.replace("<", "&lt;").replace(">", "&gt;")
    # A name with parts is no link, and *name no emphasis.
    return text.replace("*", r"\*")


def lines_of(comment):
    """The text of a comment, line by line, without its frame."""
    inner = comment[2:-2]
    return [re.sub(r"^ ?\*", "", line.strip()).rstrip() if i else line.rstrip()
            for i, line in enumerate(inner.split("\n"))]


def documented(lines):
    """The lines in Doxygen's form."""
    out, shown = [], False
    for line in lines:
        deep = re.match(r" {3,}\S", line)
        if bool(deep) != shown and line.strip():
            out.append(" @endverbatim" if shown else " @verbatim")
            shown = not shown
        if shown:
            out.append(line)
            continue
        line = escaped(line)
        out.append(re.sub(r"^ Returns (?=[A-Z_]+[ ,.])", " @return ", line))
    if shown:
        out.append(" @endverbatim")
    return out


def sentence(text, name):
    """The first sentence of `text` that names the parameter."""
    flat = re.sub(r"\s+", " ", text)
    for mark in (rf"[`*]{name}\b", rf"\b{name}\b"):
        for each in re.split(r"(?<=[.;:])\s+(?=[A-Z`*])", flat.strip()):
            if re.search(mark, each):
                return escaped(each)
        if name in CONVENTIONS:
            return ""
    return ""


def parameters(text, code):
    """An @param for each parameter that something says a word about."""
    found = re.match(r"\s*(?:INFLUENCE_API|typedef)\b[^;]*?\(([^;]*)\);", code)
    if not found or re.match(r"\s*typedef\s+struct", code):
        return []
    inner = found[1]
    typedef = re.match(r"\s*typedef[^;]*?\)\((.*?)\);", code, re.S)
    if typedef:
        inner = typedef[1]
    out = []
    for each in inner.split(","):
        name = re.search(r"(\w+)\s*$", each)
        if not name or each.strip() == "void":
            continue
        name = name[1]
        words = sentence(text, name) or CONVENTIONS.get(name, "")
        if re.search(r"influence_error\s*\*\s*error$", each):
            words = "the error, or NULL."
        base = re.sub(r"_size$", "", name)
        if not words and base != name:
            words = f"the size of {base}, in bytes."
        if not words and re.search(r"influence_bytes\s*\*", each):
            words = "what the call returns, which you release."
        if not words and re.search(r"const uint8_t\s*\*", each):
            words = "a serialized message, or NULL with size 0."
        if not words and re.search(r"ArrowArrayStream\s*\*", each):
            words = "the stream."
        if words:
            out.append(f" @param {name} {words}")
    return out


def converted(header):
    out, at, is_open = [], 0, False
    for found in re.finditer(r"/\*.*?\*/", header, re.S):
        before = header[at:found.start()]
        out.append(before)
        comment, after = found[0], header[found.end():]
        at = found.end()
        lines = lines_of(comment)
        title = re.match(r" -{5,} (\w[\w ]*)$", lines[0])
        line_before = before.rsplit("\n", 1)[-1]
        if title:
            if is_open:
                out.append("/** @} */\n")
            name = re.sub(r"\W+", "_", title[1])
            body = "\n".join(documented(lines[1:]))
            out.append(f"/** @defgroup {name} {title[1].capitalize()}\n{body}\n"
                       " @{ */")
            is_open = True
        elif found.start() == 0:
            out.append("/** @file\n" + "\n".join(documented(lines)) + "\n*/")
        elif line_before.strip():
            if "#endif" in line_before:
                out.append(comment)
            else:
                out.append("/**<" + " ".join(map(escaped, lines)) + " */")
        else:
            text = " ".join(line for line in lines
                            if not re.match(r" {3,}\S", line))
            body = documented(lines) + parameters(text, after)
            returns = re.match(r"\s*INFLUENCE_API\s+(?!void\b)", after)
            if returns and not any("@return" in line for line in body):
                body.append(f" @return {escaped(re.split('[.;] ', text)[0])}.")
            out.append("/**" + "\n".join(body) + "\n*/")
    text = inherited("".join(out) + header[at:])
    return text.replace("#ifdef __cplusplus\n}",
                        "/** @} */\n#ifdef __cplusplus\n}")


def inherited(text):
    """Comments for the declarations that follow a documented one directly."""
    out, last = [], ""
    for line in text.split("\n"):
        found = re.match(r"(?:INFLUENCE_API .*?)?\b(influence_\w+)\(|"
                         r"#define (INFLUENCE_\w+) \S+$", line)
        name = found and (found[1] or found[2])
        if name and last:
            # influence_error_*, which take the error alone, and versions.
            more = (" @param error the error, or NULL. @return the part."
                    if found[1] else "")
            out.append(f"/** Documented with {last}.{more} */")
        if name:
            last = name
        elif not line.strip() or line.startswith(("/*", " *", "*/")):
            last = ""
        line = re.sub(r"^(  size_t size;)$", r"\1 /**< of data, in bytes */",
                      line)
        out.append(line)
    return "\n".join(out)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print(converted(file.read()), end="")
