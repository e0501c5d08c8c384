package vector_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/vector"
)

func same(a, b int) bool { return a == b }

// copied returns splices with nil for what is empty, so that they can be compared.
func copied(seq func(func(diff.Splice[int]) bool)) (all []diff.Splice[int]) {
	for s := range seq {
		all = append(all, diff.Splice[int]{At: s.At, Old: append([]int(nil), s.Old...), New: append([]int(nil), s.New...)})
	}
	return all
}

// funcsAgree fails unless DiffFunc and MergeFunc with == do what Diff and Merge do.
func funcsAgree(t *testing.T, base, ours, theirs vec) {
	t.Helper()
	require.Equal(t, copied(vector.Diff(base, ours)), copied(vector.DiffFunc(base, ours, same)), "%v %v", base, ours)
	want, overlaps := vector.Merge(base, ours, theirs)
	got, also := vector.MergeFunc(base, ours, theirs, same)
	require.True(t, slices.Equal(want.AppendTo(nil), got.AppendTo(nil)), "%v %v %v: %v, and not %v", base, ours, theirs, got, want)
	require.Equal(t, overlaps, also, "%v %v %v", base, ours, theirs)
	for name, v := range map[string]vec{"base": base, "ours": ours, "theirs": theirs} {
		require.Equal(t, want == v, got == v, "%s itself, %v %v %v", name, base, ours, theirs)
	}
}

// TestFuncsWithEqualsAreThose without: for all sequences of up to three elements of two kinds, and for random ones.
func TestFuncsWithEqualsAreThose(t *testing.T) {
	all := wordsUpTo(3)
	for _, b := range all {
		for _, o := range all {
			for _, th := range all {
				funcsAgree(t, vector.Of(b...), vector.Of(o...), vector.Of(th...))
			}
		}
	}
	for _, k := range []int{2, 4, 8, 20} {
		rng := rand.New(rand.NewPCG(uint64(k), 21))
		for range map[bool]int{false: 10_000, true: 1_000}[testing.Short()] {
			base := sample(rng, rng.IntN(30), k)
			ours, theirs := base, base
			for range rng.IntN(4) {
				ours, theirs = replaced(rng, ours, 0, len(ours), k), replaced(rng, theirs, 0, len(theirs), k)
			}
			funcsAgree(t, vector.Of(base...), vector.Of(ours...), vector.Of(theirs...))
		}
	}
	base := vector.Of(upTo(40 * leaf)...) // and where they share
	funcsAgree(t, base, base.Set(leaf, -1).Insert(20*leaf, -2), base.Delete(30*leaf, 31*leaf).Prepend(-3))
	funcsAgree(t, base, base.Set(leaf, -1), base.Set(leaf, -2))
	zeros := vector.Of(make([]int, 10*leaf)...) // equal, and they share at other places
	one, two := zeros.Insert(2*leaf+1, 0), zeros.Insert(7*leaf+1, 0)
	funcsAgree(t, one, two, zeros)
	assert.Empty(t, slices.Collect(vector.DiffFunc(one, two, same)))
	funcsAgree(t, base, vector.Of(base.AppendTo(nil)...), base.Set(3, -1))
}

// TestDiffFuncOfManyChanges: too many for the least edit, and without numbers for the elements.
func TestDiffFuncOfManyChanges(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 1))
	s := upTo(3000)
	shuffled := slices.Clone(s)
	rng.Shuffle(len(s), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for _, c := range [][2][]int{{s, shuffled}, {s, nil}, {sample(rng, 3000, 3), sample(rng, 2000, 3)}} {
		from, to := vector.Of(c[0]...), vector.Of(c[1]...)
		holds(t, c[1], vector.Apply(from, vector.DiffFunc(from, to, same)))
		got, err := vector.TryApplyFunc(from, vector.DiffFunc(from, to, same), same)
		require.NoError(t, err)
		holds(t, c[1], got)
	}
}

// TestDiffFuncKeepsInstances: what is equal and yet not the same is no difference, and stays as it is.
func TestDiffFuncKeepsInstances(t *testing.T) {
	from := vector.Of("Ash", "Elm", "Fir", "Oak", "Yew")
	to := vector.Of("ASH", "ELM", "box", "OAK", "birch", "YEW")
	splices := slices.Collect(vector.DiffFunc(from, to, strings.EqualFold))
	assert.Equal(t, "[{2 [Fir] [box]} {4 [] [birch]}]", fmt.Sprint(splices))
	made := vector.Apply(from, slices.Values(splices))
	assert.Equal(t, "[Ash Elm box Oak birch Yew]", made.String())
	assert.True(t, vector.EqualFunc(made, to, strings.EqualFold))
	assert.Empty(t, slices.Collect(vector.DiffFunc(from, vector.Map(from, strings.ToUpper), strings.EqualFold)))
	backwards := vector.Map(from.Reverse(), strings.ToUpper)
	assert.True(t, vector.EqualFunc(backwards, vector.Apply(from, vector.DiffFunc(from, backwards, strings.EqualFold)), strings.EqualFold))
}

