package vector_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/vector"
)

// letters returns a vector of the characters of s, without spaces.
func letters(s string) vector.Vector[rune] {
	return vector.Of([]rune(strings.ReplaceAll(s, " ", ""))...)
}

func text(v vector.Vector[rune]) string { return string(v.AppendTo(nil)) }

// TestMergeWhereElementsRepeat has what both sides did alike, at places that can be read in several ways.
func TestMergeWhereElementsRepeat(t *testing.T) {
	for _, c := range []struct{ base, ours, theirs, want string }{
		{"S p a E q", "X p a a E q", "S p a a E q", "X p a a E q"},
		{"A p - B q", "X p - N - B q", "A p - N - B q", "X p - N - B q"},
		{"a , b , c ,", "b , n , c ,", "a , b , n , c ,", "b , n , c ,"},
		{"S p a a a E q", "X p a a E q", "S p a a E q", "X p a a E q"},
		{"S p a E q", "X p a a E q", "S p a a E z", "X p a a E z"},                   // and theirs did more
		{"a , b , c , d", "b , n , c , d", "a , b , n , c , z", "b , n , c , z"},     // the same
		{"S E", "X E", "S a E", ""},                                                  // nobody knows what a stands behind
		{"S E", "X a E", "S a E", "X a E"},                                           // both know it
		{"S E", "a X E", "a S E", "a X E"},                                           //
		{"S a E", "X E", "S E", "X E"},                                               //
		{"0 0 0 0 0 0 0 0", "0 0 0 1 0 0 0 0", "0 0 0 0 0 0 0 1", "0 0 0 1 0 0 0 1"}, // elements of a table, set
		{"0 0", "1 0", "0 1", "1 1"},
		{"a b a b a b", "a b a b", "a b a b", "a b a b"},
		{"", "a", "a a", ""},
	} {
		for range 2 {
			got, overlaps := vector.Merge(letters(c.base), letters(c.ours), letters(c.theirs))
			if c.want == "" {
				assert.NotEmpty(t, overlaps, "%+v", c)
				continue
			}
			assert.Empty(t, overlaps, "%+v", c)
			assert.Equal(t, strings.ReplaceAll(c.want, " ", ""), text(got), "%+v", c)
			c.ours, c.theirs = c.theirs, c.ours
		}
	}
}

// TestMergeOfTheSameAndOneMore has all that two sides can do alike in up to five letters of two kinds, and one element that
// one of them replaced elsewhere: to the left or to the right of it, next to it or not. The merge is that side.
func TestMergeOfTheSameAndOneMore(t *testing.T) {
	words := []string{""}
	for i := 0; len(words[i]) < 5; i++ {
		words = append(words, words[i]+"a", words[i]+"b")
	}
	cases := map[[3]string]bool{}
	add := func(base, ours, theirs string) { cases[[3]string{base, ours, theirs}] = true }
	for _, w := range words {
		var sides []string
		for i := range len(w) + 1 {
			for _, x := range words[1:15] { // up to three letters
				sides = append(sides, w[:i]+x+w[i:])
			}
			for j := i + 1; j <= min(len(w), i+3); j++ {
				sides = append(sides, w[:i]+w[j:])
			}
		}
		for _, s := range sides {
			add("S"+w+"E", "X"+s+"E", "S"+s+"E")
			add("S"+w+"E", "S"+s+"X", "S"+s+"E")
			add("Sp"+w+"qE", "Xp"+s+"qE", "Sp"+s+"qE")
			add("Sp"+w+"qE", "Sp"+s+"qX", "Sp"+s+"qE")
			add("Sa"+w+"bE", "Xa"+s+"bE", "Sa"+s+"bE")
		}
	}
	require.Greater(t, len(cases), 4024)
	for c := range cases {
		for range 2 {
			got, overlaps := vector.Merge(letters(c[0]), letters(c[1]), letters(c[2]))
			want := c[1]
			if !strings.Contains(want, "X") {
				want = c[2]
			}
			require.Empty(t, overlaps, "base %s, ours %s, theirs %s", c[0], c[1], c[2])
			require.Equal(t, want, text(got), "base %s, ours %s, theirs %s", c[0], c[1], c[2])
			c[1], c[2] = c[2], c[1]
		}
	}
}

// distance returns how many elements a least edit deletes and inserts, by the textbook.
func distance(a, b []int) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := row[0]
		row[0] = i + 1
		for j := range b {
			here := row[j+1]
			if a[i] == b[j] {
				row[j+1] = last
			} else {
				row[j+1] = 1 + min(row[j+1], row[j])
			}
			last = here
		}
	}
	return row[len(b)]
}

// sample returns n elements of k kinds.
func sample(rng *rand.Rand, n, k int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = rng.IntN(k)
	}
	return s
}

// replaced returns s with something else in place of a few elements within [from, to).
func replaced(rng *rand.Rand, s []int, from, to, k int) []int {
	i := from + rng.IntN(to-from+1)
	j := min(to, i+rng.IntN(4))
	return slices.Concat(s[:i], sample(rng, rng.IntN(4), k), s[j:])
}

