package vectors

import (
	"math/rand/v2"

	"github.com/ramet-go/ramet/bench/contest"
)

// Elem is a type of element that is measured.
type Elem interface {
	int64 | string | byte | record
}

// A record is an element of 48 bytes.
type record struct {
	ID      int64
	X, Y, Z float64
	Name    string
}

// An input is what all contestants are given at one size. The zero value is in none of its elements.
type input[T Elem] struct {
	elems []T
	fresh []T     // as many others, and a thousand at least
	spots []int32 // all positions, in random order
}

func (in *input[T]) size() int { return len(in.elems) }

func newInput[T Elem](size int, draw func(*rand.Rand) T) *input[T] {
	r := contest.Source(size)
	in := &input[T]{elems: make([]T, size), fresh: make([]T, max(size, 1000)), spots: make([]int32, size)}
	for i := range in.elems {
		in.elems[i], in.spots[i] = draw(r), int32(i)
	}
	for i := range in.fresh {
		in.fresh[i] = draw(r)
	}
	r.Shuffle(size, func(i, j int) { in.spots[i], in.spots[j] = in.spots[j], in.spots[i] })
	return in
}

func intInput(size int) *input[int64] {
	return newInput(size, func(r *rand.Rand) int64 { return r.Int64() | 1 })
}

func byteInput(size int) *input[byte] {
	return newInput(size, func(r *rand.Rand) byte { return byte(1 + r.IntN(255)) })
}

func stringInput(size int) *input[string] {
	in := newInput(size, contest.String)
	contest.Pack(in.elems)
	contest.Pack(in.fresh)
	return in
}

func recordInput(size int) *input[record] {
	names := stringInput(size)
	in := newInput(size, func(r *rand.Rand) record { return record{r.Int64() | 1, r.Float64(), r.Float64(), r.Float64(), ""} })
	for i, name := range names.elems {
		in.elems[i].Name = name
	}
	for i, name := range names.fresh {
		in.fresh[i].Name = name
	}
	return in
}

// thousand is how many edits an edited vector has seen: fewer if it is a short one.
func (in *input[T]) thousand() int { return min(1000, in.size()/2) }

// otherLen returns the length of the i-th of ten vectors to concatenate with.
func (in *input[T]) otherLen(i int) int { return in.size() - i*in.size()/21 }

// apart returns the position of the edit of the i-th of ten versions.
func (in *input[T]) apart(i int) int { return i * in.size() / 10 }

// A fixture is what the loops of one contestant share: V is its type of vector.
type fixture[T Elem, V any] struct {
	base  V
	out   V   // the last result of a write
	count int // of the zero values read, so that reading is not for nothing
	spots contest.Cursor[int32]
	fresh []T
}

func newFixture[T Elem, V any](in *input[T], base V) fixture[T, V] {
	return fixture[T, V]{base: base, spots: contest.Cursor[int32]{List: in.spots}, fresh: in.fresh}
}

// half is how many elements a chain takes off.
func (f *fixture[T, V]) half() int { return (len(f.spots.List) + 1) / 2 }
