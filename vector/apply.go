package vector

import (
	"iter"
	"slices"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/loop"
	"github.com/ramet-go/ramet/internal/ownership"
)

// Apply returns v with the splices made, in order: at At, as many elements as Old has are
// replaced by those of New. What is in Old is not looked at. Applied to from, the splices of
// Diff(from, to) give to; their inverses in reverse order lead back. It panics if a splice is
// out of range. Each takes O(log n) time and that for its elements. There is one version, the
// result: a leaf that several splices change is copied once.
func Apply[T any](v Vector[T], seq iter.Seq[diff.Splice[T]]) Vector[T] {
	notNil(seq != nil, "Apply")
	a := loop.Each(seq, applying[T]{v: v})
	if !a.begun {
		return v
	}
	return a.b.build()
}

// An applying is a loop of Apply.
type applying[T any] struct {
	v     Vector[T]
	b     bareBuilder[T] // of v, once begun
	begun bool
}

func (a *applying[T]) Take(s diff.Splice[T]) bool {
	if !a.begun {
		a.b.reset(a.v)
		a.begun = true
	}
	a.b.replace(s.At, s.At+len(s.Old), s.New)
	return true
}

// replace puts the elements xs in place of those in positions [i, j), which it checks.
func (b *bareBuilder[T]) replace(i, j int, xs []T) {
	checkRange(i, j, b.length())
	k := min(j-i, len(xs))
	if k > 0 {
		b.setRun(i, xs[:k])
	}
	b.delete(i+k, j)
	b.insert(i+k, xs[k:])
}

// setRun replaces the elements from position i on by xs, in O(len(xs) + log n) time. They must be
// within the builder.
func (b *bareBuilder[T]) setRun(i int, xs []T) {
	p := &b.p
	start, end := int(p.head.len), b.length()-int(p.tail.len) // of the tree
	if i < start {
		if !b.ownsHead {
			p.head, b.ownsHead = p.head.grownHead(p.head.room), true
		}
		k := copy(p.head.head()[i:], xs)
		i, xs = i+k, xs[k:]
	}
	if k := min(len(xs), end-i); k > 0 {
		p.tree.root = setLeaves(p.tree.root, p.tree.level, uint32(i-start), xs[:k], b.owner.ID())
		i, xs = i+k, xs[k:]
	}
	if len(xs) > 0 {
		if !b.ownsTail {
			p.tail, b.ownsTail = p.tail.grownTail(p.tail.room), true
		}
		copy(p.tail.tail()[i-end:], xs)
	}
	b.change()
}

// setLeaves replaces the elements from position j on under n by xs, and returns n or its copy, which id owns.
func setLeaves[T any](n *node, level uint8, j uint32, xs []T, id ownership.ID) *node {
	n = n.own(id)
	slot, rest := n.find(j)
	for ; len(xs) > 0; slot++ {
		kid := slot & fanMask
		size := n.size(slot)
		k := min(uint32(len(xs)), size-rest)
		switch {
		case level > 1:
			n.kids[kid] = setLeaves(n.kids[kid].asNode(), level-1, rest, xs[:k], id).opaque()
		case n.owned>>slot&1 == 0:
			s := slices.Clone(slice(leaf[T](n.kids[kid]), size))
			n.kids[kid] = leafChild(data(s))
			n.setOwned(slot, true)
			fallthrough
		default:
			copy(slice(leaf[T](n.kids[kid]), size)[rest:], xs[:k])
		}
		xs, rest = xs[k:], 0
	}
	return n
}
