package property_test

import (
	"iter"
	"maps"
	"slices"
	"testing"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/transient"
)

func TestMapLaws(t *testing.T) {
	quick(t).everywhere(t, mapLaws(hashMaps[int]()), mapLaws(hashMaps[string]()), mapLaws(hashMaps[pair]()), mapLaws(hashMaps[float64]()))
}

// mapLaws are about one map: reading, writing, deriving, and how it came about.
func mapLaws[K comparable, M testkit.Map[K, value, M, B], B testkit.Builder[K, value, M]](pkg mapKind[K, M, B]) []law {
	return []law{
		{"Lookup finds what Set stored", func(m M, k K, v value) bool {
			got, ok := m.Set(k, v).Lookup(k)
			return ok && got == v
		}},
		{"Set changes no other key", func(m M, k K, v value) bool {
			want := contents(m)
			want[k] = v
			return maps.Equal(contents(m.Set(k, v)), want)
		}},
		{"the later Set of a key wins", func(m M, k K, v, w value) bool {
			return pkg.Equal(m.Set(k, v).Set(k, w), m.Set(k, w))
		}},
		{"Sets of distinct keys commute", func(m M, j, k K, v, w value) bool {
			return j == k || pkg.Equal(m.Set(j, v).Set(k, w), m.Set(k, w).Set(j, v))
		}},
		{"Get, Contains and Lookup agree", func(m M, keys []Entry[K, value]) bool {
			for _, e := range keys {
				v, ok := m.Lookup(e.Key)
				if m.Get(e.Key) != v || m.Contains(e.Key) != ok || !ok && v != 0 {
					return false
				}
			}
			return true
		}},
		{"Len counts the keys", func(m M, k K, v value) bool {
			n := m.Len()
			if m.Contains(k) {
				return m.Set(k, v).Len() == n && m.Delete(k).Len() == n-1
			}
			return m.Set(k, v).Len() == n+1 && m.Delete(k).Len() == n
		}},

		{"Delete removes its key only", func(m M, k K) bool {
			want := contents(m)
			delete(want, k)
			return maps.Equal(contents(m.Delete(k)), want) && !m.Delete(k).Contains(k)
		}},
		{"Delete undoes Set of an absent key", func(m M, k K, v value) bool {
			m = m.Delete(k)
			return pkg.Equal(m.Set(k, v).Delete(k), m)
		}},
		{"Set undoes Delete of a present key", func(m M) bool {
			for k, v := range m.All() {
				if !pkg.Equal(m.Delete(k).Set(k, v), m) {
					return false
				}
			}
			return true
		}},
		{"Deletes commute", func(m M, j, k K) bool {
			return pkg.Equal(m.Delete(j).Delete(k), m.Delete(k).Delete(j))
		}},
		{"deleting every key leaves nothing", func(m M) bool {
			rest := m
			for k := range m.All() {
				rest = rest.Delete(k)
			}
			return rest.Len() == 0 && isEmpty(rest.All()) && pkg.Equal(rest, *new(M))
		}},

		{"what changes nothing returns its receiver", func(m M, k K) bool {
			absent, nothing := m.Delete(k), never(m)
			return absent.Delete(k) == absent &&
				absent.Update(k, func(value, bool) (value, bool) { return 1, false }) == absent &&
				m.SetAll(nothing.All()) == m &&
				m.Filter(func(K, value) bool { return true }) == m &&
				m.Union(nothing) == m && m.Union(m) == m &&
				m.Intersection(m) == m && m.Difference(nothing) == m &&
				absent.Difference(nothing.Set(k, 1)) == absent &&
				m.Builder().Build() == m &&
				transient.Update(absent, func(b B) { b.Delete(k) }) == absent &&
				pkg.Apply(m, pkg.Diff(m, m)) == m
		}},
		{"SetIfChanged is Set, or its receiver", func(m M, k K, v value) bool {
			got := pkg.SetIfChanged(m, k, v)
			old, ok := m.Lookup(k)
			return pkg.Equal(got, m.Set(k, v)) && (got == m) == (ok && old == v)
		}},
		{"Update is Lookup, then Set or Delete", func(m M, k K, v value, keep bool) bool {
			want := m.Delete(k)
			if keep {
				want = m.Set(k, v)
			}
			calls := 0
			got := m.Update(k, func(old value, ok bool) (value, bool) {
				calls++
				was, present := m.Lookup(k)
				return v, keep && old == was && ok == present
			})
			return calls == 1 && pkg.Equal(got, want)
		}},
		{"SetAll is a fold of Set", func(m M, entries []Entry[K, value]) bool {
			want := m
			for k, v := range Pairs(entries) {
				want = want.Set(k, v)
			}
			return pkg.Equal(m.SetAll(Pairs(entries)), want)
		}},
		{"CollectMap keeps the last value of a key", func(entries []Entry[K, value]) bool {
			return maps.Equal(contents(pkg.CollectMap(Pairs(entries))), maps.Collect(Pairs(entries)))
		}},
		{"MapOf, CollectMap and All go round", func(m M) bool {
			return pkg.Equal(pkg.MapOf(contents(m)), pkg.CollectMap(m.All())) &&
				pkg.Equal(m, pkg.MapOf(contents(m)))
		}},

		{"Filter divides a map in two", func(m M, limit value) bool {
			above := func(_ K, v value) bool { return v > limit }
			yes := m.Filter(above)
			no := m.Filter(func(k K, v value) bool { return !above(k, v) })
			for _, v := range yes.All() {
				if v <= limit {
					return false
				}
			}
			return yes.Intersection(no).Len() == 0 && yes.Len()+no.Len() == m.Len() && pkg.Equal(yes.Union(no), m)
		}},
		{"Filters fuse", func(m M, low, high value) bool {
			above := func(_ K, v value) bool { return v > low }
			below := func(_ K, v value) bool { return v < high }
			both := m.Filter(func(k K, v value) bool { return above(k, v) && below(k, v) })
			return pkg.Equal(m.Filter(above).Filter(below), both) && pkg.Equal(m.Filter(below).Filter(above), both)
		}},
		{"MapValues of the identity is the identity", func(m M) bool {
			return pkg.Equal(pkg.MapValues(m, func(_ K, v value) value { return v }), m)
		}},
		{"MapValues of a composition is a composition", func(m M) bool {
			f := func(_ K, v value) value { return v + 2 }
			g := func(_ K, v value) value { return v * v }
			fused := pkg.MapValues(m, func(k K, v value) value { return g(k, f(k, v)) })
			return pkg.Equal(pkg.MapValues(pkg.MapValues(m, f), g), fused)
		}},
		{"MapValues commutes with Set and Delete", func(m M, j, k K, v value) bool {
			f := func(_ K, v value) value { return 9 - v }
			return pkg.Equal(pkg.MapValues(m.Set(k, v).Delete(j), f), pkg.MapValues(m, f).Set(k, f(k, v)).Delete(j))
		}},

		{"Keys and Values go along with All", func(m M) bool {
			var keys []K
			var values []value
			for k, v := range m.All() {
				keys, values = append(keys, k), append(values, v)
				if got, ok := m.Lookup(k); !ok || got != v {
					return false
				}
			}
			return len(keys) == m.Len() && len(contents(m)) == m.Len() &&
				slices.Equal(keys, slices.Collect(m.Keys())) && slices.Equal(values, slices.Collect(m.Values()))
		}},
		{"iterators can be left, nested and used again", func(m M, n value) bool {
			return testkit.Exercise(m.All(), int(n), m.Len()) == nil
		}},

		{"the order of insertion does not matter", func(m M, by value) bool {
			entries := slices.Collect(entriesOf(m))
			empty := never(m)
			slices.Reverse(entries)
			backward := empty.SetAll(Pairs(entries))
			at := int(by) * len(entries) / 5
			rotated := empty.SetAll(Pairs(slices.Concat(entries[at:], entries[:at])))
			return pkg.Equal(m, backward) && pkg.Equal(rotated, m) && noChange(pkg.Diff(backward, rotated))
		}},
		{"detours do not matter", func(m M, edits []Edit[K, value]) bool {
			there := apply(m, edits)
			back := there
			for _, e := range edits {
				if v, ok := m.Lookup(e.Key); ok {
					back = back.Set(e.Key, v)
				} else {
					back = back.Delete(e.Key)
				}
			}
			return pkg.Equal(back, m) && noChange(pkg.Diff(m, back)) && back.Union(m).Len() == m.Len()
		}},
		{"the hasher or the order does not matter", func(m M, edits []Edit[K, value]) bool {
			want := contents(apply(m, edits))
			for _, empty := range pkg.Others() {
				other := empty.SetAll(m.All())
				if !maps.Equal(contents(apply(other, edits)), want) || !pkg.Equal(m, other) || !pkg.Equal(other, m) {
					return false
				}
			}
			return true
		}},
		{"no operation changes its operands", func(vs VersionsOf[M, K, value], k K, v value) bool {
			all := []M{vs.Base, vs.Ours, vs.Theirs}
			var before []map[K]value
			for _, m := range all {
				before = append(before, contents(m))
			}
			for _, m := range all {
				operate(pkg, m, vs.Base, vs.Theirs, k, v)
			}
			for i, m := range all {
				if !maps.Equal(contents(m), before[i]) || testkit.Compare(m, before[i]) != nil {
					return false
				}
			}
			return true
		}},
	}
}

