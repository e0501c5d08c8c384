package main

import (
	"bufio"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/progress"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// runOverview replays the orders and prints what that costs.
func runOverview(w *bufio.Writer, o options, _ []string) error {
	f, err := open(o)
	if err != nil {
		return err
	}
	if o.record != "" {
		if err := f.record(o.record, o.seed); err != nil {
			return err
		}
	}
	before := report.Heap()
	start := time.Now()
	h := replay(f.orders, o.progress)
	took := max(time.Since(start), 1)
	held := report.Heap() - before

	fmt.Fprintf(w, "%s through %s, and a snapshot per second\n", report.Plural(len(f.orders), "order"), report.Plural(h.last.books.Len(), "book"))
	switch {
	case f.list != "":
		fmt.Fprintf(w, "orders      %s\n", f.list)
	case o.record != "":
		fmt.Fprintf(w, "orders      generated with -seed %d, written to %s\n", o.seed, o.record)
	default:
		fmt.Fprintf(w, "orders      generated with -seed %d\n", o.seed)
	}
	if len(f.orders) == 0 {
		return nil
	}
	fmt.Fprintf(w, "time        %v to %v\n", f.orders[0].at, f.orders[len(f.orders)-1].at)
	fmt.Fprintf(w, "trades      %s of %s\n", report.Count(h.last.trades), report.Count(h.last.volume))
	fmt.Fprintf(w, "throughput  %s per second: all in %s\n", report.Plural(int(float64(len(f.orders))/took.Seconds()), "order"), report.Took(took))

	alone := weigh(h.last)
	n := h.snapshots.Len()
	fmt.Fprintf(w, "\n%s\n", report.Plural(n, "snapshot"))
	row := func(what, s string) { fmt.Fprintf(w, "  %-42s  %12s\n", what, s) }
	row("memory held by all of them", report.Size(held))
	row("the last one as built-in maps, a full copy", report.Size(alone))
	if alone > 0 {
		row("so full copies of this size would hold", "~"+report.Size(int64(alone)*int64(n)))
	}
	found, changed, changes := h.ask(f, o.progress)
	row("finding the one of a time", report.Took(found))
	row("and what changed in the second before it", report.Took(changed))
	row("changes in a second, on average", report.Count(changes))
	runtime.KeepAlive(h)
	if middle, _, ok := h.snapshots.Floor(f.orders[len(f.orders)/2].at.second()); ok && o.orders == "" {
		symbol, _, _ := h.last.books.Min()
		flags := ""
		if o.n != generated {
			flags = fmt.Sprintf("-n %d ", o.n)
		}
		if o.seed != 1 {
			flags += fmt.Sprintf("-seed %d ", o.seed)
		}
		fmt.Fprintf(w, "\nTry:\n  %[1]s %[2]sat %[3]v %[4]s\n  %[1]s %[2]sdiff %[3]v %[5]v\n  %[1]s help\n",
			cli.Self("orderbook"), flags, middle, symbol, middle+1000)
	}
	return nil
}

// weigh returns how many bytes a copy of the books holds that shares nothing: built-in maps of the prices, and of the orders
// at each.
func weigh(m market) int {
	before := report.Heap()
	copied := map[string][2]map[price]map[int]int{}
	for symbol, b := range m.books.All() {
		var c [2]map[price]map[int]int
		for i, s := range []side{b.bids, b.asks} {
			c[i] = map[price]map[int]int{}
			for p, l := range s.All() {
				c[i][p] = maps.Collect(l.orders.All())
			}
		}
		copied[symbol] = c
	}
	held := report.Heap() - before
	runtime.KeepAlive(copied)
	return max(held, 0)
}

// ask asks for times picked at random, and returns how long it takes to find a snapshot, and what changed in the second before
// it, and how much that is, on average.
func (h history) ask(f feed, p *progress.Meter) (found, changed time.Duration, changes int) {
	const picks, rounds = 1000, 3
	rng := rand.New(rand.NewPCG(1, 2))
	times := make([]moment, picks)
	for i := range times {
		times[i] = f.orders[rng.IntN(len(f.orders))].at.second()
	}
	p.Begin("asking for snapshots", rounds)
	for i := range rounds {
		p.At(i)
		report.Best(&found, func() (trades int) {
			for _, t := range times {
				m, _ := h.at(t)
				trades += m.trades
			}
			return trades
		})
		changes = report.Best(&changed, func() (n int) {
			for _, t := range times {
				from, _ := h.at(t - 1000)
				to, _ := h.at(t)
				for range movements(from, to) {
					n++
				}
			}
			return n
		})
	}
	return found / picks, changed / picks, changes / picks
}
