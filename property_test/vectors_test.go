package property_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/arbitrary"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/vector"
)

// What the laws of vectors are checked on.

type (
	made = Made[int]
	vec  = vector.Vector[int]
)

// vectorSize lets vectors have a little more elements than a full node of leaves.
const vectorSize = 1200

// A spot stands for a position in a vector of any length.
type spot uint32

const spots = 1 << 20

// in returns a position in [0, n], which is, for one spot in three, at the edge of a leaf or near.
func (s spot) in(n int) int {
	i := int(s>>4) * (n + 1) >> 16
	switch s % 16 {
	case 1, 2:
		return i &^ 63
	case 3:
		return i &^ 3
	case 4:
		return min(n, i&^63+1)
	case 5:
		return max(0, i&^63-1)
	}
	return i
}

// at returns a position of one of n > 0 elements.
func (s spot) at(n int) int { return min(s.in(n), n-1) }

// between returns two positions in order.
func between(s, t spot, n int) (i, j int) {
	i, j = s.in(n), t.in(n)
	return min(i, j), max(i, j)
}

// A splice is an edit of a vector: it does one thing of several, at From or from there up to To, with as many elements as Xs has.
type splice struct {
	Op       uint8
	From, To spot
	Xs       []int
}

func (e splice) String() string { return fmt.Sprintf("%d from %d to %d: %v", e.Op, e.From, e.To, e.Xs) }

const splices = 8

// onSlice makes the edit in a copy of s.
func (e splice) onSlice(s []int) []int {
	s = slices.Clone(s)
	i, j := between(e.From, e.To, len(s))
	switch e.Op {
	case 0:
		return append(s, e.Xs...)
	case 1:
		return slices.Concat(e.Xs, s)
	case 2:
		return slices.Insert(s, i, e.Xs...)
	case 3:
		return slices.Delete(s, i, j)
	case 4:
		return s[:j]
	case 5:
		return slices.Concat(s, e.Xs, e.Xs)
	case 6:
		return slices.Delete(s, i, min(len(s), i+len(e.Xs)))
	}
	for k, x := range e.Xs {
		if i+k < len(s) {
			s[i+k] = x
		}
	}
	return s
}

// onVector makes the edit.
func (e splice) onVector(v vec) vec {
	i, j := between(e.From, e.To, v.Len())
	switch e.Op {
	case 0:
		return v.Append(e.Xs...)
	case 1:
		return v.Prepend(e.Xs...)
	case 2:
		return v.Insert(i, e.Xs...)
	case 3:
		return v.Delete(i, j)
	case 4:
		return v.Slice(0, j)
	case 5:
		xs := vector.Of(e.Xs...)
		return v.Concat(xs.Concat(xs))
	case 6:
		return v.Delete(i, min(v.Len(), i+len(e.Xs)))
	}
	for k, x := range e.Xs {
		if i+k < v.Len() {
			v = v.Set(i+k, x)
		}
	}
	return v
}

// onBuilder makes the edit.
func (e splice) onBuilder(b *vector.Builder[int]) {
	i, j := between(e.From, e.To, b.Len())
	switch e.Op {
	case 0:
		b.Append(e.Xs...)
	case 1:
		b.Prepend(e.Xs...)
	case 2:
		b.Insert(i, e.Xs...)
	case 3:
		b.Delete(i, j)
	case 4:
		b.Truncate(j)
	case 5:
		xs := vector.Of(e.Xs...)
		b.Concat(xs.Concat(xs))
	case 6:
		b.Delete(i, min(b.Len(), i+len(e.Xs)))
	default:
		for k, x := range e.Xs {
			if i+k < b.Len() {
				b.Set(i+k, x)
			}
		}
	}
}

func onSlice(s []int, edits []splice) []int {
	for _, e := range edits {
		s = e.onSlice(s)
	}
	return s
}

func onVector(v vec, edits []splice) vec {
	for _, e := range edits {
		v = e.onVector(v)
	}
	return v
}

func onBuilder(b *vector.Builder[int], edits []splice) {
	for _, e := range edits {
		e.onBuilder(b)
	}
}

// Elements repeat in a vector now and then. Moved by a leaf, they differ.
var (
	elements = gen.IntRange(0, 250)
	genSpot  = gopter.DeriveGen(
		func(i int) spot { return spot(i) },
		func(s spot) int { return int(s) },
		gen.IntRange(0, spots-1))
	genElems = sliceOf[int](elements, func(p *gopter.GenParameters) int {
		switch p.Rng.Intn(8) {
		case 0:
			return 63 + p.Rng.Intn(70)
		case 1:
			return p.Rng.Intn(600)
		}
		return p.Rng.Intn(5)
	})
	genSplice = gopter.DeriveGen(
		func(op uint8, from, to spot, xs []int) splice { return splice{op, from, to, xs} },
		func(e splice) (uint8, spot, spot, []int) { return e.Op, e.From, e.To, e.Xs },
		gen.UInt8Range(0, splices-1), genSpot, genSpot, genElems)
	genSplices = sliceOf[splice](genSplice, func(p *gopter.GenParameters) int { return p.Rng.Intn(12) })
)

