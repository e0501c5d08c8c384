package ordered_test

import (
	"hash/maphash"
	"iter"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/ordered"
	"github.com/ramet-go/ramet/transient"
)

type builder = ordered.MapBuilder[string, int]

var (
	_ transient.Builder[omap]    = (*builder)(nil)
	_ transient.Source[*builder] = omap{}
)

// TestPanicsOutOfFunctions leave a builder as it was, whatever the function did to it, and what was built.
func TestPanicsOutOfFunctions(t *testing.T) {
	for name, m := range shapes() {
		for _, inner := range []func(b *builder){
			func(*builder) {},
			func(b *builder) { b.Set("new", 1) },
			func(b *builder) { b.Build(); b.Set("new", 1); b.Delete("k0") },
			func(b *builder) { b.Clear() },
			func(b *builder) { b.SetAll(counted(60).All()); b.MoveToFront("k7") },
			func(b *builder) {
				b.Update("k0", func(int, bool) (int, bool) { b.Set("inner", 1); return 7, true })
				defer func() { recover() }()
				b.Update("k0", func(int, bool) (int, bool) { b.Clear(); panic("inner") })
			},
		} {
			for op, do := range map[string]func(b *builder){
				"Update": func(b *builder) { b.Update("k0", func(int, bool) (int, bool) { inner(b); panic("x") }) },
				"DeleteFunc": func(b *builder) {
					b.Set("one", 1)
					b.DeleteFunc(func(string, int) bool { inner(b); panic("x") })
				},
				"SetAll": func(b *builder) {
					b.SetAll(func(yield func(string, int) bool) {
						yield("first", 1)
						inner(b)
						panic("x")
					})
				},
			} {
				b := m.Builder()
				b.Set("before", 1)
				built := b.Build()
				b.Set("after", 1)
				want := slices.Collect(ordered.CollectMap(b.All()).Keys())
				if op == "DeleteFunc" && !slices.Contains(want, "one") {
					want = append(want, "one")
				}
				require.PanicsWithValue(t, "x", func() { do(b) }, "%s: %s", name, op)
				require.Equal(t, want, slices.Collect(b.Keys()), "%s: %s", name, op)
				require.True(t, built.Equal(m.Set("before", 1)))
				b.Set("on", 1)
				require.NoError(t, b.Build().Check())
				require.Equal(t, len(want)+1, b.Len())
			}
		}
	}
}

// TestFunctionsThatUseTheBuilder: the operation's own change comes on top.
func TestFunctionsThatUseTheBuilder(t *testing.T) {
	for name, m := range shapes() {
		b := m.Builder()
		b.Update("x", func(int, bool) (int, bool) { b.Set("x", 1); b.Set("y", 2); return 3, true })
		assert.Equal(t, 3, b.Get("x"), name)
		assert.Equal(t, 2, b.Get("y"), name)
		b.Update("x", func(old int, ok bool) (int, bool) { b.Clear(); b.Set("z", 1); return 0, false })
		model{{"z", 1}}.is(t, b.Build(), name)
		b.SetAll(m.All())
		n := 0
		b.DeleteFunc(func(k string, _ int) bool {
			n++
			b.Set("during", n)
			return k != "z"
		})
		want := model{{"z", 1}}
		if n > 0 {
			want = append(want, pair{"during", n})
		}
		want.is(t, b.Build(), name)
		assert.Equal(t, max(m.Len(), 0)+1, n, name)
		b.SetAll(func(yield func(string, int) bool) {
			yield("a", 1)
			b.Delete("z")
			yield("b", 2)
		})
		model{{"during", n}, {"a", 1}, {"b", 2}}.is(t, b.Build(), name)
		for k := range b.All() { // sees what was there
			b.Set(k+k, 1)
			b.Delete(k)
		}
		assert.Equal(t, "{duringduring: 1, aa: 1, bb: 1}", b.String(), name)
		b.Clear()
		assert.True(t, b.Build().IsZero())
	}
}

