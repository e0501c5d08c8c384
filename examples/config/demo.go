package main

import (
	"bufio"
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ramet-go/ramet/examples/internal/report"
)

//go:embed testdata/service.json
var begin string

// readers is how many goroutines answer requests meanwhile.
const readers = 4

// A step is something that happens to the file.
type step struct {
	what string
	do   func(path string) error
}

// demonstrate changes a file of its own a few times, and says which services are told.
func demonstrate(w *bufio.Writer) error {
	dir, err := os.MkdirTemp("", "config-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "service.json")
	if err := os.WriteFile(path, []byte(begin), 0o644); err != nil {
		return err
	}
	s, err := open(path)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	requests := answer(ctx, s)
	told := follow(ctx, s)
	defer stop()

	fmt.Fprintf(w, "%s watch their part of a configuration, %d goroutines answer requests with it.\n\nThe file is read:\n",
		report.Plural(len(services()), "service"), readers)
	told(w)
	for _, step := range steps() {
		if err := step.do(path); err != nil {
			return err
		}
		fmt.Fprintf(w, "\n%s:\n", step.what)
		before := s.now.Load()
		changed, err := s.reload()
		switch {
		case err != nil:
			fmt.Fprintf(w, "  refused        %s\n", strings.ReplaceAll(err.Error(), path, filepath.Base(path)))
			fallthrough
		case !changed:
			w.WriteString("  nobody is told: the configuration is the one before\n")
		default:
			told(w)
			w.WriteString(report.Wrap("  still ==       ", 17, strings.Join(same(before, s.now.Load()), ", ")))
		}
	}
	stop()
	fmt.Fprintf(w, "\nMeanwhile %s were answered without a lock, each with a configuration that was whole.\n", report.Plural(requests(), "request"))
	return nil
}

// steps are what happens to the file in the demonstration.
func steps() []step {
	text := begin
	rewrite := func(old, now string) func(string) error {
		return func(path string) error {
			text = strings.Replace(text, old, now, 1)
			return os.WriteFile(path, []byte(text), 0o644)
		}
	}
	good := ""
	return []step{
		{"Another host for search", rewrite(`"10.0.0.2:9000"`, `"10.0.0.2:9000", "10.0.0.3:9000"`)},
		{"A comma is missing", func(path string) error {
			good = text
			return rewrite(`"5s",`, `"5s"`)(path)
		}},
		{"It is there, but now a name is misspelt", rewrite(`"5s"`+"\n    \"writeTimeout\"", `"5s",`+"\n    \"writeTimeOut\"")},
		{"It is not, but what it says makes no sense", rewrite(`"writeTimeOut": "10s"`, `"writeTimeout": "1s"`)},
		{"An editor saves what was good, and a flag, by renaming a file", func(path string) error {
			text = strings.Replace(good, `"new checkout": false`, `"new checkout": true`, 1)
			if err := os.WriteFile(path+".new", []byte(text), 0o644); err != nil {
				return err
			}
			return os.Rename(path+".new", path)
		}},
		{"Saved again, as it is", func(path string) error { return rewrite("", "")(path) }},
		{"Formatted in another way, with hosts and flags as they are", func(path string) error {
			return os.WriteFile(path, []byte(strings.Join(strings.Fields(text), " ")), 0o644)
		}},
		{"A level, in a file of the same size and the same time", func(path string) error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			text = strings.Join(strings.Fields(text), " ")
			if err := rewrite(`"http": "info"`, `"http": "warn"`)(path); err != nil {
				return err
			}
			return os.Chtimes(path, time.Time{}, info.ModTime())
		}},
	}
}

// same says which parts of two versions are the same version.
func same(a, b config) (parts []string) {
	for _, p := range []struct {
		name string
		same bool
	}{{"http", a.HTTP == b.HTTP}, {"upstreams", a.Upstreams == b.Upstreams}, {"flags", a.Flags == b.Flags}, {"log", a.Log == b.Log}} {
		if p.same {
			parts = append(parts, p.name)
		}
	}
	if a.Upstreams != b.Upstreams {
		for _, name := range slices.Sorted(a.Upstreams.Keys()) {
			if u, ok := b.Upstreams.Lookup(name); ok && u == a.Upstreams.Get(name) {
				parts = append(parts, "upstreams."+name)
			}
		}
	}
	return parts
}

// answer has goroutines answer requests until ctx is done. The function that it returns waits for them, and returns how many there were.
func answer(ctx context.Context, s *source) (requests func() int) {
	var total atomic.Int64
	var running sync.WaitGroup
	for range readers {
		running.Go(func() {
			for n := 1; ctx.Err() == nil || n == 1; n++ { // one at least
				c := s.now.Load() // once a request, which then has one version, whatever happens to the file
				search := c.Upstreams.Get("search")
				_ = search.Hosts.At(n % search.Hosts.Len()) // there is a host: no version without one is ever there
				total.Add(1)
				runtime.Gosched()
			}
		})
	}
	return func() int {
		running.Wait()
		return int(total.Load())
	}
}

// follow has all services watch. Each time that the function that it returns is called, it waits until all have seen the newest version, and
// writes what they did.
func follow(ctx context.Context, s *source) (told func(w *bufio.Writer)) {
	type news struct {
		service int
		did     string
	}
	all := services()
	heard := make(chan news)
	for i, sv := range all {
		go sv.watch(ctx, &s.now, func(did string) {
			select {
			case heard <- news{i, did}:
			case <-ctx.Done():
			}
		})
	}
	return func(w *bufio.Writer) {
		did := make([]string, len(all))
		for range all { // a version is followed by the next only after all have seen it, so each says one thing
			n := <-heard
			did[n.service] = n.did
		}
		var quiet []string
		for i, sv := range all {
			if did[i] == "" {
				quiet = append(quiet, sv.name)
				continue
			}
			w.WriteString(report.Wrap(fmt.Sprintf("  %-13s  ", sv.name), 17, did[i]))
		}
		if len(quiet) > 0 {
			w.WriteString(report.Wrap("  not told       ", 17, strings.Join(quiet, ", ")))
		}
	}
}
