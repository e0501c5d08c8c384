package hamt_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

func TestUpdatesThatChangeNothing(t *testing.T) {
	for _, h := range []hamt.Hasher[int]{nil, testkit.Constant[int](), testkit.LastBits[int](3)} {
		for _, n := range []int{0, 1, 8, 100} {
			want := map[int]int{}
			m := hamt.NewMap[int, int](h)
			for i := range n {
				m, want[i] = m.Set(i, i), i
			}
			for k := range n {
				asked := 0
				m2 := hamt.UpdateIfChanged(m, k, func(v int) int { asked++; return v + 1 })
				want[k]++
				sameMap(t, want, m2)
				sameMap(t, want, hamt.SetIfChangedFunc(m, k, k+1, func(a, b int) bool { return a == b }))
				sameMap(t, want, hamt.SetIfChanged(m, k, k+1))
				want[k]--
				assert.Equal(t, 1, asked)

				assert.True(t, m == hamt.UpdateIfChanged(m, k, func(v int) int { return v }))
				assert.True(t, m == hamt.SetIfChangedFunc(m, k, -7, func(a, b int) bool { return a == k && b == -7 }))
			}
			never := func(int) int { t.Error("called for a key that is absent"); return 0 }
			assert.True(t, m == hamt.UpdateIfChanged(m, -1, never))
			want[-1] = 5
			sameMap(t, want, hamt.SetIfChangedFunc(m, -1, 5, func(a, b int) bool { t.Error("called"); return true }))
			delete(want, -1)
			sameMap(t, want, m)
		}
	}
	assert.PanicsWithValue(t, "hamt: UpdateIfChanged of a nil function", func() { hamt.UpdateIfChanged(hamt.Map[int, int]{}, 1, nil) })
	assert.PanicsWithValue(t, "hamt: SetIfChangedFunc of a nil function", func() { hamt.SetIfChangedFunc(hamt.Map[int, int]{}, 1, 1, nil) })
	nan := hamt.MapOf(map[int]any{1: math.NaN()})
	assert.False(t, nan == hamt.UpdateIfChanged(nan, 1, func(v any) any { return v }), "a NaN equals nothing")
	slices := hamt.MapOf(map[int]any{1: []int{1}})
	assert.Panics(t, func() { hamt.UpdateIfChanged(slices, 1, func(v any) any { return v }) }, "as == does")
	assert.True(t, slices == hamt.SetIfChangedFunc(slices, 1, nil, func(a, b any) bool { return true }))
}

// TestNestedStateLeavesNoTrace: adding a tag twice changes nothing, all the way up.
func TestNestedStateLeavesNoTrace(t *testing.T) {
	cards := hamt.MapOf(map[int]any{1: hamt.SetOf[any]("a", "b")})
	add := func(k int, tag string) hamt.Map[int, any] {
		return hamt.UpdateIfChanged(cards, k, func(s any) any { return s.(hamt.Set[any]).Add(tag) })
	}
	assert.True(t, cards == add(1, "b"))
	assert.True(t, cards == add(2, "b"))
	assert.False(t, cards == add(1, "c"))
	assert.True(t, cards == hamt.SetIfChanged(cards, 1, any(hamt.SetOf[any]("b", "a"))), "equal contents")
}

func TestIsZero(t *testing.T) {
	m, s := hamt.NewMap[int, int](bySize{}), hamt.NewSet(hamt.Hasher[int](bySize{}))
	assert.True(t, m.IsZero() && s.IsZero() && hamt.Map[int, int]{}.IsZero() && hamt.Set[int]{}.IsZero())
	assert.True(t, m.Set(1, 1).Delete(-1).IsZero() && s.Add(1).Delete(-1).IsZero())
	assert.False(t, m.Set(1, 1).IsZero() || s.Add(1).IsZero())
	type doc struct {
		M hamt.Map[int, int] `json:"m,omitzero"`
		S hamt.Set[int]      `json:"s,omitzero"`
	}
	text, err := json.Marshal(doc{m, s})
	assert.NoError(t, err)
	assert.Equal(t, "{}", string(text))
	text, err = json.Marshal(doc{m.Set(1, 2), s.Add(3)})
	assert.NoError(t, err)
	assert.Equal(t, `{"m":{"1":2},"s":[3]}`, string(text))
}
