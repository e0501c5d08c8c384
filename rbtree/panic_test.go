package rbtree_test

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

func TestIndexOutOfRange(t *testing.T) {
	m := rbtree.CollectMap(slices.All([]string{"a", "b", "c"}))
	s := rbtree.SetOf(1, 2, 3)
	for i, want := range map[int]string{
		-1: "rbtree: index -1 out of range [0:3]", 3: "rbtree: index 3 out of range [0:3]", math.MaxInt32: "rbtree: index 2147483647 out of range [0:3]",
		math.MinInt32: "rbtree: index -2147483648 out of range [0:3]",
	} {
		assert.PanicsWithValue(t, want, func() { m.At(i) })
		assert.PanicsWithValue(t, want, func() { s.At(i) })
	}
	assert.PanicsWithValue(t, "rbtree: index 0 out of range [0:0]", func() { rbtree.Map[int, int]{}.At(0) })
}

func TestJoinOfOverlappingKeys(t *testing.T) {
	m := rbtree.CollectMap(slices.All([]string{"a", "b", "c"}))
	assert.PanicsWithValue(t, "rbtree: Join of a map with key 2 and one with key 2, which is not above it", func() { m.Join(m.From(2).Map()) })
	assert.PanicsWithValue(t, "rbtree: Join of a map with key 2 and one with key 0, which is not above it", func() { m.Join(m.To(1).Map()) })
	assert.PanicsWithValue(t, "rbtree: Join of a map with key 1 and one with key 0, which is not above it", func() { rbtree.SetOf(1).Join(rbtree.SetOf(0)) })
	reversed := rbtree.NewMapFunc[int, string](func(a, b int) int { return cmp.Compare(b, a) }).SetAll(m.All())
	assert.True(t, rbtree.Equal(m, m.To(0).Map().Join(reversed.Delete(0))), "under the receiver's order")
	assert.PanicsWithValue(t, "rbtree: Join of a map with key 0 and one with key 2, which is not above it", func() { reversed.Join(m) })
}

func TestNilFunctionsPanicAtTheCall(t *testing.T) {
	var m rbtree.Map[int, int]
	var s rbtree.Set[int]
	b, sb := m.Builder(), s.Builder()
	_ = sb
	for want, f := range map[string]func(){
		"NewMapFunc": func() { rbtree.NewMapFunc[int, int](nil) },
		"NewSetFunc": func() { rbtree.NewSetFunc[int](nil) },
		"CollectMap": func() { rbtree.CollectMap[int, int](nil) },
		"CollectSet": func() { rbtree.CollectSet[int](nil) },
		"Update":     func() { m.Update(1, nil) },
		"SetAll":     func() { m.SetAll(nil) },
		"Filter":     func() { m.Filter(nil) },
		"UnionFunc":  func() { m.UnionFunc(m, nil) },
		"MapValues":  func() { rbtree.MapValues[int, int, int](m, nil) },
		"EqualFunc":  func() { rbtree.EqualFunc[int, int, int](m, m, nil) },
		"DiffFunc":   func() { rbtree.DiffFunc(m, m, nil) },
		"MergeFunc":  func() { rbtree.MergeFunc(m, m, m, nil, nil) },
		"Apply":      func() { rbtree.Apply(m, nil) },
		"ApplySet":   func() { rbtree.ApplySet(s, nil) },
		"DeleteFunc": func() { b.DeleteFunc(nil) },
		"Filter ":    func() { s.Filter(nil) },
		"SetAll ":    func() { b.SetAll(nil) },
		"Update ":    func() { b.Update(1, nil) },
	} {
		if want[len(want)-1] == ' ' {
			want = want[:len(want)-1]
		}
		assert.PanicsWithValue(t, "rbtree: "+want+" of a nil function", f)
	}
	assert.PanicsWithValue(t, "rbtree: Apply of a change of unknown kind Kind(0)", func() { rbtree.Apply(m, slices.Values([]diff.Change[int, int]{{}})) })
	assert.PanicsWithValue(t, "rbtree: ApplySet of a change of unknown kind Kind(9)", func() {
		rbtree.ApplySet(s, slices.Values([]diff.Change[int, struct{}]{{Kind: 9}}))
	})
}