// operate calls everything that makes another version of m.
func operate[K comparable, M testkit.Map[K, value, M, B], B testkit.Builder[K, value, M]](pkg mapKind[K, M, B], m, a, b M, k K, v value) {
	m.Set(k, v)
	m.Delete(k)
	m.Update(k, func(value, bool) (value, bool) { return v, v > 2 })
	m.SetAll(a.All())
	m.Filter(func(_ K, w value) bool { return w != v })
	m.Union(a)
	m.UnionFunc(b, func(_ K, x, y value) value { return x + y })
	m.Intersection(a)
	m.Difference(b)
	pkg.MapValues(m, func(K, value) value { return v })
	pkg.Merge(a, m, b)
	pkg.Apply(m, pkg.Diff(a, b))
	builder := m.Builder()
	for k, w := range a.All() {
		if w > v {
			builder.Set(k, v)
		} else {
			builder.Delete(k)
		}
	}
	builder.Build()
	builder.SetAll(b.All())
	builder.DeleteFunc(func(_ K, w value) bool { return w == v })
	builder.Clear()
}

// apply makes the edits one by one.
func apply[K comparable, M testkit.Map[K, value, M, B], B any](m M, edits []Edit[K, value]) M {
	for _, e := range edits {
		if e.Delete {
			m = m.Delete(e.Key)
		} else {
			m = m.Set(e.Key, e.Value)
		}
	}
	return m
}

// never returns the empty map that has m's hasher or order.
func never[K any, M interface{ Filter(func(K, value) bool) M }](m M) M {
	return m.Filter(func(K, value) bool { return false })
}

func entriesOf[K, V any](m interface{ All() iter.Seq2[K, V] }) iter.Seq[Entry[K, V]] {
	return func(yield func(Entry[K, V]) bool) {
		for k, v := range m.All() {
			if !yield(Entry[K, V]{k, v}) {
				return
			}
		}
	}
}

func isEmpty[K, V any](seq iter.Seq2[K, V]) bool {
	for range seq {
		return false
	}
	return true
}

func noChange[K, V any](seq iter.Seq[diff.Change[K, V]]) bool {
	for range seq {
		return false
	}
	return true
}
