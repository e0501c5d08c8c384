package property_test

import (
	"cmp"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"testing"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/transient"
	"github.com/ramet-go/ramet/vector"
)

func TestVectorLaws(t *testing.T) { checkVectors(t, quick(t), vectorLaws()) }

func TestVectorAlgebraLaws(t *testing.T) { checkVectors(t, quick(t), vectorAlgebraLaws()) }

func TestVectorDiffLaws(t *testing.T) { checkVectors(t, quick(t), vectorDiffLaws()) }

func TestVectorBuilderLaws(t *testing.T) { checkVectors(t, quick(t), vectorBuilderLaws()) }

func TestVectorEncodeLaws(t *testing.T) { checkVectors(t, quick(t), vectorEncodeLaws()) }

// allVectorLaws returns all laws of vectors.
func allVectorLaws() []law {
	return slices.Concat(vectorLaws(), vectorAlgebraLaws(), vectorDiffLaws(), vectorBuilderLaws(), vectorEncodeLaws(), vectorWalkLaws(), vectorUpdateLaws())
}

// vectorLaws are about one vector beside a slice: reading, writing, searching and how it came about.
func vectorLaws() []law {
	return []law{
		{"a vector has its elements, however it was made", func(m made) bool {
			return are(m.Vector, m.Contents())
		}},
		{"how a vector was made does not matter", func(m made, cut uint8) bool {
			r := m.Recipe
			for r.Way = range ways {
				r.Cut = int(cut)
				v := r.Make()
				if !vector.Equal(v, m.Vector) || !vector.Equal(m.Vector, v) || !noSplice(m.Vector, v) || !are(v, r.Contents()) {
					return false
				}
			}
			return true
		}},
		{"At, First and Last are the slice's", func(m made, edits []splice) bool {
			v, want := onVector(m.Vector, edits), onSlice(m.Contents(), edits)
			first, ok := v.First()
			last, okToo := v.Last()
			if n := len(want); n > 0 {
				return ok && okToo && first == want[0] && last == want[n-1] && v.At(n/2) == want[n/2] && v.At(n-1) == last
			}
			return !ok && !okToo && first == 0 && last == 0
		}},
		{"edits in a row are the slice's", func(m made, edits []splice) bool {
			v, want := m.Vector, m.Contents()
			for _, e := range edits {
				v, want = e.onVector(v), e.onSlice(want)
				if !are(v, want) {
					return false
				}
			}
			return true
		}},
		{"Set replaces one element", func(m made, s spot, x int) bool {
			want := m.Contents()
			if len(want) == 0 {
				return true
			}
			i := s.at(len(want))
			want[i] = x
			return are(m.Vector.Set(i, x), want)
		}},
		{"the later Set of a position wins, and Sets of others commute", func(m made, s, t spot, x, y int) bool {
			v := m.Vector
			if v.Len() == 0 {
				return true
			}
			i, j := s.at(v.Len()), t.at(v.Len())
			if i == j {
				return vector.Equal(v.Set(i, x).Set(i, y), v.Set(i, y))
			}
			return vector.Equal(v.Set(i, x).Set(j, y), v.Set(j, y).Set(i, x))
		}},
		{"Append goes behind, Prepend before, many like one by one", func(m made, xs []int) bool {
			back, front := m.Vector, m.Vector
			for i := range xs {
				back, front = back.Append(xs[i]), front.Prepend(xs[len(xs)-1-i])
			}
			after, before := slices.Concat(m.Contents(), xs), slices.Concat(xs, m.Contents())
			return are(back, after) && are(m.Vector.Append(xs...), after) && are(front, before) && are(m.Vector.Prepend(xs...), before)
		}},
		{"Index and Contains find what the slice's do", func(m made, x int) bool {
			s := m.Contents()
			for _, x := range append([]int{x, -1}, s[len(s)-len(s)/50:]...) {
				if vector.Index(m.Vector, x) != slices.Index(s, x) || vector.Contains(m.Vector, x) != slices.Contains(s, x) {
					return false
				}
			}
			return true
		}},
		{"a binary search finds what sort.Search does", func(m made, x int) bool {
			s := slices.Sorted(m.Vector.Values())
			r := m.Recipe
			r.Elems, r.Deep = s, false
			for _, x := range []int{x, x / 2, -1, 251} {
				want := sort.Search(len(s), func(i int) bool { return s[i] >= x })
				i, found := vector.BinarySearchFunc(r.Make(), x, cmp.Compare[int])
				if i != want || found != (want < len(s) && s[want] == x) {
					return false
				}
			}
			return true
		}},
		{"AppendTo appends", func(m made, xs []int) bool {
			want := slices.Concat(xs, m.Contents())
			dst := append(make([]int, 0, len(want)+1), xs...)
			return slices.Equal(m.Vector.AppendTo(xs[:len(xs):len(xs)]), want) && slices.Equal(m.Vector.AppendTo(dst), want) &&
				slices.Equal(dst, xs)
		}},
		{"All, Values, Collect and Of go round", func(m made) bool {
			v := m.Vector
			return slices.Equal(slices.Collect(v.Values()), m.Contents()) && are(vector.Collect(v.Values()), m.Contents()) &&
				vector.Equal(vector.Of(v.AppendTo(nil)...), v)
		}},
		{"iterators over vectors can be left, nested and used again", func(m made, n uint8) bool {
			v := vector.Of(m.Elems...).Concat(m.Vector.Slice(0, min(300, m.Vector.Len())))
			return testkit.Exercise(v.All(), int(n), v.Len()) == nil && testkit.Exercise(v.Backward(), int(n), v.Len()) == nil
		}},
		{"Of copies, and what AppendTo returns is a copy", func(m made) bool {
			s := m.Contents()
			v := vector.Of(s...).Append(s...)
			out := v.AppendTo(nil)
			clear(s)
			clear(out)
			return are(v, slices.Concat(m.Contents(), m.Contents()))
		}},
		{"a vector edit that changes nothing returns its receiver", func(m made, s spot) bool {
			v := m.Vector
			i, n := s.in(v.Len()), v.Len()
			sorted := v.SortFunc(cmp.Compare[int])
			return v.Append() == v && v.Prepend() == v && v.Insert(i) == v && v.Delete(i, i) == v && v.Slice(0, n) == v &&
				v.Concat(vec{}) == v && vec{}.Concat(v) == v && v.Slice(i, i) == vec{} && v.Delete(0, n) == vec{} &&
				v.Filter(func(int) bool { return true }) == v && sorted.SortFunc(cmp.Compare[int]) == sorted &&
				v.Builder().Build() == v && transient.Update(v, func(*vector.Builder[int]) {}) == v &&
				vector.Apply(v, vector.Diff(v, v)) == v
		}},
		{"a position out of range panics and names it", func(m made, s spot) bool {
			v := m.Vector
			n := v.Len()
			for _, i := range []int{-1, n, n + 1 + s.in(n), math.MinInt, math.MaxInt - s.in(n)} {
				want := fmt.Sprintf("vector: index %d out of range [0:%d]", i, n)
				if panicOf(func() { v.At(i) }) != want || panicOf(func() { v.Set(i, 1) }) != want ||
					panicOf(func() { v.Builder().At(i) }) != want || panicOf(func() { v.Builder().Set(i, 1) }) != want {
					return false
				}
				if i == n {
					continue
				}
				if panicOf(func() { v.Insert(i, 1) }) != want || panicOf(func() { v.Slice(0, i) }) != want || panicOf(func() { v.Delete(i, n) }) != want {
					return false
				}
			}
			return are(v, m.Contents())
		}},
		{"forks at either end do not meet", func(m made, xs, ys []int) bool {
			a, b, c, d := m.Vector, m.Vector, m.Vector, m.Vector
			for i := range max(len(xs), len(ys)) {
				if i < len(xs) {
					a, c = a.Append(xs[i]), c.Prepend(xs[i])
				}
				if i < len(ys) {
					b, d = b.Append(ys[i]), d.Prepend(ys[i])
				}
			}
			s := m.Contents()
			fx, fy := slices.Clone(xs), slices.Clone(ys)
			slices.Reverse(fx)
			slices.Reverse(fy)
			return are(a, slices.Concat(s, xs)) && are(b, slices.Concat(s, ys)) && are(c, slices.Concat(fx, s)) &&
				are(d, slices.Concat(fy, s)) && are(m.Vector, s)
		}},
		{"forks of what was cut off do not meet", func(m made, xs []int, s, t spot) bool {
			whole := m.Contents()
			i, j := between(s, t, len(whole))
			v := m.Vector.Append(xs...)
			part := m.Vector.Slice(i, j)
			longer, earlier := part, part
			for k, x := range xs {
				longer, earlier = longer.Append(-x), earlier.Prepend(-xs[len(xs)-1-k])
			}
			minus := make([]int, len(xs))
			for k, x := range xs {
				minus[k] = -x
			}
			return are(longer, slices.Concat(whole[i:j], minus)) && are(earlier, slices.Concat(minus, whole[i:j])) &&
				are(v, slices.Concat(whole, xs)) && are(part, whole[i:j]) && are(m.Vector, whole)
		}},
		{"no operation changes the vectors it is given", func(a, b made, s, t spot, xs []int, edits []splice) bool {
			v, w := a.Vector, b.Vector
			i, j := between(s, t, v.Len())
			for _, u := range []vec{v, v.Concat(w), w.Concat(v), v.Slice(i, j).Concat(w), v.Insert(i, xs...), v.Delete(i, j)} {
				onVector(u, edits)
				onBuilder(u.Builder(), edits)
				u.Reverse()
				u.SortFunc(cmp.Compare[int])
				u.Filter(func(x int) bool { return x%2 == 0 })
				vector.Apply(u, vector.Diff(u, w))
			}
			return are(v, a.Contents()) && are(w, b.Contents())
		}},
	}
}

