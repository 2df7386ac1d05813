//go:build influence_bundled

package influence

// #cgo CFLAGS: -I${SRCDIR}/../../include
// #cgo LDFLAGS: -l:libinfluence.a -lstdc++ -lm
import "C"
