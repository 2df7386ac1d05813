// Scores people, explains one, pins the algorithm, and meets a bad profile.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"

	influence "github.com/libinfluence/libinfluence/abi/go"
)

const fingerprint = "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0"

func main() {
	engine, err := influence.NewEngine("v1")
	if err != nil {
		log.Fatal(err)
	}
	defer engine.Close()

	people := []*influence.Profile{
		{Id: "ada", Accounts: []*influence.Account{{
			MentionsMicros:  influence.Count(120),
			ResharesMicros:  influence.Count(85),
			FollowersMicros: influence.Count(2400)}}},
		{Id: "bob", Accounts: []*influence.Account{{
			LikesMicros: influence.Count(-3)}}},
	}
	results, err := engine.Score(context.Background(), people,
		influence.WithFingerprint(fingerprint)) // v1, and no other table
	if err != nil {
		log.Fatal(err)
	}
	for _, result := range results {
		if err := influence.ErrorOf(result); errors.Is(err, influence.ErrOutOfRange) {
			fmt.Printf("%s has no score: %v\n", result.Id, err)
			continue
		}
		ledger := result.GetLedger()
		fmt.Printf("%s: %s points\n", result.Id, points(ledger.ScoreMicropoints))
		for _, line := range ledger.Lines {
			fmt.Printf("  %-19s %11s of %s\n", line.Factor.String()[len("FACTOR_"):],
				points(line.PointsMicropoints), points(line.WeightMicropoints))
		}
	}
}

func points(micropoints int64) string {
	return fmt.Sprintf("%d.%06d", micropoints/1_000_000, micropoints%1_000_000)
}
