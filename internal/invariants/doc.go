// Package invariants says whether the collections check their own structure.
//
// Checks are compiled in by -tags invariants and by -race, and cost nothing
// otherwise, because Enabled is a constant:
//
//	if invariants.Enabled {
//		check(root)
//	}
package invariants
