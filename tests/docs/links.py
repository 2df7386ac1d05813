"""Checks that every link inside the project leads somewhere.

    python3 tests/docs/links.py ROOT             all Markdown documents
    python3 tests/docs/links.py --pages FOLDER   all pages of HTML in FOLDER

A link is checked if it is relative: its file exists, and its #fragment is a
heading of the document, or an id of the page. Fails if there is no link at all.
"""
import html.parser
import pathlib
import re
import sys
import urllib.parse

SKIPPED = {"build", ".git", "target", "node_modules"}


def slug(heading, seen):
    """The fragment that code hosts give a heading."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    name = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
    seen[name] = seen.get(name, -1) + 1
    return f"{name}-{seen[name]}" if seen[name] else name


class Document:
    """A Markdown document: its links with their lines, its fragments."""

    def __init__(self, text):
        seen = {}
        body = re.sub(r"^```.*?^```$", lambda fence: "\n" * fence[0].count("\n"),
                      text, flags=re.S | re.M)
        self.fragments = {slug(heading.replace("`", ""), seen) for heading in
                          re.findall(r"^#{1,6} +(.+?) *#*$", body, re.M)}
        self.links = []
        plain = re.sub(r"`[^`\n]*`", lambda code: "`" * len(code[0]), body)
        for found in re.finditer(
                r"\]\(\s*<?([^)\s>]+)>?\s*\)|^\[[^]]+\]: +(\S+)", plain, re.M):
            line = plain.count("\n", 0, found.start()) + 1
            self.links.append((line, found[1] or found[2]))


class Page(html.parser.HTMLParser):
    """A page of HTML, likewise."""

    def __init__(self, text):
        super().__init__()
        self.links, self.fragments = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append((self.getpos()[0], value))
            if name in ("id", "name") and value:
                self.fragments.add(value)


def faults(root, paths, kind):
    """(links checked, what is wrong) of the files `paths` below `root`."""
    read = {path: kind(path.read_text(errors="replace")) for path in paths}
    count, found = 0, []
    for path, document in read.items():
        for line, link in document.links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            count += 1
            to = path
            if parts.path:
                to = (path.parent / urllib.parse.unquote(parts.path)).resolve()
            if to.is_dir() and kind is Page:
                to = to / "index.html"
            where = f"{path.relative_to(root)}:{line}: {link}"
            if not to.exists() or root not in (to, *to.parents):
                found.append(f"{where}: there is no such file")
            elif parts.fragment and to in read:
                names = {parts.fragment, urllib.parse.unquote(parts.fragment)}
                # rustdoc marks a range of source lines by a script.
                lines = (to.name.endswith(".rs.html") and
                         re.fullmatch(r"\d+-\d+", parts.fragment))
                if not names & read[to].fragments and not lines:
                    found.append(f"{where}: there is no such heading")
    return count, found


def selftest():
    document = Document("# A `b` c\n\n[x](blocks.py) [y](#a-b-c)\n"
                        "```\n[no](link)\n```\n\n[z]: gone.md\n")
    assert document.fragments == {"a-b-c"}, document.fragments
    assert document.links == [(3, "blocks.py"), (3, "#a-b-c"), (8, "gone.md")]
    assert Page("<a id='k' href='#k'>").fragments == {"k"}


def main(arguments):
    selftest()
    is_pages = arguments[0] == "--pages"
    root = pathlib.Path(arguments[-1]).resolve()
    pattern, kind = ("*.html", Page) if is_pages else ("*.md", Document)
    paths = [path for path in sorted(root.rglob(pattern))
             if is_pages or
             not SKIPPED & set(path.relative_to(root).parts)]
    count, found = faults(root, paths, kind)
    for fault in found:
        print(fault)
    print(f"{len(paths)} files, {count} links, {len(found)} broken")
    return 1 if found or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
