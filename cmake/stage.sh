#!/bin/sh
# Builds the library and installs it under build/stage, for whoever wants an
# installed library and no more. Prints the folder.
set -eu
cd "$(dirname "$0")/.."
mkdir -p build
cmake/install-debian-packages.sh build test >&2
{
  cmake --preset release
  cmake --build --preset release
  cmake --install build/release --prefix "$PWD/build/stage"
} > build/stage.log 2>&1 || { cat build/stage.log >&2; exit 1; }
echo "$PWD/build/stage"
