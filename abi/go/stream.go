package influence

/*
#include <stdlib.h>
#include "calls.h"
*/
import "C"

import (
	"fmt"
	"io"
	"iter"
	"runtime"
	"sync"
	"syscall"
	"unsafe"

	"google.golang.org/protobuf/proto"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

// Stream is tables that come one after another, over the Arrow C stream
// interface: constant memory for any population. It is handed on without a copy
// by Join, ScoreStream and Export, each of which takes it; or read with Next or
// Profiles.
type Stream struct {
	mutex   sync.Mutex
	parts   streamParts // zero values once it is closed or handed on
	cleanup runtime.Cleanup
}

type streamParts struct {
	source source
	stream *C.struct_ArrowArrayStream
	schema *C.struct_ArrowSchema
}

// A source is what a stream reads: a tally, whose calls take turns with the
// stream's, and which may have spilled.
type source struct {
	mutex *sync.RWMutex
	spill *spill
}

func (p streamParts) free() {
	p.source.mutex.Lock()
	defer p.source.mutex.Unlock()
	C.influence_go_stream_free(p.stream)
	C.influence_go_release_schema(p.schema)
	C.free(unsafe.Pointer(p.schema))
}

// newStream takes what a call returns; its caller holds the source.
func newStream(from source, call func(out *C.struct_ArrowArrayStream,
	why **C.influence_error) C.influence_status) (*Stream, error) {
	out := (*C.struct_ArrowArrayStream)(C.calloc(1, C.sizeof_struct_ArrowArrayStream))
	err := tell(func(why **C.influence_error) C.influence_status {
		return call(out, why)
	})
	if err != nil {
		C.free(unsafe.Pointer(out))
		return nil, from.spill.why(err)
	}
	schema := (*C.struct_ArrowSchema)(C.calloc(1, C.sizeof_struct_ArrowSchema))
	if code := C.influence_go_stream_schema(out, schema); code != 0 {
		err := streamError(out, code)
		C.influence_go_stream_free(out)
		C.free(unsafe.Pointer(schema))
		return nil, err
	}
	s := &Stream{parts: streamParts{from, out, schema}}
	s.cleanup = runtime.AddCleanup(s, func(parts streamParts) {
		go parts.free() // which may have to wait
	}, s.parts)
	return s, nil
}

// ImportStream takes a stream from a struct ArrowArrayStream of C's, such as
// arrow-go's cdata exports.
func ImportStream(from unsafe.Pointer) (*Stream, error) {
	if err := loaded(); err != nil {
		return nil, err
	}
	given := (*C.struct_ArrowArrayStream)(from)
	if given.release == nil {
		return nil, failure(ErrInvalidArgument, "stream", "was released")
	}
	return newStream(source{new(sync.RWMutex), nil}, func(out *C.struct_ArrowArrayStream,
		_ **C.influence_error) C.influence_status {
		*out, given.release = *given, nil
		return C.INFLUENCE_OK
	})
}

// Export moves the stream into a struct ArrowArrayStream of C's, such as
// arrow-go's cdata imports. A stream exported from a tally's profiles,
// and the tally, belong to one goroutine at a time.
func (s *Stream) Export(to unsafe.Pointer) error {
	parts, err := s.take()
	if err != nil {
		return err
	}
	*(*C.struct_ArrowArrayStream)(to) = *parts.stream
	parts.stream.release = nil
	parts.free()
	return nil
}

// take ends the stream here; its parts have another owner then.
func (s *Stream) take() (streamParts, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.parts.stream == nil {
		return streamParts{}, ErrClosed
	}
	s.cleanup.Stop()
	parts := s.parts
	s.parts = streamParts{}
	return parts, nil
}

// Close ends the stream, as reading all of it does not. It may be called more
// than once. A stream that is forgotten is ended by the runtime, some time.
func (s *Stream) Close() {
	if parts, err := s.take(); err == nil {
		parts.free()
	}
}

// through moves the stream into a call that returns another.
func (s *Stream) through(call func(in, out *C.struct_ArrowArrayStream,
	why **C.influence_error) C.influence_status) (*Stream, error) {
	parts, err := s.take()
	if err != nil {
		return nil, err
	}
	defer parts.free() // of which the stream is no part any more
	parts.source.mutex.Lock()
	defer parts.source.mutex.Unlock()
	return newStream(parts.source, func(out *C.struct_ArrowArrayStream,
		why **C.influence_error) C.influence_status {
		return call(parts.stream, out, why)
	})
}

// ScoreStream scores a stream of profiles, batch by batch as the result is
// read: the columns id, score_micropoints, low_micropoints, high_micropoints,
// coverage_micropoints, error and error_field and, if asked for,
// points_attention_micropoints, ... It takes the stream, whether it fails or not.
// The result may outlive the engine.
func (e *Engine) ScoreStream(profiles *Stream, options ColumnsOptions) (stream *Stream, err error) {
	settings, err := options.marshal()
	if err != nil {
		profiles.Close()
		return nil, err
	}
	err = e.reading(func(engine *C.influence_engine) error {
		stream, err = profiles.through(func(in, out *C.struct_ArrowArrayStream,
			why **C.influence_error) C.influence_status {
			return C.influence_score_stream(engine, pointer(settings),
				C.size_t(len(settings)), in, out, why)
		})
		return err
	})
	if err != nil {
		profiles.Close()
	}
	return stream, err
}

// streamError says why a stream failed: with status, field and row if it is the
// library's, by errno and words if it is an imported one.
func streamError(stream *C.struct_ArrowArrayStream, code C.int) error {
	var why *C.influence_error
	if C.influence_stream_error(stream, &why) == C.INFLUENCE_OK && why != nil {
		return take(C.influence_error_status(why), why)
	}
	C.influence_error_free(why)
	number, status := syscall.Errno(code), ErrCancelled
	if number == syscall.ENOMEM {
		status = ErrOutOfMemory
	}
	words := C.GoString(C.influence_go_stream_text(stream))
	return fmt.Errorf("%w: %w", failure(status, "", "%s", words), number)
}

// read calls with the next table, which it then releases; io.EOF after the last.
func (s *Stream) read(each func(*C.struct_ArrowSchema, *C.struct_ArrowArray) error) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.parts.stream == nil {
		return ErrClosed
	}
	array, err := s.parts.next()
	if err != nil {
		return err
	}
	if array.release == nil {
		return io.EOF
	}
	defer C.influence_go_release_array(&array)
	return each(s.parts.schema, &array)
}

