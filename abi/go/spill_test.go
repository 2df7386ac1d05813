package influence

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

// scoreNames are the columns of a scored stream that the story has.
var scoreNames = []string{"id", "score_micropoints", "low_micropoints",
	"high_micropoints", "coverage_micropoints"}

const leastMemory = 64 << 20

// A spillFile knows what happens to it, and fails when it is told to.
type spillFile struct {
	*os.File
	written, read atomic.Int64
	closed        atomic.Int32
	onWrite       func() error
	onRead        func() error
}

func newSpillFile(t testing.TB) *spillFile {
	return &spillFile{File: must[*os.File](t)(os.CreateTemp(t.TempDir(), ""))}
}

func (f *spillFile) Write(data []byte) (int, error) {
	if f.onWrite != nil {
		if err := f.onWrite(); err != nil {
			return 0, err
		}
	}
	f.written.Add(int64(len(data)))
	return f.File.Write(data)
}

func (f *spillFile) ReadAt(data []byte, at int64) (int, error) {
	if f.onRead != nil {
		if err := f.onRead(); err != nil {
			return 0, err
		}
	}
	f.read.Add(int64(len(data)))
	return f.File.ReadAt(data, at)
}

func (f *spillFile) Close() error {
	f.closed.Add(1)
	return f.File.Close()
}

// emptyTally makes a tally that is closed with the test.
func emptyTally(t testing.TB, engine *Engine) *Tally {
	t.Helper()
	asOf := int64(1_728_000_000)
	tally := must[*Tally](t)(engine.NewTally(&influencepb.TallyOptions{AsOfSeconds: &asOf}))
	t.Cleanup(tally.Close)
	return tally
}

// addMany adds three million reactions, each of another pair of 60'000 people:
// more than fit into 64 MiB.
func addMany(tally *Tally) error {
	const people, rows = 60_000, 500_000
	kinds := make([]string, rows)
	actor, subject := make([]int64, rows), make([]int64, rows)
	time := make([]int64, rows)
	for i := range rows {
		kinds[i] = []string{"mentions", "likes", "reshares"}[i%3]
		time[i] = 1_728_000_000 - int64(i%100)*86_400
	}
	for batch := range 6 {
		for i := range rows {
			n := int64(batch*rows + i)
			actor[i] = n % people
			subject[i] = (n + 1 + n/people*101) % people
		}
		if err := tally.AddColumns([]Column{{Name: "actor", Values: actor},
			{Name: "subject", Values: subject}, {Name: "kind", Text: kinds},
			{Name: "time", Values: time}}); err != nil {
			return err
		}
	}
	return nil
}

// scoresOf are those of a tally's people.
func scoresOf(t testing.TB, engine *Engine, tally *Tally) []byte {
	t.Helper()
	scores := must[*Stream](t)(engine.ScoreStream(must[*Stream](t)(tally.Profiles(nil)),
		ColumnsOptions{}))
	return linesOf(t, scores, scoreNames...)
}

func TestASpillingTallyHasTheSameProfiles(t *testing.T) {
	engine := newV1(t)
	inMemory := emptyTally(t, engine)
	noError(t, addMany(inMemory))
	want := scoresOf(t, engine, inMemory)
	inMemory.Close()

	file := newSpillFile(t)
	tally := emptyTally(t, engine)
	noError(t, tally.SpillTo(leastMemory, file))
	noError(t, addMany(tally))
	if got := scoresOf(t, engine, tally); !bytes.Equal(got, want) || len(got) < 1_000_000 {
		t.Errorf("%d bytes of scores, and not %d", len(got), len(want))
	}
	if file.written.Load() < 1<<20 || file.read.Load() < 1<<20 {
		t.Error("it did not spill", file.written.Load(), file.read.Load())
	}
	if err := tally.Save(io.Discard); !errors.Is(err, ErrFailedPrecondition) {
		t.Errorf("saved: %v", err)
	}
	// The file is the tally's until the last of its streams is closed.
	stream := must[*Stream](t)(tally.Profiles(nil))
	tally.Close()
	if file.closed.Load() != 0 {
		t.Error("closed while the profiles are read")
	}
	if _, err := stream.Next(); err != nil {
		t.Error(err)
	}
	stream.Close()
	if file.closed.Load() != 1 {
		t.Error("closed", file.closed.Load(), "times")
	}
}

