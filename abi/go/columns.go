package influence

/*
#include <stdlib.h>
#include "calls.h"
*/
import "C"

import (
	"runtime"
	"strings"
	"unsafe"
)

// Column is one signal of a whole population, a value for each person; or one
// column of any other table.
type Column struct {
	// The signal's name, "followers", for whole counts; "followers_micros" for
	// millionths.
	Name   string
	Values []int64
	// Instead of Values: ids, networks, kinds.
	Text []string
	// Bit i%8 of byte i/8 says whether value i is known. Nil means all are.
	Valid []byte
}

// Table is a population's scores: an entry of each column for each person. The
// people who are in Errors have zeros.
type Table struct {
	Score, Low, High, Coverage []int64 // in micropoints
	// The points of each factor, if asked for: "attention", ...
	Points map[string][]int64
	Errors []*Error // why a row has no score, by row
}

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
	settings, err := options.marshal()
	if err != nil {
		return err
	}
	return e.reading(func(engine *C.influence_engine) error {
		var schema C.struct_ArrowSchema
		var array C.struct_ArrowArray
		rows, err := callWith(C.kIntoScores, unsafe.Pointer(engine), settings, columns, &schema, &array)
		if err != nil {
			return err
		}
		defer C.influence_go_release_schema(&schema)
		defer C.influence_go_release_array(&array)
		read(table, &schema, &array, rows)
		return nil
	})
}

// addColumns is a call that returns no table.
func addColumns(into C.int32_t, handle unsafe.Pointer, columns []Column) error {
	_, err := callWith(into, handle, nil, columns, nil, nil)
	return err
}

// callWith calls the function that takes the columns, and says how many rows
// there were.
func callWith(into C.int32_t, handle unsafe.Pointer, settings []byte, columns []Column,
	schema *C.struct_ArrowSchema, array *C.struct_ArrowArray) (int, error) {
	rows, err := check(columns)
	if err != nil {
		return 0, err
	}
	var pinner runtime.Pinner // of the columns, for as long as C has their addresses
	defer pinner.Unpin()
	var names [C.kMostColumns]*C.char
	var values, ends, valid [C.kMostColumns]unsafe.Pointer
	for i, column := range columns {
		names[i] = C.CString(column.Name)
		defer C.free(unsafe.Pointer(names[i]))
		if column.Text != nil {
			data, at := join(column.Text)
			values[i], ends[i] = pin(&pinner, data), pin(&pinner, at)
		} else {
			values[i] = pin(&pinner, column.Values)
		}
		valid[i] = pin(&pinner, column.Valid)
	}
	return rows, tell(func(why **C.influence_error) C.influence_status {
		return C.influence_go_columns(into, handle, pointer(settings),
			C.size_t(len(settings)), C.int64_t(rows), C.int64_t(len(columns)),
			&names[0], &values[0], &ends[0], &valid[0], schema, array, why)
	})
}

// join makes one text of several, and says where each ends.
func join(texts []string) (data []byte, ends []int64) {
	size := 1 // so that there is a first byte
	for _, text := range texts {
		size += len(text)
	}
	data, ends = make([]byte, 0, size), make([]int64, 1, len(texts)+1)
	for _, text := range texts {
		data = append(data, text...)
		ends = append(ends, int64(len(data)))
	}
	return append(data, 0), ends
}

func check(columns []Column) (int, error) {
	refuse := func(column, format string, args ...any) (int, error) {
		return 0, failure(ErrInvalidArgument, column, format, args...)
	}
	if len(columns) == 0 || len(columns) > C.kMostColumns {
		return refuse("", "%d columns; 1 to %d are allowed", len(columns), C.kMostColumns)
	}
	rows := columns[0].rows()
	for _, column := range columns {
		if column.rows() != rows || column.Text != nil && column.Values != nil {
			return refuse(column.Name, "has %d values, %s has %d", column.rows(),
				columns[0].Name, rows)
		}
		if column.Valid != nil && len(column.Valid) < (rows+7)/8 {
			return refuse(column.Name, "has %d values, but validity for %d", rows,
				8*len(column.Valid))
		}
	}
	return rows, nil
}

func (c *Column) rows() int { return max(len(c.Values), len(c.Text)) }

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
	numbers := map[string]*[]int64{"score_micropoints": &table.Score,
		"low_micropoints": &table.Low, "high_micropoints": &table.High,
		"coverage_micropoints": &table.Coverage}
	const prefix, suffix = "points_", "_micropoints"
	var codes []int32
	var fields []int8
	var failed []byte
	var words *C.struct_ArrowArray
	for i := range int(schema.n_children) {
		field, column := childOf(schema, array, i)
		name := C.GoString(field.name)
		buffers := unsafe.Slice(column.buffers, column.n_buffers)
		values := buffers[1]
		switch {
		case numbers[name] != nil:
			*numbers[name] = copyOf((*int64)(values), rows, *numbers[name])
		case strings.HasPrefix(name, prefix):
			if table.Points == nil {
				table.Points = map[string][]int64{}
			}
			factor := strings.TrimSuffix(name[len(prefix):], suffix)
			table.Points[factor] = copyOf((*int64)(values), rows, old[factor])
		case name == "error":
			codes = unsafe.Slice((*int32)(values), rows)
			failed = unsafe.Slice((*byte)(buffers[0]), (rows+7)/8)
		case name == "error_field":
			fields = unsafe.Slice((*int8)(values), rows)
			words = column.dictionary
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
		table.Errors = append(table.Errors, &Error{Status: Status(codes[i]), Row: i,
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
