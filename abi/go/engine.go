package influence

/*
#cgo noescape influence_score
#cgo nocallback influence_score
#include <stdlib.h>
#include <influence/influence.h>
*/
import "C"

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"google.golang.org/protobuf/proto"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

// Version is this package's; it needs a library of ABI 1 that is not older.
const Version = "0.1.0"

const abiVersion = 1

// LibraryVersion is that of the loaded library, such as "0.1.0".
func LibraryVersion() string { return C.GoString(C.influence_library_version()) }

// ABIVersion is that of the loaded library.
func ABIVersion() uint32 { return uint32(C.influence_abi_version()) }

func statusName(s Status) string {
	return C.GoString(C.influence_status_name(C.influence_status(s)))
}

func checkVersion(abi uint32, library string) error {
	if abi != abiVersion {
		return fmt.Errorf("%w: this package (%s) needs ABI %d, the library (%s) has ABI %d",
			ErrIncompatible, Version, abiVersion, library, abi)
	}
	if older(library, Version) {
		return fmt.Errorf("%w: this package needs version %s, the library is %s",
			ErrIncompatible, Version, library)
	}
	return nil
}

// older compares versions of three numbers; what is none is older.
func older(a, b string) bool {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range y {
		if i >= len(x) {
			return true
		}
		m, err := strconv.Atoi(x[i])
		n, _ := strconv.Atoi(y[i])
		if err != nil || m != n {
			return err != nil || m < n
		}
	}
	return false
}

var loaded = sync.OnceValue(func() error {
	return checkVersion(ABIVersion(), LibraryVersion())
})

// Engine is one algorithm, ready to score. It is immutable: any number of
// goroutines may use one at once.
type Engine struct {
	owned[*C.influence_engine]
	id string
}

// NewEngine makes an engine for a released algorithm, "v1". There is no default
// and no "latest".
func NewEngine(id string) (*Engine, error) {
	if err := loaded(); err != nil {
		return nil, err
	}
	if strings.IndexByte(id, 0) >= 0 { // where C would end it
		return nil, failure(ErrUnknownAlgorithm, "id", "%q has a NUL", id)
	}
	name := C.CString(id)
	defer C.free(unsafe.Pointer(name))
	return newEngine(id, func(out **C.influence_engine, why **C.influence_error) C.influence_status {
		return C.influence_engine_open(name, out, why)
	})
}

// NewCustomEngine makes an engine for your own table, named by its owner:
// "acme/v1".
func NewCustomEngine(algorithm *Algorithm) (*Engine, error) {
	data, err := marshal(algorithm)
	if err != nil {
		return nil, err
	}
	return newCustomEngine(algorithm.GetId(), data)
}

// NewCustomEngineBytes is NewCustomEngine for a serialized Algorithm.
func NewCustomEngineBytes(algorithm []byte) (*Engine, error) {
	engine, err := newCustomEngine("", algorithm)
	if err != nil {
		return nil, err
	}
	description, err := engine.Describe()
	if err != nil {
		return nil, err
	}
	engine.id = description.GetAlgorithm().GetId()
	return engine, nil
}

func newCustomEngine(id string, data []byte) (*Engine, error) {
	if err := loaded(); err != nil {
		return nil, err
	}
	return newEngine(id, func(out **C.influence_engine, why **C.influence_error) C.influence_status {
		return C.influence_engine_open_custom(pointer(data), C.size_t(len(data)), out, why)
	})
}

func newEngine(id string, call func(out **C.influence_engine,
	why **C.influence_error) C.influence_status) (*Engine, error) {
	var handle *C.influence_engine
	err := tell(func(why **C.influence_error) C.influence_status { return call(&handle, why) })
	if err != nil {
		return nil, err
	}
	engine := &Engine{id: id}
	engine.own(handle, func(handle *C.influence_engine) { C.influence_engine_free(handle) })
	return engine, nil
}

// Algorithm is the id of the engine's algorithm.
func (e *Engine) Algorithm() string { return e.id }

// Describe returns the algorithm's whole table, its fingerprint, and what each
// factor can do to a score at most.
func (e *Engine) Describe() (*influencepb.AlgorithmDescription, error) {
	var data []byte
	err := e.reading(func(engine *C.influence_engine) (err error) {
		data, err = ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
			return C.influence_engine_describe(engine, out, why)
		})
		return err
	})
	return reply(&influencepb.AlgorithmDescription{}, data, err)
}

