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
	printed, err := exec.Command("go", "run", ".", "../../../../examples/people.csv").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go": string(program), "text": string(printed)} {
		if !strings.Contains(string(readme), "```"+name+"\n"+text+"```\n") {
			t.Errorf("the README has not this:\n%s", text)
		}
	}
}
