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
	cleanup runtime.Cleanup
}

var made atomic.Uint64

func (o *owned[H]) own(handle H, free func(H)) {
	o.order, o.handle, o.free = made.Add(1), handle, free
	o.cleanup = runtime.AddCleanup(o, free, handle)
}

// Close frees it, after the calls that are under way. It may be called more
// than once; every other method then gives ErrClosed. One that is forgotten is
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

// reading calls with what may be used by many at once.
func (o *owned[H]) reading(call func(H) error) error {
	o.mutex.RLock()
	defer o.mutex.RUnlock()
	if err := o.open(); err != nil {
		return err
	}
	return call(o.handle)
}

// writing calls with what belongs to one goroutine at a time.
func (o *owned[H]) writing(call func(H) error) error {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if err := o.open(); err != nil {
		return err
	}
	return call(o.handle)
}

type lockable interface {
	place() (uint64, *sync.RWMutex)
	open() error
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
	return call()
}

// ask copies and frees what a call gave.
func ask(call func(out, message *C.influence_bytes) C.influence_status) ([]byte, error) {
	var out, message C.influence_bytes
	if err := take(call(&out, &message), &message); err != nil {
		return nil, err
	}
	defer C.influence_bytes_free(&out)
	return bytes.Clone(view(&out)), nil
}

// tell is a call that gives nothing.
func tell(call func(message *C.influence_bytes) C.influence_status) error {
	var message C.influence_bytes
	return take(call(&message), &message)
}

// marshal makes bytes of a message; of none, none.
func marshal(message proto.Message) ([]byte, error) {
	data, err := proto.Marshal(message)
	if err != nil {
		return nil, &Error{Status: ErrInvalidUTF8, Message: err.Error()}
	}
	return data, nil
}

// reply makes a message of the bytes that came back.
func reply[M proto.Message](into M, data []byte, err error) (M, error) {
	var none M
	if err != nil {
		return none, err
	}
	if err := proto.Unmarshal(data, into); err != nil {
		return none, &Error{Status: ErrInternal, Message: err.Error()}
	}
	return into, nil
}
