package cell

// What the external tests may see of the inside.

// Patience is how often an Update runs its function in vain before others give way.
const Patience = patience

// Starving reports whether an Update of c is starved.
func Starving[T any](c *Cell[T]) bool { return c.gate.at.Load() != nil }

// Watched reports whether someone waits for c to change, or did since it last has.
func Watched[T any](c *Cell[T]) bool {
	b := c.now.Load()
	return b != nil && b.replaced.Load() != nil
}
