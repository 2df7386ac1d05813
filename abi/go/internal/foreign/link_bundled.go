//go:build influence_bundled

package foreign

// #cgo CFLAGS: -I${SRCDIR}/../../../../include
import "C"
