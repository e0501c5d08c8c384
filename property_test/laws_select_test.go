package property_test

import (
	"iter"
	"maps"
	"slices"
	"testing"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
)

// What picks entries, or changes a map only if there is something to change.

// A pickMap is the methods for that which hamt.Map and rbtree.Map share.
type pickMap[M, S any] interface {
	comparable
	Len() int
	All() iter.Seq2[int, value]
	Keys() iter.Seq[int]
	Values() iter.Seq[value]
	Set(int, value) M
	DeleteAll(...int) M
	DeleteFunc(func(int, value) bool) M
	Filter(func(int, value) bool) M
	Partition(func(int, value) bool) (yes, no M)
	KeySet() S
	Restrict(S) M
	Without(S) M
	Union(M) M
	IntersectionFunc(M, func(k int, a, b value) value) M
	Swap(int, value) (M, value, bool)
	Take(int) (M, value, bool)
	AppendKeys([]int) []int
	AppendValues([]value) []value
}

// A pickSet is those of sets.
type pickSet[S any] interface {
	comparable
	All() iter.Seq[int]
	AddAll(iter.Seq[int]) S
	AppendTo([]int) []int
}

// A pickKind is the functions of a package for that.
type pickKind[M pickMap[M, S], S pickSet[S]] struct {
	UpdateIfChanged  func(M, int, func(value) value) M
	SetIfChangedFunc func(M, int, value, func(a, b value) bool) M
	JoinFunc         func(a, b M, f func(k int, a, b value) value) M
	MergeSets        func(base, ours, theirs S) S
	Walk             func(M, func(int, value)) // by a Cursor
}

func TestHashPickLaws(t *testing.T) {
	type M = hamt.Map[int, value]
	check(t, quick(t), worldsOf[int], pickLaws(pickKind[M, hamt.Set[int]]{
		hamt.UpdateIfChanged[int, value], hamt.SetIfChangedFunc[int, value], hamt.JoinFunc[int, value], hamt.MergeSets[int],
		func(m M, f func(int, value)) {
			c := m.Cursor()
			for k, v, ok := c.Next(); ok; k, v, ok = c.Next() {
				f(k, v)
			}
		},
	}))
}

func TestSortedPickLaws(t *testing.T) {
	check(t, quick(t), realms, pickLaws(pickKind[sorted, members]{
		rbtree.UpdateIfChanged[int, value], rbtree.SetIfChangedFunc[int, value], rbtree.JoinFunc[int, value], rbtree.MergeSets[int],
		func(m sorted, f func(int, value)) {
			c := m.Cursor()
			for k, v, ok := c.Next(); ok; k, v, ok = c.Next() {
				f(k, v)
			}
		},
	}))
	checkSorted(t, quick(t), endLaws())
}

