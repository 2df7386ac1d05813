package influence

/*
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

// LibraryVersion is that of the library that was loaded, such as "0.1.0".
func LibraryVersion() string { return C.GoString(C.influence_library_version()) }

// ABIVersion is that of the library that was loaded.
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
	var handle *C.influence_engine
	var message C.influence_bytes
	status := C.influence_engine_new((*C.char)(unsafe.Pointer(unsafe.StringData(id))),
		C.size_t(len(id)), &handle, &message)
	return newEngine(id, handle, status, &message)
}

// NewCustomEngine makes an engine for a table of one's own, named by its owner:
// "acme/v1".
func NewCustomEngine(algorithm *Algorithm) (*Engine, error) {
	if err := loaded(); err != nil {
		return nil, err
	}
	data, err := proto.Marshal(algorithm)
	if err != nil {
		return nil, &Error{Status: ErrInvalidUTF8, Message: err.Error()}
	}
	return newCustomEngine(algorithm.GetId(), data)
}

// NewCustomEngineBytes is NewCustomEngine for a serialized Algorithm.
func NewCustomEngineBytes(algorithm []byte) (*Engine, error) {
	if err := loaded(); err != nil {
		return nil, err
	}
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
	var handle *C.influence_engine
	var message C.influence_bytes
	status := C.influence_engine_new_custom(pointer(data), C.size_t(len(data)),
		&handle, &message)
	return newEngine(id, handle, status, &message)
}

func newEngine(id string, handle *C.influence_engine, status C.influence_status,
	message *C.influence_bytes) (*Engine, error) {
	if err := take(status, message); err != nil {
		return nil, err
	}
	engine := &Engine{id: id}
	engine.own(handle, func(handle *C.influence_engine) { C.influence_engine_free(handle) })
	return engine, nil
}

// Algorithm is the id of the engine's algorithm.
func (e *Engine) Algorithm() string { return e.id }

// Describe gives the algorithm's whole table, its fingerprint, and what each
// factor can do to a score at most.
func (e *Engine) Describe() (*influencepb.AlgorithmDescription, error) {
	e.mutex.RLock()
	defer e.mutex.RUnlock()
	if e.handle == nil {
		return nil, ErrClosed
	}
	var out C.influence_bytes
	status := C.influence_engine_describe(e.handle, &out)
	description := &influencepb.AlgorithmDescription{}
	return description, unmarshal(status, &out, description)
}

// Algorithms lists all released algorithms, oldest first.
func Algorithms() (*influencepb.AlgorithmList, error) {
	if err := loaded(); err != nil {
		return nil, err
	}
	var out C.influence_bytes
	list := &influencepb.AlgorithmList{}
	return list, unmarshal(C.influence_algorithm_list(&out), &out, list)
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
	data, err := proto.Marshal(request)
	if err != nil {
		return nil, &Error{Status: ErrInvalidUTF8, Message: err.Error()}
	}
	out, err := e.call(data)
	if err != nil {
		return nil, err
	}
	response := &influencepb.ScoreResponse{}
	return response, unmarshal(C.INFLUENCE_OK, &out, response)
}

func (e *Engine) call(request []byte) (C.influence_bytes, error) {
	e.mutex.RLock()
	defer e.mutex.RUnlock()
	var out, message C.influence_bytes
	if e.handle == nil {
		return out, ErrClosed
	}
	status := C.influence_score(e.handle, pointer(request), C.size_t(len(request)),
		&out, &message)
	return out, take(status, &message)
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
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n := batchOf(profiles)
		request.Profiles, profiles = profiles[:n], profiles[n:]
		response, err := e.ScoreRequest(request)
		if err != nil {
			return nil, err
		}
		results = append(results, response.Results...)
		if len(profiles) == 0 {
			return results, nil
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

// take turns a status into an error, and frees the message.
func take(status C.influence_status, message *C.influence_bytes) error {
	if status == C.INFLUENCE_OK {
		return nil
	}
	err := &Error{Status: Status(status), Message: string(view(message))}
	C.influence_bytes_free(message)
	return err
}

// unmarshal reads and frees what the library returned.
func unmarshal(status C.influence_status, out *C.influence_bytes, message proto.Message) error {
	if status != C.INFLUENCE_OK {
		return &Error{Status: Status(status)}
	}
	defer C.influence_bytes_free(out)
	if err := proto.Unmarshal(view(out), message); err != nil {
		return &Error{Status: ErrInternal, Message: err.Error()}
	}
	return nil
}
