package hamt_test

import (
	"hash/maphash"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
)

// kind tries distinct keys of one type in a map and in a builder, against a built-in map. It uses
// few methods, for each type that it is used with makes the compiler repeat what they call.
func kind[K comparable](t *testing.T, keys ...K) {
	t.Run(reflect.TypeFor[K]().String(), func(t *testing.T) {
		var m hamt.Map[K, int]
		var b hamt.MapBuilder[K, int]
		want := map[K]int{}
		for i, k := range keys {
			_, there := want[k]
			require.False(t, there, "%v twice: the test is wrong", k)
			require.False(t, m.Contains(k) || b.Contains(k), "%v", k)
			old := m
			m = m.Set(k, i)
			require.True(t, b.Set(k, i))
			require.False(t, b.Set(k, i))
			require.False(t, old.Contains(k), "%v", k)
			want[k] = i
		}
		sameMap(t, want, m)
		sameMap(t, want, b.Build())
		require.True(t, hamt.SameShape(m, b.Build()))
		for i, k := range keys {
			v, ok := m.Lookup(k)
			require.True(t, ok && v == i && m.Get(k) == i)
			if i%2 == 0 {
				m = m.Delete(k)
				require.True(t, b.Delete(k))
				delete(want, k)
			}
		}
		sameMap(t, want, m)
		sameMap(t, want, b.Build())
	})
}

type (
	myInt  int
	nested struct {
		a any
		b [2]string
		f float32
		c complex128
	}
)

// The other kinds of keys, and sizes of values, are in kinds_test.go.
func TestKeys(t *testing.T) {
	kind(t, 0, 1, -1, 2, 60, 1<<20, -1<<20)
	kind(t, "", "a", "b", "ab", "\x00", "\x00\x00", strings.Repeat("x", 1<<16), "ä", "\xff")
	kind(t, nested{}, nested{a: 1}, nested{a: "1"}, nested{b: [2]string{"", "x"}}, nested{f: 2}, nested{c: 1i}, nested{c: 1}, nested{a: nested{}})
	kind[any](t, nil, 0, int8(0), uint8(0), "", "0", 0.5, false, struct{}{}, [0]int{}, [1]any{nil}, (*int)(nil), (*string)(nil), new(int), myInt(0), make(chan int), (chan int)(nil), 0i, 1i, complex64(0), uintptr(0), [2]string{}, [2]string{"", "a"}, nested{})
}

func TestZeroValuesArePresent(t *testing.T) {
	m := hamt.Map[any, any]{}.Set(nil, nil)
	v, ok := m.Lookup(nil)
	assert.True(t, ok && v == nil && m.Contains(nil))
	assert.Equal(t, 1, m.Len())
	assert.True(t, hamt.SetIfChanged(m, nil, nil) == m)
	assert.Zero(t, m.Delete(nil).Len())
	m.Update(nil, func(old any, ok bool) (any, bool) {
		assert.True(t, ok && old == nil)
		return nil, true
	})
	c := slices.Collect(hamt.Diff(hamt.Map[any, any]{}, m))
	assert.Equal(t, []diff.Change[any, any]{{Kind: diff.Added}}, c)

	var p hamt.Map[*heavy, *heavy]
	p = p.Set(nil, nil)
	_, ok = p.Lookup(nil)
	assert.True(t, ok)
	theirs := &heavy{ID: 7}
	merged, conflicts := hamt.Merge(p, p.Delete(nil), p.Set(nil, theirs))
	assert.Zero(t, merged.Len())
	assert.Equal(t, []diff.Conflict[*heavy, *heavy]{{Theirs: theirs, InBase: true, InTheirs: true}}, conflicts)
}