func pickLaws[M pickMap[M, S], S pickSet[S]](pkg pickKind[M, S]) []law {
	// is reports whether m has what is left of a built-in map with from's entries when keep was asked, and is from if that is all.
	is := func(m, from M, keep func(int, value) bool) bool {
		want := contents(from)
		maps.DeleteFunc(want, func(k int, v value) bool { return !keep(k, v) })
		return m.Len() == len(want) && maps.Equal(contents(m), want) &&
			(m == from) == (len(want) == from.Len())
	}
	same := func(a, b value) bool { return a == b }
	return []law{
		{"UpdateIfChanged and SetIfChangedFunc change what differs, and nothing else", func(m M, k int, v value) bool {
			old, ok := contents(m)[k]
			set := pkg.SetIfChangedFunc(m, k, v, same)
			updated := pkg.UpdateIfChanged(m, k, func(value) value { return v })
			if ok && old == v {
				return set == m && updated == m
			}
			want := contents(m)
			want[k] = v
			return maps.Equal(contents(set), want) && (ok && maps.Equal(contents(updated), want) || !ok && updated == m)
		}},
		{"DeleteAll and DeleteFunc are Filter", func(m M, keys []Entry[int, value], limit value) bool {
			var ks []int
			for _, e := range keys {
				ks = append(ks, e.Key)
			}
			large := func(_ int, v value) bool { return v > limit }
			return is(m.DeleteAll(ks...), m, func(k int, _ value) bool { return !slices.Contains(ks, k) }) &&
				is(m.DeleteFunc(large), m, func(_ int, v value) bool { return v <= limit }) && is(m.Filter(large), m, large)
		}},
		{"Partition is Filter and DeleteFunc", func(m M, limit value) bool {
			large := func(_ int, v value) bool { return v > limit }
			yes, no := m.Partition(large)
			return is(yes, m, large) && is(no, m, func(_ int, v value) bool { return v <= limit })
		}},
		{"Restrict and Without go by the KeySet", func(m, o M) bool {
			keys, in := o.KeySet(), contents(o)
			return slices.Equal(keys.AppendTo(nil), slices.Collect(o.Keys())) &&
				is(m.Restrict(keys), m, func(k int, _ value) bool { _, ok := in[k]; return ok }) &&
				is(m.Without(keys), m, func(k int, _ value) bool { _, ok := in[k]; return !ok }) && m.Restrict(m.KeySet()) == m
		}},
		{"IntersectionFunc asks about what is in both", func(m, o M) bool {
			want, in := map[int]value{}, contents(o)
			for k, v := range m.All() {
				if w, ok := in[k]; ok {
					want[k] = v*8 + w
				}
			}
			return maps.Equal(contents(m.IntersectionFunc(o, func(_ int, a, b value) value { return a*8 + b })), want)
		}},
		{"JoinFunc is the least upper bound", func(m, o M) bool {
			greater := func(_ int, a, b value) value { return max(a, b) }
			want := contents(m)
			for k, v := range o.All() {
				want[k] = max(want[k], v)
			}
			joined := pkg.JoinFunc(m, o, greater)
			return maps.Equal(contents(joined), want) && pkg.JoinFunc(m, m, greater) == m && pkg.JoinFunc(joined, joined, greater) == joined &&
				maps.Equal(contents(pkg.JoinFunc(o, m, greater)), want)
		}},
		{"Swap and Take return what was there", func(m M, k int, v value) bool {
			want := contents(m)
			old, ok := want[k]
			swapped, a, swap := m.Swap(k, v)
			taken, b, take := m.Take(k)
			delete(want, k)
			without := maps.Equal(contents(taken), want)
			want[k] = v
			return a == old && b == old && swap == ok && take == ok && without && (taken == m) == !ok &&
				maps.Equal(contents(swapped), want)
		}},
		{"AddAll adds, and is the set itself if all are there", func(m M, entries []Entry[int, value]) bool {
			s, want := m.KeySet(), contents(m)
			for _, e := range entries {
				want[e.Key] = 0
			}
			more := s.AddAll(func(yield func(int) bool) {
				for _, e := range entries {
					if !yield(e.Key) {
						return
					}
				}
			})
			got := more.AppendTo(nil)
			slices.Sort(got)
			return slices.Equal(got, slices.Sorted(maps.Keys(want))) && (more == s) == (len(want) == m.Len())
		}},
		{"MergeSets does what either side did", func(base, ours, theirs M) bool {
			a, b, c := contents(base), contents(ours), contents(theirs)
			var want []int
			for k := range base.Union(ours).Union(theirs).All() {
				_, was := a[k]
				_, one := b[k]
				if _, other := c[k]; one && other || was != one && one || was != other && other {
					want = append(want, k)
				}
			}
			got := pkg.MergeSets(base.KeySet(), ours.KeySet(), theirs.KeySet()).AppendTo(nil)
			slices.Sort(want)
			slices.Sort(got)
			return slices.Equal(got, want)
		}},
		{"a Cursor and the appends have the order of All", func(m M) bool {
			var ks []int
			var vs []value
			pkg.Walk(m, func(k int, v value) { ks, vs = append(ks, k), append(vs, v) })
			return slices.Equal(ks, slices.Collect(m.Keys())) && slices.Equal(vs, slices.Collect(m.Values())) &&
				slices.Equal(m.AppendKeys(nil), ks) && slices.Equal(m.AppendValues([]value{7}), append([]value{7}, vs...))
		}},
	}
}

// endLaws are about the ends and ranges of sorted maps, beside sorted slices, and about reading builders in order.
func endLaws() []law {
	return []law{
		{"DeleteMin and DeleteMax take the ends", func(m sorted) bool {
			s := collected(m.All())
			low, k, v, ok := m.DeleteMin()
			high, l, w, ok2 := m.DeleteMax()
			if len(s) == 0 {
				return !ok && !ok2 && low == m && high == m
			}
			first, last := s[0], s[len(s)-1]
			return ok && ok2 && first == (Entry[int, value]{k, v}) && last == (Entry[int, value]{l, w}) &&
				holds(low, s[1:]) && holds(high, s[:len(s)-1])
		}},
		{"DeleteSpan, Slice, At and Rank go by positions", func(m sorted, x, y int) bool {
			s := collected(m.All())
			i, j := x%(len(s)+1), y%(len(s)+1)
			i, j = min(i, j), max(i, j)
			span := m.Slice(i, j)
			rest := m.DeleteSpan(span)
			if !holds(rest, slices.Concat(s[:i], s[j:])) || (rest == m) != (i == j) || !lists(span.All(), s[i:j]) {
				return false
			}
			for at, e := range s[i:j] {
				k, v := span.At(at)
				if rank, ok := span.Rank(e.Key); k != e.Key || v != e.Value || rank != at || !ok {
					return false
				}
			}
			half := (j - i) / 2
			return lists(span.Slice(half, j-i).All(), s[i+half:j])
		}},
		{"a builder reads in order what it has", func(m sorted, k int, v value) bool {
			b := m.Builder()
			b.Set(k, v)
			want := m.Set(k, v)
			s := collected(want.All())
			i := below(s, k)
			at, w := b.At(i)
			rank, ok := b.Rank(k)
			return at == k && w == v && rank == i && ok && lists(b.From(k).All(), s[i:]) && lists(b.Below(k).All(), s[:i]) &&
				lists(b.Backward(), reversed(s)) && holds(m, collected(m.All()))
		}},
	}
}