// vectorArbitraries generates the arguments of laws by their types.
func vectorArbitraries() *arbitrary.Arbitraries {
	as := arbitrary.DefaultArbitraries()
	for _, g := range []gopter.Gen{GenMade[int](elements), elements, genElems, genSpot, genSplices, gen.UInt8Range(0, 250), oneIn(2)} {
		as.RegisterGen(g)
	}
	return as
}

// checkVectors checks laws of vectors, on more cases than those of maps, which are checked in many worlds.
func checkVectors(t *testing.T, r run, laws []law) {
	r.cases, r.size = 8*r.cases, vectorSize
	for _, l := range laws {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			r.check(t, vectorArbitraries().ForAll(l.holds))
		})
	}
}

// is compares v with a slice, by position and by iteration in either direction.
func is(v vec, want []int) error {
	if v.Len() != len(want) {
		return fmt.Errorf("%d elements, want %d", v.Len(), len(want))
	}
	for i, x := range want {
		if got := v.At(i); got != x {
			return fmt.Errorf("At(%d) is %d, want %d", i, got, x)
		}
	}
	n := 0
	for i, x := range v.All() {
		if i != n || n >= len(want) || x != want[n] {
			return fmt.Errorf("All yields %d, %d after %d elements", i, x, n)
		}
		n++
	}
	if n != len(want) {
		return fmt.Errorf("All ends after %d elements of %d", n, len(want))
	}
	for i, x := range v.Backward() {
		if n--; i != n || n < 0 || x != want[n] {
			return fmt.Errorf("Backward yields %d, %d as element %d", i, x, n)
		}
	}
	if n != 0 {
		return fmt.Errorf("Backward ends at element %d", n)
	}
	return nil
}

// are reports whether v has these elements.
func are(v vec, want []int) bool { return is(v, want) == nil }

func TestGeneratedVectorsHaveAllShapes(t *testing.T) {
	if testing.Short() {
		t.Skip("many samples say the same as in the plain run")
	}
	const samples = 2000
	p := fixed()
	p.MaxSize = vectorSize
	var deepBy, longBy, tinyBy [ways]int
	at := map[int]int{}
	for range samples {
		v, ok := GenMade[int](elements)(p).Retrieve()
		require.True(t, ok)
		m := v.(made)
		n := m.Vector.Len()
		at[n]++
		switch {
		case n < 4:
			tinyBy[m.Way]++
		case n >= 1024 && n < deep:
			longBy[m.Way]++
		case n >= deep: // does not fit into two levels
			deepBy[m.Way]++
		}
	}
	for w := range ways {
		assert.Positive(t, deepBy[w], "three levels by %v", w)
		assert.Greater(t, longBy[w], 5, "two levels by %v", w)
		assert.Greater(t, tinyBy[w], 5, "a few elements by %v", w)
	}
	for _, n := range shapes {
		for d := -1; d <= 1; d++ {
			assert.Positive(t, at[n+d], "%d elements", n+d)
		}
	}
}

func TestSpots(t *testing.T) {
	edges := 0
	for s := range spot(spots) {
		i := s.in(1000)
		if i < 0 || i > 1000 || s.at(7) > 6 || s.in(0) != 0 {
			t.Fatal(s, i, s.at(7), s.in(0))
		}
		if i%64 == 0 {
			edges++
		}
	}
	assert.Zero(t, spot(0).in(1000))
	assert.Equal(t, 1000, spot(spots-1).in(1000))
	assert.Greater(t, edges, spots/10)
}

func TestFalseLawsOfVectorsShrink(t *testing.T) {
	t.Run("made", func(t *testing.T) {
		m := falsify(t, prop.ForAll(func(m made) bool { return m.Vector.Len() < 3 }, GenMade[int](elements))).(made)
		assert.Equal(t, made{vector.Of(0, 0, 0), Recipe[int]{Elems: []int{0, 0, 0}}}.String(), m.String())
	})
	t.Run("vector", func(t *testing.T) {
		v := falsify(t, prop.ForAll(func(v vec) bool { return !vector.Contains(v, 7) && v.Len() < 5 }, GenVector[int](elements))).(vec)
		assert.True(t, are(v, []int{7}) || are(v, make([]int, 5)), "%v", v)
	})
	t.Run("edits", func(t *testing.T) {
		edits := falsify(t, prop.ForAll(func(edits []splice) bool { return len(onSlice(nil, edits)) < 2 }, genSplices)).([]splice)
		assert.LessOrEqual(t, len(edits), 2, "%v", edits)
	})
	t.Run("commands", func(t *testing.T) {
		r := quick(t)
		r.seed, r.cases, r.size = fixedSeed, 20, 60
		broken := func(s []int) vec { return vector.Map(vector.Of(s...), func(x int) int { return x / 2 * 2 }) }
		result := listMachine(broken, func(*listSystem) {}).Check(r.parameters(t.Name()))
		require.False(t, result.Passed())
		require.Len(t, result.Args, 1, "%v %s", result.Error, result.ErrorStack)
		assert.LessOrEqual(t, strings.Count(result.Args[0].ArgFormatted, "{dst"), 1, result.Args[0].ArgFormatted)
	})
}
