package property_test

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/transient"
)

func TestSortedAlgebraLaws(t *testing.T) { checkSorted(t, quick(t), sortedAlgebraLaws()) }

func TestSortedFormLaws(t *testing.T) { checkSorted(t, quick(t), sortedFormLaws()) }

// sortedAlgebraLaws are about two maps, which were made in different ways and share nothing, beside sorted slices.
func sortedAlgebraLaws() []law {
	// merged returns the entries of both, of equal keys what choose says: a's, b's or neither's.
	merged := func(a, b pairs, onlyA, onlyB bool, choose func(a, b Entry[int, value]) (Entry[int, value], bool)) (s pairs) {
		for len(a) > 0 || len(b) > 0 {
			switch {
			case len(b) == 0 || len(a) > 0 && a[0].Key < b[0].Key:
				if onlyA {
					s = append(s, a[0])
				}
				a = a[1:]
			case len(a) == 0 || b[0].Key < a[0].Key:
				if onlyB {
					s = append(s, b[0])
				}
				b = b[1:]
			default:
				if e, ok := choose(a[0], b[0]); ok {
					s = append(s, e)
				}
				a, b = a[1:], b[1:]
			}
		}
		return s
	}
	type entry = Entry[int, value]
	first := func(a, _ entry) (entry, bool) { return a, true }
	second := func(_, b entry) (entry, bool) { return b, true }
	neither := func(a, _ entry) (entry, bool) { return a, false }
	return []law{
		{"a Union merges two sorted lists", func(a, b planned) bool {
			return holds(a.Map.Union(b.Map), merged(a.Contents(), b.Contents(), true, true, second)) &&
				holds(b.Map.Union(a.Map), merged(a.Contents(), b.Contents(), true, true, first))
		}},
		{"an Intersection has what is in both lists, a Difference what is not", func(a, b planned) bool {
			return holds(a.Map.Intersection(b.Map), merged(a.Contents(), b.Contents(), false, false, first)) &&
				holds(a.Map.Difference(b.Map), merged(a.Contents(), b.Contents(), true, false, neither)) &&
				holds(b.Map.Difference(a.Map), merged(a.Contents(), b.Contents(), false, true, neither))
		}},
		{"a UnionFunc calls its function in the order of the keys", func(a, b planned) bool {
			var called []int
			got := a.Map.UnionFunc(b.Map, func(k int, x, y value) value {
				called = append(called, k)
				return x*5 + y
			})
			return slices.Equal(called, slices.Collect(a.Map.Intersection(b.Map).Keys())) &&
				holds(got, merged(a.Contents(), b.Contents(), true, true, func(a, b entry) (entry, bool) {
					return entry{a.Key, a.Value*5 + b.Value}, true
				}))
		}},
		{"operations on ranges are ranges of operations", func(a, b planned, j, k int) bool {
			part := func(m sorted) sorted { return m.From(min(j, k)).Below(max(j, k)).Map() }
			x, y := part(a.Map), part(b.Map)
			return rbtree.Equal(part(a.Map.Union(b.Map)), x.Union(y)) && rbtree.Equal(part(a.Map.Intersection(b.Map)), x.Intersection(y)) &&
				rbtree.Equal(part(a.Map.Difference(b.Map)), x.Difference(y)) && rbtree.Equal(x.Union(b.Map).Union(y), b.Map.Union(x).Union(y))
		}},
		{"the ends of a Union are those of the maps", func(a, b planned) bool {
			if a.Map.Len() == 0 || b.Map.Len() == 0 {
				return true
			}
			alo, _, _ := a.Map.Min()
			blo, _, _ := b.Map.Min()
			ahi, _, _ := a.Map.Max()
			bhi, _, _ := b.Map.Max()
			u := a.Map.Union(b.Map)
			lo, _, _ := u.Min()
			hi, _, _ := u.Max()
			return lo == min(alo, blo) && hi == max(ahi, bhi)
		}},
		{"the ranks of a Union and an Intersection sum to those of the maps", func(a, b planned, k int) bool {
			rank := func(m sorted) int { i, _ := m.Rank(k); return i }
			return rank(a.Map.Union(b.Map))+rank(a.Map.Intersection(b.Map)) == rank(a.Map)+rank(b.Map)
		}},
		{"a Diff is in order, and says what two sorted lists do", func(a, b planned) bool {
			type change = diff.Change[int, value]
			var want []change
			for _, e := range merged(a.Contents(), b.Contents(), true, true, second) {
				x, inA := a.Map.Lookup(e.Key)
				y, inB := b.Map.Lookup(e.Key)
				switch {
				case !inA:
					want = append(want, change{Kind: diff.Added, Key: e.Key, New: y})
				case !inB:
					want = append(want, change{Kind: diff.Removed, Key: e.Key, Old: x})
				case x != y:
					want = append(want, change{Kind: diff.Updated, Key: e.Key, Old: x, New: y})
				}
			}
			return slices.Equal(slices.Collect(rbtree.Diff(a.Map, b.Map)), want)
		}},
		{"a Diff of ranges is a range of the Diff", func(vs SortedVersions[int, value], j, k int) bool {
			part := func(m sorted) sorted { return m.Above(min(j, k)).To(max(j, k)).Map() }
			var want []diff.Change[int, value]
			for c := range rbtree.Diff(vs.Ours, vs.Theirs) {
				if c.Key > min(j, k) && c.Key <= max(j, k) {
					want = append(want, c)
				}
			}
			return slices.Equal(slices.Collect(rbtree.Diff(part(vs.Ours), part(vs.Theirs))), want)
		}},
		{"conflicts come in order", func(vs SortedVersions[int, value]) bool {
			_, list := rbtree.Merge(vs.Base, vs.Ours, vs.Theirs)
			return slices.IsSortedFunc(list, func(a, b diff.Conflict[int, value]) int { return cmp.Compare(a.Key, b.Key) })
		}},
		{"a Merge of ranges is a range of the Merge", func(vs SortedVersions[int, value], k int) bool {
			whole, all := rbtree.Merge(vs.Base, vs.Ours, vs.Theirs)
			lower, some := rbtree.Merge(vs.Base.Below(k).Map(), vs.Ours.Below(k).Map(), vs.Theirs.Below(k).Map())
			upper, rest := rbtree.Merge(vs.Base.From(k).Map(), vs.Ours.From(k).Map(), vs.Theirs.From(k).Map())
			return rbtree.Equal(lower.Join(upper), whole) && slices.Equal(slices.Concat(some, rest), all)
		}},
	}
}

