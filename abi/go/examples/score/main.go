// Scores the people of a CSV file and shows what each factor adds. It pins the
// algorithm, and says why a bad profile has no score.
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
		var why *influence.Error
		if errors.As(influence.ErrorOf(result), &why) {
			fmt.Printf("%s has no score: %s %s\n", result.Id, why.Field, why.Text)
			continue
		}
		ledger := result.GetLedger()
		fmt.Printf("%s: %s points\n", result.Id, influence.FormatPoints(ledger.ScoreMicropoints, 6))
		for _, line := range ledger.Lines {
			factor := strings.ToLower(strings.TrimPrefix(line.Factor.String(), "FACTOR_"))
			fmt.Printf("  %-13s %9s\n", factor, influence.FormatPoints(line.PointsMicropoints, 6))
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
