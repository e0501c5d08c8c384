package property_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/vector"
)

func TestVectorWalkLaws(t *testing.T) { checkVectors(t, quick(t), vectorWalkLaws()) }

func TestVectorUpdateLaws(t *testing.T) { checkVectors(t, quick(t), vectorUpdateLaws()) }

func TestQueueLaws(t *testing.T) { checkVectors(t, quick(t), queueLaws()) }

// vectorWalkLaws are about reading a part of a vector, or one element after the other.
func vectorWalkLaws() []law {
	return []law{
		{"a Range is that of the slice", func(m made, edits []splice, s, t spot) bool {
			v, want := onVector(m.Vector, edits), onSlice(m.Contents(), edits)
			i, j := between(s, t, len(want))
			at := i
			for k, x := range v.Range(i, j) {
				if k != at || x != want[k] {
					return false
				}
				at++
			}
			return at == j
		}},
		{"Chunks are the elements, and no copies", func(m made, edits []splice) bool {
			v := onVector(m.Vector, edits)
			var all []int
			for chunk := range v.Chunks() {
				if len(chunk) == 0 || len(chunk) != cap(chunk) {
					return false
				}
				all = append(all, chunk...)
			}
			return slices.Equal(all, onSlice(m.Contents(), edits))
		}},
		{"a Cursor is a position in the slice", func(m made, edits []splice, s, t spot, seed int) bool {
			c, want := onVector(m.Vector, edits).Cursor(), onSlice(m.Contents(), edits)
			rng, at := rand.New(rand.NewPCG(uint64(seed), 1)), 0
			for range 100 {
				var x, y int
				var ok bool
				switch rng.IntN(6) {
				case 0:
					at = [...]int{0, s.in(len(want)), len(want)}[rng.IntN(3)]
					c.Seek(at)
					s, t = t, s
				case 1, 2:
					if x, ok = c.Next(); ok != (at < len(want)) {
						return false
					} else if ok {
						y = want[at]
						at++
					}
				default:
					if x, ok = c.Prev(); ok != (at > 0) {
						return false
					} else if ok {
						at--
						y = want[at]
					}
				}
				if x != y || c.Index() != at {
					return false
				}
			}
			return true
		}},
		{"IndexFunc and ContainsFunc find what the slice's do", func(m made, edits []splice, x int) bool {
			v, want := onVector(m.Vector, edits), onSlice(m.Contents(), edits)
			is := func(y int) bool { return y%100 == x%100 }
			return vector.IndexFunc(v, is) == slices.IndexFunc(want, is) && vector.ContainsFunc(v, is) == slices.ContainsFunc(want, is)
		}},
	}
}