// A temporary file leaves nothing behind.
func TestATemporaryFileIsGone(t *testing.T) {
	engine := newV1(t)
	folder := t.TempDir()
	tally := emptyTally(t, engine)
	noError(t, tally.Spill(leastMemory, folder))
	noError(t, addMany(tally))
	graph := must[*Graph](t)(engine.NewGraph(nil))
	defer graph.Close()
	noError(t, graph.Spill(leastMemory, folder))
	noError(t, graph.Add(&influencepb.EdgeBatch{Edges: []*influencepb.Edge{
		{Source: "a", Target: "b"}}}))
	if runtime.GOOS == "linux" { // also while it is used
		if files := must[[]os.DirEntry](t)(os.ReadDir(folder)); len(files) != 0 {
			t.Error(files)
		}
	}
	tally.Close()
	graph.Close()
	if files := must[[]os.DirEntry](t)(os.ReadDir(folder)); len(files) != 0 {
		t.Error(files)
	}
	var missing *os.PathError
	if err := emptyTally(t, engine).Spill(leastMemory, folder+"/none"); !errors.As(err, &missing) {
		t.Error(err)
	}
}

// A tally that is forgotten closes its file, too.
func TestAForgottenTallyClosesItsFile(t *testing.T) {
	engine := newV1(t)
	file := newSpillFile(t)
	func() {
		asOf := int64(1)
		tally := must[*Tally](t)(engine.NewTally(&influencepb.TallyOptions{AsOfSeconds: &asOf}))
		noError(t, tally.SpillTo(leastMemory, file))
	}()
	for range 200 {
		if file.closed.Load() == 1 {
			return
		}
		runtime.GC()
		runtime.Gosched()
	}
	t.Error("the file is open")
}