// vectorAlgebraLaws are about operations that go together.
func vectorAlgebraLaws() []law {
	even := func(x int) bool { return x%2 == 0 }
	return []law{
		{"Concat has the elements of both", func(a, b made) bool {
			return are(a.Vector.Concat(b.Vector), slices.Concat(a.Contents(), b.Contents()))
		}},
		{"Concat is associative", func(a, b, c made) bool {
			left, right := a.Vector.Concat(b.Vector).Concat(c.Vector), a.Vector.Concat(b.Vector.Concat(c.Vector))
			return vector.Equal(left, right) && are(left, slices.Concat(a.Contents(), b.Contents(), c.Contents()))
		}},
		{"the empty vector is the identity of Concat", func(m made) bool {
			none := m.Vector.Slice(0, 0)
			return m.Vector.Concat(none) == m.Vector && none.Concat(m.Vector) == m.Vector && none == vec{}
		}},
		{"a Concat with itself repeats", func(m made) bool {
			v := m.Vector.Slice(0, min(m.Vector.Len(), vectorSize))
			s := v.AppendTo(nil)
			v = v.Concat(v)
			return are(v.Concat(v), slices.Concat(s, s, s, s))
		}},
		{"a Slice of a Concat is a Concat of Slices", func(a, b made, s, t spot) bool {
			n, m := a.Vector.Len(), b.Vector.Len()
			i, j := between(s, t, n+m)
			got := a.Vector.Concat(b.Vector).Slice(i, j)
			return are(got, slices.Concat(a.Contents(), b.Contents())[i:j]) &&
				vector.Equal(got, a.Vector.Slice(min(i, n), min(j, n)).Concat(b.Vector.Slice(max(i-n, 0), max(j-n, 0))))
		}},
		{"a Slice of a Slice is a Slice", func(m made, s, t, u, v spot) bool {
			i, j := between(s, t, m.Vector.Len())
			k, l := between(u, v, j-i)
			return vector.Equal(m.Vector.Slice(i, j).Slice(k, l), m.Vector.Slice(i+k, i+l)) && are(m.Vector.Slice(i+k, i+l), m.Contents()[i+k:i+l])
		}},
		{"what was cut fits together", func(m made, s, t spot) bool {
			v := m.Vector
			i, j := between(s, t, v.Len())
			return are(v.Slice(0, i).Concat(v.Slice(i, j)).Concat(v.Slice(j, v.Len())), m.Contents())
		}},
		{"Slices one by one empty a vector from both ends", func(m made, n uint8) bool {
			v, s := m.Vector, m.Contents()
			for i := 0; len(s) > 0 && i < 2*int(n); i++ {
				if i%2 == 0 {
					v, s = v.Slice(1, v.Len()), s[1:]
				} else {
					v, s = v.Slice(0, v.Len()-1), s[:len(s)-1]
				}
			}
			return are(v, s)
		}},
		{"Insert is a Slice, the elements and a Slice", func(m made, s spot, xs []int) bool {
			v := m.Vector
			i := s.in(v.Len())
			return vector.Equal(v.Insert(i, xs...), v.Slice(0, i).Append(xs...).Concat(v.Slice(i, v.Len()))) &&
				are(v.Insert(i, xs...), slices.Insert(m.Contents(), i, xs...))
		}},
		{"Delete undoes Insert", func(m made, s spot, xs []int) bool {
			i := s.in(m.Vector.Len())
			return are(m.Vector.Insert(i, xs...).Delete(i, i+len(xs)), m.Contents())
		}},
		{"Delete is a Slice and a Slice, and Insert undoes it", func(m made, s, t spot) bool {
			v := m.Vector
			i, j := between(s, t, v.Len())
			short := v.Delete(i, j)
			return vector.Equal(short, v.Slice(0, i).Concat(v.Slice(j, v.Len()))) &&
				are(short, slices.Delete(m.Contents(), i, j)) &&
				are(short.Insert(i, v.Slice(i, j).AppendTo(nil)...), m.Contents())
		}},
		{"Delete and Insert of one at a time, all over", func(m made, s spot, n uint8) bool {
			v, want := m.Vector, m.Contents()
			for k := range int(n) {
				s = (s*5 + 977) % spots
				if i := s.in(len(want)); k%3 > 0 && i < len(want) {
					v, want = v.Delete(i, i+1), slices.Delete(want, i, i+1)
				} else {
					v, want = v.Insert(i, k), slices.Insert(want, i, k)
				}
			}
			return are(v, want)
		}},
		{"Reverse twice is nothing, and once is Backward", func(m made) bool {
			want := m.Contents()
			slices.Reverse(want)
			var back []int
			for _, x := range m.Vector.Backward() {
				back = append(back, x)
			}
			return are(m.Vector.Reverse(), want) && slices.Equal(back, want) && are(m.Vector.Reverse().Reverse(), m.Contents())
		}},
		{"a Reverse of a Concat is a Concat of Reverses the other way round", func(a, b made) bool {
			return vector.Equal(a.Vector.Concat(b.Vector).Reverse(), b.Vector.Reverse().Concat(a.Vector.Reverse()))
		}},
		{"Map of the identity is the identity, of a composition a composition", func(m made) bool {
			f := func(x int) int { return x + 3 }
			g := func(x int) string { return fmt.Sprint(x * x) }
			twice := vector.Map(vector.Map(m.Vector, f), g)
			return are(vector.Map(m.Vector, func(x int) int { return x }), m.Contents()) &&
				vector.Equal(twice, vector.Map(m.Vector, func(x int) string { return g(f(x)) }))
		}},
		{"Map commutes with Concat, Slice and Reverse", func(a, b made, s, t spot) bool {
			f := func(x int) int { return 1000 - x }
			i, j := between(s, t, a.Vector.Len())
			return vector.Equal(vector.Map(a.Vector.Concat(b.Vector), f), vector.Map(a.Vector, f).Concat(vector.Map(b.Vector, f))) &&
				vector.Equal(vector.Map(a.Vector.Slice(i, j), f), vector.Map(a.Vector, f).Slice(i, j)) &&
				vector.Equal(vector.Map(a.Vector.Reverse(), f), vector.Map(a.Vector, f).Reverse())
		}},
		{"Filter divides a vector in two, in order", func(m made, limit int) bool {
			above := func(x int) bool { return x > limit }
			below := func(x int) bool { return !above(x) }
			return are(m.Vector.Filter(below), slices.DeleteFunc(m.Contents(), above)) &&
				are(m.Vector.Filter(above), slices.DeleteFunc(m.Contents(), below))
		}},
		{"Filters of vectors fuse, and commute with Concat", func(a, b made, limit int) bool {
			above := func(x int) bool { return x > limit }
			both := func(x int) bool { return x > limit && even(x) }
			return vector.Equal(a.Vector.Filter(above).Filter(even), a.Vector.Filter(both)) &&
				vector.Equal(a.Vector.Concat(b.Vector).Filter(even), a.Vector.Filter(even).Concat(b.Vector.Filter(even)))
		}},
		{"SortFunc sorts, is stable and idempotent", func(m made) bool {
			byDigit := func(a, b int) int { return cmp.Compare(a%10, b%10) }
			want := m.Contents()
			slices.SortStableFunc(want, byDigit)
			sorted := m.Vector.SortFunc(byDigit)
			return are(sorted, want) && sorted.SortFunc(byDigit) == sorted && are(m.Vector, m.Contents())
		}},
		{"SortFunc does not ask for the order", func(m made) bool {
			return vector.Equal(m.Vector.Reverse().SortFunc(cmp.Compare[int]), m.Vector.SortFunc(cmp.Compare[int]))
		}},
	}
}

