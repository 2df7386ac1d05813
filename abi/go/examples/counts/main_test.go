package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The README shows this program and what it prints.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	printed, err := exec.Command("go", "run", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if shown := "\n" + string(program) + "```\n\n```text\n" +
		string(printed) + "```\n"; !strings.Contains(string(readme), shown) {
		t.Errorf("the README does not have this:\n%s", shown)
	}
}
