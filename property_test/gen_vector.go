package property_test

import (
	"fmt"
	"slices"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"

	"github.com/ramet-go/ramet/vector"
)

// A Way is a way to make a vector of given elements.
type Way uint8

// The ways. Numbers of elements, where there is a choice, depend on [Recipe.Cut].
const (
	ByOf      Way = iota
	ByAppend      // one by one
	ByPrepend     // one by one
	ByEnds        // from the middle, by turns at the front and at the back
	ByConcat      // of pieces of various lengths
	BySlice       // of a longer vector
	ByInsert      // into the middle
	ByDelete      // of what is too much in the middle
	ByBuilder     // which builds in between
	ways
)

func (w Way) String() string {
	return [...]string{"Of", "Append", "Prepend", "Append and Prepend", "Concat", "Slice", "Insert", "Delete", "a builder"}[w]
}

// A Recipe is how a vector is made.
type Recipe[T any] struct {
	Elems []T
	Deep  bool // Elems are repeated until there are enough for a tree of three levels
	Way   Way
	Cut   int
}

// deep is more elements than two levels of full nodes, a head and a tail have, if an element has 8 bytes.
const deep = 16*16*64 + 2*64 + 1

// Contents returns the elements of the vector.
func (r Recipe[T]) Contents() []T {
	if n := len(r.Elems); r.Deep && n > 0 {
		return slices.Repeat(r.Elems, deep/n+1)
	}
	return slices.Clone(r.Elems)
}

// Make makes the vector.
func (r Recipe[T]) Make() vector.Vector[T] {
	s, cut := r.Contents(), r.Cut
	n := len(s)
	middle := n / 2
	var v vector.Vector[T]
	switch r.Way {
	case ByAppend:
		for _, x := range s {
			v = v.Append(x)
		}
	case ByPrepend:
		for _, x := range slices.Backward(s) {
			v = v.Prepend(x)
		}
	case ByEnds:
		for i := range s {
			if i%2 == 0 {
				v = v.Append(s[middle+i/2])
			} else {
				v = v.Prepend(s[middle-i/2-1])
			}
		}
	case ByConcat:
		for len(s) > 0 {
			k := min(len(s), 1+cut*cut%239)
			v, s = v.Concat(vector.Of(s[:k]...)), s[k:]
			cut++
		}
	case BySlice:
		around := slices.Concat(s[middle:], s[:middle], s[:min(n, cut)])
		v = vector.Of(around...).Append(s...).Append(around...)
		v = v.Slice(len(around), len(around)+n)
	case ByInsert:
		a, b := n/5, n-n/5
		v = vector.Of(s[:a]...).Append(s[b:]...)
		for i := a; i < b; {
			k := min(b-i, 1+cut*i%7)
			v = v.Insert(i, s[i:i+k]...)
			i += k
		}
	case ByDelete:
		for piece := range slices.Chunk(s, 1+cut) {
			v = v.Append(piece...).Append(piece[:min(len(piece), 1+cut/2)]...)
		}
		for i := 0; i < n; {
			k := min(n-i, 1+cut)
			i += k
			v = v.Delete(i, i+min(k, 1+cut/2))
		}
	case ByBuilder:
		var b vector.Builder[T]
		for i, x := range s {
			b.Append(x)
			if i%(cut+1) == cut {
				v = b.Build()
			}
		}
		return b.Build()
	default:
		v = vector.Of(s...)
	}
	return v
}

// A Made is a vector and how it was made.
type Made[T any] struct {
	Vector vector.Vector[T]
	Recipe[T]
}

// String says what the elements are, and how the vector was made.
func (m Made[T]) String() string {
	if m.Deep {
		return fmt.Sprintf("%v and so on, %d elements by %v (%d)", m.Elems, m.Vector.Len(), m.Way, m.Cut)
	}
	return fmt.Sprintf("%v by %v (%d)", m.Elems, m.Way, m.Cut)
}

// GenMade generates vectors made in all ways. Of the lengths below gopter's MaxSize, those are more frequent at which the
// shape of a tree changes; one vector in eight is longer, with a tree of three levels.
func GenMade[T any](element gopter.Gen) gopter.Gen {
	return gopter.DeriveGen(
		func(isDeep bool, way uint8, cut int, elems []T) Made[T] { // shrunk in this order
			r := Recipe[T]{elems, isDeep, Way(way), cut}
			return Made[T]{r.Make(), r}
		},
		func(m Made[T]) (bool, uint8, int, []T) { return m.Deep, uint8(m.Way), m.Cut, m.Elems },
		oneIn(8), gen.UInt8Range(0, uint8(ways-1)), gen.IntRange(0, 150), sliceOf[T](element, vectorLength))
}

// GenVector generates vectors made in all ways, as GenMade does. When they shrink, they forget how they were made.
func GenVector[T any](element gopter.Gen) gopter.Gen {
	return gopter.DeriveGen(
		func(m Made[T]) vector.Vector[T] { return m.Vector },
		func(v vector.Vector[T]) Made[T] { return Made[T]{v, Recipe[T]{Elems: v.AppendTo(nil)}} },
		GenMade[T](element))
}

// shapes are lengths at which the shape of a vector changes, in the usual build and in that with narrow nodes: a leaf,
// and a tree of full nodes with an end or both.
var shapes = []int{4, 16, 20, 64, 68, 128, 192, 1024, 1088, 1152}

func vectorLength(p *gopter.GenParameters) int {
	switch p.Rng.Intn(8) {
	case 0, 1:
		return p.Rng.Intn(4)
	case 2, 3, 4, 5:
		fit := len(shapes)
		for fit > 1 && shapes[fit-1] >= p.MaxSize {
			fit--
		}
		return shapes[p.Rng.Intn(fit)] + p.Rng.Intn(3) - 1
	}
	return p.Rng.Intn(p.MaxSize + 1)
}
