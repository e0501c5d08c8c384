package ordered_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/ordered"
)

// TestSwapAndTake are Set and Delete that tell what there was, of a flat map and of trees.
func TestSwapAndTake(t *testing.T) {
	for name, m := range shapes() {
		for _, k := range append(m.AppendKeys(nil), "absent") {
			was, in := m.Lookup(k)
			with, old, ok := m.Swap(k, -1)
			require.True(t, ok == in && old == was, "%s: %s", name, k)
			require.NoError(t, with.Check())
			require.True(t, with.Equal(m.Set(k, -1)), "%s: %s", name, k)

			less, old, ok := m.Take(k)
			require.True(t, ok == in && old == was, "%s: %s", name, k)
			require.NoError(t, less.Check())
			require.True(t, less.Equal(m.Delete(k)), "%s: %s", name, k)
			require.True(t, ok || less == m, "%s: what takes nothing is the map itself", name)
		}
	}
}

func TestAppend(t *testing.T) {
	for name, m := range shapes() {
		ks, vs := slices.Collect(m.Keys()), slices.Collect(m.Values())
		assert.Equal(t, ks, m.AppendKeys(nil), name)
		assert.Equal(t, vs, m.AppendValues(nil), name)
		assert.Equal(t, append([]string{"x"}, ks...), m.AppendKeys([]string{"x"}), name)
		assert.Equal(t, append([]int{7}, vs...), m.AppendValues([]int{7}), name)
		if !invariants.Enabled { // what is instrumented allocates more
			assert.Equal(t, min(float64(m.Len()), 1), testing.AllocsPerRun(5, func() { m.AppendKeys(nil) }), name)
		}
	}
}

// TestAllThatMapHas: each method of a hash map and of its builder is one of the ordered kind as well.
func TestAllThatMapHas(t *testing.T) {
	for _, pair := range [][2]reflect.Type{
		{reflect.TypeFor[hamt.Map[string, int]](), reflect.TypeFor[ordered.Map[string, int]]()},
		{reflect.TypeFor[*hamt.MapBuilder[string, int]](), reflect.TypeFor[*ordered.MapBuilder[string, int]]()},
	} {
		require.Greater(t, pair[0].NumMethod(), 10)
		for i := range pair[0].NumMethod() {
			name := pair[0].Method(i).Name
			_, ok := pair[1].MethodByName(name)
			assert.True(t, ok, "%v has no %s", pair[1], name)
		}
	}
}
