#!/bin/sh
# Everything about these crates: see README.md.
#
#   abi/rust/test.sh [quick]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
if ! command -v cargo > /dev/null; then
  # Debian's newer toolchain, the one its browsers are built with.
  sudo=$( [ "$(id -u)" = 0 ] || echo sudo)
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
    rustc-web cargo-web >&2
fi
stage=$("$root/cmake/stage.sh")
cd "$here"
export PKG_CONFIG_PATH="$stage/lib/pkgconfig" LD_LIBRARY_PATH="$stage/lib"
export CARGO_TARGET_DIR="$root/build/rust"

if cargo fmt --version > /dev/null 2>&1; then cargo fmt --check; fi
if cargo clippy --version > /dev/null 2>&1; then
  cargo clippy --quiet --workspace --all-targets --exclude influence-sys \
    --features influence/arrow,influence/serde -- -D warnings
fi
cargo test --quiet --workspace --exclude influence-sys --features influence/arrow,influence/serde
cargo test --quiet -p influence-sys
cargo run --quiet --example score "$root/examples/people.csv"
[ "${1:-}" != quick ] || exit 0

# The messages are those of proto/.
mkdir -p "$root/build/rust_messages"
cargo run --quiet -p generate -- "$root/build/rust_messages"
cmp influence/src/influence.wire.rs "$root/build/rust_messages/influence.wire.rs"

# Without an installed library.
cmake --preset bundled -S "$root" > /dev/null
cmake --build "$root/build/bundled" > /dev/null
INFLUENCE_BUNDLED_DIR=$root/build/bundled/abi PKG_CONFIG_PATH='' \
  cargo run --quiet --example score --features bundled "$root/examples/people.csv"

# The corpus, whole; a million rounds; the same calls from C.
"$stage/bin/influence" selftest --algorithm v1 --write "$root/build/corpus_v1.txt"
cargo run --quiet --release --example conformance -- "$root/build/corpus_v1.txt"
INFLUENCE_ROUNDS=1000000 cargo test --quiet --release --test engine nothing_grows
cc -O2 -I"$stage/include" "$root/bench/binding_bench.c" \
  -o "$root/build/binding_bench" -L"$stage/lib" -linfluence
cargo bench --quiet --bench calls -- "$root/build/binding_request"
"$root/build/binding_bench" "$root/build/binding_request"
