//go:build influence_bundled

package influence

// #cgo CFLAGS: -I${SRCDIR}/../../include
// #cgo LDFLAGS: -l:libinfluence.a -lstdc++ -lm
import "C"

// IsBundled says whether the library was linked into the program.
const IsBundled = true
