package rbtree_test

import (
	"runtime"
	"sync/atomic"
	"testing"
	"weak"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// heavy is large enough to have an allocation of its own.
type heavy struct {
	id int
	_  [64]byte
}

// A litter is the values and the keys whose end a test watches.
type litter struct {
	keys   []weak.Pointer[heavy]
	values []weak.Pointer[heavy]
}

// grow returns a map of n pointers, by pointers that only it holds.
func (l *litter) grow(n int) rbtree.Map[*heavy, *heavy] {
	b := rbtree.NewMapFunc[*heavy, *heavy](byID).Builder()
	for i := range n {
		k, v := &heavy{id: i}, &heavy{id: i}
		l.keys, l.values = append(l.keys, weak.Make(k)), append(l.values, weak.Make(v))
		b.Set(k, v)
	}
	return b.Build()
}

// alive returns how many of ps still point to something.
func alive(ps []weak.Pointer[heavy]) (n int) {
	runtime.GC()
	runtime.GC()
	for _, p := range ps {
		if p.Value() != nil {
			n++
		}
	}
	return n
}

func byID(a, b *heavy) int { return a.id - b.id }

const litterSize = 5*rbtree.LeafMost + 1

// TestNothingIsRetained: keys and values that a version or a builder no longer has can be
// collected while it lives. keep is how many entries each way leaves.
func TestNothingIsRetained(t *testing.T) {
	type m = rbtree.Map[*heavy, *heavy]
	odd := func(k, _ *heavy) bool { return k.id%2 == 1 }
	const half = litterSize / 2
	ways := []struct {
		name         string
		keys, values int
		do           func(m) any
	}{
		{"nothing done", litterSize, litterSize, func(v m) any { return v }},
		{"Delete", half, half, func(v m) any {
			for k := range v.Keys() {
				if k.id%2 == 0 {
					v = v.Delete(k)
				}
			}
			return v
		}},
		{"Delete of all", 0, 0, func(v m) any {
			for k := range v.Keys() {
				v = v.Delete(k)
			}
			return v
		}},
		{"Delete of all but one, from the greatest", 1, 1, func(v m) any {
			for k := range v.Backward() {
				if k.id > 0 {
					v = v.Delete(k)
				}
			}
			return v
		}},
		{"a part of a Split", litterSize / 4, litterSize / 4, func(v m) any {
			k, _ := v.At(litterSize / 4)
			below, _, _, _ := v.Split(k)
			return below
		}},
		{"a Span's map", half, half, func(v m) any {
			k, _ := v.At(half / 2)
			l, _ := v.At(half/2 + half)
			return v.From(k).Below(l).Map()
		}},
		{"Join", half, half, func(v m) any {
			k, _ := v.At(half / 2)
			l, _ := v.At(litterSize - half + half/2)
			return v.Below(k).Map().Join(v.From(l).Map())
		}},
		{"Set", litterSize, 0, func(v m) any {
			for k := range v.Keys() {
				v = v.Set(k, nil)
			}
			return v
		}},
		{"Update", half, 0, func(v m) any {
			for k := range v.Keys() {
				v = v.Update(k, func(*heavy, bool) (*heavy, bool) { return nil, k.id%2 == 1 })
			}
			return v
		}},
		{"Filter", half, half, func(v m) any { return v.Filter(odd) }},
		{"Filter of all", 0, 0, func(v m) any { return v.Filter(func(*heavy, *heavy) bool { return false }) }},
		{"Difference", half, half, func(v m) any { return v.Difference(v.Filter(func(k, _ *heavy) bool { return !odd(k, nil) })) }},
		{"Intersection", half, half, func(v m) any {
			return v.Intersection(rbtree.MapValues(v.Filter(odd), func(k, _ *heavy) *heavy { return nil }))
		}},
		{"Union", litterSize, 0, func(v m) any { return v.Union(rbtree.MapValues(v, func(_, _ *heavy) *heavy { return nil })) }},
		{"UnionFunc", litterSize, 0, func(v m) any { return v.UnionFunc(v, func(_, _, _ *heavy) *heavy { return nil }) }},
		{"MapValues", litterSize, 0, func(v m) any { return rbtree.MapValues(v, func(_, _ *heavy) *heavy { return nil }) }},
		{"Apply", half, half, func(v m) any { return rbtree.Apply(v, rbtree.Diff(v, v.Filter(odd))) }},
		{"a builder that cleared", 0, 0, func(v m) any { b := v.Builder(); b.Clear(); return b }},
		{"a builder that deleted", half, half, func(v m) any {
			b := v.Builder()
			for k := range v.Keys() {
				if k.id%2 == 0 {
					b.Delete(k)
				}
			}
			return b
		}},
		{"a builder that deleted in place", 1, 0, func(v m) any {
			b := v.Builder()
			for k := range v.Keys() {
				b.Set(k, nil) // from here on it owns every leaf
			}
			for k := range v.Keys() {
				if k.id != 0 {
					b.Delete(k)
				}
			}
			return b
		}},
		{"a builder that deleted its own entries in place", 0, 0, func(v m) any {
			b := v.Filter(func(*heavy, *heavy) bool { return false }).Builder()
			for k, x := range v.All() {
				b.Set(k, x)
			}
			for k := range v.Keys() {
				b.Delete(k)
			}
			return b
		}},
		{"a builder that deleted half of its own entries in place", half, half, func(v m) any {
			b := v.Filter(func(*heavy, *heavy) bool { return false }).Builder()
			for k, x := range v.All() {
				b.Set(k, x)
			}
			for k := range v.Keys() {
				if k.id%2 == 0 {
					b.Delete(k)
				}
			}
			return b
		}},
		{"a builder that overwrote", litterSize, 0, func(v m) any {
			b := v.Builder()
			for k := range v.Keys() {
				b.Set(k, nil)
			}
			return b
		}},
		{"DeleteFunc", half, half, func(v m) any {
			b := v.Builder()
			b.DeleteFunc(func(k, _ *heavy) bool { return k.id%2 == 0 })
			return b
		}},
		{"what a builder built that goes on", half, half, func(v m) any {
			b := v.Builder()
			b.DeleteFunc(func(k, _ *heavy) bool { return k.id%2 == 0 })
			return b.Build()
		}},
		{"a SetAll that panicked", litterSize, litterSize, func(v m) any {
			b := v.Builder()
			assert.Panics(t, func() {
				b.SetAll(func(yield func(*heavy, *heavy) bool) { yield(new(heavy), new(heavy)); panic("stop") })
			})
			return b
		}},
		{"an iterator of what is left", half, half, func(v m) any {
			next := v.Filter(odd).All()
			return &next
		}},
	}
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			var l litter
			left := w.do(l.grow(litterSize))
			assert.Equal(t, w.keys, alive(l.keys), "keys")
			assert.Equal(t, w.values, alive(l.values), "values")
			runtime.KeepAlive(left)
		})
	}
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
	var l litter
	for i := range litterSize {
		k, v := &heavy{id: i}, &heavy{id: i}
		l.keys, l.values = append(l.keys, weak.Make(k)), append(l.values, weak.Make(v))
		keys, values = keys.Set(of(k), struct{}{}), values.Set(int8(i-128), of(v))
	}
	assert.Equal(t, litterSize, alive(l.keys))
	assert.Equal(t, litterSize, alive(l.values))
	i := 0
	for k := range keys.Keys() {
		v := values.Get(int8(i - 128))
		require.Equal(t, []int{i, i}, []int{at(&k).id, at(&v).id})
		i++
	}
	require.NoError(t, check(keys))
	require.NoError(t, check(values))
}

