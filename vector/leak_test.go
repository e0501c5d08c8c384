package vector_test

import (
	"runtime"
	"testing"
	"weak"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/vector"
)

// heavy is large enough to have an allocation of its own.
type heavy struct {
	id int
	_  [64]byte
}

type (
	heavies = vector.Vector[*heavy]
	litter  []weak.Pointer[heavy]
)

// grow returns the k-th form of a vector of n pointers that only it holds.
func (l *litter) grow(n, k int) (name string, v heavies) {
	s := make([]*heavy, n)
	for i := range s {
		s[i] = &heavy{id: i}
		*l = append(*l, weak.Make(s[i]))
	}
	f := forms(s)[k]
	return f.name, f.v
}

// collect runs the garbage collector, and returns which elements can still be reached.
func (l litter) collect() living {
	runtime.GC()
	runtime.GC()
	r := make(living, len(l))
	for i, p := range l {
		r[i] = p.Value() != nil
	}
	return r
}

// A living says of each element whether it lives.
type living []bool

// count returns how many of the elements in positions [i, j) live.
func (l living) count(i, j int) (n int) {
	for _, lives := range l[i:j] {
		if lives {
			n++
		}
	}
	return n
}

// TestNothingIsRetained: elements that a version or a builder no longer has can be collected
// while it lives: all of them, or, where the library documents it, all but those in a leaf at
// each end.
func TestNothingIsRetained(t *testing.T) {
	full := vector.LeafLen[*heavy]()
	n := 12*full + full/2
	const none, ends = 0, 1
	ways := []struct {
		name string
		kept [2]int // the positions that the result has
		more int    // none, or ends: a leaf at each end may be alive
		do   func(heavies) any
	}{
		{"nothing done", [2]int{0, n}, none, func(v heavies) any { return v }},
		{"Set of all", [2]int{0, 0}, none, func(v heavies) any {
			for i := range n {
				v = v.Set(i, nil)
			}
			return v
		}},
		{"Slice", [2]int{3*full + 1, 7*full - 1}, ends, func(v heavies) any { return v.Slice(3*full+1, 7*full-1) }},
		{"Slice of one", [2]int{5 * full, 5*full + 1}, ends, func(v heavies) any { return v.Slice(5*full, 5*full+1) }},
		{"Slice of the first", [2]int{0, 1}, ends, func(v heavies) any { return v.Slice(0, 1) }},
		{"Slice of the last", [2]int{n - 1, n}, ends, func(v heavies) any { return v.Slice(n-1, n) }},
		{"Slice to the end", [2]int{6*full + 1, n}, ends, func(v heavies) any { return v.Slice(6*full+1, n) }},
		{"Slice from the start", [2]int{0, 6 * full}, ends, func(v heavies) any { return v.Slice(0, 6*full) }},
		{"one Slice after the other", [2]int{6 * full, 6*full + 1}, ends, func(v heavies) any {
			for i, j := 0, n; j-i > 1; {
				if v.Len()%2 == 0 && i < 6*full {
					v, i = v.Slice(1, v.Len()), i+1
				} else if j > 6*full+1 {
					v, j = v.Slice(0, v.Len()-1), j-1
				} else {
					v, i = v.Slice(1, v.Len()), i+1
				}
			}
			return v
		}},
		{"Delete of the first", [2]int{2*full + 3, n}, ends, func(v heavies) any { return v.Delete(0, 2*full+3) }},
		{"Delete one by one", [2]int{n - 3, n}, ends, func(v heavies) any {
			for range n - 3 {
				v = v.Delete(0, 1)
			}
			return v
		}},
		{"Delete one by one from the end", [2]int{0, 3}, ends, func(v heavies) any {
			for v.Len() > 3 {
				v = v.Delete(v.Len()-1, v.Len())
			}
			return v
		}},
		{"Delete of all", [2]int{0, 0}, none, func(v heavies) any { return v.Delete(0, n) }},
		{"Filter", [2]int{0, 2 * full}, ends, func(v heavies) any { return v.Filter(func(h *heavy) bool { return h.id < 2*full }) }},
		{"Filter of all", [2]int{0, 0}, none, func(v heavies) any { return v.Filter(func(*heavy) bool { return false }) }},
		{"Map", [2]int{0, 0}, none, func(v heavies) any { return vector.Map(v, func(h *heavy) *heavy { return nil }) }},
		{"a builder that cleared", [2]int{0, 0}, none, func(v heavies) any { b := v.Builder(); b.Clear(); return b }},
		{"a builder that truncated", [2]int{0, 4*full + 1}, ends, func(v heavies) any { b := v.Builder(); b.Truncate(4*full + 1); return b }},
		{"a builder that deleted", [2]int{n - 4, n}, ends, func(v heavies) any { b := v.Builder(); b.Delete(0, n-4); return b }},
		{"a builder that set all", [2]int{0, 0}, none, func(v heavies) any {
			b := v.Builder()
			for i := range n {
				b.Set(i, nil)
			}
			return b
		}},
		{"a builder that set its own", [2]int{0, 0}, none, func(v heavies) any {
			var b vector.Builder[*heavy]
			for _, h := range v.All() {
				b.Append(h)
			}
			for i := range n {
				b.Set(i, nil)
			}
			return &b
		}},
		{"a builder that set all and built", [2]int{0, 0}, none, func(v heavies) any {
			b := v.Builder()
			for i := range n {
				b.Set(i, nil)
			}
			b.Build()
			return b
		}},
		{"a version of a builder", [2]int{0, 0}, none, func(v heavies) any {
			b := v.Builder()
			for i := range n {
				b.Set(i, nil)
			}
			return b.Build()
		}},
		{"an iterator", [2]int{0, full}, ends, func(v heavies) any { return v.Slice(0, full).All() }},
	}
	for _, w := range ways {
		for k := range forms([]int{}) {
			var l litter
			name, v := l.grow(n, k)
			got := w.do(v)
			i, j, found := w.kept[0], w.kept[1], l.collect()
			assert.Equal(t, j-i, found.count(i, j), "%s of %s: what is kept", w.name, name)
			rest := found.count(0, i) + found.count(j, n)
			assert.LessOrEqual(t, rest, w.more*2*full, "%s of %s: what is not", w.name, name)
			runtime.KeepAlive(got)
		}
	}
}

