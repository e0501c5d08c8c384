//ramet:layer api

package vector

import (
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/equal"
	"github.com/ramet-go/ramet/internal/loop"
)

// TryApply is [Apply] for splices that may not be meant for v: it returns v with the splices made only if they fit.
// Each must be within the vector that the splices before it left, and Old must equal the elements there. Elements that
// are collections of this module are compared by their contents, all others by ==, and values that == cannot compare
// are unequal.
//
// Otherwise it returns v itself, with nothing applied, and an error in which [errors.As] finds a [*diff.Mismatch]. It
// takes O(k log n) time for k elements in the splices.
func TryApply[T comparable](v Vector[T], splices iter.Seq[diff.Splice[T]]) (Vector[T], error) {
	notNil(splices != nil, "TryApply")
	return tryApply(v, splices, nil)
}

// TryApplyFunc is like [TryApply], but compares elements with eq.
func TryApplyFunc[T any](v Vector[T], splices iter.Seq[diff.Splice[T]], eq func(a, b T) bool) (Vector[T], error) {
	notNil(splices != nil && eq != nil, "TryApplyFunc")
	return tryApply(v, splices, eq)
}

func tryApply[T any](v Vector[T], splices iter.Seq[diff.Splice[T]], eq func(a, b T) bool) (Vector[T], error) {
	t := loop.Each(splices, trying[T]{v: v, eq: eq})
	switch {
	case t.wrong != nil:
		return v, fmt.Errorf("vector: %w", t.wrong)
	case t.b == nil:
		return v, nil
	}
	return t.b.Build(), nil
}

// A trying is a loop of TryApply.
type trying[T any] struct {
	v     Vector[T]
	b     *Builder[T] // of v, from the first splice on
	i     int         // how many splices were taken
	eq    func(a, b T) bool
	wrong *diff.Mismatch
}

func (t *trying[T]) Take(s diff.Splice[T]) bool {
	if t.b == nil {
		t.b = t.v.Builder()
		if t.eq == nil {
			t.eq = equal.Safe[T]()
		}
	}
	if t.wrong = mismatch(t.b, s, t.eq); t.wrong != nil {
		t.wrong.Index = t.i
		return false
	}
	t.b.begin()
	t.b.replace(s.At, s.At+len(s.Old), s.New)
	t.b.end()
	t.i++
	return true
}

// mismatch returns the first part of s that does not match b, or nil.
func mismatch[T any](b *Builder[T], s diff.Splice[T], eq func(a, b T) bool) *diff.Mismatch {
	n := b.Len()
	if s.At < 0 || s.At > n || len(s.Old) > n-s.At {
		return &diff.Mismatch{Reason: diff.OutOfRange, At: s.At, Len: n}
	}
	for i, x := range s.Old {
		if at := s.At + i; !eq(b.At(at), x) {
			return &diff.Mismatch{Reason: diff.Different, At: at, Len: n, Expected: x, Found: b.At(at)}
		}
	}
	return nil
}
