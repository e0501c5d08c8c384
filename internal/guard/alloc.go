package guard

import "unsafe"

// This file is the only one of the package that imports unsafe. The rule that it relies on: an address is
// only compared, never followed.

// A Guard is part of a builder. The zero Guard is that of a builder that was not used yet, which may be copied.
//
// Reflection does not see through the address, and compares it as == does: reflect.DeepEqual says that two
// builders which were used are different, whatever they hold.
type Guard struct {
	Self  unsafe.Pointer // where it was used first
	State State
}

func addressOf(g *Guard) unsafe.Pointer { return unsafe.Pointer(g) }
