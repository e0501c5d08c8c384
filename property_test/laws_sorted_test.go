package property_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/ramet-go/ramet/rbtree"
)

func TestOrderLaws(t *testing.T) { checkSorted(t, quick(t), orderLaws()) }

func TestSpanLaws(t *testing.T) { checkSorted(t, quick(t), spanLaws()) }

func TestSplitLaws(t *testing.T) { checkSorted(t, quick(t), splitLaws()) }

// orderLaws are about one map beside a sorted slice: neighbours, positions and both ends.
func orderLaws() []law {
	return []law{
		{"a sorted map has its entries in order, however it was made", func(p planned) bool {
			return holds(p.Map, p.Contents())
		}},
		{"how a sorted map was made does not matter", func(p planned, cut uint8) bool {
			plan := p.Plan
			for plan.Path = range paths {
				plan.Cut = int(cut)
				m := plan.Make()
				if !rbtree.Equal(m, p.Map) || !rbtree.Equal(p.Map, m) || !noChange(rbtree.Diff(p.Map, m)) || !holds(m, p.Contents()) {
					return false
				}
			}
			return true
		}},
		{"Backward is All from the end", func(p planned) bool {
			return lists(p.Map.Backward(), reversed(collected(p.Map.All())))
		}},
		{"Rank counts the keys below", func(p planned, k int) bool {
			for _, k := range around(p, k) {
				i, found := p.Map.Rank(k)
				if i != below(p.Contents(), k) || found != p.Map.Contains(k) {
					return false
				}
			}
			return true
		}},
		{"Rank and At are inverse", func(p planned) bool {
			for i := range p.Map.Len() {
				k, v := p.Map.At(i)
				if rank, found := p.Map.Rank(k); rank != i || !found || p.Map.Get(k) != v {
					return false
				}
			}
			return true
		}},
		{"Rank is monotone, and rises at the keys only", func(p planned, j, k int) bool {
			a, _ := p.Map.Rank(min(j, k))
			b, found := p.Map.Rank(max(j, k))
			next, _ := p.Map.Rank(max(j, k) + 1)
			return a <= b && (next == b+1) == found && (next == b) == !found
		}},
		{"Min and Max are the ends", func(p planned) bool {
			s := p.Contents()
			k, v, ok := p.Map.Min()
			j, w, okToo := p.Map.Max()
			if n := len(s); n > 0 {
				return ok && okToo && s[0] == Entry[int, value]{k, v} && s[n-1] == Entry[int, value]{j, w}
			}
			return !ok && !okToo && k == 0 && j == 0 && v == 0 && w == 0
		}},
		{"Floor is the greatest key that is not above", func(p planned, k int) bool {
			s := p.Contents()
			for _, k := range around(p, k) {
				i := below(s, k+1) - 1
				key, v, ok := p.Map.Floor(k)
				if ok != (i >= 0) || ok && s[i] != (Entry[int, value]{key, v}) || !ok && (key != 0 || v != 0) {
					return false
				}
			}
			return true
		}},
		{"Ceiling is the least key that is not below", func(p planned, k int) bool {
			s := p.Contents()
			for _, k := range around(p, k) {
				i := below(s, k)
				key, v, ok := p.Map.Ceiling(k)
				if ok != (i < len(s)) || ok && s[i] != (Entry[int, value]{key, v}) || !ok && (key != 0 || v != 0) {
					return false
				}
			}
			return true
		}},
		{"Floor and Ceiling enclose a key, and meet if it is there", func(p planned, k int) bool {
			for _, k := range around(p, k) {
				lo, _, low := p.Map.Floor(k)
				hi, _, high := p.Map.Ceiling(k)
				if low && lo > k || high && hi < k || (low && high && lo == hi) != p.Map.Contains(k) {
					return false
				}
				if low && high && lo != hi && p.Map.Above(lo).Below(hi).Len() != 0 {
					return false
				}
			}
			return true
		}},
		{"Floor and Ceiling are idempotent", func(p planned, k int) bool {
			lo, _, low := p.Map.Floor(k)
			again, _, _ := p.Map.Floor(lo)
			hi, _, high := p.Map.Ceiling(k)
			twice, _, _ := p.Map.Ceiling(hi)
			return (!low || again == lo) && (!high || twice == hi)
		}},
		{"the extreme keys reach both ends", func(p planned) bool {
			least, _, ok := p.Map.Ceiling(math.MinInt)
			greatest, _, _ := p.Map.Floor(math.MaxInt)
			lo, _, _ := p.Map.Min()
			hi, _, _ := p.Map.Max()
			return ok == (p.Map.Len() > 0) && least == lo && greatest == hi &&
				p.Map.From(math.MinInt).To(math.MaxInt).Map() == p.Map
		}},
		{"Set and Delete move the ranks above by one", func(p planned, k, j int, v value) bool {
			m := p.Map.Delete(k)
			before, _ := m.Rank(j)
			after, _ := m.Set(k, v).Rank(j)
			back, _ := m.Set(k, v).Delete(k).Rank(j)
			if k < j {
				return after == before+1 && back == before
			}
			return after == before && back == before
		}},
		{"deleting the least again and again yields all in order", func(p planned) bool {
			var seen pairs
			m := p.Map
			for k, v, ok := m.Min(); ok; k, v, ok = m.Min() {
				seen = append(seen, Entry[int, value]{k, v})
				m = m.Delete(k)
			}
			return slices.Equal(seen, p.Contents()) && m == sorted{}
		}},
		{"Filter and MapValues keep the order", func(p planned, limit value) bool {
			double := func(_ int, v value) value { return 2 * v }
			var want pairs
			for _, e := range p.Contents() {
				if e.Value > limit {
					want = append(want, Entry[int, value]{e.Key, 2 * e.Value})
				}
			}
			return holds(rbtree.MapValues(p.Map.Filter(func(_ int, v value) bool { return v > limit }), double), want)
		}},
		{"in the reversed order everything is reversed", func(p planned, j, k int) bool {
			m := p.Map
			r := rbtree.NewMapFunc[int, value](func(a, b int) int { return cmp.Compare(b, a) }).SetAll(m.All())
			kf, vf, okf := m.Floor(k)
			kc, vc, okc := r.Ceiling(k)
			lo, _, _ := m.Min()
			hi, _, _ := r.Max()
			i, found := m.Rank(k)
			back, foundToo := r.Rank(k)
			if found {
				i++
			}
			return lists(r.All(), reversed(p.Contents())) && lists(r.Backward(), p.Contents()) &&
				kf == kc && vf == vc && okf == okc && lo == hi && i+back == m.Len() && found == foundToo &&
				lists(r.From(k).Above(j).All(), collected(m.To(k).Below(j).Backward())) && rbtree.Equal(m, r) && rbtree.Equal(r, m)
		}},
	}
}

