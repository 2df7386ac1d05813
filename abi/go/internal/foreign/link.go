//go:build !influence_bundled

package foreign

// #cgo pkg-config: influence
import "C"
