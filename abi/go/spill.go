package influence

/*
#include "calls.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/cgo"
	"sync"
	"unsafe"
)

// SpillFile holds what a tally or a graph has no memory for: an empty *os.File,
// say. Write appends; ReadAt reads what was written, and may be called by
// several goroutines at once. It must not use the tally or the graph.
type SpillFile interface {
	io.Writer
	io.ReaderAt
}

// Spill lets a new tally keep about memoryBytes (at least 64 MiB) in memory and
// put the rest into a temporary file in a folder; "" is that of os.TempDir. The
// file is gone when the tally and the streams of its profiles are closed. Ids
// stay in memory. Such a tally cannot be saved or merged into another; its
// profiles are the same.
func (t *Tally) Spill(memoryBytes uint64, folder string) error {
	file, err := newTemporary(folder)
	if err != nil {
		return err
	}
	return t.SpillTo(memoryBytes, file)
}

// SpillTo is Spill into a file of the caller's, which the tally takes: if it is
// an io.Closer, it is closed when nothing reads it any more, and also if SpillTo
// fails. After a failure of the file the tally can only be closed.
func (t *Tally) SpillTo(memoryBytes uint64, file SpillFile) error {
	return spillInto(&t.owned, file, func(tally *C.influence_tally, context C.uintptr_t,
		why **C.influence_error) C.influence_status {
		return C.influence_go_spill_tally(tally, C.uint64_t(memoryBytes), context, why)
	})
}

// Spill lets a new graph keep about memoryBytes (at least 64 MiB) of edges in
// memory and put the rest into a temporary file in a folder; "" is that of
// os.TempDir. The file is gone when the graph and its standings are closed. Ids
// stay in memory, and two numbers for each node. The ranks are the same.
func (g *Graph) Spill(memoryBytes uint64, folder string) error {
	file, err := newTemporary(folder)
	if err != nil {
		return err
	}
	return g.SpillTo(memoryBytes, file)
}

// SpillTo is Spill into a file of the caller's, which the graph takes: if it is
// an io.Closer, it is closed when nothing reads it any more, and also if SpillTo
// fails. If the file fails before the first Run is over, the graph can only be
// closed.
func (g *Graph) SpillTo(memoryBytes uint64, file SpillFile) error {
	return spillInto(&g.owned, file, func(graph *C.influence_graph, context C.uintptr_t,
		why **C.influence_error) C.influence_status {
		return C.influence_go_spill_graph(graph, C.uint64_t(memoryBytes), context, why)
	})
}

func spillInto[H comparable](o *owned[H], file SpillFile, call func(handle H,
	context C.uintptr_t, why **C.influence_error) C.influence_status) error {
	s := &spill{file: file}
	s.handle = cgo.NewHandle(s)
	err := o.writing(func(handle H) error {
		err := tell(func(why **C.influence_error) C.influence_status {
			return call(handle, C.uintptr_t(s.handle), why)
		})
		if err == nil {
			o.spill = s
		}
		return err
	})
	if err != nil {
		s.release()
	}
	return err
}

// A spill is what C calls back into for as long as it likes. It keeps why a
// callback failed until the call that it failed in has returned to Go.
type spill struct {
	file     SpillFile
	handle   cgo.Handle
	released sync.Once
	mutex    sync.Mutex
	err      error
	panicked any
}

func (s *spill) release() {
	s.released.Do(func() {
		s.handle.Delete()
		if closer, ok := s.file.(io.Closer); ok {
			_ = closer.Close() // nothing in it is needed any more
		}
	})
}

// run is what a callback does; a panic must not unwind C.
func (s *spill) run(body func() error) (stop C.int32_t) {
	var err error
	var panicked any
	func() {
		defer func() { panicked = recover() }()
		err = body()
	}()
	if err == nil && panicked == nil {
		return 0
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.err, s.panicked = err, panicked
	return 1
}

// why adds to a failed call what its callback met. A nil spill has nothing to
// add.
func (s *spill) why(err error) error {
	if s == nil || !errors.Is(err, ErrCancelled) {
		return err
	}
	s.mutex.Lock()
	cause, panicked := s.err, s.panicked
	s.err, s.panicked = nil, nil
	s.mutex.Unlock()
	if panicked != nil {
		panic(panicked)
	}
	if cause != nil {
		return fmt.Errorf("%w: %w", err, cause)
	}
	return err
}

func spillOf(context C.uintptr_t) *spill { return cgo.Handle(context).Value().(*spill) }

//export influenceGoSpillWrite
func influenceGoSpillWrite(context C.uintptr_t, data unsafe.Pointer, size C.size_t) C.int32_t {
	s := spillOf(context)
	return s.run(func() error {
		_, err := s.file.Write(unsafe.Slice((*byte)(data), int(size)))
		return err
	})
}

//export influenceGoSpillReadAt
func influenceGoSpillReadAt(context C.uintptr_t, offset C.uint64_t, data unsafe.Pointer,
	size C.size_t) C.int32_t {
	s := spillOf(context)
	return s.run(func() error {
		n, err := s.file.ReadAt(unsafe.Slice((*byte)(data), int(size)), int64(offset))
		switch {
		case n == int(size): // also at the end of the file
			return nil
		case err == nil || err == io.EOF:
			return io.ErrUnexpectedEOF
		}
		return err
	})
}

//export influenceGoSpillRelease
func influenceGoSpillRelease(context C.uintptr_t) { spillOf(context).release() }

// temporary is a file that is gone once it is closed, also if the process dies:
// it has no name, if the system allows that of an open file.
type temporary struct {
	*os.File
	isNamed bool
}

func newTemporary(folder string) (*temporary, error) {
	file, err := os.CreateTemp(folder, "influence-*")
	if err != nil {
		return nil, err
	}
	return &temporary{file, os.Remove(file.Name()) != nil}, nil
}

func (t *temporary) Close() error {
	err := t.File.Close()
	if t.isNamed {
		err = errors.Join(err, os.Remove(t.Name()))
	}
	return err
}
