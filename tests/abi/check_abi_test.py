"""abi/c/check_abi.py lets additions pass, and each kind of break fails it.

    check_abi_test.py ROOT LIBRARY CXX ARCHIVE...

Every change is made to copies of the header, influence.cc and influence.map, and
built with the library's own archives.
"""
import concurrent.futures
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv[1])
BOUNDARY = ROOT / "abi" / "c"
LIBRARY, CXX, *ARCHIVES = sys.argv[2:]
HEADER = ROOT / "include" / "influence" / "influence.h"

if shutil.which("abidiff") is None:
    print("abidiff is not here: package abigail-tools")
    sys.exit(77)


def check(library, header, script=BOUNDARY / "check_abi.py"):
    return subprocess.run([script, "check", library, header],
                          check=False, stdout=subprocess.PIPE, text=True)


SOURCES = sorted(BOUNDARY.glob("*.cc"))
OBJECTS = tempfile.TemporaryDirectory()


def without_debug_info(archive):
    """A copy of a layer. The interface is described by the boundary's own objects;
    the rest would only be read by every abidiff."""
    copy = pathlib.Path(OBJECTS.name) / pathlib.Path(archive).name
    subprocess.run(["objcopy", "--strip-debug", archive, copy], check=True)
    return copy


ARCHIVES = [without_debug_info(archive) for archive in ARCHIVES]


