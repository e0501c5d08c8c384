// Command counter counts visits to pages in two ways, side by side: in a map that is copied as a whole for each write, as
// people write it by hand, and in a persistent map in a cell. Both are in counter.go. It prints how long a count
// and a read take while many goroutines do nothing else, and checks that no count was lost.
//
//	go run ./examples/counter
//	go run -race ./examples/counter   # the race detector watches
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/report"
)

const usage = `counter counts visits to pages in a copy-on-write map and in a cell, and times both.

usage: counter [flags]

  -g N       how many goroutines count, or read, at once (8)
  -pages N   how many pages the largest map has (100000)
  -time D    how long each figure is measured (200ms)
`

// options are the flags.
type options struct {
	goroutines, pages int
	time              time.Duration
}

var program = cli.Program[options]{
	Name:  "counter",
	Usage: usage,
	Flags: func(fs *flag.FlagSet, o *options) {
		fs.IntVar(&o.goroutines, "g", 8, "")
		fs.IntVar(&o.pages, "pages", 100_000, "")
		fs.DurationVar(&o.time, "time", 200*time.Millisecond, "")
	},
	Common: []string{"g", "pages", "time"},
	Check: func(_ []string, o options) error {
		if o.goroutines < 1 || o.goroutines > 1000 || o.pages < 1 || o.pages > 10_000_000 || o.time <= 0 {
			return cli.Usagef("out of range: -g has 1 to 1000, -pages 1 to 10000000, -time more than 0")
		}
		return nil
	},
	Commands: map[string]cli.Command[options]{"": {Run: runCounters}},
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program.
func run(args []string, stdout, stderr io.Writer) int { return program.Run(args, stdout, stderr) }

func runCounters(w *bufio.Writer, o options, _ []string) error {
	fmt.Fprintf(w, "%s at once\n\n", report.Plural(o.goroutines, "goroutine"))
	fmt.Fprintf(w, "%-24s  %12s  %12s\n", "", "copy on", "persistent")
	fmt.Fprintf(w, "%-24s  %12s  %12s\n", "", "write", "map in a cell")
	for _, n := range sizes(o.pages) {
		names, pages := site(n)
		hand, cell := newByHand(pages), newInCell(pages)
		for _, c := range []struct {
			what string
			do   func(c counter, page string)
			kept bool // each call is a count
		}{
			{"a count", func(c counter, page string) { c.count(page) }, true},
			{"a read", func(c counter, page string) { c.visits(page) }, false},
		} {
			a, errA := measure(hand, o, names, c.do, c.kept)
			b, errB := measure(cell, o, names, c.do, c.kept)
			if errA != nil || errB != nil {
				return fmt.Errorf("copy on write: %v, cell: %v", errA, errB)
			}
			fmt.Fprintf(w, "%-24s  %12s  %12s  %s\n", fmt.Sprintf("%s, %s", c.what, report.Plural(n, "page")),
				report.Took(a), report.Took(b), report.Ratio(float64(b), float64(a), "faster", "slower"))
		}
	}
	names, pages := site(min(o.pages, 1000))
	_, lost := measure(careless{newByHand(pages)}, o, names, counter.count, true)
	if lost == nil {
		lost = fmt.Errorf("none was lost, this time")
	}
	w.WriteString("\n" + report.Wrap("", 0, fmt.Sprintf("Every count of both is there. Without its lock, the copy-on-write map compiles "+
		"as well, and the race detector is content: %v.", lost)))
	return nil
}

// sizes returns the numbers of pages to measure with, up to most.
func sizes(most int) []int {
	var ns []int
	for n := 10; n < most; n *= 100 {
		ns = append(ns, n)
	}
	return append(ns, most)
}

// site returns the names of n pages, and a map of them without visits.
func site(n int) (names []string, pages map[string]int) {
	pages = make(map[string]int, n)
	for i := range n {
		names = append(names, "/page/"+strconv.Itoa(i))
		pages[names[i]] = 0
	}
	return names, pages
}

// measure has goroutines do something to a counter for a while, and returns how long it took for each time. If counts are
// to be kept, it returns an error if some are not.
func measure(c counter, o options, names []string, do func(c counter, page string), kept bool) (time.Duration, error) {
	before := c.total()
	var stop atomic.Bool
	var done atomic.Int64
	var wg sync.WaitGroup
	start := time.Now()
	for g := range o.goroutines {
		wg.Go(func() {
			n := 0
			for i := g; !stop.Load() || n == 0; i += 7 { // at least once each
				do(c, names[i%len(names)])
				n++
			}
			done.Add(int64(n))
		})
	}
	time.Sleep(o.time)
	stop.Store(true)
	wg.Wait()
	took := time.Since(start)
	n := int(done.Load())
	if there := c.total() - before; kept && there != n {
		return 0, fmt.Errorf("of %s %s are lost", report.Plural(n, "count"), report.Count(n-there))
	}
	return max(took/time.Duration(n), 1), nil
}
