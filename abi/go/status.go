package influence

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

// Status says why a call or a profile failed. It is an error, to be compared
// with errors.Is. Numbers are those of influence_status in the C header; a
// newer library may have more.
type Status int32

// Why a call or a profile failed.
const (
	// A bad option, or a column of a kind that is not taken.
	ErrInvalidArgument Status = 1
	// The bytes are not the message they should be.
	ErrMalformed Status = 2
	// Over a stated limit.
	ErrTooLarge Status = 3
	// No released algorithm has this id.
	ErrUnknownAlgorithm Status = 4
	// The request names another algorithm or fingerprint than the engine's.
	ErrAlgorithmMismatch Status = 5
	// A custom algorithm breaks a rule; the message names row and rule.
	ErrInvalidAlgorithm Status = 6
	// A number outside its stated range.
	ErrOutOfRange Status = 7
	// Text that is not UTF-8.
	ErrInvalidUTF8 Status = 8
	// An allocation failed in the library.
	ErrOutOfMemory Status = 9
	// A defect of the library.
	ErrInternal Status = 10
	// A reader, a writer or a context asked to stop; the error has its reason, too.
	ErrCancelled Status = 11
)

// ErrClosed is what every method returns of what was closed, and of a stream
// that was handed on.
var ErrClosed = errors.New("influence: it is closed")

// ErrIncompatible is what NewEngine returns when the library that was loaded is
// too old or too new for this package; the error says both versions.
var ErrIncompatible = errors.New("influence: incompatible library")

// Error gives the status in words.
func (s Status) Error() string {
	return fmt.Sprintf("influence: %s", statusName(s))
}

// Error is a failure, with words for a developer. The words may change.
type Error struct {
	Status  Status
	Field   string // of a profile, such as "accounts[0].likes_micros"
	Message string
}

func (e *Error) Error() string {
	text := e.Status.Error()
	if e.Field != "" {
		text += ": " + e.Field
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	return text
}

// Unwrap returns the status.
func (e *Error) Unwrap() error { return e.Status }

// ErrorOf returns why a profile has no score, or nil.
func ErrorOf(result *Result) error {
	cause := result.GetError()
	if cause == nil {
		return nil
	}
	field := cause.GetField() // whose place in a request is of no concern here
	if _, rest, found := strings.Cut(field, "]."); found {
		field = rest
	}
	return &Error{
		Status:  Status(cause.GetCode()),
		Field:   field,
		Message: cause.GetMessage(),
	}
}

// The messages most used.
type (
	Profile   = influencepb.Profile
	Account   = influencepb.Account
	Result    = influencepb.Result
	Ledger    = influencepb.Ledger
	Algorithm = influencepb.Algorithm
)

// Count is a whole number of anything, for a signal's field: in millionths. One
// that is too large or too small to be written down is the most or the least
// that can be, which the library refuses.
func Count(units int64) *int64 {
	const one = 1_000_000
	micros := units * one
	switch {
	case units > math.MaxInt64/one:
		micros = math.MaxInt64
	case units < math.MinInt64/one:
		micros = math.MinInt64
	}
	return &micros
}
