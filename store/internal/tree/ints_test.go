package tree

import (
	"bytes"
	"encoding/binary"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
)

// ints yields n entries with keys and values as those of dense integers.
func ints(n int) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		var k [8]byte
		var v [10]byte
		for i := range n {
			if !yield(intItem(&k, &v, i, i), nil) {
				return
			}
		}
	}
}

func intItem(k *[8]byte, v *[10]byte, i, value int) Item {
	binary.BigEndian.PutUint64(k[:], uint64(i)^1<<63)
	return Item{k[:], Value{Data: v[:binary.PutVarint(v[:], int64(value))]}}
}

// opsOn returns d updates, inserts (between the dense keys, by a longer one) and deletes.
func opsOn(r *rand.Rand, n, d int) []Op {
	var ops []Op
	for _, i := range r.Perm(n)[:d] {
		var k [8]byte
		var v [10]byte
		it := intItem(&k, &v, i, r.Int())
		o := Op{Key: it.Key, Value: it.Value}
		switch p := r.IntN(10); {
		case p < 2:
			o.Key = append(slices.Clone(o.Key), 1)
		case p < 3:
			o.Delete = true
		}
		ops = append(ops, o)
	}
	slices.SortFunc(ops, func(a, b Op) int { return bytes.Compare(a.Key, b.Key) })
	return ops
}

func million() int {
	if testing.Short() {
		return 100_000
	}
	return 1_000_000
}