func TestMergeFuncKeepsInstances(t *testing.T) {
	type merged struct {
		ours, theirs, want string
		overlaps           int
	}
	base := letters("abcdef")
	fold := func(a, b rune) bool { return strings.EqualFold(string(a), string(b)) }
	for _, c := range []merged{
		{"ABcdef", "abcxef", "abcxef", 0}, // ours is base but for the case
		{"yBcdef", "abcxEF", "yBcxef", 0},
		{"yBcdef", "ABCDEF", "yBcdef", 0},
		{"yBcdef", "Ybcxef", "yBcxef", 0},
		{"abxdef", "abXdef", "abxdef", 0},
		{"abxdef", "abydef", "abxdef", 1},
	} {
		got, overlaps := vector.MergeFunc(base, letters(c.ours), letters(c.theirs), fold)
		assert.Equal(t, c.want, text(got), "%+v", c)
		assert.Len(t, overlaps, c.overlaps, "%+v", c)
	}
	ours := letters("ABCDEF")
	got, overlaps := vector.MergeFunc(base, ours, letters("AbCdEf"), fold)
	assert.True(t, got == ours, "nobody has changed anything")
	assert.Empty(t, overlaps)
}

// TestFuncsOfSlices: elements that are not comparable.
func TestFuncsOfSlices(t *testing.T) {
	rows := func(s ...int) (v vector.Vector[[]int]) {
		for _, x := range s {
			v = v.Append([]int{x, x})
		}
		return v
	}
	base := rows(upTo(5 * leaf)...)
	ours, theirs := base.Set(2, []int{-1}), base.Insert(4*leaf, []int{-2}, nil)
	merged, overlaps := vector.MergeFunc(base, ours, theirs, slices.Equal)
	require.Empty(t, overlaps)
	want := slices.Insert(base.AppendTo(nil), 4*leaf, []int{-2}, nil)
	want[2] = []int{-1}
	holds(t, want, merged)
	assert.Equal(t, []diff.Splice[[]int]{{At: 2, Old: [][]int{{2, 2}}, New: [][]int{{-1}}}}, slices.Collect(vector.DiffFunc(theirs, merged, slices.Equal)))
	assert.Empty(t, slices.Collect(vector.DiffFunc(base, rows(upTo(5*leaf)...), slices.Equal)))
}

// TestDiffFuncLooksAtLittle: not at what the two share.
func TestDiffFuncLooksAtLittle(t *testing.T) {
	v := vector.Of(upTo(100 * leaf)...)
	w := v.Set(7, -1).Insert(50*leaf, -2)
	calls := 0
	eq := func(a, b int) bool { calls++; return a == b }
	require.Len(t, slices.Collect(vector.DiffFunc(v, w, eq)), 2)
	assert.Positive(t, calls)
	assert.Less(t, calls, 20*leaf)
	calls = 0
	assert.Empty(t, slices.Collect(vector.DiffFunc(v, v, eq)))
	vector.MergeFunc(v, w, v, eq)
	vector.MergeFunc(v, v, w, eq)
	assert.Zero(t, calls)
	n := 0
	for range vector.DiffFunc(v, w, eq) {
		n++
		break
	}
	assert.Equal(t, 1, n)
}

// TestFuncsOfNoEquivalence end, and do nothing but what eq says of what it was asked: what they return is no matter.
func TestFuncsOfNoEquivalence(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 9))
	for _, eq := range map[string]func(a, b int) bool{
		"random": func(int, int) bool { return rng.IntN(2) == 0 }, "seldom": func(int, int) bool { return rng.IntN(9) == 0 },
		"never": func(int, int) bool { return false }, "always": func(int, int) bool { return true },
		"less": func(a, b int) bool { return a < b }, "near": func(a, b int) bool { return a-b < 2 && b-a < 2 },
	} {
		for range 300 {
			base, ours, theirs := vector.Of(sample(rng, 30, 9)...), vector.Of(sample(rng, 30, 9)...), vector.Of(sample(rng, 20, 9)...)
			vector.MergeFunc(base, ours, theirs, eq)
			vector.Apply(base, vector.DiffFunc(base, ours, eq))
		}
	}
}

func TestNilEqualsPanic(t *testing.T) {
	v := vector.Of(1)
	assert.PanicsWithValue(t, "vector: DiffFunc of a nil function", func() { vector.DiffFunc(v, v, nil) })
	assert.PanicsWithValue(t, "vector: MergeFunc of a nil function", func() { vector.MergeFunc(v, v, v, nil) })
}

// BenchmarkDiffFunc has Diff and DiffFunc of 100,000 elements: a few edits apart, half of them replaced, and in another order.
func BenchmarkDiffFunc(b *testing.B) {
	from := vector.Of(upTo(100_000)...)
	edited := from
	for i := range 10 {
		edited = edited.Set(i*9_999, -1).Insert(i*9_000, -2)
	}
	half := vector.Map(from, func(x int) int { return x * (x%2*2 - 1) })
	shuffled := upTo(100_000)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for _, c := range []struct {
		name string
		to   vec
	}{{"edited", edited}, {"half", half}, {"shuffled", vector.Of(shuffled...)}} {
		b.Run(c.name+"/Diff", func(b *testing.B) {
			for b.Loop() {
				for range vector.Diff(from, c.to) {
				}
			}
		})
		b.Run(c.name+"/DiffFunc", func(b *testing.B) {
			for b.Loop() {
				for range vector.DiffFunc(from, c.to, same) {
				}
			}
		})
	}
}
