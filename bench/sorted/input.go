package sorted

import (
	"math/rand/v2"
	"slices"

	"github.com/ramet-go/ramet/bench/contest"
)

// Key is a type of key that is measured.
type Key interface{ int64 | string }

// An input is what all contestants are given at one size. The value of keys[i] is i.
type input[K Key] struct {
	keys   []K     // those in the map, in random order
	sorted []K     // the same, ascending
	hit    []K     // the same in another random order; strings have their own bytes
	fresh  []K     // as many that are not in the map
	spots  []int32 // the positions in the map, in random order
}

func intInput(size int) *input[int64] {
	return newInput(size, func(r *rand.Rand) int64 { return r.Int64() }, func([]int64) {})
}

func stringInput(size int) *input[string] { return newInput(size, contest.String, contest.Pack) }

// newInput draws keys that differ from one another, 2*size of them.
func newInput[K Key](size int, draw func(*rand.Rand) K, pack func([]K)) *input[K] {
	r := contest.Source(size)
	seen := make(map[K]struct{}, 2*size)
	keys := make([]K, 0, 2*size)
	for len(keys) < cap(keys) {
		k := draw(r)
		if _, ok := seen[k]; !ok {
			seen[k] = struct{}{}
			keys = append(keys, k)
		}
	}
	in := &input[K]{
		keys: slices.Clone(keys[:size]), sorted: slices.Sorted(slices.Values(keys[:size])),
		hit: slices.Clone(keys[:size]), fresh: slices.Clone(keys[size:]), spots: make([]int32, size),
	}
	r.Shuffle(size, func(i, j int) { in.hit[i], in.hit[j] = in.hit[j], in.hit[i] })
	for i := range in.spots {
		in.spots[i] = int32(i)
	}
	r.Shuffle(size, func(i, j int) { in.spots[i], in.spots[j] = in.spots[j], in.spots[i] })
	pack(in.hit)
	pack(in.fresh)
	return in
}

// interleaved returns two halves of all keys that take turns, and disjoint two of which one is above
// the other. Both come in random order.
func (in *input[K]) interleaved() (a, b []K) {
	return in.divided(func(i int) bool { return i%2 == 0 })
}

func (in *input[K]) disjoint() (a, b []K) {
	return in.divided(func(i int) bool { return i < len(in.keys) })
}

// divided returns the keys at the positions, among all sorted keys, that toA says, and the others.
func (in *input[K]) divided(toA func(i int) bool) (a, b []K) {
	all := slices.Concat(in.keys, in.fresh)
	slices.Sort(all)
	for i, k := range all {
		if toA(i) {
			a = append(a, k)
		} else {
			b = append(b, k)
		}
	}
	r := contest.Source(len(all))
	r.Shuffle(len(a), func(i, j int) { a[i], a[j] = a[j], a[i] })
	r.Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
	return a, b
}

// few returns a hundred keys, or as many as there are: half of them are in the map.
func (in *input[K]) few() []K {
	n := min(50, len(in.hit))
	return slices.Concat(in.hit[:n], in.fresh[:n])
}

// edits is how many values differ in a version near the base.
const edits = 10

// edited returns the keys whose values differ in it.
func (in *input[K]) edited() []K { return in.hit[:min(edits, len(in.hit))] }
