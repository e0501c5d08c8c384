// Package reuse keeps nodes that a builder has replaced, for its next ones. A leaf that grows leaves
// smaller ones behind, and one that is divided leaves one of full size: a builder that is given keys in
// random order takes a third of the memory from the allocator if it uses them again.
//
// A node may be kept if the builder owns it and does not refer to it any more. Then nobody does, for the
// same reason for which it might be changed in place.
package reuse

const (
	classes = 8
	depth   = 4 // more are seldom waiting: leaves grow and are divided by turns
)

// A Pool keeps a few nodes of each class; what makes a class is for its user to say. It holds nothing for
// long: no more than the memory of a few nodes, while the builder lives. The zero Pool is empty.
type Pool[N any] struct {
	kept [classes][depth]*N
	n    [classes]uint8
}

// Full reports whether no more nodes of a class are to be kept. A class must be less than 8.
func (p *Pool[N]) Full(class uint) bool { return p.n[class%classes] == depth }

// Put keeps a node, which refers to nothing, of a class that is not full.
func (p *Pool[N]) Put(class uint, n *N) {
	class %= classes
	p.kept[class][p.n[class]] = n
	p.n[class]++
}

// Take returns a node of a class, which it forgets, or nil.
func (p *Pool[N]) Take(class uint) *N {
	class %= classes
	if p.n[class] == 0 {
		return nil
	}
	p.n[class]--
	at := &p.kept[class][p.n[class]%depth]
	n := *at
	*at = nil
	return n
}