// vectorDiffLaws are about Equal, Diff and Apply.
func vectorDiffLaws() []law {
	// tos returns vectors to go to: one that shares much with m's, one that shares nothing, and parts of it.
	tos := func(m, o made, edits []splice, s, t spot) []vec {
		i, j := between(s, t, m.Vector.Len())
		edge := min((i|63)+1, m.Vector.Len()) // of a leaf, so that one leaf is in both, but not all of it
		return []vec{
			onVector(m.Vector, edits), o.Vector, m.Vector.Slice(i, j), m.Vector.Slice(i, j).Concat(o.Vector),
			m.Vector.Slice(0, i).Concat(m.Vector.Slice(edge, m.Vector.Len())),
			m.Vector.Concat(o.Vector), o.Vector.Concat(m.Vector), vector.Of(m.Contents()...), m.Vector.Delete(i, j), m.Vector,
		}
	}
	return []law{
		{"vectors are Equal if and only if their elements are", func(m, o made, edits []splice, s, t spot) bool {
			same := func(a, b int) bool { return a == b }
			for _, to := range tos(m, o, edits, s, t) {
				want := slices.Equal(m.Contents(), to.AppendTo(nil))
				if vector.Equal(m.Vector, to) != want || vector.Equal(to, m.Vector) != want ||
					vector.EqualFunc(m.Vector, to, same) != want {
					return false
				}
			}
			return true
		}},
		{"a Diff that is empty is one of vectors that are Equal", func(m, o made, edits []splice, s, t spot) bool {
			// Not the other way round: a leaf that both have at different positions is a difference.
			for _, to := range tos(m, o, edits, s, t) {
				if noSplice(m.Vector, to) && !vector.Equal(m.Vector, to) {
					return false
				}
			}
			return noSplice(m.Vector, m.Vector) && noSplice(m.Vector, vector.Of(m.Contents()...))
		}},
		{"a vector with one element changed is not Equal", func(m made, s spot) bool {
			v := m.Vector
			if v.Len() == 0 {
				return true
			}
			i := s.at(v.Len())
			w := v.Set(i, -1)
			found := slices.Collect(vector.Diff(v, w))
			return !vector.Equal(v, w) && !vector.Equal(w, v) && vector.Equal(w.Set(i, v.At(i)), v) && len(found) == 1 &&
				found[0].At == i && slices.Equal(found[0].Old, []int{v.At(i)}) && slices.Equal(found[0].New, []int{-1})
		}},
		{"a vector with leaves moved by little is Equal if and only if its elements are", func(m made, s, t spot, n uint8) bool {
			v := vector.Map(m.Vector, func(x int) int { return x / 248 }) // rarely 1
			i, j := between(s, t, v.Len())
			k := min(int(n)%70, v.Len()-j)
			w := v.Insert(i, make([]int, k)...).Delete(j+k, j+2*k)
			a, b := v.AppendTo(nil), w.AppendTo(nil)
			return vector.Equal(v, w) == slices.Equal(a, b) && are(vector.Apply(v, vector.Diff(v, w)), b) && are(vector.Apply(w, vector.Diff(w, v)), a)
		}},
		{"two parts of one vector are Equal if and only if their elements are", func(m made, n uint8) bool {
			v := vector.Map(m.Vector, func(x int) int { return x / 248 })
			k := min(int(n)%70, v.Len())
			front, back := v.Slice(0, v.Len()-k), v.Slice(k, v.Len())
			want := slices.Equal(front.AppendTo(nil), back.AppendTo(nil))
			return vector.Equal(front, back) == want && vector.Equal(back, front) == want &&
				are(vector.Apply(front, vector.Diff(front, back)), back.AppendTo(nil))
		}},
		{"EqualFunc compares elements of different types", func(m made, s spot) bool {
			text := vector.Map(m.Vector, func(x int) string { return fmt.Sprint(x) })
			same := func(x int, t string) bool { return fmt.Sprint(x) == t }
			if !vector.EqualFunc(m.Vector, text, same) {
				return false
			}
			n := text.Len()
			return n == 0 || !vector.EqualFunc(m.Vector, text.Set(s.at(n), "x"), same) && !vector.EqualFunc(m.Vector, text.Append("x"), same)
		}},
		{"applying a vector's Diff leads from one to the other", func(m, o made, edits []splice, s, t spot) bool {
			for _, to := range tos(m, o, edits, s, t) {
				if !are(vector.Apply(m.Vector, vector.Diff(m.Vector, to)), to.AppendTo(nil)) ||
					!are(vector.Apply(to, vector.Diff(to, m.Vector)), m.Contents()) {
					return false
				}
			}
			return true
		}},
		{"a checked Apply of splices makes what fits, and nothing of what does not", func(m, o made, edits []splice, s, t spot) bool {
			refused := func(splices ...diff.Splice[int]) bool {
				got, err := vector.TryApply(m.Vector, slices.Values(splices))
				var wrong *diff.Mismatch
				return got == m.Vector && errors.As(err, &wrong)
			}
			for _, to := range tos(m, o, edits, s, t) {
				splices := slices.Collect(vector.Diff(m.Vector, to))
				got, err := vector.TryApply(m.Vector, slices.Values(splices))
				if err != nil || !are(got, to.AppendTo(nil)) {
					return false
				}
				if len(splices) == 0 {
					continue
				}
				i := s.at(len(splices))
				wrong := slices.Clone(splices)
				if d := &wrong[i]; len(d.Old) > 0 {
					d.Old = slices.Clone(d.Old)
					d.Old[t.at(len(d.Old))]++
				} else {
					d.At = math.MaxInt
				}
				if !refused(wrong...) || !refused(slices.Concat(splices, []diff.Splice[int]{{At: to.Len() + 1}})...) {
					return false
				}
			}
			return true
		}},
		{"applying the inverses of splices in reverse order undoes", func(m, o made, edits []splice, s, t spot) bool {
			for _, to := range tos(m, o, edits, s, t) {
				back := slices.Collect(vector.Diff(m.Vector, to))
				slices.Reverse(back)
				for i := range back {
					back[i] = back[i].Inverse()
				}
				if !are(vector.Apply(to, slices.Values(back)), m.Contents()) {
					return false
				}
			}
			return true
		}},
		{"a Diff's splices are in order and tell what was there", func(m, o made, edits []splice, s, t spot) bool {
			for _, to := range tos(m, o, edits, s, t) {
				now, from := m.Contents(), 0
				for d := range vector.Diff(m.Vector, to) {
					if d.At < from || len(d.Old)+len(d.New) == 0 || slices.Equal(d.Old, d.New) || !slices.Equal(now[d.At:d.At+len(d.Old)], d.Old) {
						return false
					}
					now, from = slices.Replace(now, d.At, d.At+len(d.Old), d.New...), d.At+len(d.New)
				}
				if !slices.Equal(now, to.AppendTo(nil)) {
					return false
				}
			}
			return true
		}},
		{"a Diff of vectors can be left and used again", func(m made, edits []splice, n uint8) bool {
			d := vector.Diff(m.Vector, onVector(m.Vector, edits))
			all, some := slices.Collect(d), 0
			for c := range d {
				if some == int(n%4) {
					break
				}
				if c.At != all[some].At || !slices.Equal(c.New, all[some].New) {
					return false
				}
				some++
			}
			return some == min(int(n%4), len(all)) && len(slices.Collect(d)) == len(all)
		}},
		{"a Merge with what one side has besides, elsewhere, is that side", func(m, o made, edits []splice, s spot) bool {
			base := m.Vector
			theirs := onVector(base, edits)
			ours := theirs.Append(-7) // behind an element of its own, which no edit of theirs is next to
			base, theirs, ours = base.Append(-8), theirs.Append(-8), theirs.Append(-8).Concat(ours.Slice(theirs.Len(), ours.Len()))
			got, a := vector.Merge(base, ours, theirs)
			back, b := vector.Merge(base, theirs, ours)
			return len(a) == 0 && len(b) == 0 && vector.Equal(got, ours) && vector.Equal(back, ours)
		}},
		{"a Merge with an unchanged side is the other, and with an equal one as well", func(m, o made, edits []splice, s, t spot) bool {
			for _, to := range tos(m, o, edits, s, t) {
				for _, c := range [][3]vec{{m.Vector, to, m.Vector}, {m.Vector, m.Vector, to}, {m.Vector, to, vector.Of(to.AppendTo(nil)...)}} {
					got, overlaps := vector.Merge(c[0], c[1], c[2])
					if len(overlaps) > 0 || !vector.Equal(got, to) {
						return false
					}
				}
			}
			return true
		}},
		{"a Merge with the sides exchanged has the same overlaps, and without any the same result", func(m made, mine, yours []splice) bool {
			ours, theirs := onVector(m.Vector, mine), onVector(m.Vector, yours)
			got, a := vector.Merge(m.Vector, ours, theirs)
			back, b := vector.Merge(m.Vector, theirs, ours)
			return len(a) == len(b) && (len(a) > 0 || vector.Equal(got, back))
		}},
		{"Apply makes any splices", func(m made, edits []splice) bool {
			v, want := m.Vector, m.Contents()
			var list []diff.Splice[int]
			for _, e := range edits {
				i, j := between(e.From, e.To, len(want))
				list = append(list, diff.Splice[int]{At: i, Old: slices.Clone(want[i:j]), New: e.Xs})
				want = slices.Replace(want, i, j, e.Xs...)
			}
			return are(vector.Apply(v, slices.Values(list)), want) && are(v, m.Contents())
		}},
	}
}