// TestUncomparableKeysPanic: in every method, on an empty map too, and nothing changes.
func TestUncomparableKeysPanic(t *testing.T) {
	for _, bad := range []any{[]int{1}, map[int]int{}, func() {}, [1]any{[]int{}}, struct{ x any }{[]int{}}} {
		for _, n := range []int{0, 1, 3*hamt.LeafMax + 1} {
			want := map[any]int{}
			for i := range n {
				want[i] = i
			}
			m := hamt.CollectMap(hamt.MapOf(want).All())
			s := hamt.CollectSet(m.Keys())
			b, sb := m.Builder(), s.Builder()
			for name, do := range map[string]func(){
				"Get":              func() { m.Get(bad) },
				"Lookup":           func() { m.Lookup(bad) },
				"Contains":         func() { m.Contains(bad) },
				"Set":              func() { m.Set(bad, 1) },
				"SetIfChanged":     func() { hamt.SetIfChanged(m, bad, 1) },
				"Delete":           func() { m.Delete(bad) },
				"DeleteAll":        func() { m.DeleteAll(5, bad) },
				"SetIfChangedFunc": func() { hamt.SetIfChangedFunc(m, bad, 1, func(int, int) bool { return false }) },
				"UpdateIfChanged":  func() { hamt.UpdateIfChanged(m, bad, func(int) int { t.Error("called"); return 0 }) },
				"Update":           func() { m.Update(bad, func(int, bool) (int, bool) { t.Error("called"); return 0, true }) },
				"SetAll":           func() { m.SetAll(func(yield func(any, int) bool) { yield(5, 5); yield(bad, 1) }) },
				"CollectMap":       func() { hamt.CollectMap(func(yield func(any, int) bool) { yield(bad, 1) }) },
				"SetOf":            func() { hamt.SetOf(bad) },
				"Apply":            func() { hamt.Apply(m, slices.Values([]diff.Change[any, int]{{Kind: diff.Removed, Key: bad}})) },
				"Set.Add":          func() { s.Add(bad) },
				"Set.Add of two":   func() { s.Add(5, bad) },
				"Set.AddAll":       func() { s.AddAll(slices.Values([]any{5, bad})) },
				"Set.Replace":      func() { s.Replace(bad) },
				"Set.Lookup":       func() { s.Lookup(bad) },
				"Set.Delete":       func() { s.Delete(bad) },
				"Set.Contains":     func() { s.Contains(bad) },
				"builder Get":      func() { b.Get(bad) },
				"builder Lookup":   func() { b.Lookup(bad) },
				"builder Contains": func() { b.Contains(bad) },
				"builder Set":      func() { b.Set(bad, 1) },
				"builder Delete":   func() { b.Delete(bad) },
				"builder Swap":     func() { b.Swap(bad, 1) },
				"builder Take":     func() { b.Take(bad) },
				"builder Update":   func() { b.Update(bad, func(int, bool) (int, bool) { t.Error("called"); return 0, true }) },
				"builder SetAll":   func() { b.SetAll(func(yield func(any, int) bool) { yield(-5, 5); yield(1, 9); yield(bad, 1) }) },
				"set builder Add":  func() { sb.Add(bad) },
				"set builder more": func() { sb.AddAll(slices.Values([]any{5, -5, bad})) },
				"set builder Look": func() { sb.Lookup(bad) },
				"set builder Repl": func() { sb.Replace(bad) },
				"set builder Del":  func() { sb.Delete(bad) },
				"set builder Has":  func() { sb.Contains(bad) },
			} {
				assert.Panics(t, do, "%s of %T on %d", name, bad, n)
			}
			sameMap(t, want, m)
			require.NoError(t, hamt.CheckBuilder(b))
			sameMap(t, want, b.Build())
			assert.True(t, b.Build() == m, "nothing has changed")
			assert.True(t, sb.Build() == s, "nothing has changed")
		}
	}
}

func valuesOfSize[V comparable](t *testing.T, value func(int) V) {
	want := map[int]V{}
	m := hamt.Map[int, V]{}
	var b hamt.MapBuilder[int, V]
	for k := range 3*hamt.LeafMax + 2 {
		want[k] = value(k)
		m = m.Set(k, value(k))
		b.Set(k, value(k))
	}
	sameMap(t, want, m)
	sameMap(t, want, b.Build())
	sameMap(t, want, hamt.MapOf(want))
	sameMap(t, want, m.Union(m.Filter(func(k int, _ V) bool { return k%2 == 0 })))
	// To and from values of another size, with which the leaves may hold more or fewer.
	small := hamt.MapValues(m, func(k int, _ V) int { return k })
	require.NoError(t, hamt.Check(small))
	require.Equal(t, m.Len(), small.Len())
	sameMap(t, want, hamt.MapValues(small, func(k, _ int) V { return value(k) }))
	assert.True(t, hamt.EqualFunc(m, small, func(v V, i int) bool { return v == value(i) }))
	assert.True(t, hamt.EqualFunc(small, m, func(i int, v V) bool { return v == value(i) }))
	assert.False(t, hamt.EqualFunc(m, small.Set(3, 4), func(v V, i int) bool { return v == value(i) }) && value(3) != value(4))
	assert.False(t, hamt.EqualFunc(m, small.Delete(3).Set(-3, 3), func(V, int) bool { return true }))
	for k := range want {
		m = m.Delete(k)
		require.NoError(t, hamt.Check(m))
	}
	assert.True(t, m == hamt.Map[int, V]{})
}

func TestValuesOfNoneAndManyBytes(t *testing.T) {
	valuesOfSize(t, func(int) struct{} { return struct{}{} })
	valuesOfSize(t, func(i int) [1024]byte { return [1024]byte{1023: byte(i)} })
}

// caseless takes strings for equal that differ in the case of letters only.
type caseless struct{}

func (caseless) Hash(h *maphash.Hash, s string) { h.WriteString(strings.ToLower(s)) }
func (caseless) Equal(a, b string) bool         { return strings.EqualFold(a, b) }

// TestReceiversKeyStays: of equal keys that can be told apart, the receiver's instance stays,
// and no other comes in by the way.
func TestReceiversKeyStays(t *testing.T) {
	for _, h := range []hamt.Hasher[string]{caseless{}, constantCaseless{}} {
		for _, n := range []int{1, hamt.LeafMax, 2*hamt.LeafMax + 1} {
			receiversKeyStays(t, h, n)
		}
	}
}