// TestOldVersionKeepsWhatItHas: the other direction, so that the test above can be believed.
func TestOldVersionKeepsWhatItHas(t *testing.T) {
	var l litter
	m := l.grow(litterSize)
	b := m.Builder()
	for k := range m.Keys() {
		b.Delete(k)
	}
	require.Zero(t, b.Len())
	assert.Equal(t, litterSize, alive(l.keys))
	assert.Equal(t, litterSize, alive(l.values))
	runtime.KeepAlive(m)
}

// TestShrunkNodesHoldNothing: a builder's own inner nodes lose children when leaves merge, and
// then must not hold the leaves that stood at the end, nor what is deleted later on.
func TestShrunkNodesHoldNothing(t *testing.T) {
	rng := testkit.Rand(t)
	for range 20 {
		const n, left = 6 * rbtree.LeafMost, rbtree.LeafMost
		var b rbtree.MapBuilder[int, *heavy]
		var values []weak.Pointer[heavy]
		for k := range n {
			v := new(heavy)
			b.Set(k, v)
			values = append(values, weak.Make(v))
		}
		before := rbtree.StatsOf(b.Build()).Leaves
		for k := range n {
			b.Set(k, b.Get(k)) // it owns all nodes again
		}
		for _, k := range rng.Perm(n)[left:] {
			b.Delete(k)
		}
		assert.Equal(t, left, alive(values))
		assert.Less(t, rbtree.StatsOf(b.Build()).Leaves, before, "leaves must have merged")
	}
}
