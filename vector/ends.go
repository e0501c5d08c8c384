//ramet:layer node

package vector

import (
	"math/bits"
	"sync/atomic"
)

// An end is the head or the tail of a vector: an array of room elements, of which len are the vector's: the first len
// of a tail, the last len of a head.
//
// Versions share the array. How many of its elements any version has is in claimed, which only grows. A version whose
// len equals it may claim the next element: by a compare-and-swap of claimed from len to len+1, which one of the
// versions that try it wins. The others copy the array.
//
// Why a reader never sees an element being written: the winner writes an element that no version had, since claimed was
// len and has counted all that any version had, and writes it before the version that has it exists. A goroutine that
// holds that version got it from the winner by some synchronisation, or is the winner, so the write happens before its
// reads. A goroutine that holds another version reads below that one's len only. And a version that copies reads what
// it has itself. The compare-and-swap is needed to choose the winner, and for nothing else.
//
// A builder owns an end whose array it has made: no version has it, and claimed is nil, so that no version that is made
// of the end on the way can claim an element of it.
type end[T any] struct {
	array   *T             // its first element; of a view, the first that is the vector's
	claimed *atomic.Uint32 // nil: nobody may claim an element of the array
	room    uint32
	len     uint32
}

// viewEnd returns an end of the n elements from the one at p on. It has no free elements.
//
// borrowed: the elements, which the end shares.
func viewEnd[T any](p *T, n uint32) end[T] { return end[T]{array: p, room: n, len: n} }

// end returns the tail of b, of which n elements are a version's.
func (b *base[T]) end(n uint32) end[T] {
	e := end[T]{array: b.tail(), room: b.room, len: n}
	if b.kind != kindPacked {
		e.claimed = b.ending().claimed
	}
	return e
}

// base returns the object that a version is made of which has e for a tail and nothing else.
func (e *end[T]) base() *base[T] {
	d := &ending[T]{array: e.array, claimed: e.claimed}
	d.room, d.kind = e.room, kindEnding
	return &d.base
}

// claim reserves k of the elements that are free in e's array for the caller, and reports whether it could.
func (e *end[T]) claim(k uint32) bool {
	return e.claimed != nil && e.len+k <= e.room && e.claimed.CompareAndSwap(e.len, e.len+k) // keeps 3
}

// share lets versions claim the free elements of an array. Until then the caller alone has it.
//
// owned: e.
func (e *end[T]) share() {
	if e.len < e.room {
		e.claimed = new(atomic.Uint32)
		e.claimed.Store(e.len) // keeps 3
	}
}

// tail returns the elements of e as a tail.
func (e *end[T]) tail() []T {
	if e.len == 0 {
		return nil
	}
	return slice(e.array, e.len)
}

// head returns the elements of e as a head.
func (e *end[T]) head() []T {
	if e.len == 0 {
		return nil
	}
	return slice(elemAt(e.array, e.room-e.len), e.len)
}

// minRoomBits is the binary logarithm of the smallest room that an end grows to: 4 elements, the fewest that a full
// leaf has. It was not measured.
const minRoomBits = 2

// roomFor returns the room of a new array for an end of n elements, to which more may come: the next power of two, as
// far as there is one for leaves of 1<<leafBits; or at once that of a full leaf, if the vector is long, so that each
// further leaf is allocated once.
func roomFor(n int, long bool, leafBits uint) uint32 {
	if long {
		return 1 << leafBits
	}
	return uint32(1) << min(max(uint(bits.Len(uint(n-1))), minRoomBits), leafBits) // keeps 3
}

// grownTail returns a tail with e's elements and room for more, in an array that is the caller's alone.
//
// borrowed: e, whose elements are copied.
func (e *end[T]) grownTail(room uint32) end[T] {
	s := make([]T, room)
	copy(s, e.tail())
	return end[T]{array: data(s), room: room, len: e.len}
}

// grownHead returns a head with e's elements and room for more, in an array that is the caller's alone.
//
// borrowed: e, whose elements are copied.
func (e *end[T]) grownHead(room uint32) end[T] {
	s := make([]T, room)
	copy(s[room-e.len:], e.head())
	return end[T]{array: data(s), room: room, len: e.len}
}
