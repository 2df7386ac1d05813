package influence

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"unsafe"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
	"github.com/libinfluence/libinfluence/abi/go/internal/foreign"
)

func (s *story) graph(engine *Engine) *Graph {
	s.t.Helper()
	graph := must[*Graph](s.t)(engine.NewGraph(nil))
	s.t.Cleanup(graph.Close)
	noError(s.t, graph.AddBytes(s.in("edges")))
	noError(s.t, graph.SeedBytes(s.in("seeds")))
	return graph
}

func TestWhatIsClosed(t *testing.T) {
	s := readStory(t)
	engine := newV1(t)
	open := s.tally(engine, "events_1")
	tally, graph := s.tally(engine), s.graph(engine)
	standing := must[*Standing](t)(graph.Run(ctx, nil, nil))
	drift := must[*Drift](t)(NewDrift(engine, engine, nil))
	stream := must[*Stream](t)(standing.Ranks(nil))
	other := must[*Drift](t)(NewDrift(engine, engine, nil))
	closed, err := NewEngine("v2")
	noError(t, err)
	for range 2 {
		tally.Close()
		graph.Close()
		standing.Close()
		drift.Close()
		stream.Close()
		closed.Close()
	}
	fails := map[string]func() error{
		"tally.Add":        func() error { return tally.AddBytes(nil) },
		"tally.AddColumns": func() error { return tally.AddColumns([]Column{{Name: "time"}}) },
		"tally.Merge":      func() error { return tally.Merge(open) },
		"tally.Merge from": func() error { return open.Merge(tally) },
		"tally.Save":       func() error { return tally.Save(io.Discard) },
		"tally.Report":     func() error { _, err := tally.Report(); return err },
		"tally.Subject":    func() error { _, err := tally.Subject(nil); return err },
		"tally.Topics":     func() error { _, err := tally.Topics(); return err },
		"tally.Profiles":   func() error { _, err := tally.Profiles(nil); return err },
		"graph.Add":        func() error { return graph.AddBytes(nil) },
		"graph.AddColumns": func() error { return graph.AddColumns([]Column{{Name: "source"}}) },
		"graph.AddTally":   func() error { return graph.AddTally(open) },
		"graph.Seed":       func() error { return graph.Seed(nil) },
		"graph.Run":        func() error { _, err := graph.Run(ctx, nil, nil); return err },
		"standing.Report":  func() error { _, err := standing.Report(); return err },
		"standing.Ranks":   func() error { _, err := standing.Ranks(nil); return err },
		"standing.Explain": func() error { _, err := standing.Explain(nil); return err },
		"standing.Join": func() error {
			_, err := standing.Join(must[*Stream](t)(open.Profiles(nil)))
			return err
		},
		"stream.Next":     func() error { _, err := stream.Next(); return err },
		"stream.Profiles": func() error { return lastError(stream) },
		"drift.Add":       func() error { return drift.Add(nil) },
		"drift.Merge":     func() error { return drift.Merge(other) },
		"drift.Save":      func() error { _, err := drift.Save(); return err },
		"drift.Report":    func() error { _, err := drift.Report(); return err },
		"NewTally":        func() error { _, err := closed.NewTally(nil); return err },
		"LoadTally":       func() error { _, err := closed.LoadTally(strings.NewReader("")); return err },
		"NewGraph":        func() error { _, err := closed.NewGraph(nil); return err },
		"Compare":         func() error { _, err := Compare(engine, closed, nil); return err },
		"WhatIf":          func() error { _, err := closed.WhatIf(nil); return err },
		"NewDrift":        func() error { _, err := NewDrift(closed, engine, nil); return err },
		"ScoreStream": func() error {
			_, err := closed.ScoreStream(must[*Stream](t)(open.Profiles(nil)), ColumnsOptions{})
			return err
		},
	}
	for name, call := range fails {
		if err := call(); !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	noError(t, open.AddBytes(s.in("events_2"))) // no stream was left open
}

func lastError(stream *Stream) error {
	var last error
	for _, err := range stream.Profiles() {
		last = err
	}
	return last
}

// In whatever order: what was made outlives what it was made from.
func TestAnyOrderOfClosing(t *testing.T) {
	s := readStory(t)
	engine := must[*Engine](t)(NewEngine("v1"))
	tally := s.tally(engine, "events_1", "events_2")
	graph := must[*Graph](t)(engine.NewGraph(nil))
	drift := must[*Drift](t)(NewDrift(engine, engine, nil))
	noError(t, graph.AddTally(tally))
	noError(t, graph.SeedBytes(s.in("seeds")))
	standing := must[*Standing](t)(graph.Run(ctx, nil, nil))
	joined := must[*Stream](t)(standing.Join(must[*Stream](t)(tally.Profiles(nil))))
	scores := must[*Stream](t)(engine.ScoreStream(joined, ColumnsOptions{}))
	ranks := must[*Stream](t)(standing.Ranks(nil))
	engine.Close()
	tally.Close()
	graph.Close()
	standing.Close()
	s.out("joined.scores", scoresIn(t, scores), nil)
	s.out("events.ranks", linesOf(t, ranks, "id", "rank", "standing_micros"), nil)
	noError(t, drift.AddBytes(s.in("people_1")))
	drift.Close()
}

func TestWhatIsRefused(t *testing.T) {
	s := readStory(t)
	engine := newV1(t)
	v2 := must[*Engine](t)(NewEngine("v2"))
	defer v2.Close()
	tally := s.tally(engine, "events_1")
	stream := must[*Stream](t)(tally.Profiles(nil))
	if err := tally.AddBytes(s.in("events_2")); !errors.Is(err, ErrFailedPrecondition) {
		t.Errorf("while its profiles are read: %v", err)
	}
	stream.Close()
	noError(t, tally.AddBytes(s.in("events_2")))
	strange := must[*Graph](t)(engine.NewGraph(nil))
	defer strange.Close()
	noError(t, strange.AddBytes(s.in("edges")))
	noError(t, strange.Seed(&influencepb.SeedList{Seeds: []*influencepb.Seed{{Id: "?"}}}))
	var words *Error
	for name, c := range map[string]struct {
		err  error
		want Status
	}{
		"as_of":  {second(engine.NewTally(nil)), ErrInvalidArgument},
		"itself": {tally.Merge(tally), ErrInvalidArgument},
		"another algorithm": {tally.Merge(must[*Tally](t)(v2.NewTally(
			into(s, "tally_options", &influencepb.TallyOptions{})))), ErrAlgorithmMismatch},
		"events":    {tally.AddBytes([]byte{0xff}), ErrMalformed},
		"a column":  {tally.AddColumns([]Column{{Name: "karma", Values: []int64{1}}}), ErrInvalidArgument},
		"no column": {tally.AddColumns(nil), ErrInvalidArgument},
		"nobody":    {second(tally.SubjectBytes([]byte("\x0a\x01?"))), ErrNotFound},
		"damaged":   {second(engine.LoadTally(strings.NewReader(strings.Repeat("x", 99)))), ErrMalformed},
		"short":     {second(engine.LoadTally(strings.NewReader(""))), ErrCancelled},
		"edges":     {s.graph(engine).AddBytes([]byte{0xff}), ErrMalformed},
		"no seeds": {second(must[*Graph](t)(engine.NewGraph(nil)).Run(ctx, nil, nil)),
			ErrFailedPrecondition},
		"strange seeds": {second(strange.Run(ctx, nil, nil)), ErrNotFound},
		"another graph": {second(s.graph(engine).Run(ctx, &influencepb.RunOptions{
			GraphDigest: strings.Repeat("0", 64)}, nil)), ErrFailedPrecondition},
		"no node": {second(must[*Standing](t)(s.graph(engine).Run(ctx, nil, nil)).
			Explain(&influencepb.NodeRequest{Id: "?"})), ErrNotFound},
		"compare":      {second(CompareBytes(engine, v2, []byte{0xff})), ErrMalformed},
		"what if":      {second(engine.WhatIfBytes([]byte{0xff})), ErrMalformed},
		"render":       {second(Render(nil)), ErrInvalidArgument},
		"drift":        {second(LoadDrift(engine, v2, []byte("no drift"))), ErrMalformed},
		"text":         {second(Render(&influencepb.RenderRequest{Language: "\xff"})), ErrInvalidUTF8},
		"import":       {second(ImportStream(unsafe.Pointer(new([5]uintptr)))), ErrInvalidArgument},
		"not profiles": {lastError(must[*Stream](t)(must[*Standing](t)(s.graph(engine).Run(ctx, nil, nil)).Ranks(nil))), ErrInvalidArgument},
	} {
		if !errors.Is(c.err, c.want) || !errors.As(c.err, &words) || words.Text == "" {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if err := second(engine.LoadTally(strings.NewReader(""))); !errors.Is(err, io.EOF) {
		t.Errorf("the reader's own error: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

type broken struct{}

var errBroken = errors.New("the disk is full")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

type panics struct{}

func (panics) Write([]byte) (int, error) { panic("no disk") }

func TestCallbacksThatFail(t *testing.T) {
	s := readStory(t)
	engine := newV1(t)
	tally := s.tally(engine, "events_1", "events_2")
	if err := tally.Save(broken{}); !errors.Is(err, errBroken) || !errors.Is(err, ErrCancelled) {
		t.Error(err)
	}
	func() {
		defer func() {
			if recover() != "no disk" {
				t.Error("the panic got lost")
			}
		}()
		_ = tally.Save(panics{})
	}()
	s.out("tally.save", saved(t, tally), nil) // as if nothing had been

	graph := s.graph(engine)
	stopped, cancel := context.WithCancel(ctx)
	steps := 0
	_, err := graph.Run(stopped, nil, func(done, all uint32) {
		if steps++; done == 3 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrCancelled) || steps != 5 { // 0 twice: also before the graph is put in order
		t.Error(err, steps)
	}
	if err := graph.AddBytes(s.in("edges")); !errors.Is(err, ErrFailedPrecondition) {
		t.Errorf("it was run, and cannot grow: %v", err)
	}
	func() {
		defer func() {
			if recover() != "enough" {
				t.Error("the panic got lost")
			}
		}()
		_, _ = graph.Run(ctx, nil, func(done, all uint32) { panic("enough") })
	}()
	var last, of uint32
	standing := must[*Standing](t)(graph.Run(ctx, nil, func(done, all uint32) { last, of = done, all }))
	defer standing.Close()
	if last == 0 || last != of {
		t.Error(last, of)
	}
	s.out("edges.ranks", linesOf(t, must[*Stream](t)(standing.Ranks(nil)),
		"id", "rank", "standing_micros"), nil)
}

func TestAStreamIsHandedOn(t *testing.T) {
	s := readStory(t)
	engine := newV1(t)
	tally := s.tally(engine, "events_1", "events_2")
	stream := must[*Stream](t)(tally.Profiles(nil))
	var moved [5]uintptr // a struct ArrowArrayStream
	noError(t, stream.Export(unsafe.Pointer(&moved)))
	if err := stream.Export(unsafe.Pointer(&moved)); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
	back := must[*Stream](t)(ImportStream(unsafe.Pointer(&moved)))
	s.out("tally.profiles", requestOf(t, back), nil)
	if moved[3] != 0 {
		t.Error("it was not moved out")
	}
}

// A standing is everybody's; what is one's at a time takes turns.
func TestSixteenGoroutines(t *testing.T) {
	s := readStory(t)
	engine := newV1(t)
	standing := must[*Standing](t)(s.graph(engine).Run(ctx, nil, nil))
	defer standing.Close()
	tally := s.tally(engine)
	drift := must[*Drift](t)(NewDrift(engine, engine, nil))
	defer drift.Close()
	tallies := []*Tally{s.tally(engine), s.tally(engine)}
	var group sync.WaitGroup
	for i := range 16 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 5 {
				data, err := standing.ExplainBytes(s.in("node_request"))
				if err != nil || len(data) == 0 {
					t.Error(err)
				}
				own, err := standing.Ranks(nil)
				if err != nil {
					t.Error(err)
					continue
				}
				if _, err := own.Next(); err != nil {
					t.Error(err)
				}
				own.Close()
				for _, err := range []error{
					drift.AddBytes(s.in("people_1")),
					tally.AddBytes(s.in("events_1")),
					second(tally.Report()),
					second(drift.Report()),
					tallies[i%2].Merge(tallies[1-i%2]), // in both orders at once
					second(CompareBytes(engine, engine, s.in("compare_request"))),
				} {
					if err != nil {
						t.Error(err)
					}
				}
			}
		}()
	}
	group.Wait()
	report := must[*influencepb.DriftReport](t)(drift.Report())
	people := into(s, "people_1", &influencepb.ScoreRequest{}).Profiles
	if report.All.People != uint64(16*5*len(people)) {
		t.Error(report.All.People)
	}
	events := into(s, "events_1", &influencepb.EventBatch{}).Events
	if must[*influencepb.TallyReport](t)(tally.Report()).Events != uint64(16*5*len(events)) {
		t.Error("some events got lost")
	}
}

// The other handles do not leak either. Their rounds are longer, so there are
// fewer.
func TestNothingElseGrows(t *testing.T) {
	rounds := 500
	if wanted := os.Getenv("INFLUENCE_ROUNDS"); wanted != "" {
		rounds = 20_000
	}
	s := readStory(t)
	engine := newV1(t)
	options := into(s, "tally_options", &influencepb.TallyOptions{})
	round := func(i int) {
		tally := must[*Tally](t)(engine.NewTally(options))
		noError(t, tally.AddBytes(s.in("events_1")))
		loaded := must[*Tally](t)(engine.LoadTally(bytes.NewReader(saved(t, tally))))
		graph := must[*Graph](t)(engine.NewGraph(nil))
		noError(t, graph.AddTally(loaded))
		noError(t, graph.SeedBytes(s.in("seeds")))
		standing := must[*Standing](t)(graph.Run(ctx, nil, nil))
		stream := must[*Stream](t)(standing.Join(must[*Stream](t)(tally.Profiles(nil))))
		if _, err := stream.Next(); err != nil {
			t.Fatal(err)
		}
		drift := must[*Drift](t)(NewDrift(engine, engine, nil))
		noError(t, drift.AddBytes(s.in("people_1")))
		kept := must[*Drift](t)(LoadDrift(engine, engine, must[[]byte](t)(drift.Save())))
		if err := drift.AddBytes([]byte{0xff}); err == nil {
			t.Fatal("no error")
		}
		must[[]byte](t)(CompareBytes(engine, engine, s.in("compare_request")))
		if i%10 != 0 { // the others are left to the runtime
			for _, each := range []interface{ Close() }{tally, loaded, graph, standing,
				stream, drift, kept} {
				each.Close()
			}
		}
	}
	use := func(times int) int {
		for i := range times {
			round(i)
			if i%10 == 1 { // after one that was forgotten
				runtime.GC() // which does not see how much C has
			}
		}
		debug.FreeOSMemory()
		return residentKiB(t)
	}
	use(rounds / 4)
	before := use(rounds / 4)
	after := use(rounds)
	t.Logf("%d rounds: %d KiB before, %d after", rounds, before, after)
	if after > before+16*1024 {
		t.Errorf("%d KiB before, %d after", before, after)
	}
}

// A stream of the caller's that fails keeps its errno and its words, read here or
// by way of the library.
func TestAnImportedStreamThatFails(t *testing.T) {
	engine := newV1(t)
	stream := func(schema, next syscall.Errno) (*Stream, error) {
		var made foreign.Stream
		foreign.Failing(&made, schema, next, "the network is down")
		return ImportStream(unsafe.Pointer(&made))
	}
	var why *Error
	failed := func(name string, err error, want Status) {
		t.Helper()
		if !errors.Is(err, want) || !errors.As(err, &why) || why.Text != "the network is down" ||
			why.Row != -1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := second(stream(syscall.EIO, 0))
	failed("schema", err, ErrCancelled)
	if !errors.Is(err, syscall.EIO) {
		t.Error(err)
	}
	err = second(must[*Stream](t)(stream(0, syscall.ENETDOWN)).Next())
	failed("table", err, ErrCancelled)
	if !errors.Is(err, syscall.ENETDOWN) {
		t.Error(err)
	}
	failed("memory", second(must[*Stream](t)(stream(0, syscall.ENOMEM)).Next()), ErrOutOfMemory)
	scores := must[*Stream](t)(engine.ScoreStream(
		must[*Stream](t)(stream(0, syscall.ENETDOWN)), ColumnsOptions{}))
	defer scores.Close()
	err = second(scores.Next())
	if !errors.Is(err, ErrCancelled) || !strings.Contains(err.Error(), "the network is down") {
		t.Error(err)
	}
	whole := must[*Stream](t)(stream(0, 0))
	defer whole.Close()
	if _, err := whole.Next(); err != io.EOF {
		t.Error(err)
	}
}

// A stream that came back is the library's again, with status, field and row.
func TestAReturnedStreamThatFails(t *testing.T) {
	engine := newV1(t)
	file := newSpillFile(t)
	tally := emptyTally(t, engine)
	noError(t, tally.SpillTo(leastMemory, file))
	noError(t, addMany(tally))
	stream := must[*Stream](t)(tally.Profiles(nil))
	var moved foreign.Stream
	noError(t, stream.Export(unsafe.Pointer(&moved)))
	back := must[*Stream](t)(ImportStream(unsafe.Pointer(&moved)))
	defer back.Close()
	file.onRead = func() error { return errBroken }
	var why *Error
	if err := lastError(back); !errors.As(err, &why) || why.Status != ErrCancelled {
		t.Error(err)
	}
}