type constantCaseless struct{ caseless }

func (constantCaseless) Sum64(maphash.Seed, string) uint64 { return 0 }

// chain yields the entries of two maps, one after the other.
func chain[K comparable, V any](a, b hamt.Map[K, V]) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		a.All()(yield)
		b.All()(yield)
	}
}

func receiversKeyStays(t *testing.T, h hamt.Hasher[string], n int) {
	empty := hamt.NewMap[string, int](h)
	lower, upper, more := empty, empty, empty
	for i := range n {
		lower = lower.Set("k"+stringKey(i), i)
		upper = upper.Set("K"+strings.ToUpper(stringKey(i)), -i)
	}
	more = upper.Set("X", 1)
	for i := range 2 * hamt.LeafMax {
		more = more.Set("X"+strings.ToUpper(stringKey(i)), i)
	}
	part := lower.Filter(func(_ string, v int) bool { return v%3 == 0 })
	set := lower.Builder()
	for k, v := range upper.All() {
		assert.False(t, set.Set(k, v))
	}
	setAll := lower.Builder()
	setAll.SetAll(upper.All())
	update := lower
	for k := range upper.Keys() {
		update = update.Update(k, func(old int, ok bool) (int, bool) { assert.True(t, ok); return old, true })
	}
	merged, _ := hamt.Merge(lower, lower, upper)
	lowerSet := hamt.NewSet[string](h).Builder()
	for k := range lower.Keys() {
		lowerSet.Add(k)
	}
	ls := lowerSet.Build()
	for k := range upper.Keys() {
		assert.False(t, lowerSet.Add(k))
	}
	us := hamt.NewSet[string](h)
	for k := range more.Keys() {
		us = us.Add(k)
	}
	for name, keys := range map[string][]string{
		"Set":                     slices.Collect(lower.Set("KKEY 0", 5).Keys()),
		"SetIfChanged":            slices.Collect(hamt.SetIfChanged(lower, "KKEY 0", 5).Keys()),
		"Update":                  slices.Collect(update.Keys()),
		"SetAll":                  slices.Collect(lower.SetAll(upper.All()).Keys()),
		"SetAll of empty":         slices.Collect(empty.SetAll(chain(lower, upper)).Keys()),
		"builder Set":             slices.Collect(set.Build().Keys()),
		"builder SetAll":          slices.Collect(setAll.Build().Keys()),
		"Union":                   slices.Collect(lower.Union(upper).Keys()),
		"Union with more":         slices.Collect(lower.Union(more).Keys()),
		"UnionFunc":               slices.Collect(lower.UnionFunc(more, func(k string, a, b int) int { assert.Equal(t, byte('k'), k[0]); return a + b }).Keys()),
		"Intersection":            slices.Collect(lower.Intersection(more).Keys()),
		"Intersection of part":    slices.Collect(part.Intersection(upper).Keys()),
		"Difference":              slices.Collect(lower.Difference(upper.Filter(func(_ string, v int) bool { return v%2 == 0 })).Keys()),
		"Restrict":                slices.Collect(lower.Restrict(us).Keys()),
		"IntersectionFunc":        slices.Collect(lower.IntersectionFunc(more, func(_ string, a, b int) int { return a + b }).Keys()),
		"JoinFunc":                slices.Collect(hamt.JoinFunc(lower, more, func(_ string, a, b int) int { return max(a, b) }).Keys()),
		"SetIfChangedFunc":        slices.Collect(hamt.SetIfChangedFunc(lower, "KKEY 0", 5, func(a, b int) bool { return false }).Keys()),
		"UpdateIfChanged":         slices.Collect(hamt.UpdateIfChanged(lower, "KKEY 0", func(v int) int { return v + 1 }).Keys()),
		"Merge":                   slices.Collect(merged.Keys()),
		"Apply":                   slices.Collect(hamt.Apply(lower, hamt.Diff(empty, upper)).Keys()),
		"set Add":                 slices.Collect(ls.Add("KKEY 0").All()),
		"set AddAll":              slices.Collect(ls.AddAll(us.All()).All()),
		"set builder":             slices.Collect(lowerSet.Build().All()),
		"set Union":               slices.Collect(ls.Union(us).All()),
		"set Intersection":        slices.Collect(ls.Intersection(us).All()),
		"set SymmetricDifference": slices.Collect(ls.SymmetricDifference(us).All()),
	} {
		for _, k := range keys {
			assert.False(t, k[0] == 'K', "%s, %d keys: %q has come in", name, n, k)
		}
	}
	assert.Equal(t, n, lower.Union(upper).Len())
	for k, v := range lower.Union(more).All() {
		assert.True(t, k[0] == 'X' || v <= 0, "Union takes the other's value")
	}
	for c := range hamt.Diff(lower, upper) {
		assert.Equal(t, byte('k'), c.Key[0], "Diff has from's instance")
	}
}
