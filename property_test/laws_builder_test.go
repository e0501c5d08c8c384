package property_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/transient"
)

func TestBuilderLaws(t *testing.T) {
	check(t, quick(t), worldsOf[int], builderLaws(hashMaps[int]()))
}

// builderLaws are about MapBuilder: that it does what the map does, and that nothing it
// does reaches a version.
func builderLaws[K comparable, M testkit.Map[K, value, M, B], B testkit.Builder[K, value, M]](pkg mapKind[K, M, B]) []law {
	type edits = []Edit[K, value]
	return []law{
		{"a builder does what the map does", func(m M, es edits) bool {
			b, want := m.Builder(), m
			for _, e := range es {
				had := want.Contains(e.Key)
				want = apply(want, edits{e})
				if changed := edit(b, e); e.Delete && changed != had || !e.Delete && changed == had {
					return false
				}
				v, ok := b.Lookup(e.Key)
				if ok == e.Delete || v != want.Get(e.Key) || b.Get(e.Key) != v || b.Contains(e.Key) != ok || b.Len() != want.Len() {
					return false
				}
			}
			return pkg.Equal(b.Build(), want)
		}},
		{"a builder never changes the map it came from", func(m M, es edits) bool {
			before := contents(m)
			edit(m.Builder(), es...)
			return testkit.Compare(m, before) == nil
		}},
		{"what was built never changes", func(m M, first, second, third edits) bool {
			b := m.Builder()
			var built []M
			var wants []map[K]value
			for _, es := range []edits{first, second, third} {
				edit(b, es...)
				built = append(built, b.Build())
				wants = append(wants, contents(built[len(built)-1]))
			}
			b.Clear()
			for i, want := range wants {
				if testkit.Compare(built[i], want) != nil || !pkg.Equal(built[i], apply(m, slices.Concat([]edits{first, second, third}[:i+1]...))) {
					return false
				}
			}
			return true
		}},
		{"what was built can be changed while the builder goes on", func(m M, es, more edits) bool {
			b := m.Builder()
			edit(b, es...)
			built := b.Build()
			want := contents(built)
			other := built.Builder()
			for i := range max(len(es), len(more)) {
				if i < len(more) {
					edit(b, more[i])
				}
				if i < len(es) {
					edit(other, es[len(es)-1-i])
				}
			}
			return testkit.Compare(built, want) == nil && pkg.Equal(b.Build(), apply(built, more))
		}},
		{"a copy of a builder panics when it is used, and changes nothing", func(m M, before, es, after edits) bool {
			b := m.Builder()
			edit(b, before...)
			c := copyOf(b)
			built := b.Build()
			want := contents(built)
			if !panics(func() { c.Build() }) || !panics(func() { c.Len() }) || !panics(func() { c.Clear() }) {
				return false
			}
			for _, e := range es {
				if !panics(func() { edit(c, e) }) || !panics(func() { c.Lookup(e.Key) }) {
					return false
				}
			}
			edit(b, after...)
			return testkit.Compare(built, want) == nil && pkg.Equal(b.Build(), apply(built, after))
		}},
		{"builders of one version do not meet", func(vs VersionsOf[M, K, value], mine, yours edits) bool {
			a, b := vs.Ours.Builder(), vs.Ours.Builder()
			for i := range max(len(mine), len(yours)) {
				if i < len(mine) {
					edit(a, mine[i])
				}
				if i < len(yours) {
					edit(b, yours[i])
				}
				if i == len(mine)/2 {
					a.Build()
				}
			}
			return pkg.Equal(a.Build(), apply(vs.Ours, mine)) && pkg.Equal(b.Build(), apply(vs.Ours, yours))
		}},
		{"a Build without a change is the same version", func(m M, k K) bool {
			b := m.Builder()
			first := b.Build()
			b.Delete(k)
			second := b.Build()
			b.Update(k, func(value, bool) (value, bool) { return 0, false })
			b.DeleteFunc(func(K, value) bool { return false })
			b.SetAll(maps.All(map[K]value{}))
			return first == m && (second == m) == !m.Contains(k) && b.Build() == second
		}},
		{"transient.Update is Builder and Build", func(m M, es edits) bool {
			return pkg.Equal(transient.Update(m, func(b B) { edit(b, es...) }), apply(m, es))
		}},
		{"a builder's Update is the map's", func(m M, es edits) bool {
			b, want := m.Builder(), m
			for _, e := range es {
				f := func(old value, ok bool) (value, bool) { return old + e.Value, ok != e.Delete }
				b.Update(e.Key, f)
				want = want.Update(e.Key, f)
			}
			return pkg.Equal(b.Build(), want)
		}},
		{"an Update comes on top of what its function does to the builder", func(m M, k K, v value, before, within edits, build bool) bool {
			b := m.Builder()
			edit(b, before...)
			var built M
			b.Update(k, func(value, bool) (value, bool) {
				edit(b, within...)
				if build {
					built = b.Build()
				}
				return v, v > 1
			})
			want := apply(apply(m, before), within)
			if build && !pkg.Equal(built, want) {
				return false
			}
			if v > 1 {
				return pkg.Equal(b.Build(), want.Set(k, v))
			}
			return pkg.Equal(b.Build(), want.Delete(k))
		}},
		{"a DeleteFunc comes on top of what its function does to the builder", func(m M, before, within edits, limit value) bool {
			b := m.Builder()
			edit(b, before...)
			want, first := apply(m, before), true
			deleted := want.Filter(func(_ K, v value) bool { return v > limit })
			b.DeleteFunc(func(_ K, v value) bool {
				if first {
					edit(b, within...)
				}
				first = false
				return v > limit
			})
			if want.Len() > 0 {
				want = apply(want, within)
			}
			return pkg.Equal(b.Build(), want.Difference(deleted))
		}},
		{"a builder's SetAll is the map's", func(vs VersionsOf[M, K, value], es edits) bool {
			b := vs.Ours.Builder()
			edit(b, es...)
			b.SetAll(vs.Theirs.All())
			return pkg.Equal(b.Build(), apply(vs.Ours, es).SetAll(vs.Theirs.All()))
		}},
		{"DeleteFunc is Filter of the others", func(m M, es edits, limit value) bool {
			b := m.Builder()
			edit(b, es...)
			want, calls := apply(m, es), 0
			b.DeleteFunc(func(_ K, v value) bool { calls++; return v > limit })
			return calls == want.Len() && pkg.Equal(b.Build(), want.Filter(func(_ K, v value) bool { return v <= limit }))
		}},
		{"Clear leaves a builder to begin again", func(m M, es edits) bool {
			b := m.Builder()
			edit(b, es...)
			built := b.Build()
			b.Clear()
			if b.Len() != 0 || !isEmpty(b.All()) || b.Build().Len() != 0 {
				return false
			}
			edit(b, es...)
			return pkg.Equal(b.Build(), apply(never(m), es)) && pkg.Equal(built, apply(m, es))
		}},
		{"a range sees the builder as it was when it began", func(m M, es edits) bool {
			b := m.Builder()
			edit(b, es...)
			seq := b.All()
			edit(b, es[:len(es)/2]...)
			want := contents(b.Build())
			got := map[K]value{}
			for k, v := range seq {
				if _, again := got[k]; again {
					return false
				}
				got[k] = v
				b.Delete(k)
				edit(b, es[:min(len(es), 3)]...)
			}
			return maps.Equal(got, want)
		}},
		{"a builder's Keys and Values go along with All", func(m M, es edits) bool {
			b := m.Builder()
			edit(b, es...)
			var keys []K
			var values []value
			for k, v := range b.All() {
				keys, values = append(keys, k), append(values, v)
			}
			return len(keys) == b.Len() && slices.Equal(slices.Collect(b.Keys()), keys) && slices.Equal(slices.Collect(b.Values()), values)
		}},
		{"the zero builder is an empty one", func(es edits) bool {
			b := pkg.NewBuilder()
			if b.Len() != 0 || !isEmpty(b.All()) {
				return false
			}
			edit(b, es...)
			return pkg.Equal(b.Build(), apply(*new(M), es))
		}},
	}
}

// copyOf returns a pointer to a copy of what b points to, as assignment makes it.
func copyOf[B any](b B) B {
	from := reflect.ValueOf(b).Elem()
	to := reflect.New(from.Type())
	to.Elem().Set(from)
	return to.Interface().(B)
}

// panics reports whether do does.
func panics(do func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	do()
	return false
}

// edit makes the edits and reports whether the last one's key came or went.
func edit[K comparable](b interface {
	Set(K, value) bool
	Delete(K) bool
}, edits ...Edit[K, value]) (changed bool) {
	for _, e := range edits {
		if e.Delete {
			changed = b.Delete(e.Key)
		} else {
			changed = b.Set(e.Key, e.Value)
		}
	}
	return changed
}
