package influence

/*
#include "calls.h"
*/
import "C"

import (
	"unsafe"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

// CompareBytes is Compare for serialized messages.
func CompareBytes(before, after *Engine, request []byte) (response []byte, err error) {
	err = both(before, after, false, func() error {
		response, err = ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
			return C.influence_compare(before.handle, after.handle, pointer(request),
				C.size_t(len(request)), out, why)
		})
		return err
	})
	return response, err
}

// Compare says why a score changed: what the facts did and what the formula
// did, which is exactly the change. The engines may be one.
func Compare(before, after *Engine, request *influencepb.CompareRequest) (*influencepb.CompareResponse, error) {
	data, err := marshal(request)
	if err == nil {
		data, err = CompareBytes(before, after, data)
	}
	return reply(&influencepb.CompareResponse{}, data, err)
}

// WhatIfBytes is WhatIf for serialized messages.
func (e *Engine) WhatIfBytes(request []byte) (response []byte, err error) {
	err = e.reading(func(engine *C.influence_engine) error {
		response, err = ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
			return C.influence_what_if(engine, pointer(request), C.size_t(len(request)),
				out, why)
		})
		return err
	})
	return response, err
}

// WhatIf says what the formula would give for other facts, or what facts it
// would need, by exact recomputation.
func (e *Engine) WhatIf(request *influencepb.WhatIfRequest) (*influencepb.WhatIfResponse, error) {
	data, err := marshal(request)
	if err == nil {
		data, err = e.WhatIfBytes(data)
	}
	return reply(&influencepb.WhatIfResponse{}, data, err)
}

// RenderBytes is Render for a serialized RenderRequest.
func RenderBytes(request []byte) ([]byte, error) {
	if err := loaded(); err != nil {
		return nil, err
	}
	return ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
		return C.influence_render(pointer(request), C.size_t(len(request)), out, why)
	})
}

// Render puts a stored result, comparison, what-if or drift, an algorithm or
// its model card on a page, in words. A result is computed anew from the facts
// inside it, and refused with ErrNotVerified if it is anything else.
func Render(request *influencepb.RenderRequest) (string, error) {
	data, err := marshal(request)
	if err == nil {
		data, err = RenderBytes(data)
	}
	return string(data), err
}

// Drift is what a change of algorithm does to a population. In whatever order
// people are added, however they are split among drifts that are then merged,
// however often these are saved and loaded: the same people give the same
// bytes.
type Drift struct{ owned[*C.influence_drift] }

func newDrift(before, after *Engine, call func(out **C.influence_drift,
	why **C.influence_error) C.influence_status) (*Drift, error) {
	d := &Drift{}
	err := both(before, after, false, func() error {
		var handle *C.influence_drift
		err := tell(func(why **C.influence_error) C.influence_status {
			return call(&handle, why)
		})
		if err == nil {
			d.own(handle, func(handle *C.influence_drift) { C.influence_drift_free(handle) })
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// NewDrift makes an empty drift. The engines may be closed before it.
func NewDrift(before, after *Engine, options *influencepb.DriftOptions) (*Drift, error) {
	data, err := marshal(options)
	if err != nil {
		return nil, err
	}
	return newDrift(before, after, func(out **C.influence_drift,
		why **C.influence_error) C.influence_status {
		return C.influence_drift_new(before.handle, after.handle, pointer(data),
			C.size_t(len(data)), out, why)
	})
}

// LoadDrift reads a drift that was saved, for the same two algorithms. It
// trusts no byte.
func LoadDrift(before, after *Engine, saved []byte) (*Drift, error) {
	return newDrift(before, after, func(out **C.influence_drift,
		why **C.influence_error) C.influence_status {
		return C.influence_drift_load(before.handle, after.handle, pointer(saved),
			C.size_t(len(saved)), out, why)
	})
}

// Add adds people under both algorithms: all of them or, on failure, nobody.
func (d *Drift) Add(profiles []*Profile) error {
	data, err := marshal(&influencepb.ScoreRequest{Profiles: profiles})
	if err != nil {
		return err
	}
	return d.AddBytes(data)
}

// AddBytes is Add for the profiles of a serialized ScoreRequest.
func (d *Drift) AddBytes(request []byte) error {
	return d.writing(func(drift *C.influence_drift) error {
		return tell(func(why **C.influence_error) C.influence_status {
			return C.influence_drift_add(drift, pointer(request), C.size_t(len(request)), why)
		})
	})
}

// AddColumns adds people by columns, those of ScoreColumns and those that the
// population is sliced by; id is for the people who moved most.
func (d *Drift) AddColumns(columns []Column) error {
	return d.writing(func(drift *C.influence_drift) error {
		return addColumns(C.kIntoDrift, unsafe.Pointer(drift), columns)
	})
}

// Merge adds all that the other has, which does not change. Both must be of the
// same two algorithms and options.
func (d *Drift) Merge(other *Drift) error {
	return both(d, other, true, func() error {
		return tell(func(why **C.influence_error) C.influence_status {
			return C.influence_drift_merge(d.handle, other.handle, why)
		})
	})
}

// Save returns the drift as bytes. Their form may change with the library's
// version.
func (d *Drift) Save() (saved []byte, err error) {
	err = d.reading(func(drift *C.influence_drift) error {
		saved, err = ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
			return C.influence_drift_save(drift, out, why)
		})
		return err
	})
	return saved, err
}

// ReportBytes returns a serialized DriftReport.
func (d *Drift) ReportBytes() (report []byte, err error) {
	err = d.reading(func(drift *C.influence_drift) error {
		report, err = ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
			return C.influence_drift_report(drift, out, why)
		})
		return err
	})
	return report, err
}

// Report says what was found so far; more people may be added afterwards.
func (d *Drift) Report() (*influencepb.DriftReport, error) {
	data, err := d.ReportBytes()
	return reply(&influencepb.DriftReport{}, data, err)
}