// TestOldVersionsAreReleased: a version holds nothing of those that it came from, nor of those
// that came from it, but for elements in the room of an end that it shares.
func TestOldVersionsAreReleased(t *testing.T) {
	full := vector.LeafLen[*heavy]()
	var l litter
	add := func() *heavy {
		h := &heavy{id: len(l)}
		l = append(l, weak.Make(h))
		return h
	}
	var v heavies
	for range 3*full + 1 {
		v = v.Append(add())
	}
	n := len(l)
	for range 5 * full { // other futures, and what they have replaced and added
		w := v.Set(n/2, add()).Prepend(add()).Insert(full, add()).Append(add())
		w.Delete(1, full).Concat(w)
	}
	assert.Equal(t, n, l.collect().count(0, n))
	assert.LessOrEqual(t, l.collect().count(n, len(l)), 2*full, "elements of dropped versions")
	assert.Greater(t, len(l), 10*full)

	for range 2 * n { // a queue: elements go in at one end and out at the other
		v = v.Append(add()).Slice(1, v.Len()+1)
	}
	assert.LessOrEqual(t, l.collect().count(0, len(l)-n), 2*full, "elements that have left a queue")
	assert.Equal(t, n, l.collect().count(len(l)-n, len(l)))
	for range 2 * n { // and a stack
		v = v.Append(add())
		v = v.Slice(0, v.Len()-1)
	}
	assert.LessOrEqual(t, l.collect().count(0, len(l)), n+2*full, "elements that have left a stack")
	assert.Equal(t, n, v.Len())
	runtime.KeepAlive(v)
}
