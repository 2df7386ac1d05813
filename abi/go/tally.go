package influence

/*
#include "calls.h"
*/
import "C"

import (
	"io"
	"runtime"
	"unsafe"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

// Tally makes profiles of events: who reacted to whom, when, how. In whatever
// order events are added, however they are split among tallies that are then
// merged, however often these are saved and loaded: the same events give the
// same bytes. Its calls take turns, with those of the streams of its profiles.
type Tally struct{ owned[*C.influence_tally] }

func newTally(handle *C.influence_tally) *Tally {
	t := &Tally{}
	t.own(handle, func(handle *C.influence_tally) { C.influence_tally_free(handle) })
	return t
}

// NewTally makes an empty tally, of which AsOfSeconds is required. The engine
// may be closed before the tally.
func (e *Engine) NewTally(options *influencepb.TallyOptions) (*Tally, error) {
	data, err := marshal(options)
	if err != nil {
		return nil, err
	}
	var handle *C.influence_tally
	err = e.reading(func(engine *C.influence_engine) error {
		return tell(func(why **C.influence_error) C.influence_status {
			return C.influence_tally_new(engine, pointer(data), C.size_t(len(data)),
				&handle, why)
		})
	})
	if err != nil {
		return nil, err
	}
	return newTally(handle), nil
}

// LoadTally reads a saved tally, for the same algorithm. It trusts no byte, and
// reads none beyond the tally's.
func (e *Engine) LoadTally(from io.Reader) (*Tally, error) {
	var handle *C.influence_tally
	c := callback{reader: from}
	err := e.reading(func(engine *C.influence_engine) error {
		return c.during(func(context C.uintptr_t) error {
			return tell(func(why **C.influence_error) C.influence_status {
				return C.influence_go_load(engine, context, &handle, why)
			})
		})
	})
	if err != nil {
		return nil, err
	}
	return newTally(handle), nil
}

// Add adds events: all of them or, on failure, none. One that the rule ignores
// is counted by its reason, see Report.
func (t *Tally) Add(events *influencepb.EventBatch) error {
	data, err := marshal(events)
	if err != nil {
		return err
	}
	return t.AddBytes(data)
}

// AddBytes is Add for a serialized EventBatch.
func (t *Tally) AddBytes(events []byte) error {
	return t.writing(func(tally *C.influence_tally) error {
		return tell(func(why **C.influence_error) C.influence_status {
			return C.influence_tally_add(tally, pointer(events), C.size_t(len(events)), why)
		})
	})
}

// AddColumns adds events by columns, in any number: actor, subject, kind and
// time in seconds; network, topic, event_id, quality_micros and count if there
// are any. The slices of numbers are read in place.
func (t *Tally) AddColumns(columns []Column) error {
	return t.writing(func(tally *C.influence_tally) error {
		return addColumns(C.kIntoTally, unsafe.Pointer(tally), columns)
	})
}

// Merge adds all that the other has, which does not change. Both must be of one
// algorithm and one point in time.
func (t *Tally) Merge(other *Tally) error {
	return both(t, other, true, func() error {
		return tell(func(why **C.influence_error) C.influence_status {
			return C.influence_tally_merge(t.handle, other.handle, why)
		})
	})
}

// Save writes the tally, in pieces; the writer must not use it. The bytes are
// the same for the same events.
func (t *Tally) Save(to io.Writer) error {
	c := callback{writer: to}
	return t.writing(func(tally *C.influence_tally) error {
		return c.during(func(context C.uintptr_t) error {
			return tell(func(why **C.influence_error) C.influence_status {
				return C.influence_go_save(tally, context, why)
			})
		})
	})
}

// ReportBytes returns a serialized TallyReport.
func (t *Tally) ReportBytes() (report []byte, err error) {
	err = t.writing(func(tally *C.influence_tally) error {
		report, err = ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
			return C.influence_tally_report(tally, out, why)
		})
		return err
	})
	return report, err
}

// Report says what was counted, and what was ignored and why.
func (t *Tally) Report() (*influencepb.TallyReport, error) {
	data, err := t.ReportBytes()
	return reply(&influencepb.TallyReport{}, data, err)
}

// SubjectBytes is Subject for serialized messages.
func (t *Tally) SubjectBytes(request []byte) (report []byte, err error) {
	err = t.writing(func(tally *C.influence_tally) error {
		report, err = ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
			return C.influence_tally_subject(tally, pointer(request),
				C.size_t(len(request)), out, why)
		})
		return err
	})
	return report, err
}

// Subject opens one person: profile, score, and where each factor's points came
// from; topics; if asked for, what the score would be without each.
func (t *Tally) Subject(request *influencepb.SubjectRequest) (*influencepb.SubjectReport, error) {
	data, err := marshal(request)
	if err == nil {
		data, err = t.SubjectBytes(data)
	}
	return reply(&influencepb.SubjectReport{}, data, err)
}

// Topics returns what people are listened to about: a row for each person and
// topic, with the columns id, topic, score_micros, people and quantity_micros.
func (t *Tally) Topics() (batch *Batch, err error) {
	err = t.writing(func(tally *C.influence_tally) error {
		var schema C.struct_ArrowSchema
		var array C.struct_ArrowArray
		err := tell(func(why **C.influence_error) C.influence_status {
			return C.influence_tally_topics(tally, &schema, &array, why)
		})
		if err != nil {
			return err
		}
		defer C.influence_go_release_schema(&schema)
		defer C.influence_go_release_array(&array)
		batch = copyBatch(&schema, &array)
		return nil
	})
	return batch, err
}

// Profiles returns the profiles of all people who received a reaction that
// counts, ascending by id: to be read, joined with a standing, or scored. Until
// the stream is closed the tally cannot change: ErrFailedPrecondition. They may
// be closed in any order.
func (t *Tally) Profiles(options *influencepb.StreamOptions) (*Stream, error) {
	data, err := marshal(options)
	if err != nil {
		return nil, err
	}
	var stream *Stream
	err = t.writing(func(tally *C.influence_tally) error {
		stream, err = newStream(source{&t.mutex, t.spill}, func(out *C.struct_ArrowArrayStream,
			why **C.influence_error) C.influence_status {
			return C.influence_tally_profiles(tally, pointer(data), C.size_t(len(data)), out, why)
		})
		return err
	})
	runtime.KeepAlive(t)
	return stream, err
}