// vectorUpdateLaws are about updates, what is in order, and differences that a function tells.
func vectorUpdateLaws() []law {
	same := func(a, b int) bool { return a == b }
	near := func(a, b int) bool { return a/8 == b/8 }
	return []law{
		{"Update is Set of what the function makes of the element", func(m made, s spot, x int) bool {
			v := m.Vector
			if v.Len() == 0 {
				return true
			}
			i := s.at(v.Len())
			f := func(y int) int { return y/2 + x }
			want := m.Contents()
			want[i] = f(want[i])
			b := v.Builder()
			b.Update(i, f)
			return are(v.Update(i, f), want) && are(vector.UpdateIfChanged(v, i, f), want) && are(b.Build(), want) && are(v, m.Contents())
		}},
		{"what is set to what it is, is the same version", func(m made, s spot, x int) bool {
			v := m.Vector
			if v.Len() == 0 {
				return true
			}
			i := s.at(v.Len())
			old := v.At(i)
			w := vector.SetIfChanged(v, i, x)
			return (w == v) == (x == old) && vector.Equal(w, v.Set(i, x)) && vector.SetIfChangedFunc(v, i, x, same).Equal(w) &&
				(vector.SetIfChangedFunc(v, i, x, near) == v) == near(old, x) && vector.SetIfChanged(w, i, old).Equal(v)
		}},
		{"DeleteFunc is the slice's, and Filter of the others", func(m made, edits []splice, x int) bool {
			v := onVector(m.Vector, edits)
			del := func(y int) bool { return y > x }
			w, want := v.DeleteFunc(del), slices.DeleteFunc(onSlice(m.Contents(), edits), del)
			return are(w, want) && w.DeleteFunc(del) == w && (w == v) == (len(want) == v.Len()) &&
				vector.Equal(w, v.Filter(func(y int) bool { return !del(y) }))
		}},
		{"AppendSeq is Append", func(m made, edits []splice, xs []int) bool {
			v := onVector(m.Vector, edits)
			return vector.Equal(v.AppendSeq(slices.Values(xs)), v.Append(xs...)) && (v.AppendSeq(slices.Values(xs)) == v) == (len(xs) == 0)
		}},
		{"Sort is the slice's, and SortFunc's", func(m made, edits []splice) bool {
			v, want := onVector(m.Vector, edits), onSlice(m.Contents(), edits)
			slices.Sort(want)
			w := vector.Sort(v)
			return are(w, want) && vector.Sort(w) == w && vector.Equal(w, v.SortFunc(cmp.Compare[int]))
		}},
		{"a builder's SortFunc is the vector's, and it can go on", func(m made, edits, more []splice) bool {
			b, byEights := m.Vector.Builder(), func(a, b int) int { return cmp.Compare(b/8, a/8) }
			onBuilder(b, edits)
			want := onSlice(m.Contents(), edits)
			slices.SortStableFunc(want, byEights)
			b.SortFunc(byEights)
			v := b.Build()
			onBuilder(b, more)
			first, ok := v.First()
			return are(v, want) && vector.Equal(v, onVector(m.Vector, edits).SortFunc(byEights)) && are(b.Build(), onSlice(want, more)) &&
				are(m.Vector, m.Contents()) && (!ok || first == want[0])
		}},
		{"a builder's First, Last and Backward are those of what it builds", func(m made, edits []splice) bool {
			b := m.Vector.Builder()
			onBuilder(b, edits)
			first, ok := b.First()
			last, also := b.Last()
			var all []int
			for _, x := range b.Backward() {
				all = append(all, x)
			}
			slices.Reverse(all)
			want := onSlice(m.Contents(), edits)
			return slices.Equal(all, want) && ok == (len(want) > 0) && also == ok && (!ok || first == want[0] && last == want[len(want)-1])
		}},
		{"DiffFunc and MergeFunc by == are Diff and Merge", func(m made, mine, yours []splice) bool {
			few := func(v vec) vec { return v.Slice(0, min(60, v.Len())) } // of more, each may find other differences
			base, ours, theirs := few(m.Vector), few(onVector(m.Vector, mine)), few(onVector(m.Vector, yours))
			text := func(x any) string { return fmt.Sprint(x) }
			want, overlaps := vector.Merge(base, ours, theirs)
			got, also := vector.MergeFunc(base, ours, theirs, same)
			return vector.Equal(got, want) && text(overlaps) == text(also) &&
				text(slices.Collect(vector.Diff(ours, theirs))) == text(slices.Collect(vector.DiffFunc(ours, theirs, same)))
		}},
		{"DiffFunc leads to what is equal by its function", func(m, o made, edits []splice) bool {
			for _, to := range []vec{onVector(m.Vector, edits), o.Vector} {
				made := vector.Apply(m.Vector, vector.DiffFunc(m.Vector, to, near))
				if !vector.EqualFunc(made, to, near) {
					return false
				}
				if got, err := vector.TryApplyFunc(m.Vector, vector.DiffFunc(m.Vector, to, near), near); err != nil || !vector.Equal(got, made) {
					return false
				}
			}
			return true
		}},
		{"MergeFunc with an unchanged side is the other, by its function", func(m made, edits []splice) bool {
			v, other := onVector(m.Vector, edits), vector.Map(m.Vector, func(x int) int { return x/8*8 + 7 - x%8 })
			got, overlaps := vector.MergeFunc(m.Vector, v, other, near)
			back, also := vector.MergeFunc(m.Vector, other, v, near)
			return len(overlaps)+len(also) == 0 && (got == v || v == m.Vector && got == other) && vector.EqualFunc(back, v, near)
		}},
	}
}

// queueLaws are about several elements at once.
func queueLaws() []law {
	return []law{
		{"a queue with several at once is one with one after the other", func(xs, ys []int, steps []splice) bool {
			q, want := list.QueueOf(xs...), slices.Clone(xs)
			for i, s := range steps {
				n := s.From.in(len(want) + 2)
				first, rest := q.Take(n)
				n = min(n, len(want))
				if !slices.Equal(first, want[:n]) || !rest.Equal(q.Drop(n)) {
					return false
				}
				if q, want = rest, want[n:]; i%2 == 0 {
					q, want = q.PushAll(slices.Values(ys)).Push(i), append(slices.Concat(want, ys), i)
				}
				if q.Len() != len(want) || !slices.Equal(slices.Collect(q.All()), want) {
					return false
				}
			}
			return true
		}},
	}
}
