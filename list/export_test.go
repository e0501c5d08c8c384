package list

// What the external tests may see of the inside.

// Check verifies q's invariants; see doc.go for their numbers.
func Check[T any](q Queue[T]) error { return q.check() }

// Turning reports whether a rotation of q is under way, and which part of it.
func Turning[T any](q Queue[T]) (reversing, appending bool) {
	t := q.turn.get()
	if t == nil {
		return false, false
	}
	return t.reversing(), !t.reversing()
}
