// The program around the part of abi/go/README.md about events that do not fit
// into memory.
package main

import (
	"log"
	"os"

	influence "github.com/libinfluence/libinfluence/abi/go"
	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

func main() {
	engine, err := influence.NewEngine("v1")
	if err != nil {
		log.Fatal(err)
	}
	now := int64(1_700_000_000)
	tally, err := engine.NewTally(&influencepb.TallyOptions{AsOfSeconds: &now})
	if err != nil {
		log.Fatal(err)
	}
	graph, err := engine.NewGraph(nil)
	if err != nil {
		log.Fatal(err)
	}
	file, err := os.CreateTemp("", "spill")
	if err != nil {
		log.Fatal(err)
	}
DOCUMENT
	if err != nil {
		log.Fatal(err)
	}
}
