#!/bin/bash
# The whole `influence` command, built for another machine with Debian's
# libraries of that machine and run under qemu-user: `influence selftest`.
#
#   cmake/command-elsewhere.sh FOLDER [s390x-linux-gnu]
#
# FOLDER keeps the downloads and the build. Nothing is installed: the packages
# are only unpacked there, so that they conflict with none of this machine's.
# Needs g++-s390x-linux-gnu, qemu-user and the group `build` of
# cmake/install-debian-packages.sh.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
(($# >= 1)) || { sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
triple=${2:-s390x-linux-gnu}
machine=${triple%%-*}
sysroot=$folder/sysroot

if [[ ! -e $folder/unpacked ]]; then
  mkdir -p "$folder"/apt/{lists,cache,state} "$sysroot"
  : >"$folder/apt/status"
  apt=(apt-get -qq -y -o APT::Architecture="$machine"
       -o APT::Architectures="$machine" -o Dir::State="$folder/apt/state"
       -o Dir::State::Lists="$folder/apt/lists"
       -o Dir::State::status="$folder/apt/status"
       -o Dir::Cache="$folder/apt/cache" -o Debug::NoLocking=true)
  "${apt[@]}" update
  "${apt[@]}" install --download-only --no-install-recommends \
    libprotobuf-dev libabsl-dev zlib1g-dev
  for package in "$folder"/apt/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$sysroot"
  done
  touch "$folder/unpacked"
fi
# What is of no machine in particular is this machine's.
headers=$folder/headers
mkdir -p "$headers"
for name in protozero nlohmann CLI; do
  ln -sfn "/usr/include/$name" "$headers/$name"
done

cmake -S "$root" -B "$folder/build" -G Ninja \
  -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR="$machine" \
  -DCMAKE_C_COMPILER="$triple-gcc" -DCMAKE_CXX_COMPILER="$triple-g++" \
  -DCMAKE_CXX_FLAGS="-isystem $headers" -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_EXE_LINKER_FLAGS="-Wl,-rpath-link,$sysroot/lib/$triple" \
  -DCMAKE_LIBRARY_ARCHITECTURE="$triple" \
  -DCMAKE_FIND_ROOT_PATH="$sysroot" \
  -DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER \
  -DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY \
  -DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY \
  -DCLI11_DIR=/usr/share/cmake/CLI11 \
  -Dnlohmann_json_DIR=/usr/share/cmake/nlohmann_json \
  -DINFLUENCE_BUILD_TESTS=OFF
cmake --build "$folder/build" --target influence_cli
exec "qemu-$machine" -L "$sysroot" "$folder/build/src/cli/influence" selftest
