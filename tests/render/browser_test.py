"""Pages in headless Chromium: see browser.js. Screenshots stay in FOLDER.

    browser_test.py ROOT BINARY FOLDER
"""
import pathlib
import shutil
import subprocess
import sys

ROOT, BINARY, FOLDER = pathlib.Path(sys.argv[1]), sys.argv[2], \
    pathlib.Path(sys.argv[3])
HERE = ROOT / "tests/render"
COMMUNITY = str(ROOT / "examples/community_made_up.csv")
LATER = str(ROOT / "examples/community_made_up_later.csv")
SKIPPED = 77


def report(name, *arguments, algorithm="v1"):
    path = FOLDER / f"{name}.html"
    subprocess.run([BINARY, "report", *arguments, "--algorithm", algorithm,
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
    subprocess.run([BINARY, "score", COMMUNITY, "--algorithm", "v1", "--as-of",
                    "2026-09-01", "--format", "json", "-o", old], check=True)
    since = ("--as-of", "2026-10-01", "--before", str(old))
    hostile = FOLDER / "hostile.csv"
    name = "<img src=//x.invalid/y onerror=z()>\u202e" + "w" * 200
    hostile.write_text(f'id,network,mentions\n"{name}",<script>,5\n')
    teams = FOLDER / "teams.csv"
    people = pathlib.Path(COMMUNITY).read_text().splitlines()
    teams.write_text("\n".join([people[0] + ",team"] + [
        f"{row},{'made up' if row < 'm' else ''}" for row in people[1:]]) + "\n")
    drift = ("--population", str(teams), "--allow-extra", "--drift-to", "v2",
             "--by", "team")
    compare = FOLDER / "compare.html"
    subprocess.run([BINARY, "compare", COMMUNITY, LATER, "--from", "v1", "--to",
                    "v2", "--id", "grace", "--format", "html", "-o", compare],
                   check=True)
    what_if = FOLDER / "what_if.html"
    subprocess.run([BINARY, "what-if", COMMUNITY, "--algorithm", "v1", "--id",
                    "babbage", "--set", "followers=12000", "--gain",
                    "listings=2", "--curve", "audience=0,1000,100000",
                    "--format", "html", "-o", what_if], check=True)
    carried = FOLDER / "carried.html"
    subprocess.run([BINARY, "what-if", "--events",
                    ROOT / "examples/events_made_up.csv", "--seeds",
                    ROOT / "examples/seeds_made_up.csv", "--algorithm", "v1",
                    "--as-of", "2026-10-01", "--id", "ada", "--gain",
                    "x:listings=2", "--language", "de", "--format", "html", "-o",
                    carried], check=True, stderr=subprocess.DEVNULL)
    compare_de = FOLDER / "compare_de.html"
    subprocess.run([BINARY, "compare", COMMUNITY, LATER, "--from", "v1", "--to",
                    "v2", "--id", "grace", "--from-as-of", "2026-09-01",
                    "--to-as-of", "2026-10-01", "--language", "de", "--format",
                    "html", "-o", compare_de], check=True)
    ada = report("ada", COMMUNITY, "--id", "ada")
    pages = [ada,
             report("ada_de", COMMUNITY, "--id", "ada", "--language", "de"),
             report("grace", LATER, "--id", "grace", *since, algorithm="v2"),
             report("grace_de", LATER, "--id", "grace", *since, "--language",
                    "de", algorithm="v2"),
             report("hostile", str(hostile), "--id", name),
             report("population", "--population", COMMUNITY),
             report("drift", *drift),
             report("drift_de", *drift, "--language", "de"),
             str(compare), str(compare_de), str(what_if), str(carried),
             card("card"), card("card_de", "--language", "de")]
    if complaints(*pages) != 0:
        return 1
    # It must be able to complain.
    text = pathlib.Path(ada).read_text()
    for number, (there, bad) in enumerate((
            ("</main>", '<img src="https://x.invalid/y.png" alt=""></main>'),
            ("</main>", "<script>console.log(1)</script></main>"),
            ("--quiet:#57606a", "--quiet:#c7c0ca"),
            ('<html lang="en">', "<html>"),
            ("@media print{:root{", "@media print{.none{"),
            (".minor{display:none}", ""))):
        assert there in text
        path = FOLDER / f"bad_{number}.html"
        path.write_text(text.replace(there, bad, 1))
        if complaints(str(path)) == 0:
            print("nothing was said of", bad)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
