#!/bin/sh
# Everything about these crates: see README.md.
#
#   abi/rust/test.sh [quick]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
"$root/cmake/install-debian-packages.sh" build test deep >&2
stage=$("$root/cmake/stage.sh")
cd "$here"
export PKG_CONFIG_PATH="$stage/lib/pkgconfig" LD_LIBRARY_PATH="$stage/lib"
export CARGO_TARGET_DIR="$root/build/rust"
cargo=./cargo.sh
people=$root/examples/people.csv

"$cargo" fmt --check
"$cargo" clippy --quiet --workspace --all-targets \
  --features influence/arrow,influence/serde -- -D warnings
"$cargo" test --quiet
"$cargo" test --quiet --features arrow,serde
RUSTDOCFLAGS='-D warnings' "$cargo" doc --quiet --no-deps --features arrow,serde
# The bindings are the header's, the messages those of proto/.
"$cargo" run --quiet -p generate -- --check
"$cargo" run --quiet --example counts
"$cargo" run --quiet --example score "$people"
[ "${1:-}" != quick ] || exit 0

# No access that is not allowed, nothing lost; the long and the forking tests
# aside.
"$cargo" test --quiet --features arrow --test engine --test arrow --test handles \
  --test story --no-run
for name in engine arrow handles story; do
  # shellcheck disable=SC2012 # names without blanks
  program=$(ls -t "$CARGO_TARGET_DIR/debug/deps/$name-"* | grep -v '\.d$' | head -1)
  valgrind --quiet --error-exitcode=1 --leak-check=full \
    --errors-for-leak-kinds=definite,indirect --show-leak-kinds=definite,indirect \
    --suppressions=valgrind.supp "$program" --test-threads=2 \
    --skip nothing_grows --skip any_number --skip largest --skip sixteen \
    --skip every_status
done

# Without an installed library.
(
  cd "$root"
  cmake --preset bundled
  cmake --build --preset bundled
) > "$root/build/bundled.log" 2>&1 || { cat "$root/build/bundled.log" >&2; exit 1; }
(
  unset PKG_CONFIG_PATH LD_LIBRARY_PATH
  export INFLUENCE_BUNDLED_DIR="$root/build/bundled/abi/c"
  "$cargo" run --quiet --example score --features bundled "$people"
  "$cargo" test --quiet --features bundled,arrow,serde
)

# The corpus, whole; a million rounds; the same calls from C, on one core.
"$stage/bin/influence" selftest --algorithm v1 --write "$root/build/corpus_v1.txt"
"$cargo" run --quiet --release --example conformance -- "$root/build/corpus_v1.txt"
INFLUENCE_ROUNDS=1000000 "$cargo" test --quiet --release --test engine \
  --test handles -- nothing_grows --nocapture
cc -O2 -I"$stage/include" "$root/bench/binding_bench.c" \
  -o "$root/build/binding_bench" -L"$stage/lib" -linfluence
"$cargo" bench --quiet --features arrow --bench calls --no-run
taskset -c 0 "$cargo" bench --quiet --features arrow --bench calls -- \
  "$root/build/binding_bench"
