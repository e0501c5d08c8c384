// Command tally reads the output of go test -json and prints what a reader wants of it: a
// line for each package, everything that failing tests printed, and the sums.
//
//	go test -json work | tally FILE
//
// Every half a minute it says which packages are being tested. It appends the sums to FILE as a line "passed failed". A test counts once, and so does each
// of its subtests. One that is skipped has to say why, or it is a failure; the reasons are
// printed at the end. A package that fails on its own account, because it does not build or
// exits too early, counts as one failure. The exit code is 1 if anything failed, and
// if no test passed.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"
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
	running   map[string]bool        // packages whose tests have begun and not ended
	ended     int                    // packages
	skips     map[string][]string    // tests, by why they were skipped
	output    map[[2]string][]string // of each package and test that has not ended
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go test -json ... | tally FILE")
		os.Exit(2)
	}
	t := tally{byPackage: map[string]*sums{}, running: map[string]bool{}, skips: map[string][]string{}, output: map[[2]string][]string{}}
	err := cmp.Or(t.read(os.Stdin), record(os.Args[1], t.sums))
	if err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		os.Exit(2)
	}
	for _, why := range slices.Sorted(maps.Keys(t.skips)) {
		fmt.Printf("skipped (%s): %s\n", why, strings.Join(t.skips[why], ", "))
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

// read takes note of all that in has.
func (t *tally) read(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	read := make(chan []byte)
	go func() {
		defer close(read)
		for lines.Scan() {
			read <- slices.Clone(lines.Bytes())
		}
	}()
	start := time.Now()
	ticks := time.NewTicker(30 * time.Second)
	defer ticks.Stop()
	for {
		select {
		case <-ticks.C:
			t.report(time.Since(start))
		case line, ok := <-read:
			if !ok {
				return lines.Err()
			}
			var e event
			if json.Unmarshal(line, &e) != nil || e.Action == "" {
				fmt.Printf("%s\n", line) // what the go command says of itself
				continue
			}
			t.add(e)
		}
	}
}

// report says how far the run is.
func (t *tally) report(elapsed time.Duration) {
	doing := "compiling"
	if len(t.running) > 0 {
		names := slices.Sorted(maps.Keys(t.running))
		for i, name := range names {
			names[i] = short(name)
		}
		doing = "testing " + strings.Join(names, ", ")
	}
	fmt.Printf("... %d s: %d packages are done, %s\n", int(elapsed.Seconds()), t.ended, doing)
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
	case "start":
		t.running[e.Package] = true
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
			delete(t.running, e.Package)
			t.ended++
			t.end(e, p, output)
			return
		}
		t.count(e.Action)
		p.count(e.Action)
		switch e.Action {
		case "fail":
			fmt.Print(strings.Join(output, ""))
		case "skip":
			t.skip(e, p, output)
		}
	}
}

// reason matches the message of a test, without where it is from.
var reason = regexp.MustCompile(`^\s+[^\s:]+\.go:\d+: (.+)$`)

// skip takes note of why a test was skipped, which is the last that it has said.
func (t *tally) skip(e event, p *sums, output []string) {
	name := short(e.Package) + "." + e.Test
	for _, line := range slices.Backward(output) {
		if m := reason.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			t.skips[m[1]] = append(t.skips[m[1]], name)
			return
		}
	}
	fmt.Printf("FAIL\t%s is skipped, and does not say why\n", name)
	t.failed++
	p.failed++
}

// short returns the path of a package within this repository.
func short(path string) string { return strings.TrimPrefix(path, "github.com/ramet-go/ramet/") }

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
