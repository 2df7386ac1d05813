package influence

/*
#include <stdlib.h>
#include <string.h>
#include <influence/influence.h>

enum { kMostColumns = 16 };

static void ReleaseNoSchema(struct ArrowSchema* schema) { schema->release = NULL; }
static void ReleaseNoArray(struct ArrowArray* array) { array->release = NULL; }

// The table lies on this stack; its columns are the caller's.
static influence_status ScoreTable(const influence_engine* engine,
                                   const uint8_t* options, size_t options_size,
                                   int64_t rows, int64_t columns,
                                   const char* const* names,
                                   const void* const* values,
                                   const void* const* valid,
                                   struct ArrowSchema* out_schema,
                                   struct ArrowArray* out_array,
                                   influence_bytes* message) {
  struct ArrowSchema schemas[kMostColumns], *schema_children[kMostColumns];
  struct ArrowArray arrays[kMostColumns], *array_children[kMostColumns];
  const void* buffers[kMostColumns][2];
  const void* none[1] = {NULL};
  for (int64_t i = 0; i < columns; ++i) {
    memset(&schemas[i], 0, sizeof schemas[i]);
    schemas[i].format = "l";
    schemas[i].name = names[i];
    schemas[i].flags = ARROW_FLAG_NULLABLE;
    schemas[i].release = ReleaseNoSchema;
    schema_children[i] = &schemas[i];
    buffers[i][0] = valid[i];
    buffers[i][1] = values[i];
    memset(&arrays[i], 0, sizeof arrays[i]);
    arrays[i].length = rows;
    arrays[i].null_count = valid[i] == NULL ? 0 : -1;
    arrays[i].n_buffers = 2;
    arrays[i].buffers = buffers[i];
    arrays[i].release = ReleaseNoArray;
    array_children[i] = &arrays[i];
  }
  struct ArrowSchema schema = {.format = "+s", .name = "", .n_children = columns,
                               .children = schema_children,
                               .release = ReleaseNoSchema};
  struct ArrowArray array = {.length = rows, .n_buffers = 1, .buffers = none,
                             .n_children = columns, .children = array_children,
                             .release = ReleaseNoArray};
  return influence_score_columns(engine, options, options_size, &schema, &array,
                                 out_schema, out_array, message);
}

static const char* NameOf(const struct ArrowSchema* schema, int64_t i) {
  return schema->children[i]->name;
}
static const void* BufferOf(const struct ArrowArray* array, int64_t i, int64_t buffer) {
  return array->children[i]->buffers[buffer];
}
static const struct ArrowArray* WordsOf(const struct ArrowArray* array, int64_t i) {
  return array->children[i]->dictionary;
}
static void ReleaseBoth(struct ArrowSchema* schema, struct ArrowArray* array) {
  schema->release(schema);
  array->release(array);
}
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"

	"google.golang.org/protobuf/proto"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

// Column is one signal of a whole population, a value for each person.
type Column struct {
	// The signal's name, "followers", for whole counts; "followers_micros" for
	// millionths.
	Name   string
	Values []int64
	// Which values are known: bit i%8 of byte i/8. Nil: all of them.
	Valid []byte
}

// Table is a population's scores: an entry of each column for each person.
// Whoever is in Errors has zeros.
type Table struct {
	Score, Low, High, Coverage []int64 // in micropoints
	// The points of each factor, if asked for: "attention", ...
	Points map[string][]int64
	Errors []RowError
}

// RowError says why one person of a table has no score.
type RowError struct {
	Row    int
	Status Status
	Field  string
}

func (e *RowError) Error() string {
	return fmt.Sprintf("row %d: %s: %s", e.Row, e.Status.Error(), e.Field)
}

// Unwrap returns the status.
func (e *RowError) Unwrap() error { return e.Status }

// ColumnsOptions says how many threads score, and whether points of each factor
// come back. The zero value is one thread and no points.
type ColumnsOptions struct {
	Threads int
	Points  bool
}

// ScoreColumns scores a population by columns, with the same scores as Score
// gives. The slices are read in place.
func (e *Engine) ScoreColumns(columns []Column, options ColumnsOptions) (*Table, error) {
	table := &Table{}
	if err := e.ScoreColumnsInto(table, columns, options); err != nil {
		return nil, err
	}
	return table, nil
}

// ScoreColumnsInto is ScoreColumns with the slices of a table that is no longer
// needed: many batches of one size then allocate nothing but the first time.
// After an error the table is what it was.
func (e *Engine) ScoreColumnsInto(table *Table, columns []Column, options ColumnsOptions) error {
	rows, err := check(columns)
	if err != nil {
		return err
	}
	if options.Threads < 0 {
		return &Error{Status: ErrInvalidArgument, Message: "a negative number of threads"}
	}
	settings, _ := proto.Marshal(&influencepb.ColumnsOptions{
		Threads: uint32(options.Threads), Points: options.Points})
	e.mutex.RLock()
	defer e.mutex.RUnlock()
	if e.handle == nil {
		return ErrClosed
	}
	var pinner runtime.Pinner // of the columns, for as long as C has their addresses
	defer pinner.Unpin()
	var names [C.kMostColumns]*C.char
	var values, valid [C.kMostColumns]unsafe.Pointer
	for i, column := range columns {
		names[i] = C.CString(column.Name)
		defer C.free(unsafe.Pointer(names[i]))
		values[i] = pin(&pinner, column.Values)
		valid[i] = pin(&pinner, column.Valid)
	}
	var schema C.struct_ArrowSchema
	var array C.struct_ArrowArray
	var message C.influence_bytes
	status := C.ScoreTable(e.handle, pointer(settings), C.size_t(len(settings)),
		C.int64_t(rows), C.int64_t(len(columns)), &names[0], &values[0], &valid[0],
		&schema, &array, &message)
	if err := take(status, &message); err != nil {
		return err
	}
	defer C.ReleaseBoth(&schema, &array)
	read(table, &schema, &array, rows)
	return nil
}

func check(columns []Column) (int, error) {
	refuse := func(format string, args ...any) (int, error) {
		return 0, &Error{Status: ErrInvalidArgument, Message: fmt.Sprintf(format, args...)}
	}
	if len(columns) == 0 || len(columns) > C.kMostColumns {
		return refuse("%d columns; 1 to %d are taken", len(columns), C.kMostColumns)
	}
	rows := len(columns[0].Values)
	for _, column := range columns {
		if len(column.Values) != rows {
			return refuse("%s has %d values, %s has %d", column.Name,
				len(column.Values), columns[0].Name, rows)
		}
		if column.Valid != nil && len(column.Valid) < (rows+7)/8 {
			return refuse("%s has %d values, but validity for %d", column.Name, rows,
				8*len(column.Valid))
		}
	}
	return rows, nil
}

func pin[T any](pinner *runtime.Pinner, slice []T) unsafe.Pointer {
	if len(slice) == 0 {
		return nil
	}
	pinner.Pin(&slice[0])
	return unsafe.Pointer(&slice[0])
}

// read copies the library's table.
func read(table *Table, schema *C.struct_ArrowSchema, array *C.struct_ArrowArray, rows int) {
	old := table.Points
	table.Points, table.Errors = nil, nil
	numbers := map[string]*[]int64{"score": &table.Score, "low": &table.Low,
		"high": &table.High, "coverage": &table.Coverage}
	const prefix = "points_"
	var codes []int32
	var fields []int8
	var failed []byte
	var words *C.struct_ArrowArray
	for i := C.int64_t(0); i < schema.n_children; i++ {
		name := C.GoString(C.NameOf(schema, i))
		values := C.BufferOf(array, i, 1)
		switch {
		case numbers[name] != nil:
			*numbers[name] = copyOf((*int64)(values), rows, *numbers[name])
		case len(name) > len(prefix) && name[:len(prefix)] == prefix:
			if table.Points == nil {
				table.Points = map[string][]int64{}
			}
			factor := name[len(prefix):]
			table.Points[factor] = copyOf((*int64)(values), rows, old[factor])
		case name == "error":
			codes = unsafe.Slice((*int32)(values), rows)
			failed = unsafe.Slice((*byte)(C.BufferOf(array, i, 0)), (rows+7)/8)
		case name == "error_field":
			fields = unsafe.Slice((*int8)(values), rows)
			words = C.WordsOf(array, i)
		}
	}
	for i := 0; i < rows; i++ {
		if failed[i/8] == 0 {
			i |= 7 // on to the next byte
			continue
		}
		if failed[i/8]>>(i%8)&1 == 0 {
			continue
		}
		for _, column := range numbers {
			(*column)[i] = 0
		}
		for _, column := range table.Points {
			column[i] = 0
		}
		table.Errors = append(table.Errors, RowError{Row: i, Status: Status(codes[i]),
			Field: word(words, int(fields[i]))})
	}
}

func copyOf(values *int64, rows int, into []int64) []int64 {
	return append(into[:0], unsafe.Slice(values, rows)...)
}

// word is an entry of an array of text.
func word(words *C.struct_ArrowArray, i int) string {
	buffers := unsafe.Slice(words.buffers, 3)
	offsets := unsafe.Slice((*int32)(buffers[1]), int(words.length)+1)
	text := unsafe.Slice((*byte)(buffers[2]), int(offsets[words.length]))
	return string(text[offsets[i]:offsets[i+1]])
}
