#!/bin/sh
# Runs cargo: the one there is, if its Rust is new enough; else Debian's newer
# one, which its browsers are built with.
set -eu
minor=$( (cargo --version 2>/dev/null || true) | sed -n 's/^cargo 1\.\([0-9]*\).*/\1/p')
if [ "${minor:-0}" -lt 85 ]; then
  sudo=$( [ "$(id -u)" = 0 ] || echo sudo)
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
    --no-install-recommends cargo-web rustc-web rust-web-clippy rustfmt-web >&2
fi
exec cargo "$@"