func TestSpillingThatIsRefused(t *testing.T) {
	engine := newV1(t)
	used := emptyTally(t, engine)
	noError(t, used.Add(&influencepb.EventBatch{Events: []*influencepb.Event{{Actor: "a",
		Subject: "b", Kind: influencepb.Signal_SIGNAL_LIKES, TimeSeconds: 1}}}))
	closed := emptyTally(t, engine)
	closed.Close()
	twice := emptyTally(t, engine)
	noError(t, twice.SpillTo(leastMemory, newSpillFile(t)))
	grown := must[*Graph](t)(engine.NewGraph(nil))
	defer grown.Close()
	noError(t, grown.Add(&influencepb.EdgeBatch{Edges: []*influencepb.Edge{
		{Source: "a", Target: "b"}}}))
	graph := must[*Graph](t)(engine.NewGraph(nil))
	defer graph.Close()
	for name, c := range map[string]struct {
		call func(SpillFile) error
		want error
	}{
		"too little memory": {func(f SpillFile) error {
			return emptyTally(t, engine).SpillTo(leastMemory-1, f)
		}, ErrOutOfRange},
		"events": {func(f SpillFile) error { return used.SpillTo(leastMemory, f) },
			ErrFailedPrecondition},
		"twice": {func(f SpillFile) error { return twice.SpillTo(leastMemory, f) },
			ErrFailedPrecondition},
		"closed": {func(f SpillFile) error { return closed.SpillTo(leastMemory, f) }, ErrClosed},
		"edges": {func(f SpillFile) error { return grown.SpillTo(leastMemory, f) },
			ErrFailedPrecondition},
		"a graph's memory": {func(f SpillFile) error { return graph.SpillTo(1, f) },
			ErrOutOfRange},
	} {
		file := newSpillFile(t)
		if err := c.call(file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if file.closed.Load() != 1 {
			t.Errorf("%s: the file was closed %d times", name, file.closed.Load())
		}
	}
}

// panicOf says what a call panics with.
func panicOf(call func()) (p any) {
	defer func() { p = recover() }()
	call()
	return nil
}

func TestASpillFileThatFails(t *testing.T) {
	engine := newV1(t)
	file := newSpillFile(t)
	file.onWrite = func() error { return errBroken }
	tally := emptyTally(t, engine)
	noError(t, tally.SpillTo(leastMemory, file))
	err := addMany(tally)
	if !errors.Is(err, errBroken) || !errors.Is(err, ErrCancelled) {
		t.Error(err)
	}
	if err = second(tally.Profiles(nil)); !errors.Is(err, ErrFailedPrecondition) {
		t.Errorf("of half a tally: %v", err)
	}
	tally.Close()
	if file.closed.Load() != 1 {
		t.Error("closed", file.closed.Load(), "times")
	}

	file = newSpillFile(t)
	file.onWrite = func() error { panic("no disk") }
	tally = emptyTally(t, engine)
	noError(t, tally.SpillTo(leastMemory, file))
	if p := panicOf(func() { _ = addMany(tally) }); p != "no disk" {
		t.Error("the panic got lost:", p)
	}
	tally.Close() // which the panic has left unlocked

	// While the profiles are read.
	file = newSpillFile(t)
	tally = emptyTally(t, engine)
	noError(t, tally.SpillTo(leastMemory, file))
	noError(t, addMany(tally))
	file.onRead = func() error { return errBroken }
	stream, err := tally.Profiles(nil)
	if err == nil {
		err = lastError(stream)
		stream.Close()
	}
	if !errors.Is(err, errBroken) || !errors.Is(err, ErrCancelled) {
		t.Error(err)
	}
}

// addEdges adds five million edges of 60'000 nodes: more than fit into 64 MiB.
func addEdges(graph *Graph) error {
	const nodes, rows = 60_000, 1_000_000
	source, target := make([]int64, rows), make([]int64, rows)
	weight := make([]int64, rows)
	for batch := range 5 {
		for i := range rows {
			n := int64(batch*rows + i)
			source[i] = n % nodes
			target[i] = (n + 1 + n/nodes*101) % nodes
			weight[i] = 1 + n%7
		}
		if err := graph.AddColumns([]Column{{Name: "source", Values: source},
			{Name: "target", Values: target}, {Name: "weight", Values: weight}}); err != nil {
			return err
		}
	}
	return graph.Seed(&influencepb.SeedList{Seeds: []*influencepb.Seed{{Id: "1"}, {Id: "2"}}})
}

func TestASpillingGraphHasTheSameRanks(t *testing.T) {
	engine := newV1(t)
	run := func(file SpillFile) *Standing {
		graph := must[*Graph](t)(engine.NewGraph(nil))
		defer graph.Close()
		if file != nil {
			noError(t, graph.SpillTo(leastMemory, file))
		}
		noError(t, addEdges(graph))
		standing := must[*Standing](t)(graph.Run(ctx, nil, nil))
		t.Cleanup(standing.Close)
		return standing
	}
	file := newSpillFile(t)
	inMemory, spilled := run(nil), run(file)
	want := must[*influencepb.StandingReport](t)(inMemory.Report())
	got := must[*influencepb.StandingReport](t)(spilled.Report())
	if got.RanksDigest != want.RanksDigest || got.Graph.Digest != want.Graph.Digest {
		t.Error(got, want)
	}
	if file.written.Load() < 1<<20 || file.closed.Load() != 0 {
		t.Error(file.written.Load(), file.closed.Load())
	}
	node := &influencepb.NodeRequest{Id: "77"}
	whole := must[*influencepb.NodeReport](t)(inMemory.Explain(node))
	if part := must[*influencepb.NodeReport](t)(spilled.Explain(node)); whole.String() != part.String() {
		t.Error(whole, part)
	}
	file.onRead = func() error { return errBroken }
	if err := second(spilled.Explain(node)); !errors.Is(err, errBroken) || !errors.Is(err, ErrCancelled) {
		t.Error(err)
	}
	file.onRead = func() error { panic("no disk") }
	if p := panicOf(func() { _, _ = spilled.Explain(node) }); p != "no disk" {
		t.Error("the panic got lost:", p)
	}
	file.onRead = nil // a standing is as good as its file
	must[*influencepb.NodeReport](t)(spilled.Explain(node))
	if err := second(spilled.Explain(&influencepb.NodeRequest{Id: "?"})); !errors.Is(err, ErrNotFound) ||
		strings.Contains(err.Error(), errBroken.Error()) {
		t.Error(err)
	}
	spilled.Close()
	if file.closed.Load() != 1 {
		t.Error("closed", file.closed.Load(), "times")
	}
}
