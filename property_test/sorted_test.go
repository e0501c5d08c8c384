package property_test

import (
	"cmp"
	"iter"
	"slices"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/arbitrary"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"
	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/rbtree"
)

// What the laws of sorted maps are checked on.

type (
	planned = Planned[value]
	sorted  = rbtree.Map[int, value]
	members = rbtree.Set[int]
	pairs   = []Entry[int, value]
)

// An order is one that maps are sorted by.
type order[K any] struct {
	name    string
	compare func(a, b K) int // nil: the natural one
}

func orders[K cmp.Ordered]() []order[K] {
	return []order[K]{
		{"natural", nil},
		{"compared", cmp.Compare[K]},
		{"descending", func(a, b K) int { return cmp.Compare(b, a) }},
	}
}

func emptySorted[K any](compare func(a, b K) int) rbtree.Map[K, value] {
	if compare == nil {
		return rbtree.Map[K, value]{}
	}
	return rbtree.NewMapFunc[K, value](compare)
}

func emptySortedSet[T any](compare func(a, b T) int) rbtree.Set[T] {
	if compare == nil {
		return rbtree.Set[T]{}
	}
	return rbtree.NewSetFunc(compare)
}

// A realm is where a law of sorted maps is checked: in one order.
type realm struct{ order[int] }

func realms() (rs []realm) {
	for _, o := range orders[int]() {
		rs = append(rs, realm{o})
	}
	return rs
}

func (r realm) name() string { return r.order.name }

func (r realm) run(x run) run {
	x.size *= 4 // for more than one node of leaves
	return x
}

// arbitraries generates the arguments of laws by their types.
func (r realm) arbitraries() *arbitrary.Arbitraries {
	values := gen.UInt8Range(0, 4)
	empty, nothing := emptySorted(r.compare), emptySortedSet(r.compare)
	as := arbitrary.DefaultArbitraries()
	for _, g := range []gopter.Gen{
		gopter.Gen(numbers),
		values,
		GenEntries[int, value](numbers, values),
		GenEdits[int, value](numbers, values),
		GenSortedMap(empty, numbers, values),
		GenSortedSet(nothing, numbers),
		GenSortedVersions(empty, numbers, values),
		GenSortedSetVersions(nothing, numbers),
		GenPlanned[value](numbers, values),
		oneIn(2),
	} {
		as.RegisterGen(g)
	}
	return as
}

// TestSortedMapsObeyTheLawsOfMaps checks what hash maps are checked for.
func TestSortedMapsObeyTheLawsOfMaps(t *testing.T) {
	check(t, quick(t), realms, lawsOfMaps())
}

func lawsOfMaps() []law {
	maps := sortedMaps[int]()
	return slices.Concat(mapLaws(maps), contentLaws(maps), algebraLaws(maps), diffLaws(maps), mergeLaws(maps), builderLaws(maps), setLaws(sortedSets[int]()))
}

// checkSorted checks laws of maps in their natural order, on more cases.
func checkSorted(t *testing.T, r run, laws []law) {
	r.cases *= 4
	check(t, r, func() []realm { return realms()[:1] }, laws)
}

func allSortedLaws() []law {
	return slices.Concat(orderLaws(), spanLaws(), splitLaws(), sortedAlgebraLaws(), sortedFormLaws())
}

// lists reports whether seq yields these entries.
func lists(seq iter.Seq2[int, value], want pairs) bool {
	return slices.Equal(collected(seq), want)
}

func collected(seq iter.Seq2[int, value]) (entries pairs) {
	for k, v := range seq {
		entries = append(entries, Entry[int, value]{k, v})
	}
	return entries
}

// holds reports whether m has these entries: by length, in both directions, and by key and position.
func holds(m sorted, want pairs) bool {
	if m.Len() != len(want) || !lists(m.All(), want) || !lists(m.Backward(), reversed(want)) {
		return false
	}
	for i, e := range want {
		k, v := m.At(i)
		rank, found := m.Rank(e.Key)
		if k != e.Key || v != e.Value || rank != i || !found || m.Get(e.Key) != e.Value {
			return false
		}
	}
	return true
}

func reversed(s pairs) pairs {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

// below returns how many entries of s have a key below k.
func below(s pairs, k int) int {
	i, _ := slices.BinarySearchFunc(s, k, func(e Entry[int, value], k int) int { return cmp.Compare(e.Key, k) })
	return i
}

// around returns keys at which something may change in p: k, and keys of p and beside them.
func around(p planned, k int) []int {
	keys := []int{k, -1, 0}
	for _, i := range []int{0, k % (p.Map.Len() + 1), p.Map.Len() - 1} {
		if i >= 0 && i < p.Map.Len() {
			at, _ := p.Map.At(i)
			keys = append(keys, at-1, at, at+1)
		}
	}
	return keys
}

func TestGeneratedSortedMapsAreDeep(t *testing.T) {
	if testing.Short() {
		t.Skip("many samples say the same as in the plain run")
	}
	const samples = 800
	var deep, small [paths]int
	for _, p := range draw[planned](t, samples, GenPlanned[value](numbers, gen.UInt8Range(0, 4))) {
		assert.True(t, holds(p.Map, p.Contents()), "%v", p)
		// A root, a node and a leaf cannot have fewer than all full leaves under one node.
		if p.Map.Len() >= deepSorted {
			deep[p.Path]++
		}
		if p.Map.Len() < 31 {
			small[p.Path]++
		}
	}
	for p := range paths {
		assert.Greater(t, deep[p], 5, "three levels by %v", p)
		assert.Greater(t, small[p], 2, "one leaf by %v", p)
	}
}

func TestFalseLawsOfSortedMapsShrink(t *testing.T) {
	values := gen.UInt8Range(0, 4)
	t.Run("planned", func(t *testing.T) {
		p := falsify(t, prop.ForAll(func(p planned) bool { return !p.Map.Contains(7) }, GenPlanned[value](numbers, values))).(planned)
		assert.Equal(t, Plan[value]{Entries: pairs{{7, 0}}}, p.Plan)
	})
	t.Run("map", func(t *testing.T) {
		m := falsify(t, prop.ForAll(func(m sorted) bool { _, _, ok := m.Ceiling(5); return !ok }, GenSortedMap(sorted{}, numbers, values))).(sorted)
		assert.Equal(t, "{5: 0}", m.String())
	})
	t.Run("versions", func(t *testing.T) {
		vs := falsify(t, prop.ForAll(func(vs SortedVersions[int, value]) bool {
			return rbtree.Equal(vs.Ours.Union(vs.Theirs), vs.Theirs.Union(vs.Ours))
		}, GenSortedVersions(sorted{}, numbers, values))).(SortedVersions[int, value])
		assert.LessOrEqual(t, vs.Base.Len()+vs.Ours.Len()+vs.Theirs.Len(), 3, "%v", vs)
	})
	t.Run("set versions", func(t *testing.T) {
		vs := falsify(t, prop.ForAll(func(vs SortedSetVersions[int]) bool { return vs.Ours.SubsetOf(vs.Theirs) },
			GenSortedSetVersions(members{}, numbers))).(SortedSetVersions[int])
		assert.Equal(t, 1, vs.Ours.Len(), "%v", vs)
	})
}
