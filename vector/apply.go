//ramet:layer api

package vector

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/loop"
)

// Apply returns v with the splices made, in order: at At, as many elements as Old has are replaced by those of New. The
// elements of Old are not looked at. Applied to from, the splices of Diff(from, to) give to; their inverses in reverse
// order lead back. It panics if a splice is out of range. A splice of k elements takes O(k + log n) time. No versions
// are made on the way: a leaf that several splices change is copied once.
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
