// Scores the people of a CSV file, line by line of the sum; pins the algorithm,
// and meets a bad profile.
package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	influence "github.com/libinfluence/libinfluence/abi/go"
)

const fingerprint = "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0"

func main() {
	people, err := read(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	engine, err := influence.NewEngine("v1")
	if err != nil {
		log.Fatal(err)
	}
	defer engine.Close()
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
			factor := strings.ToLower(strings.TrimPrefix(line.Factor.String(), "FACTOR_"))
			fmt.Printf("  %-13s %s\n", factor, points(line.PointsMicropoints))
		}
	}
}

// read takes whole counts; an empty cell is unknown, which is not zero.
func read(path string) ([]*influence.Profile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	var people []*influence.Profile
	for _, row := range rows[1:] {
		account := &influence.Account{}
		signals := []**int64{&account.MentionsMicros, &account.ResharesMicros,
			&account.FollowersMicros, &account.LikesMicros} // as in the header
		for i, cell := range row[1:] {
			if cell == "" {
				continue
			}
			count, err := strconv.ParseInt(cell, 10, 64)
			if err != nil {
				return nil, err
			}
			*signals[i] = influence.Count(count)
		}
		people = append(people, &influence.Profile{Id: row[0],
			Accounts: []*influence.Account{account}})
	}
	return people, nil
}

func points(micropoints int64) string {
	return fmt.Sprintf("%d.%06d", micropoints/1_000_000, micropoints%1_000_000)
}
