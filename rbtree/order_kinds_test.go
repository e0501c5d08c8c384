package rbtree

import (
	"cmp"
	"hash/maphash"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// ordersKind compares keys, which ascend, in the natural order and with cmp.Compare, and their hashes. It makes no map, for a map of
// each kind is much to compile: those are in kinds_test.go, which some builds go without.
func ordersKind[K cmp.Ordered](t *testing.T, keys ...K) {
	t.Helper()
	var by ordering[K]
	by = by.resolve()
	seed := maphash.MakeSeed()
	hash := func(k K) uint64 {
		var h maphash.Hash
		h.SetSeed(seed)
		by.write(&h, k)
		return h.Sum64()
	}
	for i, a := range keys {
		for j, b := range keys {
			assert.Equal(t, cmp.Compare(i, j), by.compare(a, b), "%T: %v, %v", a, a, b)
			assert.Equal(t, i == j, hash(a) == hash(b), "%T: %v, %v", a, a, b)
		}
	}
}

func TestOrderingOfEveryKind(t *testing.T) {
	ordersKind(t, math.MinInt, -1, 0, 1, math.MaxInt)
	ordersKind(t, int8(math.MinInt8), -1, 0, 1, math.MaxInt8)
	ordersKind(t, int16(math.MinInt16), -1, 0, 1, math.MaxInt16)
	ordersKind(t, int32(math.MinInt32), -1, 0, 1, math.MaxInt32)
	ordersKind(t, int64(math.MinInt64), -1, 0, 1, math.MaxInt64)
	ordersKind(t, uint(0), 1, math.MaxInt, math.MaxUint)
	ordersKind(t, uint8(0), 1, 127, 128, math.MaxUint8)
	ordersKind(t, uint16(0), 1, 1<<15-1, 1<<15, math.MaxUint16)
	ordersKind(t, uint32(0), 1, 1<<31-1, 1<<31, math.MaxUint32)
	ordersKind(t, uint64(0), 1, 1<<63-1, 1<<63, math.MaxUint64)
	ordersKind(t, uintptr(0), 1, math.MaxInt32, ^uintptr(0))
	ordersKind(t, math.NaN(), math.Inf(-1), -1.5, 0, math.SmallestNonzeroFloat64, 1, math.Inf(1))
	ordersKind(t, float32(math.NaN()), float32(math.Inf(-1)), -1.5, 0, 1, float32(math.Inf(1)))
	ordersKind(t, "", "\x00", "a", "a\x00", "aa", "b", "\xff")
}
