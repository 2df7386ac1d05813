package influence

import (
	"errors"
	"strings"
	"testing"
)

func TestPlainCounts(t *testing.T) {
	engine := newV1(t)
	score, err := engine.ScoreCounts([]int64{120, 40, 16, 300, 85, 12, 31, 2400})
	if err != nil || score.Score != adaScore || FormatPoints(score.Score, 6) != "36.901409" {
		t.Error(score, err)
	}
	results, err := engine.Score(ctx, []*Profile{ada()})
	if err != nil {
		t.Fatal(err)
	}
	ledger := results[0].GetLedger()
	if score != (Score{ledger.ScoreMicropoints, ledger.LowMicropoints, ledger.HighMicropoints,
		ledger.CoverageMicropoints}) {
		t.Error(score, ledger)
	}

	counts := UnknownCounts()
	none, err := engine.ScoreCounts(counts)
	if empty, also := engine.ScoreCounts(nil); err != nil || also != nil || none != empty ||
		none != (Score{0, 0, 100_000_000, 0}) {
		t.Error(none, empty, err, also)
	}
	counts[Followers] = 2400
	some, err := engine.ScoreCounts(counts)
	if err != nil || some.Score == 0 || some.Score >= score.Score || some.Coverage == 0 {
		t.Error(some, err)
	}
	counts[Likes] = 0 // which is known
	if zero, err := engine.ScoreCounts(counts); err != nil || zero.Score != some.Score ||
		zero.Coverage <= some.Coverage || zero.High > some.High {
		t.Error(zero, err)
	}

	counts[Likes] = -1
	var why *Error
	if _, err = engine.ScoreCounts(counts); !errors.Is(err, ErrOutOfRange) ||
		!errors.As(err, &why) || why.Field != "counts[3]" || !strings.Contains(why.Text, "likes") {
		t.Error(err)
	}
	if _, err = engine.ScoreCounts(make([]int64, 11)); !errors.Is(err, ErrInvalidArgument) {
		t.Error(err) // there is no eleventh signal
	}
	later := append(UnknownCounts(), Unknown) // of a later library
	if _, err = engine.ScoreCounts(later); err != nil {
		t.Error(err)
	}
	engine.Close()
	if _, err = engine.ScoreCounts(nil); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
}

func TestPlainCountsAllocateNothing(t *testing.T) {
	engine := newV1(t)
	counts := UnknownCounts()
	counts[Mentions] = 7
	if n := testing.AllocsPerRun(100, func() {
		if _, err := engine.ScoreCounts(counts); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Error(n)
	}
}

func TestFormatPoints(t *testing.T) {
	for _, c := range []struct {
		micropoints int64
		decimals    int
		want        string
	}{
		{36_901_409, 6, "36.901409"}, {36_901_409, 1, "36.9"}, {36_901_409, 0, "37"},
		{0, 6, "0.000000"}, {-500_001, 0, "-1"}, {500_000, 0, "0"}, {1_500_000, 0, "2"},
		{Unknown, 6, "-9223372036854.775808"},
	} {
		if got := FormatPoints(c.micropoints, c.decimals); got != c.want {
			t.Errorf("%d with %d decimals is %s", c.micropoints, c.decimals, got)
		}
	}
	for _, decimals := range []int{-1, 7, 1 << 32} {
		if panicOf(func() { FormatPoints(1, decimals) }) == nil {
			t.Errorf("%d decimals", decimals)
		}
	}
}

func TestLimits(t *testing.T) {
	for name, least := range map[LimitName]uint64{LimitRequestBytes: 16 << 20,
		LimitResponseBytes: 256 << 20, LimitAlgorithmBytes: 65_536, LimitProfiles: 65_536,
		LimitAccounts: 64, LimitIDBytes: 256, LimitNetworkBytes: 64, LimitTopicBytes: 64,
		LimitEventCount: 1_000_000, LimitThreads: 1024} {
		if Limit(name) < least {
			t.Error(name, Limit(name))
		}
	}
	if Limit(0) != 0 || Limit(99) != 0 {
		t.Error(Limit(0), Limit(99))
	}
	if len(KernelName()) < 4 {
		t.Error(KernelName())
	}
}
