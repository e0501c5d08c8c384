package vector_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/vector"
)

func TestMergeCases(t *testing.T) {
	type overlap = diff.Overlap[string]
	split := func(s string) (all []string) {
		for _, r := range s {
			all = append(all, string(r))
		}
		return all
	}
	for _, c := range []struct {
		name, base, ours, theirs, want string
		overlaps                       []overlap
	}{
		{name: "apart", base: "abcdefgh", ours: "aXcdefgh", theirs: "abcdefYh", want: "aXcdefYh"},
		{name: "theirs longer", base: "abcdefgh", ours: "abcdefYh", theirs: "a12bcdefgh", want: "a12bcdefYh"},
		{name: "theirs shorter", base: "abcdefgh", ours: "abcdefYh", theirs: "adefgh", want: "adefYh"},
		{name: "neighbours replaced", base: "abcd", ours: "aXcd", theirs: "abYd", want: "aXYd"},
		{name: "the same", base: "abcd", ours: "aXcd", theirs: "aXcd", want: "aXcd"},
		{name: "the same, and more", base: "abcdef", ours: "aXcdef", theirs: "aXcdYf", want: "aXcdYf"},
		{name: "the same insertion", base: "ab", ours: "aXb", theirs: "aXb", want: "aXb"},
		{
			name: "one element", base: "abc", ours: "aXc", theirs: "aYc", want: "aXc",
			overlaps: []overlap{{At: 1, Base: split("b"), Ours: split("X"), Theirs: split("Y")}},
		},
		{
			name: "two insertions", base: "ab", ours: "a12b", theirs: "a3b", want: "a12b",
			overlaps: []overlap{{At: 1, Base: nil, Ours: split("12"), Theirs: split("3")}},
		},
		{
			name: "changed and deleted", base: "abcd", ours: "abXd", theirs: "ad", want: "abXd",
			overlaps: []overlap{{At: 1, Base: split("bc"), Ours: split("bX"), Theirs: nil}},
		},
		{
			name: "deleted, and inserted where that ends", base: "abcd", ours: "ad", theirs: "abcXd", want: "ad",
			overlaps: []overlap{{At: 1, Base: split("bc"), Ours: nil, Theirs: split("bcX")}},
		},
		{
			name: "shifted by an earlier change", base: "abcdef", ours: "abcdeX", theirs: "a123bcdeY", want: "a123bcdeX",
			overlaps: []overlap{{At: 8, Base: split("f"), Ours: split("X"), Theirs: split("Y")}},
		},
	} {
		got, overlaps := vector.Merge(vector.Of(split(c.base)...), vector.Of(split(c.ours)...), vector.Of(split(c.theirs)...))
		assert.Equal(t, split(c.want), got.AppendTo(nil), c.name)
		for i, o := range overlaps { // nil or empty: nobody's concern
			o.Base, o.Ours, o.Theirs = append([]string(nil), o.Base...), append([]string(nil), o.Ours...), append([]string(nil), o.Theirs...)
			overlaps[i] = o
		}
		assert.Equal(t, c.overlaps, overlaps, c.name)
	}
}

// wordsUpTo returns all sequences of up to n elements out of 0 and 1.
func wordsUpTo(n int) [][]int {
	all := [][]int{nil}
	for from := 0; n > 0; n-- {
		to := len(all)
		for _, s := range all[from:to] {
			all = append(all, append(slices.Clone(s), 0), append(slices.Clone(s), 1))
		}
		from = to
	}
	return all
}

// resolved returns v with each overlap resolved by what side chooses.
func resolved(v vec, overlaps []diff.Overlap[int], side func(diff.Overlap[int]) []int) vec {
	for _, o := range slices.Backward(overlaps) {
		v = vector.Apply(v, slices.Values([]diff.Splice[int]{o.Resolve(side(o))}))
	}
	return v
}

