#!/bin/sh
# Builds the wheel, installs it into an environment of its own, and runs
# everything: types, lint, tests, the published corpus, the same calls from C.
# The build's `generate_messages --check` compares _messages.py with the .proto.
#
#   abi/python/test.sh [quick]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cd "$root"
cmake/install-debian-packages.sh build test deep
python=$(cmake/venv.sh "$root/build/venv/python" abi/python/requirements.txt)
out=$root/build/python
rm -rf "$out"
mkdir -p "$out"
"$python" -m build --wheel --outdir "$out" abi/python > "$out/build.log" 2>&1 ||
  { cat "$out/build.log" >&2; exit 1; }
ls "$out"/*.whl
"$python" -m pip install --quiet --no-deps --force-reinstall "$out"/*.whl

cd "$here"
"$python" -m mypy src
"$python" -m ruff check .
# Elsewhere, so that what is tested is what was installed.
cd "$out"
"$python" -m pytest -q -p no:cacheprovider "$here/tests"
"$python" "$here/examples/score.py" "$root/examples/people.csv"
[ "${1:-}" != quick ] || exit 0

stage=$("$root/cmake/stage.sh")
"$stage/bin/influence" selftest --algorithm v1 --write "$root/build/corpus_v1.txt"
"$python" "$here/tests/conformance.py" "$root/build/corpus_v1.txt"
INFLUENCE_ROUNDS=1000000 "$python" -m pytest -q -p no:cacheprovider \
  -k "nothing_grows or nothing_else_grows" "$here/tests"
cc -O2 -I"$stage/include" "$root/bench/binding_bench.c" -o bench \
  -L"$stage/lib" -linfluence
LD_LIBRARY_PATH=$stage/lib INFLUENCE_LIBRARY=$stage/lib/libinfluence.so \
  "$python" "$here/bench.py" ./bench request
