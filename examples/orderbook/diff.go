package main

import (
	"bufio"
	"fmt"
	"iter"
	"time"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/report"
	"github.com/ramet-go/ramet/rbtree"
)

// A movement is what became of one price.
type movement struct {
	symbol string
	kind   kind // buy: a bid
	diff.Change[price, level]
}

// movements yields what leads from one market to another. Books that the two share are skipped, and of the others
// all that they share.
func movements(from, to market) iter.Seq[movement] {
	return func(yield func(movement) bool) {
		for c := range rbtree.Diff(from.books, to.books) {
			for _, s := range []struct {
				kind     kind
				from, to side
			}{{buy, c.Old.bids, c.New.bids}, {sell, c.Old.asks, c.New.asks}} {
				if c.Kind == diff.Added && s.kind == buy {
					s.from = noBids // of a book that was not there
				}
				for l := range rbtree.Diff(s.from, s.to) {
					if !yield(movement{c.Key, s.kind, l}) {
						return
					}
				}
			}
		}
	}
}

// runDiff answers: diff A B [SYMBOL].
func runDiff(w *bufio.Writer, o options, args []string) error {
	a, err := clock(args[0])
	if err != nil {
		return err
	}
	b, err := clock(args[1])
	if err != nil {
		return err
	}
	if b < a {
		return cli.Usagef("%v is before %v", b, a)
	}
	h, err := replayed(o)
	if err != nil {
		return err
	}
	if len(args) == 3 {
		if err := h.known(args[2]); err != nil {
			return err
		}
	}

	start := time.Now()
	from, _ := h.at(a)
	to, _ := h.at(b)
	var moved []movement
	for m := range movements(from, to) {
		if len(args) < 3 || m.symbol == args[2] {
			moved = append(moved, m)
		}
	}
	took := time.Since(start)

	fmt.Fprintf(w, "From %v to %v: %s of %s, %s\n", a, b, report.Plural(to.trades-from.trades, "trade"),
		report.Count(to.volume-from.volume), report.Plural(len(moved), "change"))
	symbol := ""
	for _, m := range moved {
		if m.symbol != symbol {
			symbol = m.symbol
			fmt.Fprintf(w, "\n%s\n", symbol)
		}
		what := "bid"
		if m.kind == sell {
			what = "ask"
		}
		fmt.Fprintf(w, "  %s %10v  %8s -> %-8s  %s\n", what, m.Key, report.Some(m.Old.quantity), report.Some(m.New.quantity), m.said())
	}
	fmt.Fprintf(w, "\nIt took %s to find both snapshots, two of %s, and what changed.\n", report.Took(took), report.Count(h.snapshots.Len()))
	return nil
}

// said says which orders came to a price and went from it.
func (m movement) said() string {
	came, went, less := 0, 0, 0
	for c := range rbtree.Diff(m.Old.orders, m.New.orders) {
		switch c.Kind {
		case diff.Added:
			came++
		case diff.Removed:
			went++
		default:
			less++
		}
	}
	s := ""
	for _, x := range []struct {
		n    int
		what string
	}{{came, "came"}, {went, "went"}, {less, "traded in part"}} {
		if x.n > 0 {
			if s != "" {
				s += ", "
			}
			s += fmt.Sprintf("%d %s", x.n, x.what)
		}
	}
	return s
}
