package list

import "iter"

// A node is an element of a list, or of one of the lists of a queue. It is not changed once a list has it. The pointer
// stands last, so that a node of a T without size has no padding, and makes its address unlike any other's.
type node[T any] struct {
	value T
	rest  *node[T]
}

// same reports whether x and y are the same node, which they may be if T and U are the same type.
func same[T, U any](x *node[T], y *node[U]) bool { return any(x) == any(y) }

// A chain is a list that is being made, from the front to the back. Nobody else has its nodes yet, so the
// last one may be given its rest.
type chain[T any] struct {
	first, last *node[T]
	n           int
}

// chained returns a chain of the elements of seq.
func chained[T any](seq iter.Seq[T]) *chain[T] {
	var c chain[T]
	for v := range seq {
		c.add(v)
	}
	return &c
}

func (c *chain[T]) add(v T) {
	n := &node[T]{value: v}
	if c.last == nil {
		c.first = n
	} else {
		c.last.rest = n
	}
	c.last = n
	c.n++
}

// list returns the chain's elements, which is all that may be done with it.
func (c *chain[T]) list() List[T] { return List[T]{refTo(c.first), c.n} }

// length returns how many nodes there are from n on.
func length[T any](n *node[T]) (count int) {
	for ; n != nil; n = n.rest {
		count++
	}
	return count
}

// forward calls yield with the nodes from n on, and reports whether it went through.
func forward[T any](n *node[T], yield func(*node[T]) bool) bool {
	for ; n != nil; n = n.rest {
		if !yield(n) {
			return false
		}
	}
	return true
}

// marks is how many nodes backward remembers at each level.
const marks = 64

// backward calls yield with the first count nodes from n on, the last of them first, and reports whether it
// went through.
//
// The links lead the wrong way. Remembering all nodes would allocate; so it remembers up to 64 of them, at equal
// distances, on the stack, and goes through the parts between in the same manner. Each level walks over the nodes
// once, and a list of ten million has four.
func backward[T any](n *node[T], count int, yield func(*node[T]) bool) bool {
	var mark [marks]*node[T]
	step := 1
	for step*marks < count {
		step *= marks
	}
	k := 0
	for i := range count {
		if i%step == 0 {
			mark[k] = n
			k++
		}
		n = n.rest
	}
	for k--; k >= 0; k-- {
		part := min(step, count-k*step)
		if step == 1 {
			if !yield(mark[k]) {
				return false
			}
		} else if !backward(mark[k], part, yield) {
			return false
		}
	}
	return true
}