// A fuse is a Hasher that panics when it is told to.
type fuse struct{ boom *bool }

func (m fuse) Hash(h *maphash.Hash, k string) {
	if *m.boom {
		panic("boom")
	}
	h.WriteString(k)
}
func (m fuse) Equal(a, b string) bool {
	if *m.boom {
		panic("boom")
	}
	return a == b
}

// TestHasherThatPanics or uses the builder: the builder is as it was.
func TestHasherThatPanics(t *testing.T) {
	for _, n := range []int{3, ordered.FlatCap[string, int](), 60} {
		var boom bool
		b := ordered.NewMap[string, int](fuse{&boom}).Builder()
		b.SetAll(counted(n).All())
		for range 2 {
			for name, do := range map[string]func(){
				"Set": func() { b.Set("x", 1) }, "Delete": func() { b.Delete("k1") }, "MoveToEnd": func() { b.MoveToEnd("k1") },
				"Swap": func() { b.Swap("k1", 7) }, "Get": func() { b.Get("k1") },
				"SetAll": func() { b.SetAll(counted(1).Set("y", 1).All()) },
				"Update whose function changes the builder": func() {
					boom = false
					b.Update("k1", func(int, bool) (int, bool) { b.Set("x", 1); b.Delete("k0"); boom = true; return 7, true })
				},
			} {
				boom = true
				assert.PanicsWithValue(t, "boom", do, name)
				boom = false
				assert.Equal(t, slices.Collect(counted(n).Keys()), slices.Collect(b.Keys()), name)
			}
			b.Build()
		}
	}
	own := &asking{}
	own.b = ordered.NewMap[string, int](own).Builder()
	own.b.Set("a", 1)
	own.on = true
	assert.PanicsWithValue(t, "ordered: a builder is used while it asks its Hasher: by that, or by a second goroutine", func() { own.b.Set("b", 1) })
	own.on = false
	assert.Equal(t, 1, own.b.Len())
}

// asking is a Hasher that uses the builder it is asked by.
type asking struct {
	b  *builder
	on bool
}

func (a *asking) Hash(h *maphash.Hash, k string) { h.WriteString(k) }
func (a *asking) Equal(x, y string) bool {
	if a.on {
		a.b.Set("c", 1)
	}
	return x == y
}

// TestNilFunctions panic at the call, and positions out of range with the bounds.
func TestNilFunctions(t *testing.T) {
	m := counted(3)
	b := m.Builder()
	var (
		seq  iter.Seq2[string, int]
		pred func(string, int) bool
		both func(string, int, int) int
		eq   func(a, b int) bool
	)
	for name, do := range map[string]func(){
		"CollectMap": func() { ordered.CollectMap(seq) }, "SetAll": func() { m.SetAll(seq) }, "Update": func() { m.Update("a", nil) },
		"Filter": func() { m.Filter(pred) }, "DeleteFunc": func() { m.DeleteFunc(pred) }, "Partition": func() { m.Partition(pred) },
		"UnionFunc": func() { m.UnionFunc(m, both) }, "JoinFunc": func() { ordered.JoinFunc(m, m, both) },
		"IntersectionFunc": func() { m.IntersectionFunc(m, both) }, "EqualFunc": func() { ordered.EqualFunc(m, m, eq) },
		"EqualAnyOrderFunc": func() { ordered.EqualAnyOrderFunc(m, m, eq) }, "DiffFunc": func() { ordered.DiffFunc(m, m, eq) },
		"MergeFunc": func() { ordered.MergeFunc(m, m, m, eq, nil) }, "Apply": func() { ordered.Apply(m, nil) }, "TryApply": func() { ordered.TryApply(m, nil) },
		"TryApplyFunc": func() { ordered.TryApplyFunc(m, noChanges, nil) }, "SetIfChangedFunc": func() { ordered.SetIfChangedFunc(m, "a", 1, nil) },
		"UpdateIfChanged": func() { ordered.UpdateIfChanged(m, "a", nil) }, "MapValues": func() { ordered.MapValues[string, int, int](m, nil) },
	} {
		assert.PanicsWithValue(t, "ordered: "+name+" of a nil function", do)
	}
	for _, do := range []func(){func() { b.SetAll(nil) }, func() { b.Update("a", nil) }, func() { b.DeleteFunc(nil) }} {
		assert.Panics(t, do)
	}
	for _, i := range []int{-1, 3, 1 << 30} {
		assert.Panics(t, func() { m.At(i) })
		assert.Panics(t, func() { b.At(i) })
	}
	assert.PanicsWithValue(t, "ordered: index 3 out of range [0:3]", func() { m.At(3) })
	c := m.Cursor()
	assert.PanicsWithValue(t, "ordered: index 4 out of range [0:3]", func() { c.Seek(4) })
	assert.PanicsWithValue(t, "ordered: index -1 out of range [0:3]", func() { c.Seek(-1) })
	_, _, ok := new(builder).First()
	assert.False(t, ok)
	_, _, ok = new(builder).Last()
	assert.False(t, ok)
}

