package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The README shows what this program prints.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	printed, err := exec.Command("go", "run", ".", "../../../../examples/people.csv").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "```text\n"+string(printed)+"```\n") {
		t.Errorf("the README does not have this:\n%s", printed)
	}
}