// vectorBuilderLaws are about Builder: that it does what the vector does, and that nothing it does reaches a vector.
func vectorBuilderLaws() []law {
	return []law{
		{"a builder does what the vector does", func(m made, edits []splice) bool {
			b, want := m.Vector.Builder(), m.Contents()
			for _, e := range edits {
				e.onBuilder(b)
				want = e.onSlice(want)
				if b.Len() != len(want) {
					return false
				}
				for i := 0; i < len(want); i += 1 + len(want)/40 {
					if b.At(i) != want[i] {
						return false
					}
				}
			}
			return are(b.Build(), want)
		}},
		{"a builder never changes the vector it came from", func(m made, edits []splice) bool {
			b := m.Vector.Builder()
			onBuilder(b, edits)
			for i := range b.Len() {
				b.Set(i, -1)
			}
			b.Append(-1)
			b.Prepend(-1)
			return are(m.Vector, m.Contents())
		}},
		{"a copy of a builder panics when it is used, and changes nothing that the vector shares", func(m made, before, edits, after []splice) bool {
			b, want := m.Vector.Builder(), m.Contents()
			onBuilder(b, before)
			for _, e := range before {
				want = e.onSlice(want)
			}
			c := copyOf(b)
			built, frozen := b.Build(), slices.Clone(want)
			if !panics(func() { c.Build() }) || !panics(func() { c.Len() }) || !panics(func() { c.Append(-1) }) ||
				!panics(func() { c.Prepend(-1) }) || !panics(func() { c.Set(0, -1) }) || !panics(func() { c.Clear() }) {
				return false
			}
			for _, e := range edits {
				if !panics(func() { e.onBuilder(c) }) {
					return false
				}
			}
			onBuilder(b, after)
			for _, e := range after {
				want = e.onSlice(want)
			}
			return are(built, frozen) && are(b.Build(), want)
		}},
		{"a vector that was built never changes", func(m made, first, second []splice) bool {
			b, want := m.Vector.Builder(), m.Contents()
			var built []vec
			var wants [][]int
			for _, e := range slices.Concat(first, second) {
				e.onBuilder(b)
				for i := 0; i < b.Len(); i += 1 + b.Len()/7 {
					b.Set(i, -i)
				}
				want = e.onSlice(want)
				for i := 0; i < len(want); i += 1 + len(want)/7 {
					want[i] = -i
				}
				built, wants = append(built, b.Build()), append(wants, slices.Clone(want))
			}
			b.Clear()
			for i, v := range built {
				if !are(v, wants[i]) {
					return false
				}
			}
			return are(m.Vector, m.Contents())
		}},
		{"builders of one vector do not meet", func(m made, mine, yours []splice) bool {
			a, b := m.Vector.Builder(), m.Vector.Builder()
			for i := range max(len(mine), len(yours)) {
				if i < len(mine) {
					mine[i].onBuilder(a)
				}
				if i < len(yours) {
					yours[i].onBuilder(b)
				}
				if i == len(mine)/2 {
					a.Build()
				}
			}
			return are(a.Build(), onSlice(m.Contents(), mine)) && are(b.Build(), onSlice(m.Contents(), yours))
		}},
		{"a vector that was built can grow while the builder does", func(m made, edits []splice, xs []int) bool {
			b := m.Vector.Builder()
			onBuilder(b, edits)
			v := b.Build()
			w, want := v, onSlice(m.Contents(), edits)
			for _, x := range xs {
				b.Append(x)
				w = w.Append(-x).Prepend(-x)
				b.Prepend(x)
			}
			mine, yours := slices.Clone(want), slices.Clone(want)
			for _, x := range xs {
				mine, yours = slices.Insert(append(mine, x), 0, x), slices.Insert(append(yours, -x), 0, -x)
			}
			return are(b.Build(), mine) && are(w, yours) && are(v, want)
		}},
		{"a Build without a change is the same vector", func(m made, edits []splice) bool {
			b := m.Vector.Builder()
			first := b.Build()
			onBuilder(b, edits)
			second := b.Build()
			b.Append()
			b.Prepend()
			return first == m.Vector && b.Build() == second && are(second, onSlice(m.Contents(), edits))
		}},
		{"transient.Update of a vector is Builder and Build", func(m made, edits []splice) bool {
			got := transient.Update(m.Vector, func(b *vector.Builder[int]) { onBuilder(b, edits) })
			return are(got, onSlice(m.Contents(), edits))
		}},
		{"Truncate is a Slice from the start", func(m made, edits []splice, s spot) bool {
			b := m.Vector.Builder()
			onBuilder(b, edits)
			v := b.Build()
			n := s.in(v.Len())
			b.Truncate(n)
			return vector.Equal(b.Build(), v.Slice(0, n)) && are(b.Build(), onSlice(m.Contents(), edits)[:n])
		}},
		{"Clear leaves a vector's builder to begin again", func(m made, edits []splice) bool {
			b := m.Vector.Builder()
			onBuilder(b, edits)
			b.Clear()
			if b.Len() != 0 || b.Build() != (vec{}) {
				return false
			}
			onBuilder(b, edits)
			return are(b.Build(), onSlice(nil, edits))
		}},
		{"a range sees a vector's builder as it was when it began", func(m made, edits, within []splice) bool {
			b := m.Vector.Builder()
			seq := b.All()
			onBuilder(b, edits)
			want := onSlice(m.Contents(), edits)
			n := 0
			for i, x := range seq {
				if i != n || n >= len(want) || x != want[n] {
					return false
				}
				if n++; n%100 == 1 {
					if b.Set(b.Len()-1, -1); len(within) > 0 {
						within[0].onBuilder(b)
					}
					b.Append(-n)
				}
			}
			return n == len(want)
		}},
		{"the zero builder is an empty vector's", func(edits []splice) bool {
			var b vector.Builder[int]
			if b.Len() != 0 || b.Build() != (vec{}) {
				return false
			}
			onBuilder(&b, edits)
			return are(b.Build(), onSlice(nil, edits)) && slices.Equal(slices.Collect(b.Values()), onSlice(nil, edits))
		}},
	}
}

