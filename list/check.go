package list

import "fmt"

// check returns an error that names the first invariant that q breaks, or nil.
func (q Queue[T]) check() error {
	broken := func(invariant int, format string, args ...any) error {
		return fmt.Errorf("list: queue breaks invariant %d: %s; is it being changed by someone?", invariant, fmt.Sprintf(format, args...))
	}
	front, rear := length(q.front.get()), length(q.rear.get())
	switch {
	case q.nRear > q.nFront:
		return broken(1, "%d in the rear, %d in the front", q.nRear, q.nFront)
	case q.nFront == 0 && q != Queue[T]{}:
		return broken(1, "empty, but not the zero value")
	case rear != q.nRear:
		return broken(2, "%d nodes in the rear, not %d", rear, q.nRear)
	case q.nFront > 0 && front == 0:
		return broken(3, "%d elements, but no first", q.Len())
	}
	t := q.turn.get()
	if t == nil {
		if front != q.nFront {
			return broken(2, "%d nodes in the front, not %d", front, q.nFront)
		}
		return nil
	}
	toTurn, left, turned := length(t.rear), length(t.left), length(t.back)
	want := front + toTurn + turned
	if !t.reversing() {
		want -= front - t.valid // that many of the front are in back as well
	}
	switch {
	case t.done():
		return broken(4, "a rotation has nothing to do")
	case want != q.nFront:
		return broken(2, "%d nodes in the front and the rotation, not %d", want, q.nFront)
	case t.reversing() && length(t.front)+1 != toTurn || !t.reversing() && t.front != nil:
		return broken(5, "%d of the front and %d of the rear are to be turned", length(t.front), toTurn)
	case t.valid > left:
		return broken(5, "%d of %d nodes are to be appended", t.valid, left)
	}
	return nil
}
