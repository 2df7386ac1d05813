package influence

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
)

// readRows reads a CSV file by the names of its columns.
func readRows(t *testing.T, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	noError(t, err)
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment = '#'
	table, err := reader.ReadAll()
	noError(t, err)
	var rows []map[string]string
	for _, cells := range table[1:] {
		row := map[string]string{}
		for i, name := range table[0] {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// microsOf reads "38.25" as 38'250'000.
func microsOf(t *testing.T, cell string) int64 {
	t.Helper()
	whole, decimals, _ := strings.Cut(cell, ".")
	var micros int64
	for _, digit := range whole + (decimals + "000000")[:6] {
		if digit < '0' || digit > '9' {
			t.Fatal(cell)
		}
		micros = 10*micros + int64(digit-'0')
	}
	return micros
}

var signalNames = []string{"mentions", "replies", "saves", "likes", "reshares", "quotes",
	"listings", "followers", "standing", "endorsements"}

// signalsOf is the signals of an account, in the order of their numbers.
func signalsOf(a *Account) []**int64 {
	return []**int64{&a.MentionsMicros, &a.RepliesMicros, &a.SavesMicros, &a.LikesMicros,
		&a.ResharesMicros, &a.QuotesMicros, &a.ListingsMicros, &a.FollowersMicros,
		&a.StandingMicros, &a.EndorsementsMicros}
}

// profilesOf makes one person of the rows of one id, which stand together.
func profilesOf(t *testing.T, rows []map[string]string) []*Profile {
	t.Helper()
	var people []*Profile
	for _, row := range rows {
		account := &Account{Network: row["network"]}
		for i, signal := range signalsOf(account) {
			if cell := row[signalNames[i]]; cell != "" {
				*signal = proto.Int64(microsOf(t, cell))
			}
		}
		if n := len(people); n > 0 && people[n-1].Id == row["id"] {
			people[n-1].Accounts = append(people[n-1].Accounts, account)
			continue
		}
		people = append(people, &Profile{Id: row["id"], Accounts: []*Account{account}})
	}
	return people
}

// countsOf is the counts of a person who has one account and no fractions.
func countsOf(person *Profile) ([]int64, bool) {
	counts := UnknownCounts()
	for i, signal := range signalsOf(person.Accounts[0]) {
		if *signal == nil {
			continue
		}
		if **signal%1_000_000 != 0 {
			return nil, false
		}
		counts[i] = **signal / 1_000_000
	}
	return counts, len(person.Accounts) == 1
}

// columnsOf is the signals of people with one account each.
func columnsOf(people []*Profile) []Column {
	columns := make([]Column, len(signalNames))
	for i, name := range signalNames {
		columns[i] = Column{Name: name + "_micros", Values: make([]int64, len(people)),
			Valid: make([]byte, len(people)/8+1)}
		for row, person := range people {
			if signal := *signalsOf(person.Accounts[0])[i]; signal != nil {
				columns[i].Values[row] = *signal
				columns[i].Valid[row/8] |= 1 << (row % 8)
			}
		}
	}
	return columns
}

// The people of the examples have the texts of ../scores.csv, which C and the
// command show as well: by messages, by counts and by columns, which here have
// one account a person.
func TestScoresAreTheSameText(t *testing.T) {
	engine := newV1(t)
	wanted := map[string]map[string]string{}
	for _, row := range readRows(t, "../scores.csv") {
		wanted[row["file"]+" "+row["id"]] = row
	}
	checked, counted, inColumns := 0, 0, 0
	for _, file := range []string{"klout58.csv", "community_made_up.csv"} {
		check := func(door, id string, micropoints int64) {
			want := wanted[file+" "+id]
			for column, decimals := range map[string]int{"points": 6, "points_1": 1, "points_0": 0} {
				if got := FormatPoints(micropoints, decimals); got != want[column] {
					t.Errorf("%s, %s by %s: %s is %s", file, id, door, column, got)
				}
			}
		}
		people := profilesOf(t, readRows(t, "../../examples/"+file))
		results, err := engine.Score(ctx, people)
		noError(t, err)
		var single []*Profile
		for i, person := range people {
			check("messages", person.Id, results[i].GetLedger().GetScoreMicropoints())
			checked++
			if counts, ok := countsOf(person); ok {
				score, err := engine.ScoreCounts(counts)
				noError(t, err)
				check("counts", person.Id, score.Score)
				counted++
			}
			if len(person.Accounts) == 1 {
				single = append(single, person)
			}
		}
		table, err := engine.ScoreColumns(columnsOf(single), ColumnsOptions{})
		noError(t, err)
		for i, person := range single {
			check("columns", person.Id, table.Score[i])
			inColumns++
		}
	}
	if checked != len(wanted) || checked != 58+20 || counted < 58+5 || inColumns < 58+10 {
		t.Error(checked, counted, inColumns)
	}
}
