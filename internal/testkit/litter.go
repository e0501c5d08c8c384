package testkit

import (
	"runtime"
	"testing"
	"weak"

	"github.com/stretchr/testify/assert"
)

// Heavy is large enough to have an allocation of its own.
type Heavy struct {
	ID int
	_  [64]byte
}

// A Litter is the values and the keys whose end a test watches.
type Litter struct {
	Keys   []weak.Pointer[Heavy]
	Values []weak.Pointer[Heavy]
}

// Bear returns a new key and a new value, which only the caller holds.
func (l *Litter) Bear(id int) (k, v *Heavy) {
	k, v = &Heavy{ID: id}, &Heavy{ID: id}
	l.Keys, l.Values = append(l.Keys, weak.Make(k)), append(l.Values, weak.Make(v))
	return k, v
}

// Grow returns a map of n pointers by pointers, which only it holds.
func Grow[M Map[*Heavy, *Heavy, M, B], B Builder[*Heavy, *Heavy, M]](l *Litter, empty M, n int) M {
	b := empty.Builder()
	for i := range n {
		b.Set(l.Bear(i))
	}
	return b.Build()
}

// Alive returns how many of ps still point to something.
func Alive(ps []weak.Pointer[Heavy]) (n int) {
	runtime.GC()
	runtime.GC()
	for _, p := range ps {
		if p.Value() != nil {
			n++
		}
	}
	return n
}

// A Way of getting rid of entries of a map leaves so many keys and values.
type Way[M any] struct {
	Name         string
	Keys, Values int
	Do           func(M) any // returns what is left
}

