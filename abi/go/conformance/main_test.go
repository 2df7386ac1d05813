package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"regexp"
	"testing"
)

func TestTheSample(t *testing.T) {
	corpus, err := os.ReadFile("../../../tests/conformance/v1/corpus_sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	wanted := sha256.Sum256(corpus)
	digest, cases, err := replay(bytes.NewReader(corpus))
	if err != nil || digest != hex.EncodeToString(wanted[:]) || cases < 500 {
		t.Error(digest, cases, err)
	}
	// Any line of an answer that is another is noticed.
	for _, kind := range []string{"status", "identity", "ledger", "line", "part",
		"lifted", "held_back", "account", "error", "row", "price", "algorithm"} {
		at := regexp.MustCompile("(?m)^" + kind + " .*[0-9a-z]$").FindIndex(corpus)
		if at == nil {
			t.Errorf("the corpus has no %s", kind)
			continue
		}
		changed := bytes.Clone(corpus)
		changed[at[1]-1] ^= 1
		if _, _, err := replay(bytes.NewReader(changed)); err == nil {
			t.Errorf("another %s is not noticed", kind)
		}
	}
	if _, _, err := replay(bytes.NewReader(corpus[:len(corpus)-100])); err == nil {
		t.Error("a corpus cut short is not noticed")
	}
}