// bounds are the ways to narrow a map, and what they let through.
var bounds = []struct {
	name   string
	of     func(sorted, int) rbtree.Span[int, value]
	within func(rbtree.Span[int, value], int) rbtree.Span[int, value]
	has    func(key, bound int) bool
}{
	{"From", sorted.From, rbtree.Span[int, value].From, func(k, b int) bool { return k >= b }},
	{"Above", sorted.Above, rbtree.Span[int, value].Above, func(k, b int) bool { return k > b }},
	{"To", sorted.To, rbtree.Span[int, value].To, func(k, b int) bool { return k <= b }},
	{"Below", sorted.Below, rbtree.Span[int, value].Below, func(k, b int) bool { return k < b }},
}

// spanLaws are about From, Above, To and Below.
func spanLaws() []law {
	filtered := func(s pairs, has ...func(key int) bool) pairs {
		return slices.DeleteFunc(slices.Clone(s), func(e Entry[int, value]) bool {
			return slices.ContainsFunc(has, func(has func(int) bool) bool { return !has(e.Key) })
		})
	}
	return []law{
		{"a span has the entries that its bounds let through", func(p planned, j, k int) bool {
			for _, x := range bounds {
				for _, y := range bounds {
					s := y.within(x.of(p.Map, j), k)
					want := filtered(p.Contents(), func(key int) bool { return x.has(key, j) }, func(key int) bool { return y.has(key, k) })
					if s.Len() != len(want) || !lists(s.All(), want) || !lists(s.Backward(), reversed(want)) || !holds(s.Map(), want) {
						return false
					}
				}
			}
			return true
		}},
		{"Below and From, and To and Above, divide a map", func(p planned, k int) bool {
			for _, k := range around(p, k) {
				if p.Map.Below(k).Len()+p.Map.From(k).Len() != p.Map.Len() || p.Map.To(k).Len()+p.Map.Above(k).Len() != p.Map.Len() ||
					!rbtree.Equal(p.Map.Below(k).Map().Join(p.Map.From(k).Map()), p.Map) ||
					!rbtree.Equal(p.Map.To(k).Map().Join(p.Map.Above(k).Map()), p.Map) {
					return false
				}
			}
			return true
		}},
		{"the order of narrowing does not matter", func(p planned, j, k int) bool {
			for _, x := range bounds {
				for _, y := range bounds {
					a, b := y.within(x.of(p.Map, j), k), x.within(y.of(p.Map, k), j)
					if !slices.Equal(collected(a.All()), collected(b.All())) || !rbtree.Equal(a.Map(), b.Map()) {
						return false
					}
				}
			}
			return true
		}},
		{"narrowing again by the same bound, or by one further out, changes nothing", func(p planned, k int) bool {
			for _, x := range bounds {
				s := x.of(p.Map, k)
				if x.within(s, k) != s || s.From(math.MinInt) != s || s.To(math.MaxInt) != s {
					return false
				}
			}
			return p.Map.From(k).From(k-1) == p.Map.From(k) && p.Map.To(k).To(k+1) == p.Map.To(k)
		}},
		{"a span is what its Map says", func(p planned, j, k int) bool {
			s := p.Map.From(min(j, k)).Below(max(j, k))
			m := s.Map()
			lo, v, ok := s.Min()
			hi, w, okToo := s.Max()
			mlo, mv, mok := m.Min()
			mhi, mw, _ := m.Max()
			return s.Len() == m.Len() && lo == mlo && v == mv && ok == mok && hi == mhi && w == mw && ok == okToo &&
				slices.Equal(slices.Collect(s.Keys()), slices.Collect(m.Keys())) &&
				slices.Equal(slices.Collect(s.Values()), slices.Collect(m.Values())) && s.String() == m.String()
		}},
		{"a span's Map is a Filter", func(p planned, j, k int) bool {
			got := p.Map.Above(j).To(k).Map()
			return rbtree.Equal(got, p.Map.Filter(func(key int, _ value) bool { return key > j && key <= k }))
		}},
		{"the length of a span is a difference of ranks", func(p planned, j, k int) bool {
			a, _ := p.Map.Rank(min(j, k))
			b, _ := p.Map.Rank(max(j, k))
			return p.Map.From(min(j, k)).Below(max(j, k)).Len() == b-a
		}},
		{"bounds that cross leave nothing", func(p planned, j, k int) bool {
			for _, s := range []rbtree.Span[int, value]{p.Map.Above(k).To(k), p.Map.From(k).Below(k), p.Map.Above(max(j, k)).Below(min(j, k))} {
				_, _, ok := s.Min()
				if s.Len() != 0 || ok || !isEmpty(s.All()) || !isEmpty(s.Backward()) || s.Map() != (sorted{}) {
					return false
				}
			}
			return true
		}},
		{"a span of everything is the map itself", func(p planned) bool {
			lo, _, _ := p.Map.Min()
			hi, _, _ := p.Map.Max()
			return p.Map.From(lo).Map() == p.Map && p.Map.To(hi).Map() == p.Map && p.Map.Above(lo-1).Below(hi+1).Map() == p.Map
		}},
		{"a span's Map can be changed, and the map is as it was", func(p planned, j, k int, edits []Edit[int, value]) bool {
			s := p.Map.From(min(j, k)).To(max(j, k))
			want := collected(s.All())
			part := apply(s.Map(), edits)
			return holds(p.Map, p.Contents()) && lists(s.All(), want) && rbtree.Equal(part, apply(rbtree.CollectMap(Pairs(want)), edits))
		}},
		{"Floor and Ceiling are the ends of spans", func(p planned, k int) bool {
			a, v, ok := p.Map.Floor(k)
			b, w, okToo := p.Map.To(k).Max()
			c, x, high := p.Map.Ceiling(k)
			d, y, highToo := p.Map.From(k).Min()
			return a == b && v == w && ok == okToo && c == d && x == y && high == highToo
		}},
	}
}