// TestCursors go where they are told.
func TestCursors(t *testing.T) {
	for name, m := range shapes() {
		want := slices.Collect(m.Keys())
		c := m.Cursor()
		for i := range len(want) + 1 {
			c.Seek(i)
			k, _, ok := c.Next()
			require.True(t, ok == (i < len(want)) && (!ok || k == want[i]), name)
			c.Seek(i)
			at := c // a copy
			k, _, ok = c.Prev()
			require.True(t, ok == (i > 0) && (!ok || k == want[i-1]), name)
			k, _, ok = at.Next()
			require.True(t, ok == (i < len(want)) && (!ok || k == want[i]), name)
		}
		c.Seek(len(want))
		for i := len(want) - 1; i >= 0; i-- {
			k, v, ok := c.Prev()
			require.True(t, ok && k == want[i] && v == m.Get(k), name)
		}
		_, _, ok := c.Prev()
		require.False(t, ok)
	}
	var c ordered.Cursor[string, int]
	_, _, ok := c.Next()
	assert.False(t, ok)
	for range counted(60).Backward() {
		break
	}
	for range counted(2).Backward() {
		break
	}
	for range counted(60).Keys() {
		break
	}
	for range counted(60).Builder().Backward() {
		break
	}
	assert.Equal(t, 60*59/2, sumOf(counted(60).Builder().Values()))
}

func sumOf(seq iter.Seq[int]) (sum int) {
	for v := range seq {
		sum += v
	}
	return sum
}

// TestVersionsInManyGoroutines are read and changed without locks.
func TestVersionsInManyGoroutines(t *testing.T) {
	for _, n := range []int{5, 200} {
		m := counted(n)
		var wg sync.WaitGroup
		for g := range 8 {
			wg.Go(func() {
				k := "k" + string(rune('0'+g%5))
				for i := range 200 {
					x := m.Set(k, -i).MoveToEnd(k).Set("own", i)
					b := m.Builder()
					b.Delete(k)
					if x.Get(k) != -i || b.Build().Contains(k) || m.Get(k) != g%5 || ordered.Equal(x, m) || sumOf(m.Values()) != n*(n-1)/2 {
						t.Error("a version changed")
						return
					}
				}
			})
		}
		wg.Wait()
	}
}

// TestCheck finds what is broken.
func TestCheck(t *testing.T) {
	if ordered.FlatCap[string, int]() < 5 {
		t.Skip("the lengths are those of the usual forms")
	}
	for name, bad := range map[string]interface{ Check() error }{
		"no entries": omap{}.WithLength(3), "entries of an empty map": counted(3).WithLength(0), "a wrong length": counted(60).WithLength(61),
		"a key twice": counted(3).Repeated(), "a wrong place": counted(60).Misplaced(), "no place": counted(60).Unindexed(),
	} {
		assert.ErrorContains(t, bad.Check(), "invariant", name)
	}
	assert.Panics(t, counted(3).Repeated().Verify)
}
