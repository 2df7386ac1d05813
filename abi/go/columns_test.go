package influence

import (
	"errors"
	"math/rand"
	"testing"
)

// Columns give what messages give, row for row, nulls and errors included.
func TestColumnsAreProfiles(t *testing.T) {
	engine := newV1(t)
	const rows = 3001
	random := rand.New(rand.NewSource(1))
	likes := Column{Name: "likes", Values: make([]int64, rows), Valid: make([]byte, rows/8+1)}
	followers := Column{Name: "followers_micros", Values: make([]int64, rows)}
	profiles := make([]*Profile, rows)
	for i := range profiles {
		account := &Account{}
		likes.Values[i] = random.Int63() >> random.Intn(63)
		if random.Intn(10) > 0 {
			likes.Values[i] %= 10_000_000_000
		}
		if random.Intn(5) > 0 {
			likes.Valid[i/8] |= 1 << (i % 8)
			micros := int64(1e17) // out of range, as the count is
			if likes.Values[i] <= 10_000_000_000 {
				micros = likes.Values[i] * 1_000_000
			}
			account.LikesMicros = &micros
		}
		followers.Values[i] = random.Int63n(1e14) - 10
		account.FollowersMicros = &followers.Values[i]
		profiles[i] = &Profile{Accounts: []*Account{account}}
	}
	want, err := engine.Score(ctx, profiles)
	if err != nil {
		t.Fatal(err)
	}
	for _, threads := range []int{0, 1, 3} {
		table, err := engine.ScoreColumns([]Column{likes, followers},
			ColumnsOptions{Threads: threads, Points: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(table.Score) != rows || len(table.Errors) == 0 {
			t.Fatal(len(table.Score), len(table.Errors))
		}
		failed := map[int]*Error{}
		for _, e := range table.Errors {
			failed[e.Row] = e
		}
		for i, result := range want {
			e, isFailed := failed[i]
			if why := ErrorOf(result); why != nil {
				if !isFailed || !errors.Is(why, e.Status) || !errors.Is(e, e.Status) ||
					(e.Field != "likes" && e.Field != "followers_micros") {
					t.Errorf("%d: %v and %v", i, why, e)
				}
				continue
			}
			ledger := result.GetLedger()
			if isFailed || table.Score[i] != ledger.GetScoreMicropoints() ||
				table.Low[i] != ledger.GetLowMicropoints() ||
				table.High[i] != ledger.GetHighMicropoints() ||
				table.Coverage[i] != ledger.GetCoverageMicropoints() ||
				table.Points["audience"][i] != ledger.GetLines()[3].GetPointsMicropoints() {
				t.Errorf("%d: %v", i, result)
			}
		}
	}
}

func TestColumnsThatAreNotTaken(t *testing.T) {
	engine := newV1(t)
	one := []int64{1}
	for name, columns := range map[string][]Column{
		"none":     {},
		"unknown":  {{Name: "karma", Values: one}},
		"twice":    {{Name: "likes", Values: one}, {Name: "likes", Values: one}},
		"uneven":   {{Name: "likes", Values: one}, {Name: "saves"}},
		"validity": {{Name: "likes", Values: make([]int64, 9), Valid: []byte{1}}},
		"too many": make([]Column, 17),
	} {
		if _, err := engine.ScoreColumns(columns, ColumnsOptions{}); !errors.Is(err, ErrInvalidArgument) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := engine.ScoreColumns([]Column{{Name: "likes", Values: one}},
		ColumnsOptions{Threads: -1}); !errors.Is(err, ErrInvalidArgument) {
		t.Error(err)
	}
	table, err := engine.ScoreColumns([]Column{{Name: "likes"}}, ColumnsOptions{})
	if err != nil || len(table.Score) != 0 {
		t.Error(table, err)
	}
}

// Nothing of an old table is left in a new one.
func TestATableIsUsedAgain(t *testing.T) {
	engine := newV1(t)
	table := &Table{}
	likes := Column{Name: "likes", Values: []int64{5, -1, 7}}
	if err := engine.ScoreColumnsInto(table, []Column{likes}, ColumnsOptions{Points: true}); err != nil {
		t.Fatal(err)
	}
	if len(table.Errors) != 1 || table.Errors[0].Row != 1 || table.Score[1] != 0 ||
		len(table.Points["attention"]) != 3 {
		t.Error(table)
	}
	score := &table.Score[0]
	likes.Values = likes.Values[2:]
	if err := engine.ScoreColumnsInto(table, []Column{likes}, ColumnsOptions{}); err != nil {
		t.Fatal(err)
	}
	if len(table.Score) != 1 || table.Errors != nil || table.Points != nil || score != &table.Score[0] {
		t.Error(table)
	}
}
