// Scores one person by plain counts.
package main

import (
	"fmt"
	"log"

	influence "github.com/libinfluence/libinfluence/abi/go"
)

func main() {
	engine, err := influence.NewEngine("v1")
	if err != nil {
		log.Fatal(err)
	}
	counts := influence.UnknownCounts() // which is not zero
	counts[influence.Mentions] = 120
	counts[influence.Reshares] = 85
	counts[influence.Followers] = 2400
	score, err := engine.ScoreCounts(counts)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(influence.FormatPoints(score.Score, 6))
}
