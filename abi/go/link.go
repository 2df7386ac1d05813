//go:build !influence_bundled

package influence

// #cgo pkg-config: influence
import "C"
