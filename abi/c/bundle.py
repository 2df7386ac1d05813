"""Makes an archive of one object, in which only the map's symbols are global.

    bundle.py MAP ARCHIVE CXX OBJCOPY AR OBJECT_OR_ARCHIVE...
"""
import pathlib
import re
import subprocess
import sys
import tempfile

MAP, ARCHIVE, CXX, OBJCOPY, AR = sys.argv[1:6]
INPUTS = sys.argv[6:]


def main():
    exported = re.findall(r"^\s+(influence_\w+);", pathlib.Path(MAP).read_text(),
                          flags=re.MULTILINE)
    with tempfile.TemporaryDirectory() as folder:
        names = pathlib.Path(folder) / "names"
        names.write_text("\n".join(exported) + "\n")
        whole = pathlib.Path(folder) / "influence.o"
        # Sections that several objects have are merged here, once for all: left
        # in groups, a program's copy could take the place of ours.
        subprocess.run(
            [CXX, "-r", "-nostdlib", "-Wl,--force-group-allocation",
             "-Wl,--whole-archive", *INPUTS, "-Wl,--no-whole-archive", "-o",
             whole], check=True)
        subprocess.run([OBJCOPY, f"--keep-global-symbols={names}", whole],
                       check=True)
        pathlib.Path(ARCHIVE).unlink(missing_ok=True)
        subprocess.run([AR, "qcs", ARCHIVE, whole], check=True)


if __name__ == "__main__":
    main()
