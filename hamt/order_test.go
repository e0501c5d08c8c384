package hamt_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
)

// TestOrderDiffersBetweenProcesses compares the orders in which processes iterate over the same collections, large
// ones and those of a single leaf, whichever way they came about.
func TestOrderDiffersBetweenProcesses(t *testing.T) {
	if os.Getenv("RAMET_PRINT_ORDER") != "" {
		printOrders(t)
		return
	}
	self, err := os.Executable()
	require.NoError(t, err)
	orders := map[string]map[string]int{} // how often each order was seen, by the collection's name
	const processes = 5
	for range processes {
		cmd := exec.Command(self, "-test.run=^TestOrderDiffersBetweenProcesses$", "-test.count=1")
		cmd.Env = append(os.Environ(), "RAMET_PRINT_ORDER=1")
		out, err := cmd.Output()
		require.NoError(t, err, "%s", out)
		for line := range strings.Lines(string(out)) {
			line, printed := strings.CutPrefix(line, "the order of ") // and not by the tests' own frame
			if name, order, ok := strings.Cut(line, ": "); printed && ok {
				if orders[name] == nil {
					orders[name] = map[string]int{}
				}
				orders[name][order]++
			}
		}
	}
	require.GreaterOrEqual(t, len(orders), 2+7*len(smallSizes), "%v", orders)
	for name, seen := range orders {
		assert.Greater(t, len(seen), 1, "%s: the same order in all processes: %v", name, seen)
	}
}

// smallSizes are lengths up to that of a leaf, and so large that five processes do not agree by chance.
var smallSizes = []int{8, 12, 16}

// printOrders prints the orders of collections, and checks that each is the same whichever way one iterates.
func printOrders(t *testing.T) {
	show := func(name string, n int, s hamt.Set[int]) {
		order := slices.Collect(s.All())
		require.Len(t, order, n)
		require.Equal(t, order, slices.Collect(s.All()))
		require.Equal(t, order, slices.Collect(s.Builder().All()))
		c := s.Cursor()
		for _, v := range order {
			got, ok := c.Next()
			require.True(t, ok)
			require.Equal(t, v, got)
		}
		fmt.Printf("the order of %s %d: %v\n", name, n, order)
	}
	s, ints := hamt.Set[string]{}, hamt.Set[int]{}
	for i := range 200 {
		s, ints = s.Add(strconv.Itoa(i)), ints.Add(i)
	}
	fmt.Println("the order of strings:", slices.Collect(s.All()))
	show("integers", 200, ints)

	seedless := hamt.HasherOf(func(k int) uint64 { return uint64(k) }, func(a, b int) bool { return a == b })
	for _, n := range smallSizes {
		var b hamt.SetBuilder[int]
		one, sum, own := hamt.Set[int]{}, hamt.SetOf(0), hamt.NewSet[int](seedless)
		upTo := func(n int) func(func(int) bool) {
			return func(yield func(int) bool) {
				for i := 0; i < n && yield(i); i++ {
				}
			}
		}
		var rest []int
		for i := range n {
			b.Add(i)
			one, own = one.Add(i), own.Add(i)
			if i > 0 {
				rest = append(rest, i)
			}
		}
		sum = sum.Union(hamt.SetOf(rest...))
		show("added", n, one)
		show("built", n, b.Build())
		show("collected", n, hamt.CollectSet(upTo(n)))
		show("united", n, sum)
		if n <= hamt.LeafMax { // leaves are where hashes say
			show("added by a hasher without a seed", n, own)
		}
		show("filtered", n, one.Add(-1).Filter(func(k int) bool { return k >= 0 }))
		show("collected from itself", n, hamt.CollectSet(hamt.CollectSet(upTo(n)).All()))
		show("keys", n, hamt.CollectMap(func(yield func(int, int) bool) {
			for i := 0; i < n && yield(i, i); i++ {
			}
		}).KeySet())
	}
}

// TestOrderIsNotThatOfInsertion counts, over many small sets, how often elements come before those that were added
// after them: half of the time, if their places are drawn by lot.
func TestOrderIsNotThatOfInsertion(t *testing.T) {
	const sets = 2000
	for n := 2; n <= hamt.LeafMax; n++ {
		first, last := 0, 0 // how often the first element is before the second; and the last but one before the last
		for i := range sets {
			s := hamt.Set[int]{}
			for j := range n {
				s = s.Add(i*100 + j)
			}
			order := slices.Collect(s.All())
			at := func(j int) int { return slices.Index(order, i*100+j) }
			if at(0) < at(1) {
				first++
			}
			if at(n-2) < at(n-1) {
				last++
			}
		}
		assert.InDelta(t, sets/2, first, sets/10, "%d elements", n)
		assert.InDelta(t, sets/2, last, sets/10, "%d elements", n)
	}
}
