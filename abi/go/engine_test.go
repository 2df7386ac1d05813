package influence

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

var ctx = context.Background()

func newV1(t testing.TB) *Engine {
	t.Helper()
	engine, err := NewEngine("v1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	return engine
}

// Ada, whose score is worked out by hand in the algorithm's specification.
func ada() *Profile {
	return &Profile{Id: "ada", Accounts: []*Account{{
		MentionsMicros: Count(120), RepliesMicros: Count(40), SavesMicros: Count(16),
		LikesMicros: Count(300), ResharesMicros: Count(85), QuotesMicros: Count(12),
		ListingsMicros: Count(31), FollowersMicros: Count(2400)}}}
}

const adaScore = 36_901_409

func people(n int) []*Profile {
	profiles := make([]*Profile, n)
	for i := range profiles {
		profiles[i] = &Profile{Id: fmt.Sprint("p", i), Accounts: []*Account{
			{FollowersMicros: Count(int64(i)), LikesMicros: Count(int64(i % 97))}}}
	}
	return profiles
}

func TestScoreIsTheSpecifications(t *testing.T) {
	results, err := newV1(t).Score(ctx, []*Profile{ada()})
	if err != nil {
		t.Fatal(err)
	}
	ledger := results[0].GetLedger()
	if ledger.GetScoreMicropoints() != adaScore {
		t.Errorf("score %d", ledger.GetScoreMicropoints())
	}
	var sum int64
	for _, line := range ledger.GetLines() {
		sum += line.GetPointsMicropoints()
	}
	if sum != adaScore {
		t.Errorf("the lines sum to %d", sum)
	}
}

func TestOptions(t *testing.T) {
	engine := newV1(t)
	results, err := engine.Score(ctx, []*Profile{ada()}, ScoreOnly())
	if err != nil || len(results[0].GetLedger().GetLines()) != 0 {
		t.Errorf("ScoreOnly: %v %v", results, err)
	}
	results, err = engine.Score(ctx, []*Profile{ada()}, WithText())
	if err != nil || !strings.Contains(results[0].GetText(), "13.369371") {
		t.Errorf("WithText: %v %v", results, err)
	}
	description, err := engine.Describe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err = engine.Score(ctx, nil, WithFingerprint(description.GetFingerprint())); err != nil {
		t.Error(err)
	}
	_, err = engine.Score(ctx, nil, WithFingerprint(strings.Repeat("0", 64)))
	if !errors.Is(err, ErrAlgorithmMismatch) {
		t.Error(err)
	}
}

// Also across batches, and with people whose size alone fills one.
func TestManyProfilesKeepTheirOrder(t *testing.T) {
	engine := newV1(t)
	profiles := people(3*batchProfiles + 1)
	large := &Profile{Id: "large"}
	for range 64 {
		large.Accounts = append(large.Accounts, &Account{Network: strings.Repeat("x", 64)})
	}
	for i := 0; i < len(profiles); i += 3 {
		profiles[i] = large
	}
	results, err := engine.Score(ctx, profiles, ScoreOnly())
	if err != nil || len(results) != len(profiles) {
		t.Fatal(len(results), err)
	}
	for i, result := range results {
		if result.GetId() != profiles[i].GetId() {
			t.Fatalf("%d is %s", i, result.GetId())
		}
	}
}

// An error says which of all profiles it is of, not which of its batch.
func TestErrorsOfLaterBatches(t *testing.T) {
	profiles := people(2*batchProfiles + 9)
	bad := 2*batchProfiles + 7
	profiles[bad] = &Profile{Id: "bad", Accounts: []*Account{{LikesMicros: proto.Int64(-1)}}}
	results, err := newV1(t).Score(ctx, profiles)
	if err != nil {
		t.Fatal(err)
	}
	var why *Error
	if !errors.As(ErrorOf(results[bad]), &why) || why.Row != bad ||
		why.Field != fmt.Sprintf("profiles[%d].accounts[0].likes_micros", bad) {
		t.Error(why)
	}
}

// The largest ledgers there are, in as many words as there can be.
func TestLargeLedgersFitAResponse(t *testing.T) {
	profile := &Profile{Id: strings.Repeat("i", 256)}
	for i := range 64 {
		account := ada().Accounts[0]
		account.Network = fmt.Sprintf("%064d", i)
		account.StandingMicros, account.EndorsementsMicros = Count(1), Count(1)
		profile.Accounts = append(profile.Accounts, account)
	}
	profiles := make([]*Profile, batchProfiles)
	for i := range profiles {
		profiles[i] = profile
	}
	results, err := newV1(t).Score(ctx, profiles)
	if err != nil || len(results) != len(profiles) {
		t.Error(len(results), err)
	}
}

func TestCountsThatAreTooLarge(t *testing.T) {
	engine := newV1(t)
	for _, units := range []int64{math.MaxInt64, math.MinInt64, 1 << 54, 18_446_744_073_710, -1} {
		results, err := engine.Score(ctx, []*Profile{{Accounts: []*Account{
			{LikesMicros: Count(units)}}}})
		if err != nil || !errors.Is(ErrorOf(results[0]), ErrOutOfRange) {
			t.Error(units, results, err)
		}
	}
}

func TestAContextThatIsDone(t *testing.T) {
	done, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := newV1(t).Score(done, people(1)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestABadProfileSpoilsNoOther(t *testing.T) {
	bad := &Profile{Id: "bad", Accounts: []*Account{{LikesMicros: proto.Int64(-1)}}}
	results, err := newV1(t).Score(ctx, []*Profile{ada(), bad, ada()})
	if err != nil {
		t.Fatal(err)
	}
	why := ErrorOf(results[1])
	var detail *Error
	if !errors.Is(why, ErrOutOfRange) || !errors.As(why, &detail) ||
		detail.Field != "profiles[1].accounts[0].likes_micros" || detail.Row != 1 {
		t.Error(why)
	}
	if ErrorOf(results[2]) != nil || results[2].GetLedger().GetScoreMicropoints() != adaScore {
		t.Error(results[2])
	}
}

// OUT_OF_MEMORY and INTERNAL cannot be had from outside.
func TestEveryStatus(t *testing.T) {
	engine := newV1(t)
	request := func(change func(*influencepb.ScoreRequest)) error {
		r := &influencepb.ScoreRequest{Algorithm: "v1", Profiles: []*Profile{ada()}}
		change(r)
		response, err := engine.ScoreRequest(r)
		if err != nil {
			return err
		}
		return ErrorOf(response.Results[0])
	}
	_, unknown := NewEngine("v0")
	_, invalid := NewCustomEngine(&Algorithm{Id: "acme/v1"})
	_, malformed := engine.ScoreBytes([]byte{0xff})
	_, large := engine.ScoreBytes(make([]byte, 16<<20+1))
	_, text := NewCustomEngine(&Algorithm{Id: "acme/\xff"})
	s := readStory(t)
	tally, standing := s.tally(engine, "events_1"), must[*Standing](t)(s.graph(engine).Run(ctx, nil, nil))
	defer standing.Close()
	stream := must[*Stream](t)(tally.Profiles(nil))
	forged := must[*influencepb.ScoreResponse](t)(engine.ScoreRequest(&influencepb.ScoreRequest{
		Algorithm: "v1", Profiles: []*Profile{ada()}}))
	forged.Results[0].GetLedger().ScoreMicropoints++
	for want, err := range map[Status]error{
		ErrInvalidArgument:  request(func(r *influencepb.ScoreRequest) { r.Detail = 99 }),
		ErrMalformed:        malformed,
		ErrTooLarge:         large,
		ErrUnknownAlgorithm: unknown,
		ErrAlgorithmMismatch: request(func(r *influencepb.ScoreRequest) {
			r.Algorithm = "v2"
		}),
		ErrInvalidAlgorithm: invalid,
		ErrOutOfRange: request(func(r *influencepb.ScoreRequest) {
			r.Profiles[0].Accounts[0].LikesMicros = proto.Int64(math.MaxInt64)
		}),
		ErrInvalidUTF8:        text,
		ErrCancelled:          tally.Save(broken{}),
		ErrNotFound:           second(standing.Explain(&influencepb.NodeRequest{Id: "?"})),
		ErrFailedPrecondition: tally.AddBytes(s.in("events_2")),
		ErrNotVerified: second(Render(&influencepb.RenderRequest{
			Format:  influencepb.RenderFormat_RENDER_FORMAT_TEXT,
			Subject: &influencepb.RenderRequest_Result{Result: forged}})),
		ErrOptedOut: request(func(r *influencepb.ScoreRequest) { r.Profiles[0].OptedOut = true }),
	} {
		if !errors.Is(err, want) || !strings.Contains(fmt.Sprint(err), statusName(want)) {
			t.Errorf("want %v, got %v", want, err)
		}
	}
	stream.Close()
	if _, err := NewEngine("v1\x00"); !errors.Is(err, ErrUnknownAlgorithm) {
		t.Error(err)
	}
	for status := Status(1); status <= 15; status++ {
		if statusName(status) == "UNKNOWN" {
			t.Errorf("%d has no name", status)
		}
	}
	if statusName(16) != "UNKNOWN" { // then it wants a name here
		t.Error(statusName(16))
	}
	// The library's own view of text that is not UTF-8.
	out, err := engine.ScoreBytes([]byte("\x0a\x02v1\x1a\x03\x0a\x01\xff"))
	response := &influencepb.ScoreResponse{}
	if err != nil || proto.Unmarshal(out, response) != nil ||
		!errors.Is(ErrorOf(response.Results[0]), ErrInvalidUTF8) {
		t.Error(response, err)
	}
}

func TestCustomAlgorithm(t *testing.T) {
	table := &Algorithm{Id: "acme/v1", Rows: []*influencepb.Row{{
		Factor: influencepb.Factor_FACTOR_AUDIENCE, WeightMicropoints: 100_000_000,
		FullMarksMicros: 1_000_000_000, Counts: []*influencepb.SignalValue{
			{Signal: influencepb.Signal_SIGNAL_FOLLOWERS, ValueMicros: 1_000_000}}}}}
	engine, err := NewCustomEngine(table)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	results, err := engine.Score(ctx, []*Profile{{Id: "full", Accounts: []*Account{
		{FollowersMicros: Count(1000)}}}})
	if err != nil || results[0].GetLedger().GetScoreMicropoints() != 100_000_000 {
		t.Error(results, err)
	}
	if engine.Algorithm() != "acme/v1" {
		t.Error(engine.Algorithm())
	}
}

func TestAlgorithms(t *testing.T) {
	list, err := Algorithms()
	if err != nil || list.GetAlgorithms()[0].GetAlgorithm().GetId() != "v1" ||
		list.GetLibraryVersion() != LibraryVersion() || list.GetAbiVersion() != ABIVersion() {
		t.Error(list, err)
	}
}

func TestAClosedEngine(t *testing.T) {
	engine := newV1(t)
	engine.Close()
	engine.Close()
	_, first := engine.Score(ctx, people(1))
	_, second := engine.ScoreBytes(nil)
	_, third := engine.Describe()
	_, fourth := engine.ScoreColumns([]Column{{Name: "likes"}}, ColumnsOptions{})
	for _, err := range []error{first, second, third, fourth} {
		if !errors.Is(err, ErrClosed) {
			t.Error(err)
		}
	}
}

func TestManyGoroutinesShareAnEngine(t *testing.T) {
	engine := newV1(t)
	profiles := people(500)
	want, err := engine.Score(ctx, profiles)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 16 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 5 {
				got, err := engine.Score(ctx, profiles)
				if err != nil {
					t.Error(err)
					return
				}
				for i := range got {
					if !proto.Equal(got[i], want[i]) {
						t.Error(got[i])
					}
				}
			}
		}()
	}
	group.Wait()
}

// Closing waits for nobody's memory to be freed under them.
func TestCloseWhileScoring(t *testing.T) {
	for range 50 {
		engine, err := NewEngine("v1")
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 4 {
			group.Add(1)
			go func() {
				defer group.Done()
				for {
					if _, err := engine.Score(ctx, people(20)); err != nil {
						if !errors.Is(err, ErrClosed) {
							t.Error(err)
						}
						return
					}
				}
			}()
		}
		runtime.Gosched()
		engine.Close()
		group.Wait()
	}
}

func residentKiB(t *testing.T) int {
	status, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip(err)
	}
	var total, resident int
	fmt.Sscan(string(status), &total, &resident)
	return resident * os.Getpagesize() / 1024
}

