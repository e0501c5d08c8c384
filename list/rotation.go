package list

// A rotation is the making of a queue's next front; see doc.go. It is not changed once a queue has it.
type rotation[T any] struct {
	front *node[T] // what is still to be turned round
	rear  *node[T] // the same
	left  *node[T] // the front, turned round
	back  *node[T] // the new front, from the back
	valid int      // of left: how many are still to be appended
}

const (
	// steps of a rotation are done with every operation on a queue. One would do, but every operation until the end
	// makes a rotation of 40 bytes to keep, and with two the end comes in half the time.
	steps = 2

	// firstSteps are done with the operation that begins a rotation: short queues are done with it at once, and
	// never have a rotation to keep.
	firstSteps = 8
)

// worked returns q with some of the work done that has to be done, and with some of it begun if there is
// need to. taken elements have left the front since the last work.
func (q Queue[T]) worked(taken int) Queue[T] {
	var t rotation[T]
	n := steps
	switch {
	case q.turn.get() != nil:
		t = *q.turn.get()
		t.valid -= taken
	case q.nRear > q.nFront:
		t = rotation[T]{front: q.front.get(), rear: q.rear.get()}
		q.nFront, q.rear, q.nRear = q.nFront+q.nRear, ref[node[T]]{}, 0
		n = firstSteps
	default:
		return q
	}
	for ; n > 0 && !t.done(); n-- {
		t.step()
	}
	if t.done() {
		q.front, q.turn = refTo(t.back), ref[rotation[T]]{}
	} else {
		q.turn = refTo(&t)
	}
	return q
}

// reversing reports whether the first part of the work is not done yet.
func (t *rotation[T]) reversing() bool { return t.rear != nil }

// done reports whether back is the new front.
func (t *rotation[T]) done() bool { return t.rear == nil && t.valid == 0 }

// step does one step of the work, which is not done.
func (t *rotation[T]) step() {
	if !t.reversing() {
		t.back, t.left = &node[T]{t.left.value, t.back}, t.left.rest
		t.valid--
		return
	}
	t.back, t.rear = &node[T]{t.rear.value, t.back}, t.rear.rest
	if t.front != nil {
		t.left, t.front = &node[T]{t.front.value, t.left}, t.front.rest
		t.valid++
	}
}
