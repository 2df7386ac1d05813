#!/bin/bash
# Tests every binding and prints a table: its digest of the published corpus,
# which is the library's, and how its tests ended.
#
#   abi/test.sh          everything
#   abi/test.sh quick    without the corpus, the million rounds and the rates
#
# Ends in "N passed, N failed"; logs are in build/bindings/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cmake/install-debian-packages.sh build test deep
logs=$PWD/build/bindings
mkdir -p "$logs"
read -r published _ <tests/conformance/v1/digest.txt
passed=0 failed=0
printf '%-9s %-66s %s\n' binding "digest of v1's corpus" tests
printf '%-9s %-66s %s\n' C "$published" published
for binding in go rust python; do
  result=passed
  "abi/$binding/test.sh" "$@" >"$logs/$binding.log" 2>&1 || result=FAILED
  digest=$(sed -n 's/^\([0-9a-f]\{64\}\)  [0-9]* cases$/\1/p' "$logs/$binding.log")
  if [[ $# == 0 && $digest != "$published" ]]; then result=FAILED; fi
  printf '%-9s %-66s %s\n' "$binding" "${digest:-not run}" "$result"
  if [[ $result == passed ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    tail -20 "$logs/$binding.log" | sed 's/^/    /'
  fi
done
echo "$passed passed, $failed failed"
((failed == 0))
