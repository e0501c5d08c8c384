//go:build !race && !smallnodes && !invariants

package rbtree_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// Each kind of keys and values is an instance of everything for the compiler. Kinds depend neither on how wide nodes are nor on
// what else is checked, and the race detector is about goroutines: so those builds go without this file, and have the few kinds
// that are in the other files.

type (
	namedInt    int
	namedInt8   int8
	namedFloat  float32
	namedString string
)

// TestNaturalOrderOfEveryKind compares keys of every ordered kind but those of TestNaturalOrder with cmp.Compare.
func TestNaturalOrderOfEveryKind(t *testing.T) {
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
	naturally(t, float32(math.NaN()), float32(math.Inf(-1)), -1.5, 0, 1, float32(math.Inf(1)))
	naturally(t, namedInt(-3), 0, 3)
	naturally(t, namedInt8(-3), 0, 3)
	naturally(t, namedFloat(math.NaN()), -3, 0, 3)
	naturally(t, namedString(""), "B", "a", "ä")
}

// TestEntriesOfAllSizes: every size of keys and of values is there, but not every pair, here or in TestEntriesOfSomeSizes.
func TestEntriesOfAllSizes(t *testing.T) {
	narrow := func(i int) int8 { return int8(i - 128) }
	sizedKeys(t, narrow, func(i int) struct{} { return struct{}{} }, cmp.Compare)
	sizedKeys(t, narrow, func(i int) [5]int { return [5]int{i, 4: i} }, cmp.Compare)
	sizedKeys(t, narrow, func(i int) *int { return nil }, cmp.Compare)
	sizedKeys(t, func(i int) uint16 { return uint16(i) }, text, cmp.Compare)
	sizedKeys(t, func(i int) [3]int16 { return [3]int16{0, int16(i)} }, func(i int) [3]byte { return [3]byte{byte(i)} },
		func(a, b [3]int16) int { return slices.Compare(a[:], b[:]) })
	sizedKeys(t, func(i int) [20]int { return [20]int{19: i} }, func(i int) [40]int { return [40]int{i, 39: i} },
		func(a, b [20]int) int { return slices.Compare(a[:], b[:]) })
}

// wide is aligned to 8 bytes on 32 bits, too, where the header of a node is not.
type wide struct {
	p *heavy
	_ atomic.Int64
}

// TestWideKeysAreNotLost: the collector sees the pointers in the keys and routers of such a type.
func TestWideKeysAreNotLost(t *testing.T) {
	holds(t, func(p *heavy) wide { return wide{p: p} }, func(k *wide) *heavy { return k.p })
}

func holds[K any](t *testing.T, of func(*heavy) K, at func(*K) *heavy) {
	keys := rbtree.NewMapFunc[K, struct{}](func(a, b K) int { return byID(at(&a), at(&b)) })
	values := rbtree.Map[int8, K]{}
	var l testkit.Litter
	for i := range litterSize {
		k, v := l.Bear(i)
		keys, values = keys.Set(of(k), struct{}{}), values.Set(int8(i-128), of(v))
	}
	assert.Equal(t, litterSize, testkit.Alive(l.Keys))
	assert.Equal(t, litterSize, testkit.Alive(l.Values))
	i := 0
	for k := range keys.Keys() {
		v := values.Get(int8(i - 128))
		require.Equal(t, []int{i, i}, []int{at(&k).ID, at(&v).ID})
		i++
	}
	require.NoError(t, check(keys))
	require.NoError(t, check(values))
}

func TestHashOfEveryKind(t *testing.T) {
	hashesKeys[namedInt8](t, 3, 1, 2)
	hashesKeys[int16](t, 3, 1, 2)
	hashesKeys[uint8](t, 3, 1, 2)
	hashesKeys[uint32](t, 3, 1, 2)
	hashesKeys[namedString](t, "c", "a", "b")
	hashesKeys[float32](t, 3, float32(math.NaN()), 2, 0)
	hashesAll(t, rbtree.NewMapFunc[[2]int, int](func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }), [2]int{1, 1}, [2]int{2, 2})
}

func TestEncodingsOfEveryKind(t *testing.T) {
	roundTrips(t, rbtree.MapOf(map[namedString]int{"x": 1, "": 0}))
	roundTrips(t, rbtree.MapOf(map[int8]int{-128: 1, 127: 0}))
	roundTrips(t, rbtree.MapOf(map[int][5]uint64{1: {1, 2}}))
}

func TestEncodingsNest(t *testing.T) {
	inner := rbtree.MapOf(map[string]int{"a": 1})
	m := rbtree.MapOf(map[string]rbtree.Map[string, int]{"1": inner, "2": inner.Set("b", 2)})
	data, err := json.Marshal(struct{ M any }{m})
	require.NoError(t, err)
	assert.Equal(t, `{"M":{"1":{"a":1},"2":{"a":1,"b":2}}}`, string(data))
	var got struct {
		M rbtree.Map[string, rbtree.Map[string, int]]
	}
	require.NoError(t, json.Unmarshal(data, &got))
	assert.True(t, rbtree.EqualFunc(m, got.M, rbtree.Equal[string, int]))

	data, err = m.GobEncode()
	require.NoError(t, err)
	var decoded rbtree.Map[string, rbtree.Map[string, int]]
	require.NoError(t, decoded.GobDecode(data))
	assert.True(t, rbtree.EqualFunc(m, decoded, rbtree.Equal[string, int]))
}

// TestTextKeys decodes keys that are text by methods of their pointers.
func TestTextKeys(t *testing.T) {
	roundTrips(t, rbtree.MapOf(map[namedInt]int{1: 2})) // an integer kind without text methods
	m := rbtree.NewMapFunc[*big.Int, string]((*big.Int).Cmp)
	require.NoError(t, json.Unmarshal([]byte(`{"12345678901234567890":"x","7":"y"}`), &m))
	data, err := json.Marshal(m)
	require.NoError(t, err)
	assert.Equal(t, `{"7":"y","12345678901234567890":"x"}`, string(data))
}

func TestValuesOfOtherKinds(t *testing.T) {
	one, same, other := rbtree.SetOf(1, 2), rbtree.SetOf(2, 1), rbtree.SetOf(1, 2, 3)
	goesByContents(t, filled(one), filled(same), filled(other))
	goesByContents(t, one.From(2), same.From(2), other.From(2))
	assert.False(t, filled(func() {}).Equal(filled(func() {})))
	nan := filled(math.NaN())
	assert.True(t, nan.Equal(nan) && !nan.Equal(filled(math.NaN())))
	m := rbtree.MapOf(map[string]int{"b": 2, "a": 10})
	assert.Equal(t, "{x: {a: 10, b: 2}}", fmt.Sprint(rbtree.Map[string, rbtree.Map[string, int]]{}.Set("x", m)))
}