// TestMergeWithMoreOfTheSame: if ours is theirs with a change elsewhere, the merge is ours. It is elsewhere if what theirs did
// is on the shortest way from base to ours; then there may be an overlap, if the two meet, but no other result.
func TestMergeWithMoreOfTheSame(t *testing.T) {
	for _, k := range []int{2, 4, 8, 20} {
		rng := rand.New(rand.NewPCG(uint64(k), 1))
		checked, clean := 0, 0
		for range map[bool]int{false: 30_000, true: 3_000}[testing.Short()] {
			base := sample(rng, 1+rng.IntN(14), k)
			theirs := replaced(rng, base, 0, len(base), k)
			ours := replaced(rng, theirs, 0, len(theirs), k)
			if distance(base, ours) != distance(base, theirs)+distance(theirs, ours) {
				continue
			}
			checked++
			b, o, th := vector.Of(base...), vector.Of(ours...), vector.Of(theirs...)
			got, overlaps := vector.Merge(b, o, th)
			back, swapped := vector.Merge(b, th, o)
			require.Len(t, swapped, len(overlaps), "%v %v %v", base, ours, theirs)
			if len(overlaps) == 0 {
				clean++
				require.True(t, slices.Equal(ours, got.AppendTo(nil)), "base %v, ours %v, theirs %v: %v", base, ours, theirs, got)
				require.True(t, slices.Equal(ours, back.AppendTo(nil)), "base %v, ours %v, theirs %v: %v", base, theirs, ours, back)
			}
		}
		assert.Greater(t, checked, 1000)
		assert.Greater(t, clean*10, checked*6, "with %d kinds", k)
	}
}

// TestMergeLosesNothing: each side changes places of its own, an untouched element of the base apart, and some places both change
// alike. What one side alone inserts is new, so that it is known wherever it ends up: without an overlap all of it is in the merge,
// once and in its order, and with one it is there or in the overlap. Most merges are what was made.
func TestMergeLosesNothing(t *testing.T) {
	for _, k := range []int{2, 4, 8, 20} {
		rng := rand.New(rand.NewPCG(uint64(k), 8))
		clean, right, overlapping := 0, 0, 0
		for range map[bool]int{false: 20_000, true: 3_000}[testing.Short()] {
			base := sample(rng, 4+rng.IntN(20), k)
			var sides [2][]int
			var truth []int
			fresh := 1000
			for at := 0; at < len(base); {
				who, end, now := rng.IntN(8), at, []int(nil)
				if who < 3 {
					end = min(len(base), at+rng.IntN(3))
					now = sample(rng, rng.IntN(3), k)
				}
				for i := range sides {
					if who == i {
						for j := range now {
							now[j], fresh = fresh, fresh+1
						}
					}
					if who == i || who == 2 {
						sides[i] = append(sides[i], now...)
					} else {
						sides[i] = append(sides[i], base[at:end]...)
					}
				}
				truth = append(truth, now...)
				if at = end; at < len(base) {
					sides[0], sides[1], truth = append(sides[0], base[at]), append(sides[1], base[at]), append(truth, base[at])
					at++
				}
			}
			b, o, th := vector.Of(base...), vector.Of(sides[0]...), vector.Of(sides[1]...)
			got, overlaps := vector.Merge(b, o, th)
			back, swapped := vector.Merge(b, th, o)
			require.Len(t, swapped, len(overlaps))
			known := func(s []int) []int { return slices.DeleteFunc(slices.Clone(s), func(x int) bool { return x < 1000 }) }
			m := got.AppendTo(nil)
			if len(overlaps) == 0 {
				clean++
				require.True(t, slices.Equal(known(truth), known(m)), "base %v, ours %v, theirs %v", base, sides[0], sides[1])
				require.True(t, vector.Equal(got, back), "base %v, ours %v, theirs %v: %v, and %v with the sides exchanged", base, sides[0], sides[1], got, back)
				if slices.Equal(truth, m) {
					right++
				}
				continue
			}
			overlapping++
			for _, p := range overlaps {
				m = append(m, known(p.Theirs)...)
			}
			m = known(m)
			slices.Sort(m)
			require.True(t, slices.Equal(slices.Sorted(slices.Values(known(truth))), m), "base %v, ours %v, theirs %v", base, sides[0], sides[1])
		}
		t.Logf("%d kinds: %d clean, of which %d as they were made, and %d with overlaps", k, clean, right, overlapping)
		assert.Greater(t, clean, 2*overlapping)
		assert.Greater(t, right*100, clean*90)
	}
}

// TestMergeOfALongRun: a run of replaced elements is one region, and its length is not what a merge costs.
func TestMergeOfALongRun(t *testing.T) {
	n := 100 * leaf
	base := vector.Of(upTo(n)...)
	want := upTo(n)
	for i := 5; i < n-5; i++ {
		want[i] = -i
	}
	ours := vector.Of(want...)
	theirs := base.Set(n/2, -1).Set(2, -2)
	got, overlaps := vector.Merge(base, ours, theirs)
	require.Equal(t, []diff.Overlap[int]{{At: n / 2, Base: []int{n / 2}, Ours: []int{-n / 2}, Theirs: []int{-1}}}, overlaps)
	want[2] = -2
	holds(t, want, got)
	got, overlaps = vector.Merge(base, theirs, ours)
	require.Len(t, overlaps, 1)
	want[n/2] = -1
	holds(t, want, got)
	other := vector.Map(ours, func(x int) int { return 2 * x })
	_, overlaps = vector.Merge(base, ours, other)
	assert.Len(t, overlaps, 1, "one region, not one an element")
	allocs := testing.AllocsPerRun(3, func() { vector.Merge(base.Set(0, 7), ours, theirs) })
	assert.Less(t, allocs, float64(max(n/4, 6*100)), "some for each of the 100 leaves, none for each element")
}

// TestMergeOfTheSameFarApart: what both inserted among equal elements is the same wherever they put it, and however much of
// that the versions share.
func TestMergeOfTheSameFarApart(t *testing.T) {
	n := 10 * leaf
	base := vector.Of(make([]int, n)...)
	ours, theirs := base.Insert(2*leaf+1, 0).Set(0, 7), base.Insert(7*leaf+1, 0)
	for range 2 {
		got, overlaps := vector.Merge(base, ours, theirs)
		require.Empty(t, overlaps)
		holds(t, append([]int{7}, make([]int, n)...), got)
		ours, theirs = theirs, ours
	}
}
