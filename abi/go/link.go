//go:build !influence_bundled

package influence

// #cgo pkg-config: influence
import "C"

// IsBundled says whether the library was linked into the program.
const IsBundled = false
