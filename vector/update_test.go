package vector_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/vector"
)

func TestUpdate(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vector.Vector[int]) {
			for _, i := range []int{0, n / 2, n - 1} {
				if n == 0 {
					break
				}
				want := upTo(n)
				want[i] = -i - 1
				holds(t, want, v.Update(i, func(x int) int { return -x - 1 }))
				holds(t, want, vector.UpdateIfChanged(v, i, func(x int) int { return -x - 1 }))
				holds(t, want, vector.SetIfChanged(v, i, -i-1))
				holds(t, want, vector.SetIfChangedFunc(v, i, -i-1, func(a, b int) bool { return a == b }))

				assert.True(t, v == vector.UpdateIfChanged(v, i, func(x int) int { return x }))
				assert.True(t, v == vector.SetIfChanged(v, i, i))
				assert.True(t, v == vector.SetIfChangedFunc(v, i, -7, func(a, b int) bool { return a == i && b == -7 }))
				assert.False(t, v == v.Update(i, func(x int) int { return x }), "Update is a change")
			}
			holds(t, upTo(n), v)
			for _, i := range []int{-1, n, math.MaxInt} {
				message := fmt.Sprintf("vector: index %d out of range [0:%d]", i, n)
				never := func(int) int { t.Error("called"); return 0 }
				assert.PanicsWithValue(t, message, func() { v.Update(i, never) })
				assert.PanicsWithValue(t, message, func() { vector.UpdateIfChanged(v, i, never) })
				assert.PanicsWithValue(t, message, func() { vector.SetIfChanged(v, i, 0) })
				assert.PanicsWithValue(t, message, func() { vector.SetIfChangedFunc(v, i, 0, func(a, b int) bool { return false }) })
			}
		})
	}
}

// TestNestedStateLeavesNoTrace: adding a tag twice changes nothing, all the way up.
func TestNestedStateLeavesNoTrace(t *testing.T) {
	type tags = hamt.Set[string]
	board := vector.Of(hamt.SetOf("a", "b"), hamt.SetOf("c"))
	add := func(tag string) vector.Vector[tags] {
		return vector.UpdateIfChanged(board, 1, func(s tags) tags { return s.Add(tag) })
	}
	assert.True(t, board == add("c"))
	assert.False(t, board == add("d"))
	assert.True(t, board == vector.SetIfChanged(board, 0, hamt.SetOf("b", "a")), "equal contents")
}

func TestAppendSeq(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vector.Vector[int]) {
			more := []int{-1, -2, -3}
			holds(t, append(upTo(n), more...), v.AppendSeq(slices.Values(more)))
			assert.True(t, v == v.AppendSeq(slices.Values([]int(nil))))
			holds(t, upTo(n), v)
		})
	}
}

func TestDeleteFunc(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vector.Vector[int]) {
			odd := func(x int) bool { return x%2 == 1 }
			holds(t, slices.DeleteFunc(upTo(n), odd), v.DeleteFunc(odd))
			assert.True(t, v == v.DeleteFunc(func(int) bool { return false }))
			assert.True(t, vector.Vector[int]{} == v.DeleteFunc(func(int) bool { return true }))
			holds(t, upTo(n), v)
		})
	}
}

func TestSort(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, n := range lengths() {
		s := rnd.Perm(n)
		eachForm(t, s, func(t *testing.T, v vector.Vector[int]) {
			holds(t, upTo(n), vector.Sort(v))
			holds(t, s, v)
			sorted := vector.Sort(v)
			assert.True(t, sorted == vector.Sort(sorted))
		})
	}
	nan := math.NaN()
	got := vector.Sort(vector.Of(2, nan, 1, math.Inf(-1), nan)).AppendTo(nil)
	assert.Equal(t, "[NaN NaN -Inf 1 2]", fmt.Sprint(got))
	assert.Equal(t, "[ash elm oak]", vector.Sort(vector.Of("oak", "ash", "elm")).String())
}

func TestIndexFunc(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vector.Vector[int]) {
			for _, x := range []int{-1, 0, 1, n / 2, n - 1, n} {
				is := func(y int) bool { return x == y }
				want := slices.Index(upTo(n), x)
				assert.Equal(t, want, vector.IndexFunc(v, is))
				assert.Equal(t, want >= 0, vector.ContainsFunc(v, is))
			}
			calls := 0
			vector.IndexFunc(v, func(int) bool { calls++; return calls == 2 })
			assert.Equal(t, min(2, n), calls, "it stops at the first")
		})
	}
}

func TestNilFunctionsOfUpdates(t *testing.T) {
	v := vector.Of(1)
	for name, f := range map[string]func(){
		"Update":           func() { v.Update(0, nil) },
		"UpdateIfChanged":  func() { vector.UpdateIfChanged(v, 0, nil) },
		"SetIfChangedFunc": func() { vector.SetIfChangedFunc(v, 0, 1, nil) },
		"AppendSeq":        func() { v.AppendSeq(nil) },
		"DeleteFunc":       func() { v.DeleteFunc(nil) },
		"IndexFunc":        func() { vector.IndexFunc(v, nil) },
		"ContainsFunc":     func() { vector.ContainsFunc(v, nil) },
	} {
		assert.PanicsWithValue(t, "vector: "+name+" of a nil function", f)
	}
}
