package influence

/*
#include <influence/influence.h>
*/
import "C"

import (
	"bytes"
	"runtime"
	"sync"
	"sync/atomic"

	"google.golang.org/protobuf/proto"
)

// owned is something that the library made, and that is freed once: by Close,
// or by the runtime when it is forgotten.
type owned[H comparable] struct {
	mutex   sync.RWMutex // held while the library uses the handle
	order   uint64       // in which several are locked
	handle  H            // the zero value once it is closed
	free    func(H)
	spill   *spill // if it has one
	cleanup runtime.Cleanup
}

var made atomic.Uint64

func (o *owned[H]) own(handle H, free func(H)) {
	o.order, o.handle, o.free = made.Add(1), handle, free
	o.cleanup = runtime.AddCleanup(o, free, handle)
}

// Close frees it, after the calls that are under way. It may be called more
// than once; every other method then returns ErrClosed. A forgotten object is
// freed by the runtime, some time.
func (o *owned[H]) Close() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	var none H
	if o.handle == none {
		return
	}
	o.cleanup.Stop()
	o.free(o.handle)
	o.handle = none
}

func (o *owned[H]) open() error {
	var none H
	if o.handle == none {
		return ErrClosed
	}
	return nil
}

func (o *owned[H]) place() (uint64, *sync.RWMutex) { return o.order, &o.mutex }

func (o *owned[H]) why(err error) error { return o.spill.why(err) }

// reading calls with what may be used by many at once.
func (o *owned[H]) reading(call func(H) error) error {
	o.mutex.RLock()
	defer o.mutex.RUnlock()
	if err := o.open(); err != nil {
		return err
	}
	return o.spill.why(call(o.handle))
}

// writing calls with what belongs to one goroutine at a time.
func (o *owned[H]) writing(call func(H) error) error {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if err := o.open(); err != nil {
		return err
	}
	return o.spill.why(call(o.handle))
}

type lockable interface {
	place() (uint64, *sync.RWMutex)
	open() error
	why(error) error
}

// both calls with two of them locked, always in the same order; they may be one.
func both(a, b lockable, exclusively bool, call func() error) error {
	first, one := a.place()
	second, other := b.place()
	if second < first {
		one, other = other, one
	}
	lock := func(m *sync.RWMutex) func() {
		if exclusively {
			m.Lock()
			return m.Unlock
		}
		m.RLock()
		return m.RUnlock
	}
	defer lock(one)()
	if first != second {
		defer lock(other)()
	}
	for _, each := range []lockable{a, b} {
		if err := each.open(); err != nil {
			return err
		}
	}
	return b.why(a.why(call()))
}

// ask copies and frees what a call returned.
func ask(call func(out *C.influence_bytes, why **C.influence_error) C.influence_status) ([]byte, error) {
	var out C.influence_bytes
	var why *C.influence_error
	if err := take(call(&out, &why), why); err != nil {
		return nil, err
	}
	defer C.influence_bytes_free(&out)
	return bytes.Clone(view(&out)), nil
}

// tell is a call that returns nothing.
func tell(call func(why **C.influence_error) C.influence_status) error {
	var why *C.influence_error
	status := call(&why)
	return take(status, why)
}

// take turns a status and the library's error into an error of Go, and frees
// the library's.
func take(status C.influence_status, why *C.influence_error) error {
	if status == C.INFLUENCE_OK {
		return nil
	}
	defer C.influence_error_free(why)
	return &Error{Status: Status(status), Field: C.GoString(C.influence_error_field(why)),
		Row: int(C.influence_error_row(why)), Text: C.GoString(C.influence_error_text(why))}
}

// marshal serializes a message; a nil one to nothing.
func marshal(message proto.Message) ([]byte, error) {
	data, err := proto.Marshal(message)
	if err != nil {
		return nil, failure(ErrInvalidUTF8, "", "%v", err)
	}
	return data, nil
}

// reply reads the message that came back.
func reply[M proto.Message](into M, data []byte, err error) (M, error) {
	var none M
	if err != nil {
		return none, err
	}
	if err := proto.Unmarshal(data, into); err != nil {
		return none, failure(ErrInternal, "", "%v", err)
	}
	return into, nil
}
