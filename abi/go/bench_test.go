package influence

import (
	"os"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

func benchRequest(b *testing.B) ([]*Profile, []byte) {
	profiles := make([]*Profile, 1000)
	for i := range profiles {
		profiles[i] = ada()
		profiles[i].Accounts[0].StandingMicros = Count(int64(i))
		profiles[i].Accounts[0].EndorsementsMicros = Count(int64(i % 7))
	}
	data, err := proto.Marshal(&influencepb.ScoreRequest{Algorithm: "v1", Profiles: profiles})
	if err != nil {
		b.Fatal(err)
	}
	if path := os.Getenv("INFLUENCE_BENCH_REQUEST"); path != "" { // for the rival in C
		if err := os.WriteFile(path, data, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return profiles, data
}

func rate(b *testing.B, rows int) {
	b.ReportMetric(float64(b.N)*float64(rows)/b.Elapsed().Seconds()/1e6, "Mprofiles/s")
}

// bench/binding_bench.c makes the same call from C.
func BenchmarkAppendScore(b *testing.B) {
	engine := newV1(b)
	_, request := benchRequest(b)
	var response []byte
	for b.Loop() {
		var err error
		if response, err = engine.AppendScore(response[:0], request); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, 1000)
}

func BenchmarkScore(b *testing.B) {
	engine := newV1(b)
	profiles, _ := benchRequest(b)
	for b.Loop() {
		if _, err := engine.Score(ctx, profiles); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, 1000)
}

func BenchmarkScoreColumns(b *testing.B) {
	engine := newV1(b)
	const rows = 65_536
	columns := make([]Column, 6)
	for i, name := range []string{"mentions", "replies", "likes", "reshares", "listings", "followers"} {
		columns[i] = Column{Name: name, Values: make([]int64, rows)}
		for j := range columns[i].Values {
			columns[i].Values[j] = int64(j * (i + 1))
		}
	}
	var table Table
	for b.Loop() {
		if err := engine.ScoreColumnsInto(&table, columns, ColumnsOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, rows)
}
