// Package diff is the vocabulary in which versions of a collection are
// compared: a [Change] of one key of a map or set, a [Splice] of a vector, and a
// [Conflict] met by a three-way merge.
//
// The collections produce these values (hamt.Diff, vector.Diff, hamt.Merge, …)
// and consume them (hamt.Apply, vector.Apply). They are plain data: they can be
// stored, sent, inspected, and undone with Inverse.
//
//	for c := range hamt.Diff(before, after) {
//		fmt.Println(c.Kind, c.Key, c.Old, c.New)
//	}
//
// # Sending changes
//
// In JSON a kind is a word, and what a change does not have is left out:
//
//	{"kind":"updated","key":"ash","old":1,"new":2}
//	{"kind":"removed","key":"elm","old":4}
//	{"at":7,"old":["a"],"new":["b","c"]}
//	{"key":"ash","base":1,"ours":2,"theirs":3}
//
// Decoding is strict: whatever is not of this form is an error. Where encoding/json/v2 is there, which is so from
// Go 1.27 on, the caller's options reach the keys and values; before, they stop here, as at every MarshalJSON.
//
// Apply believes the changes it is given, and panics at a Kind that is none. For changes from elsewhere there is
// TryApply (hamt.TryApply, rbtree.TryApply, vector.TryApply, and TryApplySet): it makes them only if all of
// them fit the collection, and otherwise says in a [Mismatch] which one does not.
package diff

import "strconv"

// Kind says what happened to a key between two versions.
type Kind uint8

// The kinds of change. The zero Kind is none of them.
const (
	Added   Kind = iota + 1 // the key is only in the later version
	Removed                 // the key is only in the earlier version
	Updated                 // the key is in both, with different values
)

// String returns "Added", "Removed" or "Updated", and "Kind(n)" for any other
// value.
func (k Kind) String() string {
	switch k {
	case Added:
		return "Added"
	case Removed:
		return "Removed"
	case Updated:
		return "Updated"
	}
	return "Kind(" + strconv.Itoa(int(k)) + ")"
}

// A Change is what happened to one key of a map between two versions of it. Sets
// use Change[T, struct{}].
//
// Old is the zero value when Kind is Added, New when Kind is Removed.
type Change[K, V any] struct {
	Kind Kind
	Key  K
	Old  V
	New  V
}

// Inverse returns the change that undoes c: Added and Removed trade places, and so
// do Old and New. A change of an unknown kind keeps its kind.
func (c Change[K, V]) Inverse() Change[K, V] {
	switch c.Kind {
	case Added:
		c.Kind = Removed
	case Removed:
		c.Kind = Added
	}
	c.Old, c.New = c.New, c.Old
	return c
}

// A Splice replaces the elements Old, which start at index At, by the elements New.
// Either may be empty: a splice with no Old is an insertion, one with no New a
// deletion.
//
// In a sequence of splices, At counts in the vector as the earlier splices of
// the sequence left it. To undo the sequence, apply the inverses in reverse order.
//
// Whoever receives a Splice owns neither slice: treat Old and New as read-only.
type Splice[T any] struct {
	At  int
	Old []T
	New []T
}

// Inverse returns the splice that undoes s. It shares s's slices.
func (s Splice[T]) Inverse() Splice[T] {
	s.Old, s.New = s.New, s.Old
	return s
}

// A Conflict is a key that both sides of a three-way merge changed, and not in the
// same way. InBase, InOurs and InTheirs say in which of the three versions the key is
// present; where it is absent, the value is the zero value.
type Conflict[K, V any] struct {
	Key                      K
	Base, Ours, Theirs       V
	InBase, InOurs, InTheirs bool
}

// An Overlap is a region of a sequence that both sides of a three-way merge changed, and not in the same way: Base is
// what they made Ours and Theirs of. Each of them may be empty.
//
// At is where Ours stands in the merged sequence. It counts in that sequence as it is, so overlaps are resolved
// from the last to the first.
//
// Whoever receives an Overlap owns none of the slices: treat them as read-only.
type Overlap[T any] struct {
	At                 int
	Base, Ours, Theirs []T
}

// Resolve returns the splice that puts s in the place of Ours.
func (o Overlap[T]) Resolve(s []T) Splice[T] { return Splice[T]{o.At, o.Ours, s} }
