package list

import (
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/internal/equal"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/loop"
)

// A Queue is a persistent queue: first in, first out. The zero Queue is empty and ready to use.
//
// It is the real-time queue of Hood and Melville (1981): Push and Rest take O(1) time in the worst case,
// each time they are called, on whatever version. There is nothing lazy in it and nothing that changes.
//
// Queues are values: copy them, keep them, and share them between goroutines freely. a == b means that a and
// b are the same version; use [EqualQueues] or the method [Queue.Equal] to compare contents.
//
// A version can keep elements alive that Rest has taken from it: while it is being rearranged, which it is for up to
// as many operations as it has elements, at most as many as it has itself.
type Queue[T any] struct {
	front  ref[node[T]] // of the elements that front counts, those that were there when a rotation began
	rear   ref[node[T]] // the latest first
	turn   ref[rotation[T]]
	nFront int // elements in front and turn
	nRear  int
}

// QueueOf returns a queue of the given elements, the first of which is to leave first. It copies them, in O(n)
// time.
func QueueOf[T any](vs ...T) Queue[T] { return queueOf(Of(vs...)) }

// CollectQueue returns a queue of the elements of seq, in O(n) time. It panics if seq is nil.
func CollectQueue[T any](seq iter.Seq[T]) Queue[T] {
	notNil(seq != nil, "CollectQueue")
	return queueOf(chained(seq).list())
}

// queueOf returns a queue that has the nodes of l.
func queueOf[T any](l List[T]) Queue[T] { return Queue[T]{front: l.head, nFront: l.n}.checked() }

// Len returns the number of elements, in O(1) time.
func (q Queue[T]) Len() int { return q.nFront + q.nRear }

// Push returns a queue with v behind the elements of q. It takes O(1) time.
func (q Queue[T]) Push(v T) Queue[T] {
	w := q.working()
	w.push(v)
	return w.queue()
}

// PushAll returns a queue with the elements of seq, in their order, behind those of q: q itself, with nothing allocated,
// if there are none. It takes O(1) time for each and makes one version, where as many calls of [Queue.Push] make one
// each. It panics if seq is nil.
func (q Queue[T]) PushAll(seq iter.Seq[T]) Queue[T] {
	notNil(seq != nil, "PushAll")
	p := loop.Each(seq, pushing[T]{working: q.working()})
	if !p.pushed {
		return q
	}
	return p.queue()
}

// A pushing is a loop of PushAll.
type pushing[T any] struct {
	working[T]
	pushed bool
}

func (p *pushing[T]) Take(v T) bool {
	p.push(v)
	p.pushed = true
	return true
}

// First returns the element that has been in the queue for longest, or the zero value and false if there is none. It
// takes O(1) time.
func (q Queue[T]) First() (v T, ok bool) {
	if n := q.front.get(); n != nil {
		return n.value, true
	}
	return v, false
}

// Rest returns q without its first element; that of an empty queue is empty. It takes O(1) time.
func (q Queue[T]) Rest() Queue[T] {
	if q.Len() <= 1 {
		return Queue[T]{}
	}
	w := q.working()
	w.rest()
	return w.queue()
}

// Drop returns q without its first n elements: the empty queue if it has no more than that, and q itself if n is 0. It takes
// O(n) time, O(1) if all of them go, and makes one version, where as many calls of [Queue.Rest] make one each. It panics if n is
// negative.
func (q Queue[T]) Drop(n int) Queue[T] {
	switch {
	case n < 0:
		panic(fmt.Sprintf("list: Drop of %d elements", n))
	case n == 0:
		return q
	case n >= q.Len():
		return Queue[T]{}
	}
	w := q.working()
	for range n {
		w.rest()
	}
	return w.queue()
}

// Take returns the first n elements, in the order in which they leave the queue, and q without them, as [Queue.Drop] does: all
// elements and the empty queue if there are no more than n. It takes O(n) time and that of Drop. It panics if n is
// negative.
func (q Queue[T]) Take(n int) (first []T, rest Queue[T]) {
	if n < 0 {
		panic(fmt.Sprintf("list: Take of %d elements", n))
	}
	if n = min(n, q.Len()); n == 0 {
		return nil, q
	}
	first = make([]T, 0, n)
	for v := range q.All() {
		if first = append(first, v); len(first) == n {
			break
		}
	}
	return first, q.Drop(n)
}

// All returns an iterator over the elements, in the order in which they leave the queue. It allocates nothing.
func (q Queue[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) {
		q.nodes(func(n *node[T]) bool { return yield(n.value) })
	}
}

// EqualQueues reports whether a and b have equal elements in the same order. It takes O(n) time. Nodes that the
// two share are equal without looking; elements are compared as [Equal] does, and it panics where that does.
func EqualQueues[T comparable](a, b Queue[T]) bool {
	if equal.Plain[T]() {
		return EqualQueuesFunc(a, b, func(x, y T) bool { return x == y })
	}
	return EqualQueuesFunc(a, b, equal.Of[T]())
}

// Equal reports whether q and o have equal elements in the same order. It is to queues what [List.Equal] is to lists.
func (q Queue[T]) Equal(o Queue[T]) bool { return q == o || EqualQueuesFunc(q, o, equal.Safe[T]()) }

// EqualQueuesFunc is [EqualQueues] for elements that are equal by eq, which is assumed to say so of an
// element and itself. It panics if eq is nil.
func EqualQueuesFunc[T, U any](a Queue[T], b Queue[U], eq func(T, U) bool) bool {
	notNil(eq != nil, "EqualQueuesFunc")
	if a.Len() != b.Len() {
		return false
	}
	if any(a.front) == any(b.front) && any(a.rear) == any(b.rear) && any(a.turn) == any(b.turn) {
		return true
	}
	next, stop := iter.Pull(b.each())
	defer stop()
	equal := true
	a.nodes(func(x *node[T]) bool {
		y, _ := next()
		equal = same(x, y) || eq(x.value, y.value)
		return equal
	})
	return equal
}

// each returns an iterator over the nodes that have the elements, in order.
func (q Queue[T]) each() iter.Seq[*node[T]] {
	return func(yield func(*node[T]) bool) { q.nodes(yield) }
}

// nodes calls yield with each node that has an element, in order, until it returns false.
func (q Queue[T]) nodes(yield func(*node[T]) bool) bool {
	if !forward(q.front.get(), yield) {
		return false
	}
	if t := q.turn.get(); t != nil {
		// In turn, rear comes before back, and what back has of the front was in q.front.
		back := t.back
		if !t.reversing() {
			for range length(q.front.get()) - t.valid {
				back = back.rest
			}
		}
		if !backward(t.rear, length(t.rear), yield) || !forward(back, yield) {
			return false
		}
	}
	return backward(q.rear.get(), q.nRear, yield)
}

// checked returns q. Where invariants are checked it panics if q breaks one.
func (q Queue[T]) checked() Queue[T] {
	if invariants.Enabled {
		if err := q.check(); err != nil {
			panic(err)
		}
	}
	return q
}