class Changed(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "influence").mkdir()
        self.header = self.folder / "influence" / "influence.h"
        shutil.copy(HEADER, self.header)
        shutil.copy(BOUNDARY / "influence.map", self.folder)
        # Its own assertions would not let the worst of it compile.
        for source in SOURCES:
            (self.folder / source.name).write_text(
                re.sub(r"static_assert\([^;]*;", "", source.read_text()))

    def edit(self, name, pattern, text, count=1):
        path = self.folder / name
        changed, times = re.subn(pattern, text, path.read_text(), count=count)
        self.assertGreater(times, 0, pattern)
        path.write_text(changed)

    def build(self):
        library = self.folder / "libinfluence.so"
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            objects = list(pool.map(self.compile,
                                    sorted(self.folder.glob("*.cc"))))
        subprocess.run(
            [CXX, "-shared", *objects, "-Wl,--start-group", *ARCHIVES,
             "-Wl,--end-group", "-Wl,--exclude-libs,ALL", "-pthread",
             "-Wl,-soname,libinfluence.so.1",
             f"-Wl,--version-script={self.folder}/influence.map",
             "-o", library], check=True)
        (self.folder / "libinfluence.so.1").symlink_to(library)
        return library

    def compile(self, source):
        """The object of a source; one for all whose preprocessed text is equal:
        most changes concern one file."""
        command = [CXX, "-std=c++17", "-g", "-fPIC", "-fvisibility=hidden",
                   "-DINFLUENCE_BUILDING", f"-I{self.folder}", f"-I{ROOT}/src",
                   f"-I{ROOT}/include", f"-I{BOUNDARY}", source]
        text = subprocess.run([*command, "-E", "-P"], check=True,
                              stdout=subprocess.PIPE).stdout
        key = source.stem + hashlib.sha256(text).hexdigest()
        made = pathlib.Path(OBJECTS.name) / f"{key}.o"
        if not made.exists():
            subprocess.run([*command, "-c", "-o", made], check=True)
        return made

    def passes(self):
        done = check(self.build(), self.header)
        self.assertEqual(done.returncode, 0, done.stdout)

    def fails(self, says):
        done = check(self.build(), self.header)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(says, done.stdout)

    def test_nothing(self):
        self.passes()

    def test_a_new_function(self):
        declaration = "uint32_t influence_answer(void)"
        self.edit("influence/influence.h", r"(INFLUENCE_API void influence_byt)",
                  rf"INFLUENCE_API {declaration};\n\1")
        self.edit("influence.cc", r"\Z",
                  f'extern "C" {declaration} {{ return 42; }}\n')
        self.edit("influence.map", r"  global:", "  global: influence_answer;")
        self.passes()

    def test_a_raised_limit(self):
        self.edit("influence/influence.h", r"(INFLUENCE_MAX_ACCOUNTS) 64",
                  r"\1 65")
        self.passes()

    def test_a_later_release(self):
        self.edit("influence/influence.h", r"(INFLUENCE_VERSION_MINOR) 1",
                  r"\1 2")
        self.passes()

    def test_a_lowered_limit(self):
        self.edit("influence/influence.h", r"(INFLUENCE_MAX_ACCOUNTS) 64",
                  r"\1 63")
        self.fails("INFLUENCE_MAX_ACCOUNTS was 64 and is 63")

    def test_a_removed_function(self):
        self.edit("influence.map", r"influence_status_name;", "")
        self.fails("influence_status_name")

    def test_another_type_of_parameter(self):
        for name in ("influence/influence.h", "plain.cc"):
            self.edit(name, r"size_t\s+counts_size", "uint32_t counts_size")
        self.fails("influence_score_counts")

    def test_another_parameter(self):
        for name in ("influence/influence.h", "influence.cc"):
            self.edit(name, r"(influence_bytes_free\(influence_bytes\* \w+)",
                      r"\1, int32_t how")
        self.fails("influence_bytes_free")

    def test_another_layout(self):
        self.edit("influence/influence.h", r"(  size_t size;\n)",
                  r"\1  size_t capacity;\n")
        self.fails("influence_bytes")

    def test_another_number(self):
        self.edit("influence/influence.h", r"INFLUENCE_TOO_LARGE = 3",
                  "INFLUENCE_TOO_LARGE = 33")
        self.fails("INFLUENCE_TOO_LARGE was 3 and is 33")

    def test_a_name_that_is_gone(self):
        self.edit("influence/influence.h",
                  r"#define INFLUENCE_MAX_NETWORK_BYTES[^\n]*\n", "")
        done = check(LIBRARY, self.header)
        self.assertEqual(done.returncode, 1)
        self.assertIn("INFLUENCE_MAX_NETWORK_BYTES is gone", done.stdout)

    def test_without_debug_information_nothing_is_known(self):
        library = self.build()
        subprocess.run(["strip", library], check=True)
        done = check(library, self.header)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no .debug_info", done.stdout)

    def test_a_baseline_that_lacks_a_function(self):
        boundary = self.folder / "c"
        shutil.copytree(BOUNDARY, boundary,
                        ignore=lambda *_: ["CMakeLists.txt"])
        newest = boundary / "baseline" / "1"
        for name, pattern in (
                ("program.c", r"OK\(influence_render\([^;]*;"),
                ("influence.h", r"INFLUENCE_API \w+ influence_render\([^;]*;"),
                ("libinfluence.abi", r"<function-decl name='influence_render'[^>]*>")):
            kept = (newest / name).read_text()
            changed, times = re.subn(pattern, "", kept)
            self.assertGreater(times, 0, pattern)
            (newest / name).write_text(changed)
            done = check(LIBRARY, HEADER, boundary / "check_abi.py")
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"{name} lacks influence_render", done.stdout)
            (newest / name).write_text(kept)

    def test_a_baseline_whose_units_have_one_path(self):
        boundary = self.folder / "c"
        shutil.copytree(BOUNDARY, boundary,
                        ignore=lambda *_: ["CMakeLists.txt"])
        described = boundary / "baseline" / "1" / "libinfluence.abi"
        described.write_text(re.sub(r" path='[^']*'", " path='influence.cc'",
                                    described.read_text()))
        done = check(LIBRARY, HEADER, boundary / "check_abi.py")
        self.assertEqual(done.returncode, 1)
        self.assertIn("several units influence.cc", done.stdout)

    def test_another_behaviour(self):
        self.edit("influence.cc", r"(influence_abi_version\(\w*\) {\s+return) "
                  r"INFLUENCE_ABI_VERSION", r"\1 7")
        self.fails("the baseline's program")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
