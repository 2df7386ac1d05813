#!/bin/sh
# Everything about this binding: vet, format, tests with the race detector, the
# examples, the generated code, the published corpus, and the same calls from C.
#
#   abi/go/test.sh [quick]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
stage=$("$root/cmake/stage.sh")
cd "$here"
export PKG_CONFIG_PATH="$stage/lib/pkgconfig" LD_LIBRARY_PATH="$stage/lib"
export CGO_ENABLED=1
go=./go.sh

"$go" vet ./...
unformatted=$("$("$go" env GOROOT)/bin/gofmt" -l .)
if [ -n "$unformatted" ]; then echo "gofmt: $unformatted" >&2; exit 1; fi
"$go" test ./...
"$go" run ./examples/counts
"$go" run ./examples/score "$root/examples/people.csv"
[ "${1:-}" != quick ] || exit 0

"$go" test -race ./...
# The messages are those of proto/.
out=$root/build/go_messages
mkdir -p "$out"
GOBIN=$out "$go" install google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.11
PATH=$out:$PATH protoc -I "$root/proto" --go_out="$out" \
  --go_opt=Minfluence/abi1/influence.proto=./influencepb influence/abi1/influence.proto
without_versions() { grep -v '^//.*protoc' "$1"; }
without_versions "$out/influencepb/influence.pb.go" > "$out/wanted"
without_versions influencepb/influence.pb.go | cmp - "$out/wanted"

# Without an installed library.
cmake --preset bundled -S "$root" > /dev/null
cmake --build "$root/build/bundled" > /dev/null
# The tag by GOFLAGS, so that the go of a test which runs go has it too.
CGO_LDFLAGS=-L$root/build/bundled/abi/c LD_LIBRARY_PATH='' \
  GOFLAGS=-tags=influence_bundled "$go" test ./...

# The corpus, whole.
"$stage/bin/influence" selftest --algorithm v1 --write "$root/build/corpus_v1.txt"
"$go" run ./conformance "$root/build/corpus_v1.txt"

# A million rounds leave nothing behind.
INFLUENCE_ROUNDS=1000000 "$go" test -count=1 -v -timeout 1h -run 'Nothing.*Grows' .

# The same calls from C and from here, on one core.
cc -O2 -I"$stage/include" "$root/bench/binding_bench.c" -o "$out/bench" \
  -L"$stage/lib" -linfluence
INFLUENCE_BENCH_REQUEST=$out/request "$go" test -run NONE -bench . -count=5 -cpu 1 .
"$out/bench" "$out/request"
