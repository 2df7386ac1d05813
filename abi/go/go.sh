#!/bin/sh
# Runs the go command: the one there is, if it is new enough to fetch the
# version that go.mod asks for; else that version, fetched by an older one as
# the module it is.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
minor=$( (go env GOVERSION 2>/dev/null || true) | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
if [ "${minor:-0}" -ge 21 ]; then exec go "$@"; fi

version=go1.24.11
case $(uname -m) in
  aarch64) arch=arm64 ;;
  *) arch=amd64 ;;
esac
module=golang.org/toolchain@v0.0.1-$version.linux-$arch
cache=$root/build/go
if [ ! -x "$cache/$module/bin/go" ]; then
  old=$(command -v go || true)
  if [ -z "$old" ]; then
    apt=$( [ "$(id -u)" = 0 ] || echo sudo)
    $apt env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y golang-go >&2
    old=$(command -v go)
  fi
  mkdir -p "$cache/fetch"
  echo 'module fetch' > "$cache/fetch/go.mod"
  (cd "$cache/fetch" && GOFLAGS=-mod=mod GOMODCACHE=$cache "$old" mod download "$module") >&2
  chmod -R u+rwX "$cache/$module"
  chmod -R +x "$cache/$module/bin" "$cache/$module/pkg/tool"
fi
GOROOT=$cache/$module exec "$cache/$module/bin/go" "$@"