func (p *streamParts) next() (array C.struct_ArrowArray, err error) {
	p.source.mutex.Lock()
	defer p.source.mutex.Unlock()
	if code := C.influence_go_stream_next(p.stream, &array); code != 0 {
		err = p.source.spill.why(streamError(p.stream, code))
	}
	return array, err
}

// Next returns the next table, copied; io.EOF after the last.
func (s *Stream) Next() (batch *Batch, err error) {
	err = s.read(func(schema *C.struct_ArrowSchema, array *C.struct_ArrowArray) error {
		batch = copyBatch(schema, array)
		return nil
	})
	return batch, err
}

// Metadata is what the schema says of the whole stream: of which graph a
// standing is, by which algorithm scores are.
func (s *Stream) Metadata() map[string]string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	found := map[string]string{}
	if s.parts.schema == nil || s.parts.schema.metadata == nil {
		return found
	}
	at := unsafe.Pointer(s.parts.schema.metadata)
	number := func() int {
		n := *(*int32)(at)
		at = unsafe.Add(at, 4)
		return int(n)
	}
	text := func() string {
		n := number()
		read := string(unsafe.Slice((*byte)(at), n))
		at = unsafe.Add(at, n)
		return read
	}
	for n := number(); n > 0; n-- {
		name := text()
		found[name] = text()
	}
	return found
}

