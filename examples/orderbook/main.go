// Command orderbook replays a file of orders through a limit order book for each of its symbols, and keeps
// the state of the whole market as it was at the end of every second.
//
// A book is two sorted maps, from price to the orders that wait at it: bids from the highest price down, asks from the lowest
// up. All are persistent: an order makes a new version, which shares with the one before all but the few nodes
// on the way to what it changed. So a snapshot of the market is an assignment:
//
//	snapshots = snapshots.Set(second, m)
//
// "The book at 10:42:07" is [rbtree.Map.Floor] of that second, and what changed between two moments is [rbtree.Diff] of two
// snapshots, which skips all that they share.
//
//	go run ./examples/orderbook                          # replays 200,000 orders, and shows what that costs
//	go run ./examples/orderbook at 10:42:07 ACME         # a book at that time
//	go run ./examples/orderbook diff 10:42:07 10:42:10   # what changed since
//	go run ./examples/orderbook -record orders.txt       # writes the orders down, to be read and changed
//	go run ./examples/orderbook -orders orders.txt       # replays them
package main

import (
	"flag"
	"io"
	"os"
	"slices"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/progress"
	"github.com/ramet-go/ramet/examples/internal/report"
)

const usage = `orderbook replays orders and keeps the books of every second, as persistent maps that share.

usage: orderbook [flags] [command]

  orderbook                     replays the orders, and shows the throughput and what snapshots cost
  orderbook at TIME [SYMBOL]    a symbol's book at a time, as 10:42:07; or the best prices of all
  orderbook diff A B [SYMBOL]   what changed between two times, in one book or in all
  orderbook help                this text

Flags may stand before or after the arguments:

  -orders FILE   replay the orders that FILE lists
  -n N           without -orders: generate N orders, at most 2000000, which takes 2.5 GB (200000)
  -seed S        without -orders: generate those that belong to the number S (1)
  -record FILE   without -orders and a command: write the generated orders to FILE too
  -depth N       at: show at most N prices of each side (10)

A list has one order a line, the earlier ones first. Empty lines and those that begin with # mean
nothing.

  TIME buy ID SYMBOL QUANTITY at PRICE    as in 10:42:07.250 buy 17 ACME 300 at 101.25
  TIME sell ID SYMBOL QUANTITY at PRICE   IDs ascend
  TIME cancel ID                          nothing, if all of it has been traded or cancelled

An order is traded with those of the other side that its price allows, the best price first, and
of one price the oldest, at their price. What is left waits.
`

// generated is how many orders are generated, unless -n says another number.
const generated = 200_000

// maxOrders is how many orders there may be, generated or read. Each takes perOrder bytes of memory or so, most of them for the
// snapshots: all of them some gigabytes, which is what there is on a common machine.
const (
	maxOrders = 2_000_000
	perOrder  = 1_250
)

// options are the flags.
type options struct {
	progress *progress.Meter

	orders string
	n      int
	seed   uint64
	record string
	depth  int
}

var program = cli.Program[options]{
	Name:  "orderbook",
	Usage: usage,
	Flags: func(fs *flag.FlagSet, o *options) {
		fs.StringVar(&o.orders, "orders", "", "")
		fs.IntVar(&o.n, "n", generated, "")
		fs.Uint64Var(&o.seed, "seed", 1, "")
		fs.StringVar(&o.record, "record", "", "")
		fs.IntVar(&o.depth, "depth", 10, "")
	},
	Common: []string{"orders", "n", "seed"},
	Check:  check,

	Progress: func(o *options, m *progress.Meter) { o.progress = m },
	Commands: map[string]cli.Command[options]{
		"":     {Flags: []string{"record"}, Run: runOverview},
		"at":   {Args: "at TIME [SYMBOL]", Least: 1, Most: 2, Flags: []string{"depth"}, Run: runAt},
		"diff": {Args: "diff A B [SYMBOL]", Least: 2, Most: 3, Run: runDiff},
	},
}

// check returns an error if the flags contradict each other.
func check(given []string, o options) error {
	if o.n < 0 || o.n > maxOrders {
		return cli.Usagef("-n %d: want 0 to %d, which takes %s", o.n, maxOrders, report.Size(int64(maxOrders*perOrder)))
	}
	if o.depth < 1 {
		return cli.Usagef("-depth %d: want at least 1", o.depth)
	}
	if slices.Contains(given, "orders") {
		for _, name := range []string{"n", "seed", "record"} {
			if slices.Contains(given, name) {
				return cli.Usagef("flag -%s has no meaning with -orders", name)
			}
		}
	}
	return nil
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program.
func run(args []string, stdout, stderr io.Writer) int { return program.Run(args, stdout, stderr) }
