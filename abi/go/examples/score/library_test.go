package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	influence "github.com/libinfluence/libinfluence/abi/go"
)

// Another library than this package was made for is refused, in words that say
// both versions.
func TestOtherLibraries(t *testing.T) {
	if influence.IsBundled {
		t.Skip("the library is in the program")
	}
	root, err := filepath.Abs("../../../..")
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "score")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatal(string(out))
	}
	for define, says := range map[string][]string{
		"-DOTHER_ABI=2":               {influence.Version, "0.1.0", "ABI 1", "ABI 2"},
		`-DOTHER_VERSION="0.0.9"`:     {influence.Version, "0.0.9"},
		`-DOTHER_VERSION="a library"`: {"a library"},
	} {
		folder := t.TempDir()
		library := filepath.Join(folder, "libinfluence.so.1")
		build := exec.Command("cc", "-shared", "-fPIC", "-I", root+"/include", define,
			"-Wl,-soname,libinfluence.so.1", "-Wl,--version-script="+root+"/abi/c/influence.map",
			root+"/tests/abi/other_version.c", "-o", library)
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatal(string(out))
		}
		run := exec.Command(program, root+"/examples/people.csv")
		run.Env = append(os.Environ(), "LD_LIBRARY_PATH="+folder)
		out, err := run.CombinedOutput()
		if err == nil {
			t.Errorf("%s is accepted", define)
		}
		for _, word := range append(says, "incompatible") {
			if !strings.Contains(string(out), word) {
				t.Errorf("%q does not say %s", out, word)
			}
		}
	}
}