// Profiles reads the stream of a tally's profiles, joined with a standing or
// not, one by one; what is beside the accounts becomes the first one's. Reading
// ends, and so does the stream, at an error.
func (s *Stream) Profiles() iter.Seq2[*Profile, error] {
	return func(yield func(*Profile, error) bool) {
		for {
			var people []*Profile
			err := s.read(func(schema *C.struct_ArrowSchema, array *C.struct_ArrowArray) error {
				var err error
				people, err = copyProfiles(schema, array)
				return err
			})
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for _, person := range people {
				if !yield(person, nil) {
					return
				}
			}
		}
	}
}

// Batch is a table of a stream. Columns of lists are left out.
type Batch struct {
	Rows    int
	Columns []Column
}

// Column is the column of a name; nil if there is none.
func (b *Batch) Column(name string) *Column {
	for i := range b.Columns {
		if b.Columns[i].Name == name {
			return &b.Columns[i]
		}
	}
	return nil
}

func copyBatch(schema *C.struct_ArrowSchema, array *C.struct_ArrowArray) *Batch {
	batch := &Batch{Rows: int(array.length)}
	for i := range int(schema.n_children) {
		field, values := childOf(schema, array, i)
		if column, ok := copyColumn(field, values); ok {
			batch.Columns = append(batch.Columns, column)
		}
	}
	return batch
}

func childOf(schema *C.struct_ArrowSchema, array *C.struct_ArrowArray, i int) (
	*C.struct_ArrowSchema, *C.struct_ArrowArray) {
	return unsafe.Slice(schema.children, schema.n_children)[i],
		unsafe.Slice(array.children, array.n_children)[i]
}

// entries are an array's values of one type, from its offset on.
func entries[T any](array *C.struct_ArrowArray, buffer, more int) []T {
	if array.length == 0 {
		return nil
	}
	start := unsafe.Slice(array.buffers, array.n_buffers)[buffer]
	from := int(array.offset)
	return unsafe.Slice((*T)(start), from+int(array.length)+more)[from:]
}

// copyColumn says false for a type that no column of ours has.
func copyColumn(field *C.struct_ArrowSchema, array *C.struct_ArrowArray) (Column, bool) {
	column := Column{Name: C.GoString(field.name), Valid: validOf(array)}
	format := C.GoString(field.format)
	if field.dictionary != nil {
		words, ok := copyColumn(field.dictionary, array.dictionary)
		if !ok || format != "c" {
			return column, false
		}
		column.Text = make([]string, array.length)
		for i, word := range entries[int8](array, 1, 0) {
			if isValid(column.Valid, i) {
				column.Text[i] = words.Text[word]
			}
		}
		return column, true
	}
	switch format {
	case "l", "L": // ranks are below 2^62, and counts of people, too
		column.Values = append(make([]int64, 0, array.length), entries[int64](array, 1, 0)...)
	case "i":
		column.Values = widened(entries[int32](array, 1, 0))
	case "c":
		column.Values = widened(entries[int8](array, 1, 0))
	case "u", "z":
		column.Text = copyText(array, entries[int32](array, 1, 1))
	case "U", "Z":
		column.Text = copyText(array, entries[int64](array, 1, 1))
	default:
		return column, false
	}
	return column, true
}

func widened[T int8 | int32](values []T) []int64 {
	wide := make([]int64, len(values))
	for i, value := range values {
		wide[i] = int64(value)
	}
	return wide
}

func copyText[T int32 | int64](array *C.struct_ArrowArray, ends []T) []string {
	texts := make([]string, array.length)
	if len(ends) == 0 {
		return texts
	}
	data := unsafe.Slice((*byte)(unsafe.Slice(array.buffers, array.n_buffers)[2]),
		int(ends[len(ends)-1]))
	for i := range texts {
		texts[i] = string(data[ends[i]:ends[i+1]])
	}
	return texts
}

