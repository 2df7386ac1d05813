#!/bin/bash
# Builds everything on Debian 12 with two compilers, every warning an error,
# and passes every test.
#
#   cmake/test.sh          a few minutes
#   cmake/test.sh --deep   also clang-format, clang-tidy and every promise:
#                          cmake/promises.py, with slow tests, sanitizers and
#                          each fuzzer for INFLUENCE_FUZZ_SECONDS (120)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

deep=
case "$*" in
  "") ;;
  --deep) deep=1 ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac

jobs=$(nproc)
build() {
  printf '\n== %s\n' "build $*"
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1" --parallel "$jobs" "${@:2}"
}
run_tests() {
  printf '\n== %s\n' "test $*"
  ctest --preset "$1" --parallel "$jobs" "${@:2}"
}

cmake/install-debian-packages.sh build test ${deep:+deep machines}
build clang
if [[ $deep ]]; then
  printf '\n== clang-tidy and clang-format\n'
  find src abi -name '*.cc' -print0 |
    xargs -0 -n 4 -P "$jobs" clang-tidy-14 --quiet -p build/clang \
      2> >(grep -v 'warnings generated' >&2)
  find src abi include tests bench -name '*.h' -o -name '*.cc' -o -name '*.c' |
    xargs clang-format-14 --dry-run --Werror

  printf '\n== every promise\n'
  exec cmake/promises.py
fi

build dev
run_tests dev --label-exclude deep
