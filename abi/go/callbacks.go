package influence

/*
#include <stddef.h>
#include <stdint.h>
*/
import "C"

import (
	"fmt"
	"io"
	"runtime/cgo"
	"unsafe"
)

// A callback is what C calls back into, by its handle, during one call. A panic
// must not unwind C, so it waits until C has returned.
type callback struct {
	progress func(done, all uint32) error
	writer   io.Writer
	reader   io.Reader
	err      error
	panicked any
}

// during makes a call that may call back, and says why it ended early.
func (c *callback) during(call func(handle C.uintptr_t) error) error {
	handle := cgo.NewHandle(c)
	defer handle.Delete()
	err := call(C.uintptr_t(handle))
	if c.panicked != nil {
		panic(c.panicked)
	}
	if err != nil && c.err != nil {
		return fmt.Errorf("%w: %w", err, c.err)
	}
	return err
}

func (c *callback) run(body func() error) (stop C.int32_t) {
	defer func() {
		if p := recover(); p != nil {
			c.panicked, stop = p, 1
		}
	}()
	if c.err = body(); c.err != nil {
		return 1
	}
	return 0
}

func callbackOf(context C.uintptr_t) *callback {
	return cgo.Handle(context).Value().(*callback)
}

//export influenceGoProgress
func influenceGoProgress(context C.uintptr_t, done, all C.uint32_t) C.int32_t {
	c := callbackOf(context)
	return c.run(func() error { return c.progress(uint32(done), uint32(all)) })
}

//export influenceGoWrite
func influenceGoWrite(context C.uintptr_t, data unsafe.Pointer, size C.size_t) C.int32_t {
	c := callbackOf(context)
	return c.run(func() error {
		_, err := c.writer.Write(unsafe.Slice((*byte)(data), int(size)))
		return err
	})
}

//export influenceGoRead
func influenceGoRead(context C.uintptr_t, data unsafe.Pointer, size C.size_t) C.int32_t {
	c := callbackOf(context)
	return c.run(func() error {
		_, err := io.ReadFull(c.reader, unsafe.Slice((*byte)(data), int(size)))
		return err
	})
}
