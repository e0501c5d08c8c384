// Package ownership holds the ids by which a builder knows the nodes that it may change in place. Package transient
// explains them with a picture.
//
// A node carries the id of the builder that made it, or [None] if a persistent operation did. A node may be changed
// in place by whoever holds the id that it carries, and by nobody else. That one comparison, [ID.Owns], is the only
// gate there is.
//
// The leaves of a vector are arrays without a header. Their inner node says which of them are its owner's.
package ownership
