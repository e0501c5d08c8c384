package rbtree_test

import (
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

type heavy = testkit.Heavy

func byID(a, b *heavy) int { return a.ID - b.ID }

const litterSize = 5*rbtree.LeafMost + 1

// TestNothingIsRetained: keys and values that a version or a builder no longer has can be
// collected while it lives.
func TestNothingIsRetained(t *testing.T) {
	type m = rbtree.Map[*heavy, *heavy]
	ops := &testkit.Maps[*heavy, *heavy, m, *rbtree.MapBuilder[*heavy, *heavy]]{
		MapValues: rbtree.MapValues[*heavy, *heavy, *heavy],
		Apply:     rbtree.Apply[*heavy, *heavy],
		Diff:      rbtree.Diff[*heavy, *heavy],
	}
	const half = litterSize / 2
	testkit.Retained(t, ops, rbtree.NewMapFunc[*heavy, *heavy](byID), litterSize, []testkit.Way[m]{
		{Name: "Delete of all but one, from the greatest", Keys: 1, Values: 1, Do: func(v m) any {
			for k := range v.Backward() {
				if k.ID > 0 {
					v = v.Delete(k)
				}
			}
			return v
		}},
		{Name: "a part of a Split", Keys: litterSize / 4, Values: litterSize / 4, Do: func(v m) any {
			k, _ := v.At(litterSize / 4)
			below, _, _, _ := v.Split(k)
			return below
		}},
		{Name: "a Span's map", Keys: half, Values: half, Do: func(v m) any {
			k, _ := v.At(half / 2)
			l, _ := v.At(half/2 + half)
			return v.From(k).Below(l).Map()
		}},
		{Name: "Join", Keys: half, Values: half, Do: func(v m) any {
			k, _ := v.At(half / 2)
			l, _ := v.At(litterSize - half + half/2)
			return v.Below(k).Map().Join(v.From(l).Map())
		}},
	}...)
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

func TestShrunkNodesHoldNothing(t *testing.T) {
	leaves := func(m rbtree.Map[int, *heavy]) int { return rbtree.StatsOf(m).Leaves }
	testkit.Shrunk(t, rbtree.Map[int, *heavy]{}, leaves, 6*rbtree.LeafMost, rbtree.LeafMost)
}
