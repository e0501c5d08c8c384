package hashmaps

import (
	"iter"
	"math/rand/v2"
	"strings"
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

// source is the start of every input: a run can be repeated on the same keys.
func source(size int) *rand.Rand { return rand.New(rand.NewPCG(0x72616d6574, uint64(size))) }

func intInput(size int) *input[int64] {
	return newInput(size, func(r *rand.Rand) int64 { return r.Int64() }, func(keys []int64) {})
}

func stringInput(size int) *input[string] {
	return newInput(size, randomString, pack)
}

// newInput draws keys that differ from one another, 2*size of them.
func newInput[K Key](size int, draw func(*rand.Rand) K, pack func([]K)) *input[K] {
	r := source(size)
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

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// randomString returns a string of 8 to 24 bytes.
func randomString(r *rand.Rand) string {
	b := make([]byte, 8+r.IntN(17))
	for i := range b {
		b[i] = letters[r.IntN(len(letters))]
	}
	return string(b)
}

// pack moves the bytes of keys into one object: a million strings that only the
// harness needs would add to the cost of every collection.
func pack(keys []string) {
	whole := strings.Join(keys, "")
	for i, k := range keys {
		keys[i], whole = whole[:len(k)], whole[len(k):]
	}
}
