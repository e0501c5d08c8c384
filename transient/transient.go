package transient

// A Builder accumulates changes to a collection C and freezes them into a version.
// The builders of hamt, vector, rbtree and ordered implement it.
type Builder[C any] interface {
	// Len returns the number of elements or entries.
	Len() int
	// Build returns the current contents as a persistent collection in O(1). The
	// builder stays usable, and what it built never changes.
	Build() C
}

// A Source is a collection that hands out builders B of itself.
type Source[B any] interface {
	// Builder returns a builder that starts with the collection's contents, in O(1).
	Builder() B
}

// Update returns c with the changes that f makes through a builder. Both type
// parameters are inferred:
//
//	m = transient.Update(m, func(b *hamt.MapBuilder[string, int]) {
//		b.Set("ash", 3)
//		b.Delete("elm")
//	})
//
// If f changes nothing, Update returns c itself. If f panics, c is what it was, and the
// builder is lost. The builder stays usable after f returns, and changing it then does
// not change what Update returned.
func Update[C Source[B], B Builder[C]](c C, f func(B)) C {
	b := c.Builder()
	f(b)
	return b.Build()
}
