//go:build !smallnodes

package tree

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// What decision 0011 says of the rule where nodes end is measured here, on levels of nodes without bytes.

// A sized item has a key and takes so many bytes.
type sized struct {
	key  string
	size int
	id   uint64 // of what it holds
}

// ending tells whether a node ends after an item of a level.
type ending func(level, count, item, size int, key string) bool

// shapeOf returns the nodes of all levels over some items, by what they hold, with their sizes.
func shapeOf(items []sized, ends ending) map[uint64]int {
	nodes := map[uint64]int{}
	for level := 0; len(items) > 1 || level == 0; level++ {
		var above []sized
		size, first := 0, 0
		for i, it := range items {
			if size += it.size; i < len(items)-1 && !ends(level, i-first+1, it.size, size, it.key) {
				continue
			}
			h := sha256.New()
			for _, x := range items[first : i+1] {
				fmt.Fprint(h, x.key, " ", x.id, " ")
			}
			id := binary.LittleEndian.Uint64(h.Sum(nil))
			nodes[id] = size
			above = append(above, sized{it.key, len(it.key) + 34 + 4, id})
			size, first = 0, i+1
		}
		items = above
	}
	return nodes
}

// chosen is the rule that trees have.
func chosen(s Shape) ending {
	return func(level, count, item, size int, key string) bool {
		r := s.rule(level)
		return r.ends(count, uint64(item), uint64(size), []byte(key))
	}
}

// weighted is the same in floating point.
func weighted(s Shape) ending {
	return func(level, count, item, size int, key string) bool {
		r := s.rule(level)
		if level > 0 && count == 1 || size < int(r.min) {
			return false
		}
		m := float64(2*size-item) / 2 / float64(uint64(1)<<s.Bits)
		hazard := 4 * m * m * m / float64(uint64(1)<<s.Bits) * float64(item)
		return size >= int(r.max) || float64(sip(r.k0, r.k1, []byte(key))>>32)/(1<<32) < hazard
	}
}

// byKey ends nodes by the key alone, so that they hold a given number of items in the mean.
func byKey(s Shape, mean []int) ending {
	return func(level, count, _, _ int, key string) bool {
		r := s.rule(level)
		return !(level > 0 && count == 1) && sip(r.k0, r.k1, []byte(key)) < math.MaxUint64/uint64(mean[min(level, 1)])
	}
}

// rewritten returns the bytes of the nodes that are new after an insertion, in the mean of some.
func rewritten(t *testing.T, items []sized, ends ending, rounds int, insert func(i int) sized) (bytes, nodes float64) {
	before := shapeOf(items, ends)
	for i := range rounds {
		x := insert(i)
		at, found := slices.BinarySearchFunc(items, x, func(a, b sized) int { return cmp.Compare(a.key, b.key) })
		require.False(t, found)
		for id, size := range shapeOf(slices.Insert(slices.Clone(items), at, x), ends) {
			if _, there := before[id]; !there {
				bytes += float64(size)
				nodes++
			}
		}
	}
	return bytes / float64(rounds), nodes / float64(rounds)
}

// TestChoiceOfTheRule: an insertion rewrites less than with nodes that end by the key alone, and as much as in floating
// point.
func TestChoiceOfTheRule(t *testing.T) {
	n, rounds := 20_000, 40
	if testing.Short() {
		n, rounds = 10_000, 20
	}
	for name, size := range map[string]int{"ints": 8 + 4 + 4, "users": 10 + 90 + 4} {
		var items []sized
		for i := range n {
			items = append(items, sized{fmt.Sprintf("%09d", 10*i), size, uint64(i)})
		}
		r := rand.New(rand.NewPCG(0, 0))
		insert := func(int) sized { return sized{fmt.Sprintf("%09d", 10*r.IntN(n)+1+r.IntN(9)), size, r.Uint64()} }
		mean := []int{1850 / size, 1850 / 47} // about as long as those of the chosen rule
		got := map[string]float64{}
		for rule, ends := range map[string]ending{"chosen": chosen(salted), "float": weighted(salted), "by key": byKey(salted, mean)} {
			r = rand.New(rand.NewPCG(1, 1)) // the same insertions for each rule
			bytes, nodes := rewritten(t, items, ends, rounds, insert)
			got[rule] = bytes
			all := shapeOf(items, ends)
			total := 0
			for _, size := range all {
				total += size
			}
			t.Logf("%d %s, %s: %.0f bytes in %.2f nodes; nodes have %d bytes", n, name, rule, bytes, nodes, total/len(all))
		}
		require.Less(t, got["chosen"], 0.9*got["by key"])
		require.InEpsilon(t, got["float"], got["chosen"], 0.05)
	}
}

// TestChoiceOfTheSalt: who knows the salt can choose keys with which an insertion rewrites all that follow; with another
// salt it rewrites a path.
func TestChoiceOfTheSalt(t *testing.T) {
	known := Shape{Kind: Map, Bits: Bits}
	rule := known.rule(0)
	var items []sized
	for i := 0; len(items) < 2000; i++ {
		key := fmt.Sprintf("%09d", 10*i)
		if sip(rule.k0, rule.k1, []byte(key))>>32 > 1<<32-1<<22 { // only its size ends a node
			items = append(items, sized{key, 16, uint64(i)})
		}
	}
	insert := func(int) sized { return sized{"000000000+", 16, 1} }
	worst, _ := rewritten(t, items, chosen(known), 1, insert)
	usual, _ := rewritten(t, items, chosen(salted), 1, insert)
	all := 0
	for _, size := range shapeOf(items, chosen(known)) {
		all += size
	}
	t.Logf("an insertion rewrites %.0f of %d bytes; with another salt %.0f", worst, all, usual)
	require.Greater(t, worst, 0.9*float64(all))
	require.Less(t, usual, 0.4*float64(all))
}
