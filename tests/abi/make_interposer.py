"""Writes a C file that watches the statuses of the library's functions.

    make_interposer.py HEADER OUTPUT

Loaded before the library (LD_PRELOAD), it defines every function of the header
that returns a status, calls the library's own, and appends a line "function
number" to the file that INFLUENCE_SEEN names: once for each pair, so that a
test which makes a million calls writes a few lines.
"""
import pathlib
import re
import sys

HEAD = """\
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "influence/influence.h"

#define EXPORTED __attribute__((visibility("default")))

static int file = -1;

/* No allocation, and one write: tests make malloc fail, fork and use threads. */
static influence_status Saw(const char* function, atomic_uint* seen,
                            influence_status status) {
  const unsigned bit = 1u << ((unsigned)status % 32);
  if (file < 0 || (atomic_fetch_or(seen, bit) & bit) != 0) return status;
  char line[80];
  const int size = snprintf(line, sizeof line, "%s %d\\n", function, status);
  if (write(file, line, (size_t)size) != size) _exit(99);
  return status;
}
"""

FUNCTION = """
static influence_status (*real_{name})({types});
EXPORTED influence_status {name}({params}) {{
  static atomic_uint seen;
  return Saw("{name}", &seen, real_{name}({arguments}));
}}
"""

TAIL = """
static void* Find(const char* name) {{
  void* found = dlsym(RTLD_NEXT, name);
  if (found == NULL) _exit(99);
  return found;
}}

/* Before anything of the program, so that dlsym() finds memory. */
__attribute__((constructor)) static void Start(void) {{
  const char* const path = getenv("INFLUENCE_SEEN");
  if (path != NULL) file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
{finds}}}
"""


def functions(header):
    """(name, parameters) of every function that can fail."""
    text = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)
    for name, params in re.findall(
            r"INFLUENCE_API\s+influence_status\s+(influence_\w+)\(([^;]*)\);",
            text):
        if name != "influence_error_status":  # which tells one of another call
            yield name, [" ".join(p.split()) for p in params.split(",")]


def main(header, output):
    parts = [HEAD]
    finds = ""
    for name, params in functions(pathlib.Path(header)):
        names = [re.search(r"\w+$", p)[0] for p in params]
        parts.append(FUNCTION.format(
            name=name, types=", ".join(params), params=", ".join(params),
            arguments=", ".join(names)))
        finds += f'  *(void**)&real_{name} = Find("{name}");\n'
    parts.append(TAIL.format(finds=finds))
    pathlib.Path(output).write_text("".join(parts))


if __name__ == "__main__":
    main(*sys.argv[1:])