// vectorEncodeLaws are about JSON, gob and printing.
func vectorEncodeLaws() []law {
	return []law{
		{"a vector's JSON goes round, and is the slice's", func(m, other made) bool {
			v := other.Vector
			return json.Unmarshal(jsonOf(m.Vector), &v) == nil && are(v, m.Contents()) && are(other.Vector, other.Contents()) &&
				slices.Equal(jsonOf(m.Vector), jsonOf(append([]int{}, m.Contents()...)))
		}},
		{"a vector's gob goes round, however it was made", func(m, other made) bool {
			v := other.Vector
			return gob.NewDecoder(gobOf(m.Vector)).Decode(&v) == nil && are(v, m.Contents()) && are(other.Vector, other.Contents()) &&
				slices.Equal(gobOf(m.Vector).Bytes(), gobOf(vector.Of(m.Contents()...)).Bytes())
		}},
		{"null and broken JSON change no vector", func(m made) bool {
			v, text := m.Vector, jsonOf(m.Vector.Append(1))
			return json.Unmarshal([]byte("null"), &v) == nil && v == m.Vector && v.UnmarshalJSON(text[:len(text)-1]) != nil &&
				v.UnmarshalJSON([]byte(`[1, "a"]`)) != nil && v == m.Vector
		}},
		{"a vector prints as the slice does", func(m made) bool {
			v, s := m.Vector, m.Contents()
			for _, format := range []string{"%v", "%d", "%+v", "%x", "%04d", "%-5d|"} {
				if fmt.Sprintf(format, v) != fmt.Sprintf(format, s) {
					return false
				}
			}
			return v.String() == fmt.Sprint(s)
		}},
	}
}

// noSplice reports whether there is no difference between two vectors.
func noSplice(from, to vec) bool {
	for range vector.Diff(from, to) {
		return false
	}
	return true
}

// panicOf returns what f panics with, as text.
func panicOf(f func()) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint(r)
		}
	}()
	f()
	return "no panic"
}
