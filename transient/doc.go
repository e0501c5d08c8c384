// Package transient holds what the builders of all collections have in common: the
// builder protocol, [Update], and how a builder knows the nodes that it may change in place.
//
// # Builders
//
// A persistent operation copies the nodes on the path it changes. For a thousand
// changes in a row that is wasteful: nearly all of the copies are garbage as soon
// as they are made. A builder is the remedy (Clojure calls it a transient): it is
// made from a version in O(1), copies a node the first time it touches it, and from
// then on changes its own copy in place.
//
//	b := m.Builder()          // O(1), m is not touched
//	for _, w := range words {
//		b.Set(w, b.Get(w)+1)
//	}
//	m = b.Build()             // O(1), b may go on
//
// or, as one expression,
//
//	m = transient.Update(m, func(b *hamt.MapBuilder[string, int]) { … })
//
// # What a builder notices
//
// A builder that is copied after its first use, alone or in a struct that holds it, would share with the copy
// the nodes that both change in place. The copy therefore panics in every method, reads included, and the
// original goes on. A copy of a builder that was never used is one of its own. A builder that a collection
// made counts as used. go vet reports such copies before they are run.
//
// A builder that two goroutines use at once panics in one of them, with a message that says so, in most cases
// and soon: not in each, because the check has to cost next to nothing. What the builder holds is lost then, and
// what it built since the second goroutine began may be broken. The race detector reports each such use.
//
// A function that a builder calls may use the builder, unless it is what says which keys are equal
// or in which order they are: that panics.
//
// To know whether it was copied, a builder keeps its own address, and therefore lives on the heap, even as a local
// variable: one allocation for a builder.
//
// # Ownership
//
// Every node carries the id of the builder that made it, or 0 if a persistent operation did. Only a builder that holds
// the id of a node changes that node in place. All others copy it.
//
// The leaves of a vector are arrays and carry no id. The node above a leaf has a bit for it, which is set if the builder
// whose id that node carries owns the leaf as well; a copy of the node has none set. The arrays at the two ends are the
// builder's from when it makes them until it builds; between versions, a claim decides who may use their free elements.
//
//	 version m                 builder b of m, after b.Set     b.Build()
//
//	   ┌───┐                    ┌───┐         ┌───┐
//	   │ 0 │ root               │ 0 │         │ 7 │ root of b    b gives up id 7 and
//	   └─┬─┘                    └─┬─┘         └─┬─┘              will draw id 8: nodes
//	  ┌──┴──┐                  ┌──┴──┐ ┌────────┤                stamped 7 now belong
//	┌─┴─┐ ┌─┴─┐              ┌─┴─┐ ┌─┴─┴┐     ┌─┴─┐              to nobody, for ever,
//	│ 0 │ │ 0 │              │ 0 │ │ 0  │     │ 7 │              without being visited
//	└───┘ └───┘              └───┘ └────┘     └───┘
//	                         old leaf, shared leaf, the copy that b owns: the
//	                         still m's                next Set here is in place
//
// Build is O(1) because it visits nothing: it forgets the id. An id is drawn once per
// builder and Build, at the first change, from one 64-bit counter for the process;
// at one id a nanosecond it lasts for centuries, so ids never repeat and a stale
// stamp never comes true again.
//
// The scheme is that of Clojure's transients, with an id in place of an atomic
// reference so that a node without pointers stays free of them.
package transient