// TestComparatorsMustNotUseTheBuilder that asks them.
func TestComparatorsMustNotUseTheBuilder(t *testing.T) {
	var b *rbtree.MapBuilder[int, int]
	meddle := func() {}
	m := rbtree.NewMapFunc[int, int](func(x, y int) int { meddle(); return cmp.Compare(x, y) }).Set(1, 1).Set(2, 2)
	for name, f := range map[string]func(){
		"Set": func() { b.Set(9, 9) }, "Delete": func() { b.Delete(1) }, "Build": func() { b.Build() }, "Clear": func() { b.Clear() }, "Get": func() { b.Get(1) },
	} {
		b = m.Builder()
		b.Set(3, 3)
		meddle = f
		assert.PanicsWithValue(t, "rbtree: a builder is used while it asks its comparator: by that, or by a second goroutine", func() { b.Set(4, 4) }, name)
		meddle = func() {}
		assert.Equal(t, 3, b.Len())
		b.Set(4, 4)
		assert.Equal(t, "{1: 1, 2: 2, 3: 3, 4: 4}", b.Build().String())
	}
}

// TestComparatorPanicsAfterCallback: an Update whose comparator panics after its function has changed the builder changes
// nothing.
func TestComparatorPanicsAfterCallback(t *testing.T) {
	boom := false
	b := rbtree.NewMapFunc[int, int](func(x, y int) int {
		if boom {
			panic("boom")
		}
		return cmp.Compare(x, y)
	}).Builder()
	for k := range 4 * rbtree.LeafMost {
		b.Set(k, k)
	}
	want := entriesOf(b.Build())
	for _, keep := range []bool{true, false} {
		require.PanicsWithValue(t, "boom", func() {
			b.Update(0, func(int, bool) (int, bool) {
				b.Set(-1, 1)
				b.Delete(1)
				boom = true
				return -1, keep
			})
		})
		boom = false
		require.NoError(t, rbtree.CheckBuilder(b))
		has(t, b.Build(), want)
	}
}

// TestParallelPanicsReachTheCaller: a comparator that panics in another goroutine panics in the
// caller's, and one that ends the goroutine ends the caller's.
func TestParallelPanicsReachTheCaller(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	type goexit struct{}
	trap := 0
	var how any
	var where atomic.Value // the goroutine that the trap was met in
	compare := func(a, b int) int {
		if trap != 0 && (a == trap || b == trap) {
			where.Store(goroutine())
			if how == (goexit{}) {
				runtime.Goexit()
			}
			panic(how)
		}
		return cmp.Compare(a, b)
	}
	empty := rbtree.NewMapFunc[int, int](compare)
	n := 2 * rbtree.ParallelLen
	keys, values := make([]int, n), make([]int, n)
	for i := range keys {
		keys[i] = 2*i + 1
	}
	m := empty.SetAll(testkit.Zip(keys, values))
	for i := range keys {
		keys[i] = 2*i + 2
	}
	o := empty.SetAll(testkit.Zip(keys, values))
	require.Equal(t, 2*n, m.Union(o).Len())
	// The first two are met where the parts are made, the others in the parts.
	for i, at := range []int{n / 2, 2 * n, n/4 + 3, n + n/4 + 3} {
		trap, how = at, "boom"
		assert.PanicsWithValue(t, "boom", func() { m.Union(o) })
		require.Equal(t, i >= 2, where.Load() != goroutine(), trap)
		how = goexit{}
		returned := false
		done := make(chan struct{})
		go func() {
			defer close(done)
			m.Union(o)
			returned = true
		}()
		<-done
		assert.False(t, returned)
	}
	trap = 0
	require.NoError(t, rbtree.CheckShape(m))
	require.Equal(t, n, len(slices.Collect(m.Keys())))
}