// validOf is nil if all are.
func validOf(array *C.struct_ArrowArray) []byte {
	start := unsafe.Slice(array.buffers, array.n_buffers)[0]
	if start == nil || array.null_count == 0 || array.length == 0 {
		return nil
	}
	from, rows := int(array.offset), int(array.length)
	bits := unsafe.Slice((*byte)(start), (from+rows+7)/8)
	valid := make([]byte, (rows+7)/8)
	for i := range rows {
		if isValid(bits, from+i) {
			valid[i/8] |= 1 << (i % 8)
		}
	}
	return valid
}

func isValid(bits []byte, i int) bool { return bits == nil || bits[i/8]>>(i%8)&1 == 1 }

// copyProfiles reads id, accounts and what is beside them.
func copyProfiles(schema *C.struct_ArrowSchema, array *C.struct_ArrowArray) ([]*Profile, error) {
	people := make([]*Profile, array.length)
	for i := range people {
		people[i] = &Profile{}
	}
	var beside []Column
	var has bool
	for i := range int(schema.n_children) {
		field, values := childOf(schema, array, i)
		switch name := C.GoString(field.name); {
		case name == "accounts" && C.GoString(field.format) == "+l":
			has = true
			if err := copyAccounts(people, field, values); err != nil {
				return nil, err
			}
		default:
			column, ok := copyColumn(field, values)
			if !ok {
				return nil, notProfiles(name)
			}
			if name != "id" {
				beside = append(beside, column)
				continue
			}
			for i, id := range column.Text {
				people[i].Id = id
			}
		}
	}
	if !has {
		return nil, notProfiles("accounts")
	}
	for _, column := range beside {
		for i, person := range people {
			if len(person.Accounts) == 0 {
				person.Accounts = []*Account{{}}
			}
			if err := setSignal(person.Accounts[0], &column, i); err != nil {
				return nil, err
			}
		}
	}
	return people, nil
}

func copyAccounts(people []*Profile, field *C.struct_ArrowSchema, list *C.struct_ArrowArray) error {
	item, items := childOf(field, list, 0)
	accounts := make([]*Account, items.length)
	for i := range accounts {
		accounts[i] = &Account{}
	}
	for i := range int(item.n_children) {
		column, ok := copyColumn(childOf(item, items, i))
		if !ok {
			return notProfiles(column.Name)
		}
		for j, account := range accounts {
			if err := setSignal(account, &column, j); err != nil {
				return err
			}
		}
	}
	ends := entries[int32](list, 1, 1)
	for i, person := range people {
		person.Accounts = accounts[ends[i]:ends[i+1]:ends[i+1]]
	}
	return nil
}

// setSignal sets what a column has in a row: a network, or millionths.
func setSignal(account *Account, column *Column, row int) error {
	if column.Name == "network" && column.Text != nil {
		account.Network = column.Text[row]
		return nil
	}
	signals := map[string]**int64{
		"mentions_micros": &account.MentionsMicros, "replies_micros": &account.RepliesMicros,
		"saves_micros": &account.SavesMicros, "likes_micros": &account.LikesMicros,
		"reshares_micros": &account.ResharesMicros, "quotes_micros": &account.QuotesMicros,
		"listings_micros": &account.ListingsMicros, "followers_micros": &account.FollowersMicros,
		"standing_micros":     &account.StandingMicros,
		"endorsements_micros": &account.EndorsementsMicros}
	signal := signals[column.Name]
	if signal == nil || column.Text != nil {
		return notProfiles(column.Name)
	}
	if isValid(column.Valid, row) {
		*signal = proto.Int64(column.Values[row])
	}
	return nil
}

func notProfiles(name string) error {
	return failure(ErrInvalidArgument, name, "is no column of a tally's profiles")
}

func (o ColumnsOptions) marshal() ([]byte, error) {
	if o.Threads < 0 {
		return nil, failure(ErrInvalidArgument, "threads", "%d is negative", o.Threads)
	}
	return marshal(&influencepb.ColumnsOptions{Threads: uint32(o.Threads), Points: o.Points,
		ScoreUnit: influencepb.ScoreUnit_SCORE_UNIT_MICROPOINTS})
}
