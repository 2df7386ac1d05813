#!/bin/bash
# Builds everything on Debian 12 with two compilers, every warning an error,
# and passes every test.
#
#   cmake/test.sh          a few minutes
#   cmake/test.sh --deep   also the slow tests, the tests again under Clang,
#                          ASan + UBSan and TSan, clang-tidy, and each fuzzer
#                          for INFLUENCE_FUZZ_SECONDS (120)
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

cmake/install-debian-packages.sh build test ${deep:+deep}
build clang
if [[ $deep ]]; then
  run_tests clang --label-exclude deep

  printf '\n== clang-tidy and clang-format\n'
  find src abi -name '*.cc' -print0 |
    xargs -0 -n 4 -P "$jobs" clang-tidy-14 --quiet -p build/clang \
      2> >(grep -v 'warnings generated' >&2)
  find src abi include tests bench -name '*.h' -o -name '*.cc' -o -name '*.c' |
    xargs clang-format-14 --dry-run --Werror

  build asan
  run_tests asan --label-exclude deep

  build tsan --target threads_test
  run_tests tsan --tests-regex '^threads_test$'

  build fuzz
  for name in score algorithm differential; do
    printf '\n== fuzz %s\n' "$name"
    found=build/fuzz/found/$name
    mkdir -p "$found"
    "build/fuzz/tests/fuzz/${name}_fuzz" -max_len=4096 -print_final_stats=1 \
      -max_total_time="${INFLUENCE_FUZZ_SECONDS:-120}" \
      -artifact_prefix="$found/" "$found" "tests/fuzz/corpora/$name" \
      >"$found.log" 2>&1 </dev/null || { cat "$found.log"; exit 1; }
    grep '^stat::number_of_executed_units' "$found.log"
  done
fi

# Last, so that the closing line of ctest is the closing line of this.
build dev
if [[ $deep ]]; then
  run_tests dev
else
  run_tests dev --label-exclude deep
fi
