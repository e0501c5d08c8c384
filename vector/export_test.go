package vector

// What the external tests may see of the inside.

// MaxLen is the length from which on a vector cannot be concatenated to.
const MaxLen = maxTree

// LeafLen returns how many elements a full leaf has.
func LeafLen[T any]() int { return 1 << leafBits[T]() }

// Check verifies v's invariants; see doc.go for their numbers.
func Check[T any](v Vector[T]) error { return v.check() }
