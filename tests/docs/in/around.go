// The program around the part of abi/go/README.md about what is around a score.
package main

import (
	"context"
	"fmt"
	"log"

	influence "github.com/libinfluence/libinfluence/abi/go"
	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

func main() {
	ctx, now := context.Background(), int64(1_700_000_000)
	events := &influencepb.EventBatch{Events: []*influencepb.Event{{
		Actor: "maria", Subject: "ada", TimeSeconds: now - 3600,
		Kind: influencepb.Signal_SIGNAL_LIKES}}}
	seeds := &influencepb.SeedList{Seeds: []*influencepb.Seed{{Id: "maria"}}}
	engine, err := influence.NewEngine("v1")
DOCUMENT
	if err != nil && err.Error() != "EOF" {
		log.Fatal(err)
	}
}