// Algorithms lists all released algorithms, oldest first.
func Algorithms() (*influencepb.AlgorithmList, error) {
	if err := loaded(); err != nil {
		return nil, err
	}
	data, err := ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
		return C.influence_algorithm_list(out, why)
	})
	return reply(&influencepb.AlgorithmList{}, data, err)
}

// ScoreBytes scores a serialized ScoreRequest and returns a serialized
// ScoreResponse: the same bytes on every machine and in every language.
func (e *Engine) ScoreBytes(request []byte) ([]byte, error) {
	return e.AppendScore(nil, request)
}

// AppendScore is ScoreBytes into memory that the caller has already.
func (e *Engine) AppendScore(response, request []byte) ([]byte, error) {
	out, err := e.call(request)
	if err != nil {
		return nil, err
	}
	defer C.influence_bytes_free(&out)
	return append(response, view(&out)...), nil
}

// ScoreRequest scores a request as it is. It must name the engine's algorithm.
func (e *Engine) ScoreRequest(request *influencepb.ScoreRequest) (*influencepb.ScoreResponse, error) {
	data, err := marshal(request)
	if err != nil {
		return nil, err
	}
	out, err := e.call(data)
	if err != nil {
		return nil, err
	}
	defer C.influence_bytes_free(&out)
	return reply(&influencepb.ScoreResponse{}, view(&out), nil)
}

func (e *Engine) call(request []byte) (C.influence_bytes, error) {
	e.mutex.RLock()
	defer e.mutex.RUnlock()
	var out C.influence_bytes
	if e.handle == nil {
		return out, ErrClosed
	}
	var why *C.influence_error
	status := C.influence_score(e.handle, pointer(request), C.size_t(len(request)), &out, &why)
	return out, take(status, why)
}

// An Option changes what comes back for each profile, never its score.
type Option func(*influencepb.ScoreRequest)

// ScoreOnly leaves out the lines of the ledger: score, bounds, coverage and
// band alone.
func ScoreOnly() Option {
	return func(r *influencepb.ScoreRequest) { r.Detail = influencepb.Detail_DETAIL_SCORE }
}

// WithText adds each explanation in words.
func WithText() Option {
	return func(r *influencepb.ScoreRequest) { r.Rendering = influencepb.Rendering_RENDERING_TEXT }
}

// WithFingerprint refuses to score, with ErrAlgorithmMismatch, if the engine's
// algorithm has another fingerprint: the tightest pin there is.
func WithFingerprint(fingerprint string) Option {
	return func(r *influencepb.ScoreRequest) { r.Fingerprint = fingerprint }
}

// Calls of this size cost cgo nothing to speak of, and their responses, ledgers
// or words, stay within the library's limit.
const (
	batchProfiles = 4096
	batchBytes    = 4 << 20
)

// Score scores any number of profiles: one result for each, in the same order.
// It stops between batches when the context is done.
func (e *Engine) Score(ctx context.Context, profiles []*Profile, options ...Option) ([]*Result, error) {
	request := &influencepb.ScoreRequest{Algorithm: e.id}
	for _, option := range options {
		option(request)
	}
	results := make([]*Result, 0, len(profiles))
	for done := 0; ; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n := batchOf(profiles[done:])
		request.Profiles = profiles[done : done+n]
		response, err := e.ScoreRequest(request)
		if err != nil {
			return nil, err
		}
		place(response.Results, done)
		results = append(results, response.Results...)
		if done += n; done == len(profiles) {
			return results, nil
		}
	}
}

// place says in the errors of a batch which of all profiles they are of.
func place(batch []*Result, before int) {
	for i, result := range batch {
		if cause := result.GetError(); cause != nil {
			cause.Row = proto.Uint64(uint64(before + i))
			if rest, ok := strings.CutPrefix(cause.Field, fmt.Sprintf("profiles[%d]", i)); ok {
				cause.Field = fmt.Sprintf("profiles[%d]%s", before+i, rest)
			}
		}
	}
}

// batchOf says how many of the profiles fit a request; at least one, if there
// is one: it is for the library to refuse it.
func batchOf(profiles []*Profile) int {
	const overhead = 1024 // of the rest of a request, and of each profile
	bytes := overhead
	for i, profile := range profiles {
		if i == batchProfiles {
			return i
		}
		bytes += proto.Size(profile) + 8
		if bytes > batchBytes && i > 0 {
			return i
		}
	}
	return len(profiles)
}

func pointer(data []byte) *C.uint8_t {
	return (*C.uint8_t)(unsafe.Pointer(unsafe.SliceData(data)))
}

// view is the library's memory, until it is freed.
func view(bytes *C.influence_bytes) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(bytes.data)), int(bytes.size))
}
