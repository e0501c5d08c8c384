package main

import (
	"bufio"
	"fmt"
	"time"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// clock returns the moment that arg names, in full seconds.
func clock(arg string) (moment, error) {
	t, err := parseMoment(arg)
	if err != nil || t%1000 != 0 {
		return 0, cli.Usagef("%q is no time; times look like 10:42:07", arg)
	}
	return t, nil
}

// replayed replays what the flags say.
func replayed(o options) (history, error) {
	f, err := open(o)
	if err != nil {
		return history{}, err
	}
	return replay(f.orders, o.progress), nil
}

// known returns an error if no order of h ever named the symbol.
func (h history) known(symbol string) error {
	if h.last.books.Contains(symbol) {
		return nil
	}
	if near, _, ok := h.last.books.Ceiling(symbol); ok {
		return fmt.Errorf("nobody ever ordered %s; the next one in the list is %s", symbol, near)
	}
	return fmt.Errorf("nobody ever ordered %s", symbol)
}

// runAt answers: at TIME [SYMBOL].
func runAt(w *bufio.Writer, o options, args []string) error {
	t, err := clock(args[0])
	if err != nil {
		return err
	}
	h, err := replayed(o)
	if err != nil {
		return err
	}
	if len(args) == 2 {
		if err := h.known(args[1]); err != nil {
			return err
		}
	}
	start := time.Now()
	m, since := h.at(t)
	took := time.Since(start)
	if len(args) == 2 {
		printBook(w, args[1], t, m, o.depth)
	} else {
		printBest(w, t, m)
	}
	if since > 0 && since != t {
		fmt.Fprintf(w, "\nNothing has happened since %v.\n", since)
	}
	fmt.Fprintf(w, "\nIt took %s to find the snapshot, one of %s.\n", report.Took(took), report.Count(h.snapshots.Len()))
	return nil
}

// printBook prints the best prices of both sides, the asks above the bids.
func printBook(w *bufio.Writer, symbol string, t moment, m market, depth int) {
	b := m.books.Get(symbol)
	fmt.Fprintf(w, "%s at %v: %s of bids, %s of asks\n\n", symbol, t, report.Plural(b.bids.Len(), "price"), report.Plural(b.asks.Len(), "price"))
	fmt.Fprintf(w, "       %10s  %10s  %8s\n", "price", "quantity", "orders")
	row := func(what string, p price, l level) {
		fmt.Fprintf(w, "  %-4s %10v  %10s  %8s\n", what, p, report.Count(l.quantity), report.Count(l.orders.Len()))
	}
	for i := min(depth, b.asks.Len()) - 1; i >= 0; i-- {
		p, l := b.asks.At(i)
		row("ask", p, l)
	}
	if bid, _, ok := b.bids.Min(); ok {
		if ask, _, ok := b.asks.Min(); ok {
			fmt.Fprintf(w, "       %10s\n", "- "+(ask-bid).String()+" -")
		}
	}
	n := 0
	for p, l := range b.bids.All() {
		if n++; n > depth {
			break
		}
		row("bid", p, l)
	}
}

// printBest prints the best prices of all books.
func printBest(w *bufio.Writer, t moment, m market) {
	fmt.Fprintf(w, "The market at %v: %s waiting, %s so far\n\n", t, report.Plural(m.waiting.Len(), "order"), report.Plural(m.trades, "trade"))
	fmt.Fprintf(w, "  %-12s  %10s  %10s  %10s  %10s\n", "symbol", "bid for", "bid", "ask", "ask for")
	for symbol, b := range m.books.All() {
		cell := func(s side) (string, string) {
			if p, l, ok := s.Min(); ok {
				return p.String(), report.Count(l.quantity)
			}
			return "-", "-"
		}
		bid, bidFor := cell(b.bids)
		ask, askFor := cell(b.asks)
		fmt.Fprintf(w, "  %-12s  %10s  %10s  %10s  %10s\n", symbol, bidFor, bid, ask, askFor)
	}
}
