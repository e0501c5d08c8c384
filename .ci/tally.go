// Command tally reads the output of go test -json and prints what a reader wants of it: a
// line for each package, everything that failing tests printed, and the sums.
//
//	go test -json work | tally FILE
//
// It appends the sums to FILE as a line "passed failed". A test counts once, and so does each
// of its subtests. A package that fails on its own account, because it does not build or
// exits too early, counts as one failure. The exit code is 1 if anything failed, and
// if no test passed.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// An event is a line of go test -json, as go doc test2json describes it.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
}

// sums counts tests by how they ended.
type sums struct{ passed, failed, skipped int }

// A tally sums up a run.
type tally struct {
	sums
	byPackage map[string]*sums
	output    map[[2]string][]string // of each package and test that has not ended
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go test -json ... | tally FILE")
		os.Exit(2)
	}
	t := tally{byPackage: map[string]*sums{}, output: map[[2]string][]string{}}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var e event
		if json.Unmarshal(in.Bytes(), &e) != nil || e.Action == "" {
			fmt.Println(in.Text()) // what the go command says of itself
			continue
		}
		t.add(e)
	}
	err := cmp.Or(in.Err(), record(os.Args[1], t.sums))
	if err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		os.Exit(2)
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", t.passed, t.failed, t.skipped)
	switch {
	case t.failed > 0:
		os.Exit(1)
	case t.passed == 0:
		fmt.Println("no test has run")
		os.Exit(1)
	}
}

// record appends s to the named file.
func record(name string, s sums) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, s.passed, s.failed)
	return cmp.Or(err, f.Close())
}

// add takes note of an event.
func (t *tally) add(e event) {
	key := [2]string{e.Package, e.Test}
	p := t.byPackage[e.Package]
	if p == nil {
		p = new(sums)
		t.byPackage[e.Package] = p
	}
	switch e.Action {
	case "build-output":
		fmt.Print(e.Output)
	case "output":
		if progress(e.Output) {
			return
		}
		t.output[key] = append(t.output[key], e.Output)
	case "pass", "fail", "skip":
		output := t.output[key]
		delete(t.output, key)
		if e.Test == "" {
			t.end(e, p, output)
			return
		}
		t.count(e.Action)
		p.count(e.Action)
		if e.Action == "fail" {
			fmt.Print(strings.Join(output, ""))
		}
	}
}

// progress reports whether line says only that a test has begun, waits or goes on.
func progress(line string) bool {
	for _, what := range []string{"RUN", "PAUSE", "CONT", "NAME"} {
		if strings.HasPrefix(line, "=== "+what+" ") {
			return true
		}
	}
	return false
}

func (s *sums) count(action string) {
	switch action {
	case "pass":
		s.passed++
	case "fail":
		s.failed++
	case "skip":
		s.skipped++
	}
}

// end prints the last line of a package, or everything if it failed on its own account.
func (t *tally) end(e event, p *sums, output []string) {
	switch {
	case e.Action == "fail" && p.failed == 0:
		t.failed++
		for key, lines := range t.output { // of tests that were running when it exited
			if key[0] == e.Package {
				fmt.Print(strings.Join(lines, ""))
			}
		}
		fmt.Print(strings.Join(output, ""))
	case e.Action == "pass" && p.passed == 0:
		fmt.Printf("FAIL\t%s: no test has passed\n", e.Package)
		t.failed++
	case len(output) > 0:
		fmt.Print(output[len(output)-1])
	}
}
