#!/bin/bash
# Builds the library and the command on Debian 12, scores the bundled real
# profiles and explains one made-up person in full.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cmake/install-debian-packages.sh build
cmake --preset release >/dev/null
cmake --build --preset release

show() {
  printf '\n$ influence %s\n\n' "$*"
  build/release/src/cli/influence "$@"
}
show score examples/klout58.csv --algorithm v1
show explain examples/community_made_up.csv --id ada --algorithm v1