// sortedFormLaws are about builders, printing and encoding, where the order shows, and about sets.
func sortedFormLaws() []law {
	descending := func(a, b int) int { return cmp.Compare(b, a) }
	return []law{
		{"a builder builds the same from any order of writes", func(p planned, by uint8) bool {
			s := p.Contents()
			at := int(by) * len(s) / 256
			for _, order := range []pairs{s, reversed(s), slices.Concat(s[at:], s[:at]), slices.Concat(s, reversed(s))} {
				var b rbtree.MapBuilder[int, value]
				for k, v := range Pairs(order) {
					b.Set(k, v)
				}
				if m := b.Build(); !holds(m, s) || !rbtree.Equal(m, p.Map) {
					return false
				}
			}
			return true
		}},
		{"a builder that appends leaves what it built", func(p planned, more pairs) bool {
			hi, _, _ := p.Map.Max()
			b := p.Map.Builder()
			var built []sorted
			for i, e := range more {
				built = append(built, b.Build())
				b.Set(hi+1+i, e.Value)
			}
			for i, m := range built {
				if m.Len() != p.Map.Len()+i || !rbtree.Equal(m.To(hi).Map(), p.Map) {
					return false
				}
			}
			return b.Len() == p.Map.Len()+len(more)
		}},
		{"a builder ranges in order", func(p planned, edits []Edit[int, value]) bool {
			b := p.Map.Builder()
			edit(b, edits...)
			return slices.IsSorted(slices.Collect(b.Keys())) && slices.Equal(collected(b.All()), collected(apply(p.Map, edits).All()))
		}},
		{"a transient.Update of one range leaves the others", func(p planned, k int, edits []Edit[int, value]) bool {
			m := transient.Update(p.Map, func(b *rbtree.MapBuilder[int, value]) {
				for _, e := range edits {
					if e.Key >= k {
						edit(b, e)
					}
				}
			})
			return rbtree.Equal(m.Below(k).Map(), p.Map.Below(k).Map()) && holds(p.Map, p.Contents())
		}},
		{"a map prints in its order", func(p planned) bool {
			var want, back []string
			for k, v := range Pairs(p.Contents()) {
				want = append(want, fmt.Sprintf("%d: %d", k, v))
			}
			back = slices.Clone(want)
			slices.Reverse(back)
			other := rbtree.NewMapFunc[int, value](descending).SetAll(p.Map.All())
			return p.Map.String() == "{"+strings.Join(want, ", ")+"}" && other.String() == "{"+strings.Join(back, ", ")+"}"
		}},
		{"a map's JSON is in its order, and comes back into any", func(p planned) bool {
			other := rbtree.NewMapFunc[int, value](descending)
			text := jsonOf(p.Map)
			if err := json.Unmarshal(text, &other); err != nil || !rbtree.Equal(other, p.Map) || !lists(other.All(), reversed(p.Contents())) {
				return false
			}
			var want []string
			for k, v := range Pairs(p.Contents()) {
				want = append(want, fmt.Sprintf("%q:%d", fmt.Sprint(k), v))
			}
			var m sorted
			return string(text) == "{"+strings.Join(want, ",")+"}" && json.Unmarshal(jsonOf(other), &m) == nil && holds(m, p.Contents())
		}},
		{"gob goes round, however a map was made", func(p planned, other sorted) bool {
			return gob.NewDecoder(gobOf(p.Map)).Decode(&other) == nil && holds(other, p.Contents()) &&
				bytes.Equal(gobOf(p.Map).Bytes(), gobOf(rbtree.CollectMap(p.Map.All())).Bytes())
		}},
		{"a set goes round in JSON and gob, in order", func(s, other, another members) bool {
			want := slices.Sorted(s.All())
			return json.Unmarshal(jsonOf(s), &other) == nil && slices.Equal(slices.Collect(other.All()), want) &&
				gob.NewDecoder(gobOf(s)).Decode(&another) == nil && another.Equal(s)
		}},

		{"a set is the keys of a map", func(p planned, j, k int) bool {
			m, s := p.Map, rbtree.CollectSet(p.Map.Keys())
			keys := slices.Collect(m.Keys())
			back := slices.Collect(s.Backward())
			slices.Reverse(back)
			if s.Len() != m.Len() || !slices.Equal(slices.Collect(s.All()), keys) || !slices.Equal(back, keys) || !s.Equal(rbtree.SetOf(keys...)) {
				return false
			}
			for _, k := range around(p, k) {
				a, _, ok := m.Floor(k)
				b, okToo := s.Floor(k)
				c, _, high := m.Ceiling(k)
				d, highToo := s.Ceiling(k)
				i, found := m.Rank(k)
				at, foundToo := s.Rank(k)
				if a != b || ok != okToo || c != d || high != highToo || i != at || found != foundToo || found && s.At(i) != k ||
					!slices.Equal(slices.Collect(s.From(k).Below(j).All()), slices.Collect(m.From(k).Below(j).Keys())) ||
					!slices.Equal(slices.Collect(s.Above(j).To(k).Set().All()), slices.Collect(m.Above(j).To(k).Keys())) {
					return false
				}
			}
			lo, _, _ := m.Min()
			hi, _, _ := m.Max()
			least, _ := s.Min()
			greatest, _ := s.Max()
			return lo == least && hi == greatest
		}},
		{"a set is split and joined as a map is", func(p planned, k int) bool {
			s := rbtree.CollectSet(p.Map.Keys())
			lower, found, upper := s.Split(k)
			x, _, ok, y := p.Map.Split(k)
			again := lower.Join(upper)
			if found {
				again = again.Add(k)
			}
			return found == ok && slices.Equal(slices.Collect(lower.All()), slices.Collect(x.Keys())) &&
				slices.Equal(slices.Collect(upper.All()), slices.Collect(y.Keys())) && again.Equal(s) && lower.Disjoint(upper) && lower.SubsetOf(s)
		}},
		{"a range of a set is a subset of it, and what is left is the others", func(vs SortedSetVersions[int], j, k int) bool {
			s := vs.Ours
			part := s.From(min(j, k)).To(max(j, k))
			rest := s.Difference(part.Set())
			lo, ok := part.Min()
			hi, _ := part.Max()
			return part.Set().SubsetOf(s) && rest.Disjoint(part.Set()) && rest.Union(part.Set()).Equal(s) && ok == (part.Len() > 0) &&
				(!ok || s.Contains(lo) && s.Contains(hi) && lo <= hi) &&
				s.Below(min(j, k)).Set().Join(s.Above(max(j, k)).Set()).Equal(rest)
		}},
	}
}
