package vector

import (
	"slices"
	"testing"
)

// Concat of all lengths up to a few levels of small nodes, and Slice of all ranges.
func TestConcatOfAllLengths(t *testing.T) {
	most, step := 150, 1
	if leafBits[int]() > 2 {
		most, step = 40*64, 97 // the normal build: leaves and nodes are crossed in steps
	}
	if quick() {
		step *= 3
	}
	s := upTo(most)
	for _, make := range []func([]int) Vector[int]{constructions["Of"], constructions["Concat"], constructions["Prepend"]} {
		var vs []Vector[int]
		for n := 0; n <= most; n += step {
			vs = append(vs, make(s[:n]))
		}
		for _, v := range vs {
			for _, w := range vs {
				same(t, slices.Concat(s[:v.Len()], s[:w.Len()]), v.Concat(w))
			}
		}
	}
}

func TestSliceOfAllRanges(t *testing.T) {
	most, step := 110, 1
	if leafBits[int]() > 2 {
		most, step = 30*64, 61
	}
	if quick() {
		step *= 3
	}
	s := upTo(most)
	for name, make := range constructions {
		v := make(s)
		for i := 0; i <= most; i += step {
			for j := i; j <= most; j += step {
				w := v.Slice(i, j)
				if err := (version[int]{v: w, model: s[i:j]}).verify(0); err != nil {
					t.Fatalf("%s: [%d, %d): %v", name, i, j, err)
				}
			}
		}
	}
}

func TestInsertAndDeleteEverywhere(t *testing.T) {
	most, step := 70, 1
	if leafBits[int]() > 2 {
		most, step = 1100, 37
	}
	s := upTo(most)
	for name, make := range constructions {
		v := make(s)
		for i := 0; i <= most; i += step {
			for _, k := range []int{1, 2, 1<<leafBits[int]() - 1, 1 << leafBits[int](), 1<<leafBits[int]() + 1} {
				xs := upTo(k)
				if err := (version[int]{v: v.Insert(i, xs...), model: slices.Insert(slices.Clone(s), i, xs...)}).verify(0); err != nil {
					t.Fatalf("%s: Insert(%d) of %d: %v", name, i, k, err)
				}
				if j := min(most, i+k); j > i {
					if err := (version[int]{v: v.Delete(i, j), model: slices.Delete(slices.Clone(s), i, j)}).verify(0); err != nil {
						t.Fatalf("%s: Delete(%d, %d): %v", name, i, j, err)
					}
				}
			}
		}
	}
}

// All programs of up to four operations on a vector at the edge of a new level.
func TestAllShortPrograms(t *testing.T) {
	leaf := 1 << leafBits[int]()
	ops := []func(v Vector[int], s []int) (Vector[int], []int){
		func(v Vector[int], s []int) (Vector[int], []int) {
			return v.Append(-1), slices.Concat(s, []int{-1})
		},
		func(v Vector[int], s []int) (Vector[int], []int) {
			return v.Prepend(-2), slices.Concat([]int{-2}, s)
		},
		func(v Vector[int], s []int) (Vector[int], []int) {
			return v.Slice(min(1, len(s)), len(s)), s[min(1, len(s)):]
		},
		func(v Vector[int], s []int) (Vector[int], []int) {
			return v.Slice(0, max(0, len(s)-1)), s[:max(0, len(s)-1)]
		},
		func(v Vector[int], s []int) (Vector[int], []int) {
			return v.Slice(len(s)/2, len(s)), s[len(s)/2:]
		},
		func(v Vector[int], s []int) (Vector[int], []int) {
			return v.Slice(0, len(s)/2), s[:len(s)/2]
		},
		func(v Vector[int], s []int) (Vector[int], []int) {
			return v.Concat(v), slices.Concat(s, s)
		},
		func(v Vector[int], s []int) (Vector[int], []int) {
			return v.Insert(len(s)/2, -3), slices.Insert(slices.Clone(s), len(s)/2, -3)
		},
		func(v Vector[int], s []int) (Vector[int], []int) {
			return v.Delete(len(s)/3, len(s)/2), slices.Delete(slices.Clone(s), len(s)/3, len(s)/2)
		},
		func(v Vector[int], s []int) (Vector[int], []int) {
			return v.Append(upTo(leaf)...), slices.Concat(s, upTo(leaf))
		},
	}
	depth := 4
	if quick() {
		depth = 3
	}
	var run func(v Vector[int], s []int, depth int)
	run = func(v Vector[int], s []int, depth int) {
		same(t, s, v)
		if depth == 0 {
			return
		}
		for _, op := range ops {
			w, r := op(v, s)
			run(w, r, depth-1)
		}
		if err := (version[int]{v: v, model: s}).verify(1); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range []int{leaf - 1, leaf, leaf + 1, 3*leaf + leaf/2} {
		run(grow(n), upTo(n), depth)
		run(growFront(n), upTo(n), depth)
	}
}