// TestMergeLaws are checked for all sequences of up to four elements of two kinds.
func TestMergeLaws(t *testing.T) {
	all := wordsUpTo(4)
	seen := map[int]int{} // how many had so many overlaps
	for _, b := range all {
		for _, o := range all {
			for _, th := range all {
				base, ours, theirs := vector.Of(b...), vector.Of(o...), vector.Of(th...)
				got, overlaps := vector.Merge(base, ours, theirs)
				seen[len(overlaps)]++
				back, swapped := vector.Merge(base, theirs, ours)
				require.Len(t, swapped, len(overlaps), "%v %v %v", b, o, th)
				for i, p := range overlaps {
					q := swapped[i]
					require.NotEqual(t, p.Ours, p.Theirs)
					require.True(t, slices.EqualFunc([][]int{p.Base, p.Theirs, p.Ours}, [][]int{q.Base, q.Ours, q.Theirs}, slices.Equal), "%v %v %v", b, o, th)
					require.True(t, slices.Equal(p.Ours, got.Slice(p.At, p.At+len(p.Ours)).AppendTo(nil)), "%v %v %v", b, o, th)
				}
				require.Equal(t, back.AppendTo(nil), resolved(got, overlaps, func(p diff.Overlap[int]) []int { return p.Theirs }).AppendTo(nil),
					"%v %v %v: theirs everywhere is the merge the other way round", b, o, th)
				switch {
				case slices.Equal(b, o):
					require.Empty(t, overlaps)
					require.True(t, slices.Equal(th, got.AppendTo(nil)))
				case slices.Equal(b, th), slices.Equal(o, th):
					require.Empty(t, overlaps)
					require.True(t, slices.Equal(o, got.AppendTo(nil)))
				}
			}
		}
	}
	for n := range 3 {
		assert.Greater(t, seen[n], 50, "merges with %d overlaps", n)
	}
}

// TestMergeOfEditsApart makes random edits at places of their own, and compares with what they make of a slice.
func TestMergeOfEditsApart(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 7))
	for _, n := range []int{leaf / 2, 3 * leaf, 40 * leaf} {
		eachForm(t, upTo(n), func(t *testing.T, base vec) {
			for range 10 {
				sides := [2]vec{base, base}
				want := upTo(n)
				for at := n - 2; at > 2; at -= 3 + rng.IntN(n/4) { // from the right: positions to the left stay
					side := &sides[rng.IntN(2)]
					switch rng.IntN(3) {
					case 0:
						*side, want[at] = side.Set(at, -at), -at
					case 1:
						*side, want = side.Insert(at, -at, -at), slices.Insert(want, at, -at, -at)
					case 2:
						*side, want = side.Delete(at, at+1), slices.Delete(want, at, at+1)
					}
				}
				for range 2 {
					got, overlaps := vector.Merge(base, sides[0], sides[1])
					if len(overlaps) > 0 { // edits of one side are one change, if Diff says so
						continue
					}
					holds(t, want, got, "merged")
					sides[0], sides[1] = sides[1], sides[0]
				}
				holds(t, upTo(n), base, "the base")
			}
		})
	}
}

func TestMergeOfWhatIsUnchanged(t *testing.T) {
	eachForm(t, upTo(2*leaf), func(t *testing.T, base vec) {
		edited := base.Set(3, -1)
		for _, c := range []struct{ base, ours, theirs, want vec }{
			{base, edited, base, edited}, {base, base, edited, edited}, {base, edited, edited, edited}, {edited, edited, edited, edited},
		} {
			got, overlaps := vector.Merge(c.base, c.ours, c.theirs)
			assert.True(t, got == c.want, "the same version")
			assert.Empty(t, overlaps)
		}
	})
}

// TestMergeLooksAtWhatDiffers only: its allocations do not depend on the length.
func TestMergeLooksAtWhatDiffers(t *testing.T) {
	base := vector.Of(upTo(20_000)...)
	ours, theirs := base.Set(100, -1).Insert(5_000, -2), base.Delete(9_000, 9_001).Set(19_000, -3)
	assert.Less(t, testing.AllocsPerRun(5, func() { vector.Merge(base, ours, theirs) }), 400.0)
	got, overlaps := vector.Merge(base, ours, theirs)
	require.Empty(t, overlaps)
	want := slices.Delete(upTo(20_000), 9_000, 9_001)
	want[19_000], want[100] = -3, -1
	holds(t, slices.Insert(want, 5_000, -2), got, "merged")
}

// TestMergeOfLongRuns: overlapping regions of many elements, and one that spans several of the other side's.
func TestMergeOfLongRuns(t *testing.T) {
	base := vector.Of(upTo(10)...)
	long := vector.Of(upTo(10 * leaf)...)
	got, overlaps := vector.Merge(long, long.Reverse(), long.Set(leaf, -1)) // too much changed to look for small changes
	assert.True(t, got == long.Reverse() || vector.Equal(got, long.Reverse()))
	assert.Len(t, overlaps, 1)
	ours := base.Set(2, -2).Set(4, -4).Set(6, -6)
	theirs := base.Delete(1, 8)
	got, overlaps = vector.Merge(base, ours, theirs)
	assert.True(t, got == ours)
	assert.Equal(t, []diff.Overlap[int]{{At: 1, Base: []int{1, 2, 3, 4, 5, 6, 7}, Ours: []int{1, -2, 3, -4, 5, -6, 7}, Theirs: nil}}, overlaps)
}
