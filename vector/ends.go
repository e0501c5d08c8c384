//ramet:layer node

package vector

import (
	"math/bits"
	"sync/atomic"
)

// An end is the head or the tail of a vector: an array of room elements, of which n are the
// vector's: the first n of a tail, the last n of a head.
//
// Versions share the array. How many of its elements any version has is in claim, which only
// grows. A version whose n equals the claim may take the next element: by a compare-and-swap of the
// claim from n to n+1, which one of the versions that try it wins. The others copy the array.
//
// Why a reader never sees an element being written: the winner writes an element that no
// version had, since the claim was at n and has counted all that any version had, and writes it
// before the version that has it exists. Whoever holds that version got it from the winner by
// some synchronisation, or is the winner, so the write happens before his reads. Whoever holds
// another version reads below its own n only. And a version that copies reads what it has
// itself. The compare-and-swap is needed to choose the winner, and for nothing else.
type end[T any] struct {
	array   *T
	claimed *atomic.Uint32 // nil: the array has no elements that may be taken
	room    uint32
	len     uint32
}

// end returns the tail of b, of which n elements are a version's.
func (b *base[T]) end(n uint32) end[T] {
	e := end[T]{array: b.tail(), room: b.room, len: n}
	if b.kind != kindPacked {
		e.claimed = b.ending().claimed
	}
	return e
}

// base returns what a version is made of that has e for a tail and nothing else.
func (e *end[T]) base() *base[T] {
	d := &ending[T]{array: e.array, claimed: e.claimed}
	d.room, d.kind = e.room, kindEnding
	return &d.base
}

// claim reserves k of the elements that are free in e's array, and reports whether it could.
func (e *end[T]) claim(k uint32) bool {
	return e.claimed != nil && e.len+k <= e.room && e.claimed.CompareAndSwap(e.len, e.len+k)
}

// share makes the free elements of an array that nobody else has available to those who will.
func (e *end[T]) share() {
	if e.len < e.room {
		e.claimed = new(atomic.Uint32)
		e.claimed.Store(e.len)
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

// roomFor returns the size of an array for n elements to which more may come: the next power of
// two, as far as there is one for leaves of 1<<leafBits.
func roomFor(n int, leafBits uint) uint32 {
	return uint32(1) << min(max(uint(bits.Len(uint(n-1))), 2), leafBits)
}

// grownTail returns an end with e's elements and room for more, as a tail that is not shared.
func (e *end[T]) grownTail(room uint32) end[T] {
	s := make([]T, room)
	copy(s, e.tail())
	return end[T]{array: data(s), room: room, len: e.len}
}

// grownHead returns an end with e's elements and room for more, as a head that is not shared.
func (e *end[T]) grownHead(room uint32) end[T] {
	s := make([]T, room)
	copy(s[room-e.len:], e.head())
	return end[T]{array: data(s), room: room, len: e.len}
}

// viewEnd is view for an end.
func viewEnd[T any](p *T, n uint32) end[T] { return end[T]{array: p, room: n, len: n} }