// A million rounds with INFLUENCE_ROUNDS=1000000.
func TestNothingGrows(t *testing.T) {
	rounds := 20_000
	if wanted := os.Getenv("INFLUENCE_ROUNDS"); wanted != "" {
		fmt.Sscan(wanted, &rounds)
	}
	profiles := []*Profile{ada(), {Id: "bad", Accounts: []*Account{{LikesMicros: proto.Int64(-1)}}}}
	likes := []Column{{Name: "likes", Values: []int64{1, -1, 3}}}
	round := func(i int) {
		engine, err := NewEngine("v1")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := engine.Score(ctx, profiles); err != nil {
			t.Fatal(err)
		}
		if _, err := engine.ScoreColumns(likes, ColumnsOptions{}); err != nil {
			t.Fatal(err)
		}
		if _, err := engine.ScoreBytes([]byte{0xff}); err == nil {
			t.Fatal("no error")
		}
		if i%10 != 0 {
			engine.Close() // the others are left to the runtime
		}
	}
	for i := range rounds / 4 {
		round(i)
	}
	runtime.GC()
	before := residentKiB(t)
	for i := range rounds {
		round(i)
	}
	runtime.GC()
	after := residentKiB(t)
	t.Logf("%d rounds: %d KiB before, %d after", rounds, before, after)
	if after > before+16*1024 {
		t.Errorf("%d KiB before, %d after", before, after)
	}
}

func TestVersions(t *testing.T) {
	if err := checkVersion(ABIVersion(), LibraryVersion()); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		abi     uint32
		library string
		says    []string
	}{
		{2, "3.1.4", []string{Version, "3.1.4", "ABI 2", "ABI 1"}},
		{0, "0.1.0", []string{"ABI 0"}},
		{1, "0.0.9", []string{Version, "0.0.9"}},
		{1, "nonsense", []string{"nonsense"}},
	} {
		err := checkVersion(c.abi, c.library)
		if !errors.Is(err, ErrIncompatible) {
			t.Errorf("%v: %v", c, err)
			continue
		}
		for _, word := range c.says {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%q does not say %s", err, word)
			}
		}
	}
	for _, library := range []string{"0.1.0", "0.1.1", "0.2.0", "1.0.0", "0.10.0"} {
		if err := checkVersion(1, library); err != nil {
			t.Error(err)
		}
	}
}
