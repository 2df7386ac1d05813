#!/bin/sh
# Builds the library, fetches the rivals from PyPI, and runs rivals.py. What
# follows goes to it: how many rows, and a word that a run's name must have.
set -eu
cd "$(dirname "$0")/.."
cmake/install-debian-packages.sh build test deep
cmake --preset bench > /dev/null
cmake --build --preset bench --target influence > /dev/null
python=$(cmake/venv.sh build/venv/bench bench/requirements.txt)
exec "$python" bench/rivals.py build/bench/abi/c/libinfluence.so "$@"
