package vector_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/vector"
)

// leaf is how many elements a full leaf of ints has.
var leaf = vector.LeafLen[int]()

// upTo returns the numbers in [0, n).
func upTo(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// lengths of nothing, a part of a leaf, about a leaf, and several levels.
func lengths() []int { return []int{0, 1, 2, 5, leaf - 1, leaf, leaf + 1, 3*leaf + 1, 40*leaf + 3} }

type form[T any] struct {
	name string
	v    vector.Vector[T]
}

// forms returns vectors of the elements of s that came about in different ways, and differ in
// where the elements are.
func forms[T any](s []T) []form[T] {
	n := len(s)
	var appended, prepended, grown, joined vector.Vector[T]
	for i := range s {
		appended = appended.Append(s[i])
		prepended = prepended.Prepend(s[n-1-i])
	}
	for i, j := n/2, n/2; i > 0 || j < n; { // to both sides in turn
		if i > 0 {
			i--
			grown = grown.Prepend(s[i])
		}
		if j < n {
			grown = grown.Append(s[j])
			j++
		}
	}
	for k, rest := 1, s; len(rest) > 0; k = k*2 + 1 {
		k = min(k, len(rest))
		joined = joined.Concat(vector.Of(rest[:k]...))
		rest = rest[k:]
	}
	var b vector.Builder[T]
	for _, x := range s {
		b.Append(x)
	}
	some := vector.Of(slices.Repeat([]T{*new(T)}, vector.LeafLen[T]()-1)...)
	cut := some.Concat(grown).Concat(some).Slice(some.Len(), some.Len()+n)
	mended := vector.Of(s...).Insert(n/2, *new(T)).Delete(n/2, n/2+1)
	ends := appended // the elements of the tail alone, where head and tail meet
	if n > 0 {
		ends = vector.Of(*new(T)).Prepend(*new(T)).Append(s...).Slice(2, 2+n)
	}
	return []form[T]{
		{"Of", vector.Of(s...)}, {"appended", appended}, {"prepended", prepended}, {"grown", grown}, {"joined", joined},
		{"built", b.Build()}, {"cut", cut}, {"mended", mended}, {"ends", ends},
	}
}

// eachForm runs a test on vectors of the elements of s.
func eachForm[T any](t *testing.T, s []T, do func(t *testing.T, v vector.Vector[T])) {
	for _, f := range forms(s) {
		t.Run(f.name, func(t *testing.T) { do(t, f.v) })
	}
}

// holds fails unless v has the elements of s, by position and by iteration, and its invariants
// hold.
func holds[T any](t *testing.T, s []T, v vector.Vector[T], msg ...any) {
	t.Helper()
	require.Equal(t, len(s), v.Len(), msg...)
	require.NoError(t, vector.Check(v), msg...)
	first, ok := v.First()
	last, also := v.Last()
	require.Equal(t, []bool{len(s) > 0, len(s) > 0}, []bool{ok, also}, msg...)
	if len(s) == 0 {
		assert.Equal(t, []T{*new(T), *new(T)}, []T{first, last}, msg...)
		assert.True(t, v == vector.Vector[T]{}, msg...)
		return
	}
	require.Equal(t, s, v.AppendTo(nil), msg...)
	require.Equal(t, []T{s[0], s[len(s)-1]}, []T{first, last}, msg...)
	for _, i := range []int{0, len(s) / 3, len(s) / 2, len(s) - 1} {
		require.Equal(t, s[i], v.At(i), msg...)
	}
}

func TestForms(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vector.Vector[int]) { holds(t, upTo(n), v) })
	}
}
