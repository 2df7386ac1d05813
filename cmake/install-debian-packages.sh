#!/bin/bash
# Installs what Debian 12 needs to build and to test; the only list there is.
#
#   cmake/install-debian-packages.sh [build] [test] [deep] [machines] [docs]
#
# Does nothing, and needs no right to, if all of them are there.
set -euo pipefail

declare -A groups=(
  # The library and the command.
  [build]="g++ cmake ninja-build python3 libprotozero-dev
           libprotobuf-dev protobuf-compiler libabsl-dev libcli11-dev
           nlohmann-json3-dev zlib1g-dev libzstd-dev"
  # Also the tests, the second compiler with sanitizers, fuzzers and linter, and
  # the benchmarks.
  [test]="git pkg-config libgtest-dev libmpfr-dev libbenchmark-dev clang-14
          libclang-rt-14-dev clang-tidy-14 clang-format-14 abigail-tools"
  # Also what comes from PyPI, other locales, and what shows accesses and system
  # calls.
  [deep]="python3-venv valgrind locales-all strace chromium nodejs npm"
  # Also the other machines of cmake/conformance.py.
  [machines]="g++-aarch64-linux-gnu g++-riscv64-linux-gnu g++-s390x-linux-gnu
              g++-arm-linux-gnueabihf g++-i686-linux-gnu clang-14 qemu-user"
  # The reference pages of docs/build.sh.
  [docs]="doxygen pkg-config python3-venv"
)

wanted=()
for group in "$@"; do
  read -r -d '' -a names <<<"${groups[$group]}" || true
  wanted+=("${names[@]}")
done

if ! command -v apt-get >/dev/null; then
  echo "Not a Debian system; please have the like of: ${wanted[*]}" >&2
  exit 0
fi

# A machine may have these from elsewhere, beside which Debian's do not install.
declare -A commands=([nodejs]=node [npm]=npm)

missing=()
for package in "${wanted[@]}"; do
  name=${commands[$package]:-}
  [[ -n $name ]] && command -v "$name" >/dev/null && continue
  status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [[ $status == "install ok installed" ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

root=()
((EUID == 0)) || root=(sudo)
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq
     -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
echo "Installing: ${missing[*]}"
"${apt[@]}" update
"${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null \
  >/dev/null
