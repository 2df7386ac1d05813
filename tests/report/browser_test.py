"""Pages in headless Chromium: see browser.js. Screenshots stay in FOLDER.

    browser_test.py ROOT BINARY FOLDER
"""
import pathlib
import shutil
import subprocess
import sys

ROOT, BINARY, FOLDER = pathlib.Path(sys.argv[1]), sys.argv[2], \
    pathlib.Path(sys.argv[3])
HERE = ROOT / "tests/report"
COMMUNITY = str(ROOT / "examples/community_made_up.csv")
SKIPPED = 77


def report(name, *arguments):
    path = FOLDER / f"{name}.html"
    subprocess.run([BINARY, "report", *arguments, "--algorithm", "v1",
                    "-o", path], check=True)
    return str(path)


def card(name, *arguments):
    path = FOLDER / f"{name}.html"
    subprocess.run([BINARY, "card", "--algorithm", "v2", "--format", "html",
                    *arguments, "-o", path], check=True)
    return str(path)


def complaints(*pages):
    return subprocess.run(
        ["node", FOLDER / "browser.js", shutil.which("chromium"), FOLDER,
         *pages], check=False).returncode


def main():
    if not all(map(shutil.which, ("chromium", "node", "npm"))):
        print("skipped: needs chromium, node and npm")
        return SKIPPED
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "browser.js"):
        shutil.copy(HERE / name, FOLDER)
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"],
                   cwd=FOLDER, check=True)
    old = FOLDER / "old.json"
    before = FOLDER / "before.csv"
    before.write_text("id,mentions,followers\nada,10,500\n")
    subprocess.run([BINARY, "explain", before, "--id", "ada", "--algorithm",
                    "v1", "--format", "json", "-o", old], check=True)
    hostile = FOLDER / "hostile.csv"
    name = "<img src=//x.invalid/y onerror=z()>\u202e" + "w" * 200
    hostile.write_text(f'id,network,mentions\n"{name}",<script>,5\n')
    ada = report("ada", COMMUNITY, "--id", "ada", "--before", str(old))
    pages = [ada,
             report("ada_de", COMMUNITY, "--id", "ada", "--language", "de"),
             report("hostile", str(hostile), "--id", name),
             report("population", "--population", COMMUNITY),
             card("card"), card("card_de", "--language", "de")]
    if complaints(*pages) != 0:
        return 1
    # It must be able to complain.
    text = pathlib.Path(ada).read_text()
    for number, (there, bad) in enumerate((
            ("</main>", '<img src="https://x.invalid/y.png" alt=""></main>'),
            ("</main>", "<script>console.log(1)</script></main>"),
            ("--quiet:#57606a", "--quiet:#c7c0ca"),
            ('<html lang="en">', "<html>"))):
        assert there in text
        path = FOLDER / f"bad_{number}.html"
        path.write_text(text.replace(there, bad, 1))
        if complaints(str(path)) == 0:
            print("nothing was said of", bad)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
