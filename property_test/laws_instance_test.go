package property_test

import (
	"hash/maphash"
	"maps"
	"slices"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// A label is a key of which only the name counts: instances of equal labels can be told
// apart by their marks.
type label struct{ Name, Mark int }

// byName is a hasher of labels, on top of one of names.
type byName struct{ testkit.Summer[int] }

func (h byName) Hash(mh *maphash.Hash, l label)          { h.Summer.Hash(mh, l.Name) }
func (h byName) Equal(a, b label) bool                   { return h.Summer.Equal(a.Name, b.Name) }
func (h byName) Sum64(seed maphash.Seed, l label) uint64 { return h.Summer.Sum64(seed, l.Name) }
func marks(m hamt.Map[label, value]) map[int]int         { return marksOf(m.Keys()) }
func marksOf(labels func(yield func(label) bool)) map[int]int {
	marks := map[int]int{}
	for l := range labels {
		marks[l.Name] = l.Mark
	}
	return marks
}

func TestInstanceLaws(t *testing.T) {
	check(t, quick(t), labelWorlds, instanceLaws())
}

func labelWorlds() (worlds []world[label]) {
	key := gopter.DeriveGen(
		func(name, mark int) label { return label{name, mark} },
		func(l label) (name, mark int) { return l.Name, l.Mark },
		gopter.Gen(numbers), gen.IntRange(0, 1000))
	for _, h := range testkit.Hashers[int]() {
		if s, ok := h.Hasher.(testkit.Summer[int]); ok {
			worlds = append(worlds, world[label]{testkit.NamedHasher[label]{Name: h.Name, Hasher: byName{s}}, key})
		}
	}
	return worlds
}

// instanceLaws are about which of several equal keys a map has: the one that came first.
func instanceLaws() []law {
	type M = hamt.Map[label, value]
	type versions = Versions[label, value]
	// first returns a's marks and, for other keys, b's.
	first := func(a, b map[int]int) map[int]int {
		result := maps.Clone(b)
		maps.Copy(result, a)
		return result
	}
	return []law{
		{"Set keeps the key that is there", func(m M, k label, v value) bool {
			want := first(marks(m), map[int]int{k.Name: k.Mark})
			b := m.Builder()
			b.Set(k, v)
			updated := m.Update(k, func(value, bool) (value, bool) { return v, true })
			return maps.Equal(marks(m.Set(k, v)), want) && maps.Equal(marks(b.Build()), want) &&
				maps.Equal(marks(updated), want) && maps.Equal(marks(hamt.SetIfChanged(m, k, v)), want)
		}},
		{"SetAll keeps the keys that are there", func(m M, entries []Entry[label, value]) bool {
			want := marks(m)
			for _, e := range entries {
				want = first(want, map[int]int{e.Key.Name: e.Key.Mark})
			}
			b := m.Builder()
			b.SetAll(Pairs(entries))
			return maps.Equal(marks(m.SetAll(Pairs(entries))), want) && maps.Equal(marks(b.Build()), want)
		}},
		{"Union keeps the receiver's keys", func(vs versions, m M) bool {
			sum := func(_ label, a, b value) value { return a + b }
			for _, o := range []M{vs.Base, vs.Theirs, m} {
				want := first(marks(vs.Ours), marks(o))
				if !maps.Equal(marks(vs.Ours.Union(o)), want) || !maps.Equal(marks(vs.Ours.UnionFunc(o, sum)), want) {
					return false
				}
			}
			return true
		}},
		{"Intersection, Difference and Filter keep the receiver's keys", func(vs versions, m M, limit value) bool {
			whole := marks(vs.Ours)
			for _, part := range []M{
				vs.Ours.Intersection(vs.Theirs), vs.Ours.Intersection(m), vs.Ours.Difference(vs.Theirs), vs.Ours.Difference(m),
				vs.Ours.Filter(func(_ label, v value) bool { return v > limit }),
			} {
				for k := range part.All() {
					if mark, ok := whole[k.Name]; !ok || mark != k.Mark {
						return false
					}
				}
			}
			return maps.Equal(marks(hamt.MapValues(vs.Ours, func(label, value) value { return 0 })), whole)
		}},
		{"Apply and Merge keep the receiver's keys", func(vs versions, m M) bool {
			for _, to := range []M{vs.Theirs, m} {
				applied := hamt.Apply(vs.Ours, hamt.Diff(vs.Ours, to))
				merged, _ := hamt.Merge(vs.Base, vs.Ours, to)
				either := first(marks(vs.Ours), marks(to))
				for _, result := range []M{applied, merged} {
					for k := range result.All() {
						if either[k.Name] != k.Mark {
							return false
						}
					}
				}
			}
			return true
		}},
		{"Diff has the earlier version's keys", func(vs versions, m M) bool {
			for _, to := range []M{vs.Theirs, m} {
				from := first(marks(vs.Ours), marks(to))
				for c := range hamt.Diff(vs.Ours, to) {
					if c.Kind != diff.Added && from[c.Key.Name] != c.Key.Mark || c.Kind == diff.Added && marks(to)[c.Key.Name] != c.Key.Mark {
						return false
					}
				}
			}
			return true
		}},
		{"a set keeps the elements that are there", func(vs SetVersions[label], l label) bool {
			want := first(marksOf(vs.Ours.All()), map[int]int{l.Name: l.Mark})
			b := vs.Ours.Builder()
			b.Add(l)
			either := first(marksOf(vs.Ours.All()), marksOf(vs.Theirs.All()))
			return maps.Equal(marksOf(vs.Ours.Add(l).All()), want) && maps.Equal(marksOf(b.Build().All()), want) &&
				maps.Equal(marksOf(vs.Ours.Union(vs.Theirs).All()), either) &&
				maps.Equal(marksOf(vs.Ours.Add(slices.Collect(vs.Theirs.All())...).All()), either)
		}},
	}
}
