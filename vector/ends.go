package vector

import (
	"math/bits"
	"sync/atomic"

	"github.com/ramet-go/ramet/internal/ownership"
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

// parts is a vector taken apart, to be changed.
type parts[T any] struct {
	tree       tree
	head, tail end[T]

	// from is the core that these are the parts of, or nil: more than the lengths of the ends has
	// changed.
	from *base[T]
}

// parts takes v apart.
func (v Vector[T]) parts() parts[T] {
	if v.base() == nil {
		return parts[T]{}
	}
	d := v.base()
	p := parts[T]{from: d}
	if v.t > 0 {
		p.tail = d.end(uint32(v.t))
	}
	if !d.small() {
		c := d.core()
		p.tree = c.tree
		if v.h > 0 {
			p.head = end[T]{c.head, c.headClaimed, c.headRoom, uint32(v.h)}
		}
	}
	switch { // elements where the ends meet that are not the vector's
	case v.h < 0:
		s := v.tail()
		p.tail, p.from = viewEnd(data(s), uint32(len(s))), nil
	case v.t < 0:
		s := v.head()
		p.head, p.from = viewEnd(data(s), uint32(len(s))), nil
	}
	return p
}

// vector puts a vector together. It takes O(1) time.
func (p *parts[T]) vector() Vector[T] {
	if p.from != nil {
		return Vector[T]{top: refTo(p.from), h: int32(p.head.len), t: int32(p.tail.len)}
	}
	if p.tree.count == 0 && p.head.len == 0 {
		if p.tail.len == 0 {
			return Vector[T]{}
		}
		return Vector[T]{top: refTo(p.tail.base()), t: int32(p.tail.len)}
	}
	c := &core[T]{tree: p.tree}
	c.count = p.tree.count
	if p.tail.len > 0 {
		c.array, c.claimed, c.room = p.tail.array, p.tail.claimed, p.tail.room
	}
	if p.head.len > 0 {
		c.head, c.headClaimed, c.headRoom = p.head.array, p.head.claimed, p.head.room
	}
	return Vector[T]{top: refTo(&c.base), h: int32(p.head.len), t: int32(p.tail.len)}
}

// append adds elements at the back.
func (p *parts[T]) append(xs []T) {
	bits := leafBits[T]()
	for len(xs) > 0 {
		if p.tail.len >= 1<<bits {
			p.pushTail(false, ownership.None)
		}
		k := min(uint32(len(xs)), max(p.tail.room, p.tail.len+1)-p.tail.len)
		if !p.tail.claim(k) {
			room := roomFor(int(p.tail.len)+len(xs), bits)
			if p.tail.len == 0 && p.tree.count > 0 {
				room = 1 << bits // a long vector that grows
			}
			p.tail, p.from = p.tail.grownTail(room), nil
			k = min(uint32(len(xs)), room-p.tail.len)
			p.tail.len += k
			p.tail.share()
			p.tail.len -= k
		}
		copy(slice(p.tail.array, p.tail.len+k)[p.tail.len:], xs[:k])
		p.tail.len += k
		xs = xs[k:]
	}
}

// pushTail makes a full tail a leaf. A tail that is larger, because it was a leaf of a relaxed tree, is
// split: the tree stays strict, if it is.
func (p *parts[T]) pushTail(owned bool, id ownership.ID) {
	full := uint32(1) << leafBits[T]()
	p.tree.pushBack(child{ptr: leafChild(p.tail.array), size: full, owned: owned}, id)
	var rest end[T]
	if n := p.tail.len; n > full {
		rest = viewEnd(elemAt(p.tail.array, full), n-full)
	}
	p.tail, p.from = rest, nil
}

// pushHead makes a full head a leaf, as pushTail does.
func (p *parts[T]) pushHead(owned bool, id ownership.ID) {
	full := uint32(1) << leafBits[T]()
	s := p.head.head()
	rest := uint32(len(s)) - full
	p.tree.pushFront(child{ptr: leafChild(data(s[rest:])), size: full, owned: owned}, leafBits[T](), id)
	p.head, p.from = end[T]{}, nil
	if rest > 0 {
		p.head = viewEnd(data(s), rest)
	}
}

// prepend adds elements at the front, in their order.
func (p *parts[T]) prepend(xs []T) {
	bits := leafBits[T]()
	for len(xs) > 0 {
		if p.head.len >= 1<<bits {
			p.pushHead(false, ownership.None)
		}
		k := min(uint32(len(xs)), max(p.head.room, p.head.len+1)-p.head.len)
		if !p.head.claim(k) {
			room := roomFor(int(p.head.len)+len(xs), bits)
			if p.head.len == 0 && p.tree.count > 0 {
				room = 1 << bits
			}
			p.head, p.from = p.head.grownHead(room), nil
			k = min(uint32(len(xs)), room-p.head.len)
			p.head.len += k
			p.head.share()
			p.head.len -= k
		}
		p.head.len += k
		copy(p.head.head(), xs[uint32(len(xs))-k:])
		xs = xs[:uint32(len(xs))-k]
	}
}

// Append returns v with the elements xs after its own. Appending one takes O(1) amortised time:
// it writes to free room that v shares with the versions it comes from, unless another version
// has taken that room already; then a leaf at most is copied.
func (v Vector[T]) Append(xs ...T) Vector[T] {
	if len(xs) == 1 && v.base() != nil && v.base().kind != kindPacked {
		d := v.base().ending()
		if c, t := d.claimed, uint32(v.t); c != nil && t < d.room && c.CompareAndSwap(t, t+1) {
			*elemAt(d.array, t) = xs[0]
			return Vector[T]{v.top, v.h, v.t + 1}
		}
	}
	return v.appendAll(xs)
}

func (v Vector[T]) appendAll(xs []T) Vector[T] {
	checkLength(v.Len(), len(xs))
	switch {
	case len(xs) == 0:
		return v
	case len(xs) > 2<<leafBits[T]():
		var b bareBuilder[T]
		b.reset(v)
		b.append(xs...)
		return b.build()
	}
	p := v.parts()
	p.append(xs)
	return p.vector().checked()
}

// Prepend returns v with the elements xs, in their order, before its own. It costs what Append
// does.
func (v Vector[T]) Prepend(xs ...T) Vector[T] {
	if len(xs) == 1 && v.base() != nil && !v.base().small() {
		d := v.base().core()
		if c, h := d.headClaimed, uint32(v.h); c != nil && h < d.headRoom && c.CompareAndSwap(h, h+1) {
			*elemAt(d.head, d.headRoom-h-1) = xs[0]
			return Vector[T]{v.top, v.h + 1, v.t}
		}
	}
	return v.prependAll(xs)
}

func (v Vector[T]) prependAll(xs []T) Vector[T] {
	checkLength(v.Len(), len(xs))
	switch {
	case len(xs) == 0:
		return v
	case v.base() == nil:
		return v.appendAll(xs)
	case len(xs) > 8<<leafBits[T]():
		return Of(xs...).Concat(v)
	}
	p := v.parts()
	p.prepend(xs)
	return p.vector().checked()
}
