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

// A working is a queue that is being changed, with its rotation taken out, so that several changes in a row make one.
type working[T any] struct {
	q       Queue[T]    // without a turn
	t       rotation[T] // if turning
	turning bool
}

func (q Queue[T]) working() working[T] {
	w := working[T]{q: q}
	if t := q.turn.get(); t != nil {
		w.t, w.turning = *t, true
		w.q.turn = ref[rotation[T]]{}
	}
	return w
}

// queue returns what has become of the queue.
func (w *working[T]) queue() Queue[T] {
	if w.turning {
		t := w.t // which is not changed any more
		w.q.turn = refTo(&t)
	}
	return w.q.checked()
}

// push puts v behind the elements, of which there may be none.
func (w *working[T]) push(v T) {
	w.q.rear = refTo(&node[T]{v, w.q.rear.get()})
	w.q.nRear++
	w.work(0)
}

// rest takes the first element away. There must be another one.
func (w *working[T]) rest() {
	w.q.front = refTo(w.q.front.get().rest)
	w.q.nFront--
	w.work(1)
}

// work does some of the work that has to be done, and begins some if there is need to. taken elements have left the front
// since the last work.
func (w *working[T]) work(taken int) {
	q, t, n := &w.q, &w.t, steps
	switch {
	case w.turning:
		t.valid -= taken
	case q.nRear > q.nFront:
		*t = rotation[T]{front: q.front.get(), rear: q.rear.get()}
		q.nFront, q.rear, q.nRear = q.nFront+q.nRear, ref[node[T]]{}, 0
		w.turning = true
		n = firstSteps
	default:
		return
	}
	for ; n > 0 && !t.done(); n-- {
		t.step()
	}
	if t.done() {
		q.front, w.turning = refTo(t.back), false
	}
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