// splitLaws are about Split and Join.
func splitLaws() []law {
	return []law{
		{"Split divides at the key", func(p planned, k int) bool {
			s := p.Contents()
			for _, k := range around(p, k) {
				lower, v, ok, upper := p.Map.Split(k)
				i := below(s, k)
				j := below(s, k+1)
				if ok != (j > i) || ok && v != s[i].Value || !ok && v != 0 || !holds(lower, s[:i]) || !holds(upper, s[j:]) {
					return false
				}
			}
			return holds(p.Map, s)
		}},
		{"Join undoes Split", func(p planned, k int) bool {
			lower, v, ok, upper := p.Map.Split(k)
			if ok {
				return rbtree.Equal(lower.Set(k, v).Join(upper), p.Map) && rbtree.Equal(lower.Join(upper.Set(k, v)), p.Map)
			}
			return rbtree.Equal(lower.Join(upper), p.Map)
		}},
		{"Split undoes Join", func(a, b planned, k int) bool {
			lower, upper := a.Map.Below(k).Map(), b.Map.Above(k).Map()
			x, _, ok, y := lower.Join(upper).Split(k)
			return !ok && rbtree.Equal(x, lower) && rbtree.Equal(y, upper)
		}},
		{"splitting a part is splitting the whole", func(p planned, j, k int) bool {
			j, k = min(j, k), max(j, k)
			_, _, _, upper := p.Map.Split(j)
			middle, v, ok, last := upper.Split(k)
			lower, w, okToo, lastToo := p.Map.Split(k)
			return rbtree.Equal(last, lastToo) && (j == k || v == w && ok == okToo) && rbtree.Equal(middle, lower.Above(j).Map())
		}},
		{"Join is associative, and a Union of what does not overlap", func(p planned, j, k int) bool {
			j, k = min(j, k), max(j, k)
			a, b, c := p.Map.Below(j).Map(), p.Map.From(j).Below(k).Map(), p.Map.From(k).Map()
			left, right := a.Join(b).Join(c), a.Join(b.Join(c))
			return rbtree.Equal(left, right) && rbtree.Equal(left, p.Map) && rbtree.Equal(a.Union(b).Union(c), left) && rbtree.Equal(c.Union(a).Union(b), left)
		}},
		{"the empty map is neutral in Join", func(p planned) bool {
			return p.Map.Join(sorted{}) == p.Map && rbtree.Equal(sorted{}.Join(p.Map), p.Map)
		}},
		{"a Join of overlapping keys panics, and changes nothing", func(p planned, j, k int) bool {
			if p.Map.Len() == 0 {
				return true
			}
			j, _ = p.Map.At(max(0, j) % p.Map.Len())
			o := rbtree.CollectMap(Pairs(pairs{{j, 1}, {j + Stride, 2}}))
			return panicOf(func() { p.Map.Join(o) }) != "" && panicOf(func() { p.Map.From(j).Map().Join(p.Map.To(j).Map()) }) != "" &&
				holds(p.Map, p.Contents()) && o.Len() == 2
		}},
		{"a map cut into pieces is put together again", func(p planned, step uint8) bool {
			m, size := sorted{}, 1+int(step)
			for rest := p.Map; rest.Len() > 0; {
				piece := rest
				if rest.Len() > size {
					k, _ := rest.At(size)
					piece, rest = rest.Below(k).Map(), rest.From(k).Map()
				} else {
					rest = sorted{}
				}
				m = m.Join(piece)
			}
			return holds(m, p.Contents())
		}},
		{"parts that share with the whole are told apart from it", func(p planned, k int) bool {
			lower, _, ok, upper := p.Map.Split(k)
			rest := p.Map.Difference(lower)
			if ok {
				rest = rest.Delete(k)
			}
			return rbtree.Equal(rest, upper) && rbtree.Equal(p.Map.Intersection(upper), upper) && lower.Intersection(upper).Len() == 0 &&
				rbtree.Equal(p.Map.Union(lower), p.Map) && rbtree.Equal(rbtree.Apply(lower, rbtree.Diff(lower, p.Map)), p.Map)
		}},
	}
}
