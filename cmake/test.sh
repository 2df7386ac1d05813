#!/bin/bash
# Builds everything on Debian 12 with two compilers, every warning an error,
# and passes every test.
#
#   cmake/test.sh          all tests; the library's again under sanitizers; five
#                          seconds of each fuzzer; the format of every file, and
#                          the linter on those that the last commit changed
#   cmake/test.sh --deep   the linter on every file and every promise:
#                          cmake/promises.py, with slow tests, other machines
#                          and each fuzzer for INFLUENCE_FUZZ_SECONDS (120)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

deep=
case "$*" in
  "") ;;
  --deep) deep=1 ;;
  *) sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac

jobs=$(nproc)
title() { printf '\n== %s\n' "$*"; }
build() {
  title "build $*"
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1" --parallel "$jobs" "${@:2}"
}
run_tests() {
  title "test $*"
  ctest --preset "$1" --parallel "$jobs" "${@:2}"
}
# The linter reads from stdin which files it looks at.
tidy() {
  title "clang-tidy $1"
  xargs -r -n 4 -P "$jobs" clang-tidy-14 --quiet -p "build/$1" \
    2> >(grep -v 'warnings generated' >&2)
}

cmake/install-debian-packages.sh build test ${deep:+deep machines}
title clang-format
find src abi include tests bench -name '*.h' -o -name '*.cc' -o -name '*.c' |
  xargs clang-format-14 --dry-run --Werror

if [[ $deep ]]; then
  build clang
  find src abi -name '*.cc' | tidy clang
  title 'every promise'
  exec cmake/promises.py
fi

build dev
run_tests dev --label-exclude deep
build asan --target unit_tests fuzzers
title 'the rest by the second compiler'
cmake/check_syntax.py build/asan
# The arithmetic's own tests take long so, and the fuzzers below replay more.
run_tests asan --label-regex unit --exclude-regex 'base_|mpfr|kernel|check_|row_stream'
if git rev-parse --verify --quiet HEAD^ >/dev/null; then  # no release archive
  git diff --name-only --diff-filter=d HEAD^ -- 'src/*.cc' 'abi/*.cc' |
    tidy asan
fi
title 'each fuzzer for five seconds'
INFLUENCE_FUZZ_PRESET=asan tests/fuzz/run.sh 5
