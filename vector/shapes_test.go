package vector

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A shaper makes vectors of any shape that the invariants allow, not only of those that
// operations lead to.
type shaper struct {
	rng  *rand.Rand
	next int
}

func (s *shaper) fresh(n int) []int {
	xs := make([]int, n)
	for i := range xs {
		xs[i] = s.next
		s.next++
	}
	return xs
}

// between returns a number in [low, high], more often than not one of the two.
func (s *shaper) between(low, high int) int {
	switch s.rng.IntN(4) {
	case 0:
		return low
	case 1:
		return high
	}
	return low + s.rng.IntN(high-low+1)
}

// subtree returns a subtree; left and right say that it is at an edge of the tree, where nodes
// may have few children.
func (s *shaper) subtree(level int, left, right bool) child {
	if level == 0 {
		size := 1 << leafBits[int]()
		xs := s.fresh(s.between(size/2, size))
		return child{ptr: leafChild(data(xs)), size: uint32(len(xs))}
	}
	low := half
	if left || right {
		low = 1
	}
	kids := make([]child, s.between(low, fan))
	for i := range kids {
		kids[i] = s.subtree(level-1, left && i == 0, right && i == len(kids)-1)
	}
	holes := 0
	if left && s.rng.IntN(2) == 0 {
		holes = s.rng.IntN(fan - len(kids) + 1)
	}
	kids = slices.Concat(make([]child, holes), kids)
	n := newNode(0, kids...)
	return child{ptr: n.opaque(), size: n.len()}
}

// vector returns a vector with a tree of the given level, and with ends or not.
func (s *shaper) vector(level int) Vector[int] {
	size := 1 << leafBits[int]()
	var p parts[int]
	if n := s.between(0, size); n > 0 && s.rng.IntN(2) == 0 {
		xs := s.fresh(n)
		p.head = viewEnd(data(xs), uint32(n))
	}
	if level > 0 {
		c := s.subtree(level, true, true)
		p.tree = tree{root: c.ptr.asNode(), count: c.size, level: uint8(level)}
		p.tree.collapse(leafBits[int]())
	}
	if n := s.between(0, size); n > 0 && s.rng.IntN(2) == 0 {
		xs := s.fresh(n)
		p.tail = viewEnd(data(xs), uint32(n))
	}
	return p.vector()
}

// Operations on vectors of any valid shapes give valid shapes.
func TestAnyValidShape(t *testing.T) {
	deepest := 2
	if leafBits[int]() == 2 {
		deepest = 4
	}
	met := map[int]int{}
	for seed := range uint64(times(2000)) {
		rng := rand.New(rand.NewPCG(seed, 5))
		s := &shaper{rng: rng}
		v, w := s.vector(rng.IntN(deepest+1)), s.vector(rng.IntN(deepest+1))
		met[levels(v)]++
		a, b := v.AppendTo(nil), w.AppendTo(nil)
		check := func(want []int, got Vector[int]) {
			t.Helper()
			if err := (version[int]{v: got, model: want}).verify(0); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
		n := len(a)
		i, j := rng.IntN(n+1), rng.IntN(n+1)
		i, j = min(i, j), max(i, j)
		check(a, v)
		check(slices.Concat(a, b), v.Concat(w))
		check(slices.Concat(b, a), w.Concat(v))
		check(a[i:j], v.Slice(i, j))
		check(slices.Concat(a[i:j], b), v.Slice(i, j).Concat(w))
		check(slices.Concat(b, a[i:j]), w.Concat(v.Slice(i, j)))
		check(slices.Insert(slices.Clone(a), i, -1), v.Insert(i, -1))
		check(slices.Insert(slices.Clone(a), i, b[:min(len(b), 70)]...), v.Insert(i, b[:min(len(b), 70)]...))
		check(slices.Delete(slices.Clone(a), i, j), v.Delete(i, j))
		if i < n {
			check(slices.Delete(slices.Clone(a), i, i+1), v.Delete(i, i+1))
			c := slices.Clone(a)
			c[i] = -1
			check(c, v.Set(i, -1))
			bl := v.Builder()
			bl.Set(i, -1)
			bl.Append(a...)
			check(slices.Concat(c, a), bl.Build())
		}
		x, y := v, slices.Clone(a)
		for k := range 150 { // so that the ends become leaves
			x, y = x.Append(k), append(y, k)
		}
		check(y, x)
		for k := range 150 {
			x, y = x.Prepend(k), slices.Insert(y, 0, k)
		}
		check(y, x)
		assert.True(t, Equal(Apply(v, Diff(v, x)), x))
		check(a, v)
		check(b, w)
	}
	assert.Positive(t, met[0])
	assert.Positive(t, met[deepest])
}
