package hashmaps

import (
	"iter"
	"math/rand/v2"

	"github.com/ramet-go/ramet/bench/contest"
)

// Key is a type of key that is measured.
type Key interface{ int64 | string }

// An input is what all contestants are given at one size. The value of keys[i]
// is i.
type input[K Key] struct {
	keys  []K // those in the map, in random order
	hit   []K // the same in another order; strings have their own bytes, as keys that users look up have
	fresh []K // as many that are not in the map
}

// all yields the entries.
func (in *input[K]) all() iter.Seq2[K, int64] {
	return func(yield func(K, int64) bool) {
		for i, k := range in.keys {
			if !yield(k, int64(i)) {
				return
			}
		}
	}
}

func intInput(size int) *input[int64] {
	return newInput(size, func(r *rand.Rand) int64 { return r.Int64() }, func(keys []int64) {})
}

func stringInput(size int) *input[string] {
	return newInput(size, contest.String, contest.Pack)
}

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
	in := &input[K]{keys: keys[:size:size], hit: make([]K, size), fresh: make([]K, size)}
	copy(in.hit, in.keys)
	copy(in.fresh, keys[size:])
	r.Shuffle(size, func(i, j int) { in.hit[i], in.hit[j] = in.hit[j], in.hit[i] })
	pack(in.hit)
	pack(in.fresh)
	in.keys = append([]K(nil), in.keys...) // without the half that fresh has
	return in
}
