//go:build !smallnodes && !invariants

package rbtree_test

import (
	"math"
	"testing"
)

// How a kind of keys is compared has nothing to do with how nodes are made, and every kind is an instance of everything for
// the compiler. So some builds go without this file.

type (
	namedInt   int
	namedInt8  int8
	namedFloat float32
)

// TestNaturalOrderOfEveryKind compares keys of every ordered kind with cmp.Compare.
func TestNaturalOrderOfEveryKind(t *testing.T) {
	naturally(t, math.MinInt, -1, 0, 1, 2, math.MaxInt)
	naturally(t, int8(math.MinInt8), -1, 0, 1, math.MaxInt8)
	naturally(t, int16(math.MinInt16), -1, 0, 1, math.MaxInt16)
	naturally(t, int32(math.MinInt32), -1, 0, 1, math.MaxInt32)
	naturally(t, int64(math.MinInt64), -1, 0, 1, math.MaxInt64)
	naturally(t, uint(0), 1, math.MaxInt, math.MaxUint)
	naturally(t, uint8(0), 1, 127, 128, math.MaxUint8)
	naturally(t, uint16(0), 1, 1<<15-1, 1<<15, math.MaxUint16)
	naturally(t, uint32(0), 1, 1<<31-1, 1<<31, math.MaxUint32)
	naturally(t, uint64(0), 1, 1<<63-1, 1<<63, math.MaxUint64)
	naturally(t, uintptr(0), 1, math.MaxInt32, ^uintptr(0))
	naturally(t, math.NaN(), math.Inf(-1), -1.5, 0, math.SmallestNonzeroFloat64, 1, math.Inf(1))
	naturally(t, float32(math.NaN()), float32(math.Inf(-1)), -1.5, 0, 1, float32(math.Inf(1)))
	naturally(t, "", "\x00", "a", "a\x00", "aa", "b", "\xff")
	naturally(t, namedInt(-3), 0, 3)
	naturally(t, namedInt8(-3), 0, 3)
	naturally(t, namedFloat(math.NaN()), -3, 0, 3)
	naturally(t, namedString(""), "B", "a", "ä")
}
