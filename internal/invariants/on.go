//go:build invariants || race

package invariants

// Enabled reports whether internal checks are compiled in.
const Enabled = true
