"""The self-contained libraries: what they need, what they show, and that they
work in a process that has protobuf and Abseil as well.

    bundled_test.py ROOT FOLDER CMAKE CC CXX

Builds the preset `bundled` under FOLDER, without pages and with them.
"""
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(sys.argv[1])
FOLDER, CMAKE, CC, CXX = sys.argv[2:]
BUILD = pathlib.Path(FOLDER)
PREFIX = BUILD / "prefix"
SMALL_PREFIX = BUILD / "prefix_without_pages"
# What the archive needs of the system, as pkg-config --static says.
SYSTEM = ["-lstdc++", "-lm", "-pthread"]
EXPORTED = {line for line in (ROOT / "tests" / "abi" / "symbols.txt")
            .read_text().splitlines() if not line.startswith("#")}
NEEDED = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2",
          "ld-linux-aarch64.so.1"}
MOST_BYTES = 4 << 20
GLIBC = (2, 36)  # Debian 12's, which its C++ runtime asks for

# Scores one person of one follower, then asks for a card and for a result with
# words, which a library without pages rejects.
PAGELESS = r"""
#include <influence/influence.h>
#include <string.h>

static int Rejects(influence_status status, influence_bytes* bytes,
                   influence_error** error, const char* field) {
  const int rejects =
      status == INFLUENCE_INVALID_ARGUMENT && bytes->data == NULL &&
      strcmp(influence_error_field(*error), field) == 0 &&
      strstr(influence_error_text(*error), "without pages") != NULL;
  influence_error_free(*error);
  return rejects;
}

int main(void) {
  static const uint8_t kRequest[] = {
      0x0a, 2, 'v', '1', 0x1a, 6, 0x12, 4, 0x48, 0xc0, 0x84, 0x3d, 0x20, 1};
  static const uint8_t kWorded[] = {
      0x0a, 2, 'v', '1', 0x1a, 6, 0x12, 4, 0x48, 0xc0, 0x84, 0x3d, 0x30, 1};
  static const uint8_t kCard[] = {0x08, 3, 0x4a, 2, 'v', '1'};
  influence_engine* engine = NULL;
  influence_bytes bytes = {NULL, 0};
  influence_error* error = NULL;
  if (influence_engine_open("v1", &engine, NULL) != INFLUENCE_OK) return 1;
  if (influence_score(engine, kRequest, sizeof kRequest, &bytes, NULL) !=
          INFLUENCE_OK ||
      bytes.size == 0) {
    return 2;
  }
  influence_bytes_free(&bytes);
  if (!Rejects(influence_score(engine, kWorded, sizeof kWorded, &bytes, &error),
               &bytes, &error, "rendering")) {
    return 3;
  }
  influence_engine_free(engine);
  return Rejects(influence_render(kCard, sizeof kCard, &bytes, &error), &bytes,
                 &error, "format")
             ? 0
             : 4;
}
"""

# Loads everything that protobuf and Abseil have to say, before or after the
# first score.
HOST = r"""
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/util/json_util.h>
#include <cstdio>
#include <string>
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "influence/influence.h"

static int Score() {
  static const uint8_t kRequest[] = {0x0a, 2, 'v', '1', 0x1a, 6, 0x12, 4,
                                     0x48, 0xc0, 0x84, 0x3d, 0x20, 1};
  influence_engine* engine = nullptr;
  influence_bytes response = {};
  if (influence_engine_open("v1", &engine, nullptr) != INFLUENCE_OK ||
      influence_score(engine, kRequest, sizeof kRequest, &response, nullptr) !=
          INFLUENCE_OK) {
    return 1;
  }
  std::string text(reinterpret_cast<const char*>(response.data), response.size);
  influence_bytes_free(&response);
  influence_engine_free(engine);
  // 774077 micropoints of score: field 1 of the ledger.
  return text.find(std::string("\x08\xbd\x9f\x2f", 4)) == std::string::npos;
}

static int Host() {
  google::protobuf::FileDescriptorProto file;
  file.set_name("influence/abi1/influence.proto");  // the name of ours, too
  file.set_package("influence.abi1");
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(file, &json).ok()) return 1;
  absl::flat_hash_map<std::string, int> map;
  for (int i = 0; i < 100; ++i) map[absl::StrCat(json, i)] = i;
  try {
    throw std::string("of the host");
  } catch (const std::string&) {
    return map.size() != 100;
  }
}

int main(int argc, char**) {
  return argc > 1 ? Score() || Host() || Score() : Host() || Score() || Host();
}
"""


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, **options)
    assert done.returncode == 0, f"{command}: {done.stdout}"
    return done.stdout


