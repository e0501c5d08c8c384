package hamt_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// A deed is something that a function passed to a builder's method does to that builder, and
// to the model of it.
type deed struct {
	name string
	do   func(b *hamt.MapBuilder[int, int], model map[int]int, built *[]built)
}

// built is a version that a deed built, and what it has to contain for ever.
type built struct {
	m     hamt.Map[int, int]
	model map[int]int
}

// deeds returns what can be done to a builder of the keys below n.
func deeds(k, n int) []deed {
	type builder = *hamt.MapBuilder[int, int]
	return []deed{
		{"nothing", func(builder, map[int]int, *[]built) {}},
		{"read", func(b builder, model map[int]int, _ *[]built) { _, _ = b.Get(k), b.Len() }},
		{"set the same key", func(b builder, model map[int]int, _ *[]built) { b.Set(k, 100); model[k] = 100 }},
		{"set another key", func(b builder, model map[int]int, _ *[]built) { b.Set(n+1, 100); model[n+1] = 100 }},
		{"set many", func(b builder, model map[int]int, _ *[]built) {
			for i := range 3 * hamt.LeafMax {
				b.Set(n+i, i)
				model[n+i] = i
			}
		}},
		{"delete the same key", func(b builder, model map[int]int, _ *[]built) { b.Delete(k); delete(model, k) }},
		{"delete others", func(b builder, model map[int]int, _ *[]built) {
			for i := 0; i < n; i += 2 {
				b.Delete(i)
				delete(model, i)
			}
		}},
		{"clear", func(b builder, model map[int]int, _ *[]built) { b.Clear(); clear(model) }},
		{"clear and set", func(b builder, model map[int]int, _ *[]built) {
			b.Clear()
			clear(model)
			b.Set(k, 7)
			model[k] = 7
		}},
		{"build", func(b builder, model map[int]int, bs *[]built) {
			*bs = append(*bs, built{b.Build(), maps.Clone(model)})
		}},
		{"set and build", func(b builder, model map[int]int, bs *[]built) {
			b.Set(n+2, 3)
			model[n+2] = 3
			*bs = append(*bs, built{b.Build(), maps.Clone(model)})
		}},
		{"range", func(b builder, model map[int]int, _ *[]built) {
			for i := range b.Keys() {
				b.Delete(i)
				delete(model, i)
				break
			}
		}},
		{"update the same key", func(b builder, model map[int]int, _ *[]built) {
			b.Update(k, func(old int, _ bool) (int, bool) { return old + 1, true })
			model[k]++
		}},
		{"drop the same key", func(b builder, model map[int]int, _ *[]built) {
			b.Update(k, func(int, bool) (int, bool) { return 0, false })
			delete(model, k)
		}},
		{"DeleteFunc", func(b builder, model map[int]int, _ *[]built) {
			odd := func(k, _ int) bool { return k%2 == 1 }
			b.DeleteFunc(odd)
			maps.DeleteFunc(model, odd)
		}},
		{"DeleteFunc of all", func(b builder, model map[int]int, _ *[]built) {
			b.DeleteFunc(func(int, int) bool { return true })
			clear(model)
		}},
		{"SetAll", func(b builder, model map[int]int, _ *[]built) {
			b.SetAll(testkit.Zip([]int{k, n + 5, n + 6}, []int{1, 2, 3}))
			model[k], model[n+5], model[n+6] = 1, 2, 3
		}},
		{"a SetAll that panics", func(b builder, model map[int]int, _ *[]built) {
			defer func() { _ = recover() }()
			b.SetAll(func(yield func(int, int) bool) { yield(k, -1); panic("stop") })
		}},
		{"an Update that panics", func(b builder, model map[int]int, _ *[]built) {
			defer func() { _ = recover() }()
			b.Update(k, func(int, bool) (int, bool) { panic("stop") })
		}},
	}
}

// TestCallbacksUseTheBuilder: a method's own change comes on top of what its function did.
func TestCallbacksUseTheBuilder(t *testing.T) {
	for _, h := range []testkit.NamedHasher[int]{{Name: "default"}, {Name: "constant", Hasher: testkit.Constant[int]()}, {Name: "last", Hasher: testkit.LastBits[int](3)}} {
		for _, n := range []int{0, 1, hamt.LeafMax, hamt.LeafMax + 1, 4*hamt.LeafMax + 1} {
			for _, k := range []int{0, n - 1, n + 100} {
				for _, d := range deeds(k, n) {
					for _, owned := range []bool{true, false} {
						t.Run(fmt.Sprintf("%s/%d/key %d/%s/owned %t", h.Name, n, k, d.name, owned), func(t *testing.T) {
							r := reentry{t, hamt.NewMap[int, int](h.Hasher), n, k, owned, d}
							r.update(true)
							r.update(false)
							r.deleteFunc()
							r.setAll()
						})
					}
				}
			}
		}
	}
}

type reentry struct {
	t     *testing.T
	empty hamt.Map[int, int]
	n, k  int
	owned bool
	deed
}

// start returns a builder of n entries, which it owns or which are all shared.
func (r *reentry) start() (*hamt.MapBuilder[int, int], map[int]int) {
	b, model := r.empty.Builder(), map[int]int{}
	for i := range r.n {
		b.Set(i, i)
		model[i] = i
	}
	if !r.owned {
		b.Build()
	}
	return b, model
}

func (r *reentry) end(what string, b *hamt.MapBuilder[int, int], model map[int]int, bs []built) {
	require.NoError(r.t, hamt.CheckBuilder(b), what)
	require.Equal(r.t, len(model), b.Len(), what)
	bs = append(bs, built{b.Build(), maps.Clone(model)})
	b.Set(1, 1)
	b.Delete(2)
	for _, v := range bs {
		sameMap(r.t, v.model, v.m, what)
	}
}