// Retained checks that keys and values that a version or a builder no longer has can be collected while
// it lives: for maps of the given size that begin with empty, and in more ways than all maps have in
// common. It needs MapValues, Apply and Diff of ops.
func Retained[M Map[*Heavy, *Heavy, M, B], B Builder[*Heavy, *Heavy, M]](t *testing.T, ops *Maps[*Heavy, *Heavy, M, B],
	empty M, size int, more ...Way[M]) {
	odd := func(k, _ *Heavy) bool { return k.ID%2 == 1 }
	withoutValues := func(m M) M { return ops.MapValues(m, func(_, _ *Heavy) *Heavy { return nil }) }
	half := size / 2
	ways := []Way[M]{
		{"nothing done", size, size, func(v M) any { return v }},
		{"Delete", half, half, func(v M) any {
			for k := range v.Keys() {
				if k.ID%2 == 0 {
					v = v.Delete(k)
				}
			}
			return v
		}},
		{"Delete of all", 0, 0, func(v M) any {
			for k := range v.Keys() {
				v = v.Delete(k)
			}
			return v
		}},
		{"Set", size, 0, func(v M) any {
			for k := range v.Keys() {
				v = v.Set(k, nil)
			}
			return v
		}},
		{"Update", half, 0, func(v M) any {
			for k := range v.Keys() {
				v = v.Update(k, func(*Heavy, bool) (*Heavy, bool) { return nil, k.ID%2 == 1 })
			}
			return v
		}},
		{"Filter", half, half, func(v M) any { return v.Filter(odd) }},
		{"Filter of all", 0, 0, func(v M) any { return v.Filter(func(*Heavy, *Heavy) bool { return false }) }},
		{"Difference", half, half, func(v M) any { return v.Difference(v.Filter(func(k, _ *Heavy) bool { return !odd(k, nil) })) }},
		{"Intersection", half, half, func(v M) any {
			return v.Intersection(withoutValues(v.Filter(odd)))
		}},
		{"Union", size, 0, func(v M) any { return v.Union(withoutValues(v)) }},
		{"UnionFunc", size, 0, func(v M) any { return v.UnionFunc(v, func(_, _, _ *Heavy) *Heavy { return nil }) }},
		{"MapValues", size, 0, func(v M) any { return withoutValues(v) }},
		{"Apply", half, half, func(v M) any { return ops.Apply(v, ops.Diff(v, v.Filter(odd))) }},
		{"a builder that cleared", 0, 0, func(v M) any { b := v.Builder(); b.Clear(); return b }},
		{"a builder that deleted", half, half, func(v M) any {
			b := v.Builder()
			for k := range v.Keys() {
				if k.ID%2 == 0 {
					b.Delete(k)
				}
			}
			return b
		}},
		{"a builder that deleted in place", 1, 0, func(v M) any {
			b := v.Builder()
			for k := range v.Keys() {
				b.Set(k, nil) // from here on it owns every leaf
			}
			for k := range v.Keys() {
				if k.ID != 0 {
					b.Delete(k)
				}
			}
			return b
		}},
		{"a builder that deleted its own entries in place", 0, 0, func(v M) any {
			b := v.Filter(func(*Heavy, *Heavy) bool { return false }).Builder()
			for k, x := range v.All() {
				b.Set(k, x)
			}
			for k := range v.Keys() {
				b.Delete(k)
			}
			return b
		}},
		{"a builder that deleted half of its own entries in place", half, half, func(v M) any {
			b := v.Filter(func(*Heavy, *Heavy) bool { return false }).Builder()
			for k, x := range v.All() {
				b.Set(k, x)
			}
			for k := range v.Keys() {
				if k.ID%2 == 0 {
					b.Delete(k)
				}
			}
			return b
		}},
		{"a builder that inserted between its own entries, and cleared", 0, 0, func(v M) any {
			b := v.Filter(func(*Heavy, *Heavy) bool { return false }).Builder()
			for rest := range 2 {
				for k, x := range v.All() {
					if k.ID%2 == rest {
						b.Set(k, x)
					}
				}
			}
			b.Clear()
			return b
		}},
		{"a builder that overwrote", size, 0, func(v M) any {
			b := v.Builder()
			for k := range v.Keys() {
				b.Set(k, nil)
			}
			return b
		}},
		{"DeleteFunc", half, half, func(v M) any {
			b := v.Builder()
			b.DeleteFunc(func(k, _ *Heavy) bool { return k.ID%2 == 0 })
			return b
		}},
		{"what a builder built that goes on", half, half, func(v M) any {
			b := v.Builder()
			b.DeleteFunc(func(k, _ *Heavy) bool { return k.ID%2 == 0 })
			return b.Build()
		}},
		{"a SetAll that panicked", size, size, func(v M) any {
			b := v.Builder()
			assert.Panics(t, func() {
				b.SetAll(func(yield func(*Heavy, *Heavy) bool) { yield(new(Heavy), new(Heavy)); panic("stop") })
			})
			return b
		}},
		{"an iterator of what is left", half, half, func(v M) any {
			next := v.Filter(odd).All()
			return &next
		}},
	}
	for _, w := range append(ways, more...) {
		t.Run(w.Name, func(t *testing.T) {
			var l Litter
			left := w.Do(Grow(&l, empty, size))
			assert.Equal(t, w.Keys, Alive(l.Keys), "keys")
			assert.Equal(t, w.Values, Alive(l.Values), "values")
			runtime.KeepAlive(left)
		})
	}
	t.Run("an old version keeps what it has", func(t *testing.T) { // so that the others can be believed
		var l Litter
		m := Grow(&l, empty, size)
		b := m.Builder()
		for k := range m.Keys() {
			b.Delete(k)
		}
		assert.Zero(t, b.Len())
		assert.Equal(t, size, Alive(l.Keys))
		assert.Equal(t, size, Alive(l.Values))
		runtime.KeepAlive(m)
	})
}

// Shrunk checks that a builder's own inner nodes, which lose children when leaves merge, do not hold the
// leaves that stood at the end, nor what is deleted later on: for maps of n entries of which some are left.
func Shrunk[M Map[int, *Heavy, M, B], B Builder[int, *Heavy, M]](t *testing.T, empty M, leaves func(M) int, n, left int) {
	rng := Rand(t)
	for range 20 {
		b := empty.Builder()
		var l Litter
		for k := range n {
			_, v := l.Bear(k)
			b.Set(k, v)
		}
		before := leaves(b.Build())
		for k := range n {
			b.Set(k, b.Get(k)) // it owns all nodes again
		}
		for _, k := range rng.Perm(n)[left:] {
			b.Delete(k)
		}
		assert.Equal(t, left, Alive(l.Values))
		assert.Less(t, leaves(b.Build()), before, "leaves must have merged")
	}
}
