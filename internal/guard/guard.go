// Package guard is how a builder knows that it is misused: that it was copied, or is used while one of its
// operations is underway.
//
// A copy of a builder owns the same nodes as the builder, so each would change what the other built. A
// builder therefore knows its address, as a strings.Builder does. An operation that another goroutine's
// disturbs leaves nodes that later readers stumble over. A builder therefore carries a flag while an operation
// runs, as a built-in map does. The flag is a plain byte: it finds most of such uses, not each. The race
// detector finds all that happen.
//
// The address is a pointer that the compiler knows of, so a builder that is used lives on the heap. Hiding it
// from the compiler, as strings.Builder does, would save that allocation. But then a copy on the heap may point
// to a stack, and when that stack is gone, the collector finds a bad pointer and ends the process.
//
// What is done at each operation, the packages of the builders do themselves: into generic code the compiler
// inlines no functions of a package that its user does not import.
package guard

// A State says what a builder is doing.
type State uint8

const (
	Idle    State = iota
	Working       // it is in the middle of a change
	Asking        // a function that says which keys are equal is running
)

// Names are what a panic calls things.
type Names struct {
	Package string
	Asked   string // what a builder asks, if anything
}

// Complain panics if the builder was copied or is busy.
func (g *Guard) Complain(names *Names) {
	switch {
	case g.Self != nil && g.Self != addressOf(g):
		panic(names.Package + ": a builder was copied after its first use: pass it by pointer")
	case g.State == Working:
		panic(names.Package + ": a builder is used by two goroutines at once")
	case g.State == Asking:
		panic(names.Package + ": a builder is used while it asks its " + names.Asked + ": by that, or by a second goroutine")
	}
}

// Claim is Complain, and makes the builder know its address.
func (g *Guard) Claim(names *Names) {
	g.Complain(names)
	g.Self = addressOf(g)
}