func (r *reentry) update(keep bool) {
	b, model := r.start()
	var bs []built
	b.Update(r.k, func(old int, ok bool) (int, bool) {
		want, in := model[r.k]
		assert.Equal(r.t, in, ok)
		assert.Equal(r.t, want, old)
		r.do(b, model, &bs)
		return 55, keep
	})
	if model[r.k] = 55; !keep {
		delete(model, r.k)
	}
	r.end(fmt.Sprintf("Update, keep %t", keep), b, model, bs)
}

func (r *reentry) deleteFunc() {
	b, model := r.start()
	var bs []built
	calls, at := map[int]int{}, r.n/2
	b.DeleteFunc(func(k, v int) bool {
		assert.Equal(r.t, k, v)
		if calls[k]++; len(calls) == at+1 {
			r.do(b, model, &bs)
		}
		return k%3 == 0
	})
	for k := range r.n {
		assert.Equal(r.t, 1, calls[k], "calls for %d", k)
		if k%3 == 0 {
			delete(model, k)
		}
	}
	assert.Len(r.t, calls, r.n)
	r.end("DeleteFunc", b, model, bs)
}

func (r *reentry) setAll() {
	b, model := r.start()
	var bs []built
	b.SetAll(func(yield func(int, int) bool) {
		for _, k := range []int{r.k, r.n + 40, 1} {
			if !yield(k, 77) {
				return
			}
			model[k] = 77
			r.do(b, model, &bs)
		}
	})
	r.end("SetAll", b, model, bs)
}

// TestVoidLoanIsNotRevived: a function that builds the builder and then recovers from a panic within
// another method of it must not make the builder own what it has built.
func TestVoidLoanIsNotRevived(t *testing.T) {
	type builder = *hamt.MapBuilder[int, int]
	stop := func(do func()) {
		defer func() { _ = recover() }()
		do()
	}
	inner := map[string]func(b builder){
		"Update":     func(b builder) { b.Update(1, func(int, bool) (int, bool) { panic("stop") }) },
		"DeleteFunc": func(b builder) { b.DeleteFunc(func(int, int) bool { panic("stop") }) },
		"SetAll":     func(b builder) { b.SetAll(func(func(int, int) bool) { panic("stop") }) },
	}
	outer := map[string]func(b builder, do func()){
		"Update":     func(b builder, do func()) { b.Update(2, func(old int, ok bool) (int, bool) { do(); return old, ok }) },
		"DeleteFunc": func(b builder, do func()) { b.DeleteFunc(func(int, int) bool { do(); return false }) },
		"SetAll":     func(b builder, do func()) { b.SetAll(func(func(int, int) bool) { do() }) },
	}
	for in, panics := range inner {
		for out, call := range outer {
			var b hamt.MapBuilder[int, int]
			b.Set(1, 1)
			var v hamt.Map[int, int]
			call(&b, func() {
				v = b.Build()
				stop(func() { panics(&b) })
			})
			b.Set(1, 99)
			assert.Equal(t, 1, v.Get(1), "%s panics in %s", in, out)
		}
	}
}

// TestCallbackThatChangesAndPanics: what a function did to the builder before it panicked is
// undone as well, and what it built is not touched.
func TestCallbackThatChangesAndPanics(t *testing.T) {
	const n = 4 * hamt.LeafMax
	for _, custom := range []hamt.Hasher[int]{nil, testkit.Constant[int](), testkit.LastBits[int](3)} {
		for name, call := range map[string]func(b *hamt.MapBuilder[int, int], boom func()){
			"Update": func(b *hamt.MapBuilder[int, int], boom func()) {
				b.Update(0, func(int, bool) (int, bool) { boom(); return 1, true })
			},
			"DeleteFunc": func(b *hamt.MapBuilder[int, int], boom func()) {
				b.DeleteFunc(func(int, int) bool { boom(); return true })
			},
			"SetAll": func(b *hamt.MapBuilder[int, int], boom func()) {
				b.SetAll(func(yield func(int, int) bool) { yield(0, -1); boom() })
			},
		} {
			b := hamt.NewMap[int, int](custom).Builder()
			model := map[int]int{}
			for k := range n {
				b.Set(k, k)
				model[k] = k
			}
			var built hamt.Map[int, int]
			boom := func() {
				b.Set(n, n)
				b.Delete(1)
				built = b.Build()
				b.Set(2, -2)
				panic("boom")
			}
			require.PanicsWithValue(t, "boom", func() { call(b, boom) }, name)
			require.NoError(t, testkit.Compare(b, model), name)
			require.NoError(t, hamt.CheckBuilder(b), name)
			b.Set(3, -3)
			model[3] = -3
			require.NoError(t, testkit.Compare(b, model), name)
			require.Equal(t, []int{n, 2, 3, 0}, []int{built.Get(n), built.Get(2), built.Get(3), built.Get(1)}, name)
		}
	}
}

// TestHasherPanicsAfterCallback: an Update whose Hasher panics after its function has changed the builder changes nothing.
func TestHasherPanicsAfterCallback(t *testing.T) {
	boom := false
	h := hamt.HasherOf(func(k int) uint64 {
		if boom {
			panic("boom")
		}
		return uint64(k)
	}, func(a, b int) bool { return a == b })
	b := hamt.NewMap[int, int](h).Builder()
	model := map[int]int{}
	for k := range 4 * hamt.LeafMax {
		b.Set(k, k)
		model[k] = k
	}
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
		require.NoError(t, testkit.Compare(b, model))
		require.NoError(t, hamt.CheckBuilder(b))
	}
}
