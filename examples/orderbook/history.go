package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/progress"
	"github.com/ramet-go/ramet/rbtree"
)

// A history is the market at the end of every second in which something happened. The snapshot of a second, which is
// known by the moment at which the second ends, has the orders up to that moment, that included.
type history struct {
	snapshots rbtree.Map[moment, market]
	last      market
}

// second returns the end of the second that t is in: t itself if it is a full second.
func (t moment) second() moment { return (t + 999) / 1000 * 1000 }

// replay applies the orders. This is all that keeping the snapshots is.
func replay(orders []order, p *progress.Meter) history {
	p.Begin("replaying the orders", len(orders))
	var m market
	b := new(rbtree.MapBuilder[moment, market])
	for i, o := range orders {
		m = m.apply(o)
		if i+1 == len(orders) || orders[i+1].at.second() != o.at.second() {
			b.Set(o.at.second(), m)
		}
		p.At(i + 1)
	}
	return history{b.Build(), m}
}

// at returns the market at a moment, in full seconds, and when it became what it was.
func (h history) at(t moment) (m market, since moment) {
	since, m, _ = h.snapshots.Floor(t)
	return m, since
}

// A feed is where the orders came from.
type feed struct {
	orders []order
	list   string // the file, or none if they were generated
}

// open returns the orders that the flags say.
func open(o options) (feed, error) {
	if o.orders == "" {
		return feed{orders: generate(o.n, o.seed, o.progress)}, nil
	}
	text, err := os.ReadFile(o.orders)
	if err != nil {
		return feed{}, fmt.Errorf("cannot read the orders: %w", err)
	}
	orders, err := parseOrders(o.orders, string(text))
	return feed{orders, o.orders}, err
}

// record writes the orders to a file.
func (f feed) record(path string, seed uint64) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %d orders, generated with -seed %d.\n\n", len(f.orders), seed)
	for _, o := range f.orders {
		fmt.Fprintln(&b, o)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o666); err != nil {
		return fmt.Errorf("cannot record the orders: %w", err)
	}
	return nil
}
