package influence

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

// Status says why a call or a profile failed. It is an error, to be compared
// with errors.Is. The numbers are those of influence_status in the C header; a
// newer library may have more.
type Status int32

// Why a call or a profile failed.
const (
	// An argument is not allowed: an unknown option, a field that must be set,
	// a column of a name or type that is not accepted.
	ErrInvalidArgument Status = 1
	// The bytes are not the message or the saved state that they should be.
	ErrMalformed Status = 2
	// Something is over a stated limit.
	ErrTooLarge Status = 3
	// No released algorithm has this id.
	ErrUnknownAlgorithm Status = 4
	// The input names another algorithm, fingerprint or standing rule than the
	// engine's.
	ErrAlgorithmMismatch Status = 5
	// A custom algorithm breaks a rule; the text names row and rule.
	ErrInvalidAlgorithm Status = 6
	// A number is outside its stated range.
	ErrOutOfRange Status = 7
	// Text is not UTF-8.
	ErrInvalidUTF8 Status = 8
	// An allocation failed in the library.
	ErrOutOfMemory Status = 9
	// A defect of the library.
	ErrInternal Status = 10
	// A reader, a writer, a spill file, an imported stream or a context of the
	// caller failed or asked to stop; the error wraps that failure, too.
	ErrCancelled Status = 11
	// There is no person, node or seed of this id.
	ErrNotFound Status = 12
	// The object is not in a state for this call: a tally whose stream is open,
	// a graph that has been run.
	ErrFailedPrecondition Status = 13
	// A stored result is not what its inputs give.
	ErrNotVerified Status = 14
	// The person does not want to be scored.
	ErrOptedOut Status = 15
)

// ErrClosed is what every method of a closed object returns, and of a stream
// that was handed on.
var ErrClosed = errors.New("influence: it is closed")

// ErrIncompatible is what NewEngine returns when the loaded library is too old
// or too new for this package; the error says both versions.
var ErrIncompatible = errors.New("influence: incompatible library")

// Error returns the status in words.
func (s Status) Error() string {
	return fmt.Sprintf("influence: %s", statusName(s))
}

// Error is a failure as data: why, where, and in words.
type Error struct {
	Status Status
	// The field at fault, a path such as
	// "profiles[12].accounts[0].likes_micros", or a column's name; "" if there
	// is none.
	Field string
	// The row of a table or the place in a batch, counted from 0; -1 if there is
	// none.
	Row int
	// Says to a developer what is wrong. The words may change.
	Text string
}

func (e *Error) Error() string {
	text := e.Status.Error()
	if e.Row >= 0 && !strings.Contains(e.Field, "[") { // which has the place in it
		text += fmt.Sprintf(": row %d", e.Row)
	}
	if e.Field != "" {
		text += ": " + e.Field
	}
	if e.Text != "" {
		text += ": " + e.Text
	}
	return text
}

// Unwrap returns the status.
func (e *Error) Unwrap() error { return e.Status }

// failure is an error that this package finds by itself.
func failure(status Status, field, format string, args ...any) error {
	return &Error{Status: status, Field: field, Row: -1, Text: fmt.Sprintf(format, args...)}
}

// ErrorOf returns why a profile has no score, or nil.
func ErrorOf(result *Result) error {
	cause := result.GetError()
	if cause == nil {
		return nil
	}
	row := -1
	if cause.Row != nil {
		row = int(cause.GetRow())
	}
	return &Error{Status: Status(cause.GetCode()), Field: cause.GetField(), Row: row,
		Text: cause.GetMessage()}
}

// The messages most used.
type (
	Profile   = influencepb.Profile
	Account   = influencepb.Account
	Result    = influencepb.Result
	Ledger    = influencepb.Ledger
	Algorithm = influencepb.Algorithm
)

// Count converts a whole number to millionths, for a signal's field. A number
// too large or too small for them becomes the largest or smallest there is,
// which the library refuses.
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
