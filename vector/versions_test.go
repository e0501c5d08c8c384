package vector_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/vector"
)

// checkDiff checks that the splices of Diff(from, to) lead from one to the other and back, are
// in order, and do not touch what has not changed at their ends. It returns how many elements
// are in them.
func checkDiff(t *testing.T, from, to vec, msg ...any) (elements int) {
	t.Helper()
	splices := slices.Collect(vector.Diff(from, to))
	v, end := from, -1
	for _, s := range splices {
		require.Greater(t, s.At, end, msg...)
		require.NotEmpty(t, append(slices.Clone(s.Old), s.New...), msg...)
		require.True(t, slices.Equal(s.Old, v.Slice(s.At, s.At+len(s.Old)).AppendTo(nil)), msg...)
		if len(s.Old) > 0 && len(s.New) > 0 {
			require.NotEqual(t, s.Old[0], s.New[0], msg...)
			require.NotEqual(t, s.Old[len(s.Old)-1], s.New[len(s.New)-1], msg...)
		}
		v = vector.Apply(v, slices.Values([]diff.Splice[int]{s}))
		end = s.At + len(s.New) - 1
		elements += len(s.Old) + len(s.New)
	}
	holds(t, to.AppendTo(nil), v, msg...)
	for _, s := range slices.Backward(splices) {
		v = vector.Apply(v, slices.Values([]diff.Splice[int]{s.Inverse()}))
	}
	holds(t, from.AppendTo(nil), v, msg...)
	return elements
}

// TestDiff between versions of one history, and between vectors that share nothing.
func TestDiff(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			versions := []vec{{}, v}
			for k := range 12 {
				w := versions[rng.IntN(len(versions))]
				i := rng.IntN(w.Len() + 1)
				j := i + rng.IntN(w.Len()-i+1)
				switch k % 6 {
				case 0:
					w = w.Insert(i, -k, -k)
				case 1:
					w = w.Delete(i, min(j, i+3))
				case 2:
					w = w.Slice(i, j).Append(-k)
				case 3:
					w = w.Insert(i, -1).Set(i, -k)
				case 4:
					w = w.Slice(j, w.Len()).Concat(w.Slice(0, i))
				case 5:
					w = w.Prepend(-k).Append(-k).Concat(w.Slice(0, i/2))
				}
				versions = append(versions, w)
			}
			for i, a := range versions {
				for j, b := range versions {
					if n > 20*leaf && (i+j)%5 > 0 {
						continue
					}
					checkDiff(t, a, b, "versions %d and %d", i, j)
					same := slices.Equal(a.AppendTo(nil), b.AppendTo(nil))
					assert.Equal(t, same, vector.Equal(a, b))
					assert.Equal(t, same, vector.EqualFunc(a, b, func(x, y int) bool { return x == y }))
				}
			}
		})
	}
}

// TestDiffOfAFewChanges shows them and hardly more, in a vector of any length.
func TestDiffOfAFewChanges(t *testing.T) {
	const n = 30_000
	for _, f := range forms(upTo(n)) {
		v := f.v
		assert.Equal(t, 6, checkDiff(t, v, v.Set(0, -1).Set(n/2, -1).Set(n-1, -1)), f.name)
		assert.Equal(t, 2, checkDiff(t, v, v.Insert(n/3, -1, -1)), f.name)
		assert.Equal(t, 5, checkDiff(t, v, v.Delete(n/3, n/3+5)), f.name)
		assert.Equal(t, 3, checkDiff(t, v, v.Prepend(-1, -2).Append(-3)), f.name)
		assert.LessOrEqual(t, checkDiff(t, v, v.Insert(5, -1).Delete(n/2, n/2+1).Set(n-5, -1)), 8*leaf, f.name)
	}
}

// TestEqualOfForms: what the elements are counts, and not how they are kept.
func TestEqualOfForms(t *testing.T) {
	for _, n := range lengths()[1:] {
		all := forms(upTo(n))
		for i, a := range all {
			b := all[(i+1)%len(all)]
			assert.True(t, vector.Equal(a.v, b.v), "%s and %s", a.name, b.name)
			assert.Zero(t, checkDiff(t, a.v, b.v), "%s and %s", a.name, b.name)
			for k := 0; k < n; k += 1 + n/40 {
				if vector.Equal(a.v, b.v.Set(k, -1)) || vector.EqualFunc(a.v.Set(k, -1), b.v, func(x, y int) bool { return x == y }) {
					t.Fatalf("%s and %s, with another element at %d, are equal", a.name, b.name, k)
				}
			}
			assert.False(t, vector.Equal(a.v, b.v.Slice(0, n-1)))
			assert.False(t, vector.EqualFunc(a.v, b.v.Append(1), func(x, y int) bool { return true }), "of another length")
			floats := vector.Map(b.v, func(x int) float64 { return float64(x) })
			assert.True(t, vector.EqualFunc(a.v, floats, func(x int, y float64) bool { return float64(x) == y }))
		}
	}
}

// TestSharedIsEqual: what two versions share is not looked at, a NaN in it has not changed.
func TestSharedIsEqual(t *testing.T) {
	full := vector.LeafLen[float64]()
	for _, n := range []int{1, 2, full + 1, 4*full + 1} {
		var v vector.Vector[float64]
		for range n { // its last leaf has room
			v = v.Append(math.NaN())
		}
		shared := v.Append(1).Prepend(1).Slice(1, n+1) // the first to take that room
		assert.True(t, vector.Equal(v, v), "%d", n)
		assert.True(t, vector.Equal(v, shared), "%d", n)
		assert.False(t, vector.Equal(v, vector.Map(v, func(x float64) float64 { return x })), "%d", n)
		for s := range vector.Diff(v, shared) {
			assert.Fail(t, "a difference", "%v", s)
		}
		asked := 0
		eq := func(a, b float64) bool { asked++; return true }
		assert.True(t, vector.EqualFunc(v, shared, eq))
		assert.Zero(t, asked)
		assert.True(t, vector.EqualFunc(v, v.Set(n/2, 1), eq))
		assert.LessOrEqual(t, asked, full, "a leaf was copied")
		assert.Positive(t, asked)
	}
}

func TestDiffStops(t *testing.T) {
	from := vector.Of(upTo(20 * leaf)...)
	to := from
	for i := range 10 {
		to = to.Set(i*2*leaf, -1)
	}
	for stop := range 10 {
		seen := 0
		for range vector.Diff(from, to) {
			if seen++; seen > stop {
				break
			}
		}
		assert.Equal(t, stop+1, seen)
	}
	fresh := vector.Map(to, func(x int) int { return x })
	for range vector.Diff(from, fresh) {
		break
	}
	for range vector.Diff(from, vector.Of(5)) {
		break
	}
}
