package vector_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/vector"
)

// document returns n lines, of which every fourth is one of a few that repeat.
func document(n int) []string {
	s := make([]string, n)
	for i := range s {
		if s[i] = fmt.Sprintf("line %d\n", i); i%4 == 3 {
			s[i] = []string{"\n", "}\n", "end\n"}[i%3]
		}
	}
	return s
}

// TestDiffOfADocumentThatWasReadAgain, and shares nothing with what it was.
func TestDiffOfADocumentThatWasReadAgain(t *testing.T) {
	before := document(10_000)
	after := append(slices.Clone(before), "added\n")
	after[0] = "changed\n"
	splices := slices.Collect(vector.Diff(vector.Of(before...), vector.Of(after...)))
	require.Len(t, splices, 2)
	assert.Equal(t, []string{"changed\n"}, splices[0].New)
	assert.Equal(t, 10_000, splices[1].At)
	assert.Equal(t, []string{"added\n"}, splices[1].New)
	assert.Empty(t, splices[1].Old)
}

// TestMergeHasNoCliff: however many lines one side changed, theirs is merged, or overlaps with one line.
func TestMergeHasNoCliff(t *testing.T) {
	base := document(12_000)
	for _, changed := range []int{1, 63, 64, 65, 500, 2000, 3000} {
		ours := slices.Clone(base)
		for i := range changed {
			ours[4*i] = fmt.Sprintf("ours %d\n", i)
		}
		theirs := slices.Insert(slices.Clone(base), 11_998, "theirs\n")
		theirs[1] = "theirs too\n"
		got, overlaps := vector.Merge(vector.Of(base...), vector.Of(ours...), vector.Of(theirs...))
		require.Empty(t, overlaps, "%d", changed)
		want := slices.Insert(slices.Clone(ours), 11_998, "theirs\n")
		want[1] = "theirs too\n"
		require.Equal(t, want, got.AppendTo(nil), "%d", changed)
		theirs[0] = "theirs as well\n"
		_, overlaps = vector.Merge(vector.Of(base...), vector.Of(ours...), vector.Of(theirs...))
		require.Len(t, overlaps, 1, "%d", changed)
		assert.Equal(t, []string{"line 0\n"}, overlaps[0].Base)
	}
}

// TestDiffIsTheLeast, compared with the textbook, for sequences within what is searched to the end.
func TestDiffIsTheLeast(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for range 2000 {
		k := 2 + rng.IntN(20)
		a, b := sample(rng, rng.IntN(60), k), sample(rng, rng.IntN(60), k)
		require.Equal(t, distance(a, b), checkDiff(t, vector.Of(a...), vector.Of(b...)), "%v %v", a, b)
	}
}

// TestDiffOfAnything: what there is no least edit to be found of in time still leads from one to the other, and takes work in
// proportion. The work is what eq is asked, through elements of which == alone knows.
func TestDiffOfAnything(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 2))
	n := 40_000
	if testing.Short() {
		n = 8_000
	}
	up := upTo(n)
	down := slices.Clone(up)
	slices.Reverse(down)
	mixed := slices.Clone(up)
	rng.Shuffle(n, func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	turns := make([]int, n)
	for i := range turns {
		turns[i] = i % 2
	}
	moved := slices.Concat(up[n/2:], up[:n/2])
	others := make([]int, n)
	for i := range others {
		others[i] = -1 - i
	}
	all := map[string][]int{
		"up": up, "down": down, "mixed": mixed, "turns": turns, "moved": moved, "others": others, "zeros": make([]int, n-9),
		"two": sample(rng, n, 2), "two more": sample(rng, n-5, 2), "few": sample(rng, n, 300), "few more": sample(rng, n, 300),
		"edited turns": replaced(rng, replaced(rng, replaced(rng, turns, 0, 99, 2), n/3, n/2, 2), n/2, n-9, 2),
	}
	boxed := func(s []int) vector.Vector[any] { // in an interface there are no anchors
		return vector.Map(vector.Of(s...), func(x int) any { return x })
	}
	for name, a := range all {
		for other, b := range all {
			checkDiff(t, vector.Of(a...), vector.Of(b...), "%s and %s", name, other)
			v, w := boxed(a[:n/8]), boxed(b[:n/8])
			require.True(t, vector.Apply(v, vector.Diff(v, w)).Equal(w), "%s and %s, boxed", name, other)
		}
	}
	assert.Less(t, checkDiff(t, vector.Of(up...), vector.Of(moved...)), n+2, "half is an anchor")
}
