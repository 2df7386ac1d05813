#!/bin/bash
# Makes the reference pages of C, Go, Rust and Python, and one page that lists
# them: build/reference/index.html.
#
#   docs/build.sh [PREFIX]    PREFIX: an installed library; without, it is built
#
# Fails if something public has no comment, or if a link leads nowhere.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cmake/install-debian-packages.sh docs
prefix=${1:-$(cmake/stage.sh)}
library=$(find "$prefix" -name libinfluence.so | head -1)
out=$PWD/build/reference
rm -rf "$out"
mkdir -p "$out/go"

echo "== C"
{
  cat docs/reference/Doxyfile
  echo "INPUT_FILTER = \"python3 docs/reference/header.py\""
  echo "OUTPUT_DIRECTORY = $out"
} | doxygen -

echo "== Go"
module=github.com/libinfluence/libinfluence/abi/go
abi/go/go.sh run docs/reference/godoc.go "$out/go" \
  "$module" abi/go "$module/influencepb" abi/go/influencepb

echo "== Rust"
(cd abi/rust &&
  RUSTDOCFLAGS="-D warnings -D missing-docs" PKG_CONFIG_PATH=$(dirname "$library")/pkgconfig \
    CARGO_TARGET_DIR=$out/../cargo-doc ./cargo.sh doc --quiet --no-deps \
    -p influence --features arrow,serde)
cp -r "$out/../cargo-doc/doc" "$out/rust"
echo '<meta http-equiv="refresh" content="0; url=influence/index.html">' \
  > "$out/rust/index.html"

echo "== Python"
python=$(cmake/venv.sh "$PWD/build/venv/docs" docs/reference/requirements.txt)
PYTHONPATH=abi/python/src INFLUENCE_LIBRARY=$library PYTHONDONTWRITEBYTECODE=1 \
  "$python" -W error -m pdoc --docformat google -o "$out/python" influence

version=$(sed -n 's/^project(.* VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
cat > "$out/index.html" <<END
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport"
content="width=device-width"><title>libinfluence $version</title></head>
<body style="font:18px/1.6 sans-serif;max-width:40em;margin:3em auto;padding:0 1em">
<h1>libinfluence $version: reference</h1>
<ul>
<li><a href="c/influence_8h.html">C: influence.h</a>
  (<a href="c/modules.html">by task</a>)</li>
<li><a href="go/influence.html">Go: influence</a>,
  <a href="go/influencepb.html">influencepb</a> (messages)</li>
<li><a href="rust/influence/index.html">Rust: influence</a></li>
<li><a href="python/influence.html">Python: influence</a></li>
</ul>
</body></html>
END
echo "== links"
python3 tests/docs/links.py --pages "$out"
echo "$out/index.html"