def install(prefix, pages):
    run(CMAKE, "--preset", "bundled", "-B", BUILD, "-G", "Ninja",
        f"-DCMAKE_C_COMPILER={CC}", f"-DCMAKE_CXX_COMPILER={CXX}",
        "-DCMAKE_INSTALL_LIBDIR=lib", f"-DINFLUENCE_PAGES={pages}", cwd=ROOT)
    run(CMAKE, "--build", BUILD)
    run(CMAKE, "--install", BUILD, "--prefix", prefix)


def setUpModule():
    install(SMALL_PREFIX, "OFF")
    install(PREFIX, "ON")


def stripped_bytes(library):
    stripped = BUILD / "stripped"
    run("strip", "--strip-unneeded", "-o", stripped, library)
    return stripped.stat().st_size


class Bundled(unittest.TestCase):
    prefix = PREFIX

    @property
    def library(self):
        return self.prefix / "lib" / "libinfluence.so"

    @property
    def archive(self):
        return self.prefix / "lib" / "libinfluence.a"

    def program(self, name, source, *arguments):
        path = BUILD / f"{name}{'.cc' if '<string>' in source else '.c'}"
        path.write_text(source)
        compiler = CXX if path.suffix == ".cc" else CC
        run(compiler, "-Wall", f"-I{self.prefix}/include", path, "-o",
            BUILD / name, *arguments)
        return BUILD / name

    def test_the_shared_library_needs_the_c_library_alone(self):
        needed = set(re.findall(r"NEEDED.*\[(.*)\]",
                                run("readelf", "-d", self.library)))
        self.assertLessEqual(needed, NEEDED)
        versions = re.findall(r"GLIBC_(\d+)\.(\d+)",
                              run("objdump", "-T", self.library))
        newest = max((int(a), int(b)) for a, b in versions)
        print(f"needs {sorted(needed)}, GLIBC_{newest[0]}.{newest[1]}")
        self.assertLessEqual(newest, GLIBC)

    def test_only_ours_is_exported(self):
        shown = run("nm", "-D", "--defined-only", self.library)
        names = {line.split()[-1].split("@")[0] for line in shown.splitlines()}
        self.assertEqual(names - {"INFLUENCE_1"}, EXPORTED)
        shown = run("nm", "--defined-only", "--extern-only", self.archive)
        names = {line.split()[-1] for line in shown.splitlines()
                 if len(line.split()) == 3}
        self.assertEqual(names, EXPORTED)

    def test_it_is_small(self):
        size = stripped_bytes(self.library)
        print(f"{size:,} bytes stripped")
        self.assertLess(size, MOST_BYTES)

    def source(self):
        return (ROOT / "abi/c/baseline/1/program.c").read_text().replace(
            '"influence.h"', "<influence/influence.h>")

    def test_the_archive_in_a_c_program(self):
        run(self.program("archive_program", self.source(), self.archive,
                         *SYSTEM))
        said = run("pkg-config", "--static", "--libs", "influence", env={
            "PATH": "/usr/bin:/bin",
            "PKG_CONFIG_PATH": f"{self.prefix}/lib/pkgconfig"})
        for word in SYSTEM:
            self.assertIn(word, said)

    def test_beside_protobuf_and_abseil(self):
        host = [*run("pkg-config", "--cflags", "--libs", "protobuf",
                     "absl_strings", "absl_flat_hash_map").split()]
        shared = [f"-L{PREFIX}/lib", "-linfluence", f"-Wl,-rpath,{PREFIX}/lib"]
        for name, order in (
                ("shared_first", shared + host),
                ("shared_last", host + shared),
                ("archive_first", [self.archive, *host, *SYSTEM]),
                ("archive_last", [*host, self.archive, *SYSTEM]),
                ("exporting", ["-rdynamic", self.archive, *host, *SYSTEM])):
            with self.subTest(name):
                program = self.program(name, HOST, *order)
                run(program)
                run(program, "ours first")


class WithoutPages(Bundled):
    """The same, and that a program scores with the smaller library and is told
    that it has no pages."""
    prefix = SMALL_PREFIX

    def source(self):
        return PAGELESS

    def test_beside_protobuf_and_abseil(self):
        self.skipTest("pages make no difference to it")

    def test_the_shared_library_in_a_c_program(self):
        run(self.program("pageless_program", PAGELESS, f"-L{SMALL_PREFIX}/lib",
                         "-linfluence", f"-Wl,-rpath,{SMALL_PREFIX}/lib"))

    def test_it_is_smaller(self):
        for name in ("libinfluence.so", "libinfluence.a"):
            small, whole = (stripped_bytes(prefix / "lib" / name)
                            for prefix in (SMALL_PREFIX, PREFIX))
            print(f"{name}: {small:,} of {whole:,} bytes without pages")
            self.assertLess(small, whole)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
