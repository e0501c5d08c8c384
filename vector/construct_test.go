package vector

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// constructions are ways to make a vector of given elements that end in different shapes.
var constructions = map[string]func(s []int) Vector[int]{
	"Of": func(s []int) Vector[int] { return Of(s...) },
	"Append": func(s []int) (v Vector[int]) {
		for _, x := range s {
			v = v.Append(x)
		}
		return v
	},
	"Prepend": func(s []int) (v Vector[int]) {
		for _, x := range slices.Backward(s) {
			v = v.Prepend(x)
		}
		return v
	},
	"both ends": func(s []int) (v Vector[int]) {
		mid := len(s) / 2
		for i := range len(s) {
			if i%2 == 0 {
				v = v.Append(s[mid+i/2])
			} else {
				v = v.Prepend(s[mid-1-i/2])
			}
		}
		return v
	},
	"Concat": func(s []int) (v Vector[int]) {
		for len(s) > 0 {
			n := min(len(s), 17)
			v = v.Concat(Of(s[:n]...))
			s = s[n:]
		}
		return v
	},
	"Concat from the right": func(s []int) (v Vector[int]) {
		for len(s) > 0 {
			n := min(len(s), 33)
			v = Of(s[len(s)-n:]...).Concat(v)
			s = s[:len(s)-n]
		}
		return v
	},
	"halves": func(s []int) Vector[int] { return halves(s) },
	"take": func(s []int) Vector[int] {
		return Of(slices.Concat(s, make([]int, 100))...).Slice(0, len(s))
	},
	"drop": func(s []int) Vector[int] {
		return Of(slices.Concat(make([]int, 177), s)...).Slice(177, 177+len(s))
	},
	"Insert": func(s []int) (v Vector[int]) {
		var odd []int
		for i, x := range s {
			if i%2 == 0 {
				v = v.Append(x)
			} else {
				odd = append(odd, x)
			}
		}
		for i, x := range odd {
			v = v.Insert(2*i+1, x)
		}
		return v
	},
	"Delete": func(s []int) (v Vector[int]) {
		for _, x := range s {
			v = v.Append(x, -x)
		}
		for i := range s {
			v = v.Delete(i+1, i+2)
		}
		return v
	},
	"Builder": func(s []int) Vector[int] {
		var b Builder[int]
		for i, x := range s {
			b.Append(x)
			if i%50 == 49 {
				b.Build()
			}
		}
		return b.Build()
	},
	"Collect": func(s []int) Vector[int] { return Collect(slices.Values(s)) },
}

func halves(s []int) Vector[int] {
	if len(s) <= 3 {
		return Of(s...)
	}
	return halves(s[:len(s)/2]).Concat(halves(s[len(s)/2:]))
}

// shapeSizes are the sizes of one leaf, one node and two levels, and those next to them.
func shapeSizes() (sizes []int) {
	leaf := 1 << leafBits[int]()
	for _, n := range []int{0, leaf, 2 * leaf, 3 * leaf, fan * leaf, (fan + 1) * leaf, (fan + 2) * leaf, 2 * fan * leaf, fan * fan * leaf, (fan*fan + 1) * leaf} {
		for d := -1; d <= 1; d++ {
			if m := n + d; m >= 0 && (m < 3000 || !quick()) {
				sizes = append(sizes, m)
			}
		}
	}
	return append(sizes, 5, 17, 31, 33, 1023, 1025, 1056, 1057, 2080)
}

// However a vector was made, every operation gives what it gives on a slice.
func TestConstructions(t *testing.T) {
	for name, make := range constructions {
		t.Run(name, func(t *testing.T) {
			for _, n := range shapeSizes() {
				s := upTo(n)
				v := make(s)
				same(t, s, v)
				assert.True(t, Equal(v, Of(s...)))
				same(t, slices.Concat(s, s), v.Concat(v))
				same(t, slices.Concat(s, []int{-1}), v.Append(-1))
				same(t, slices.Concat([]int{-1}, s), v.Prepend(-1))
				same(t, s[n/3:n-n/4], v.Slice(n/3, n-n/4))
				same(t, slices.Insert(slices.Clone(s), n/3, -1, -2, -3), v.Insert(n/3, -1, -2, -3))
				same(t, slices.Delete(slices.Clone(s), n/3, n/2), v.Delete(n/3, n/2))
				if n > 0 {
					w := slices.Clone(s)
					w[n/2] = -1
					same(t, w, v.Set(n/2, -1))
				}
				r := slices.Clone(s)
				slices.Reverse(r)
				same(t, r, v.Reverse())
				same(t, s, v.Reverse().SortFunc(cmp.Compare[int]))
			}
		})
	}
}

func TestConstructionsAreEqual(t *testing.T) {
	for _, n := range []int{10, 1000, 3000} {
		s := upTo(n)
		for a, makeA := range constructions {
			for b, makeB := range constructions {
				v, w := makeA(s), makeB(s)
				if !Equal(v, w) || Equal(v, w.Set(n/2, -1)) || Equal(v, w.Append(1)) {
					t.Fatal(a, b, n)
				}
				for d := range Diff(v, w) {
					t.Fatal(a, b, n, d)
				}
			}
		}
	}
}
