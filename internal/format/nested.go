package format

import (
	"fmt"
	"reflect"
	"runtime"
	"sync"
)

// How the printing of a value that leads back to itself comes to an end. A stack that overflows ends the process, and
// nothing recovers that.
//
// A collection cannot hold itself, but a cell can hold what holds the cell, and the zero history of a type holds the zero
// value of that type, which may have such a history in it. What is being printed already, further out, is therefore
// printed as … . The difficulty is to know what is further out, as fmt passes nothing on from one Format method to the
// one of a part. There are two ways for two cases.
//
//   - fmt itself has found the part, in a struct, a slice, an interface, wherever. Then it hands the part's Format
//     method the same State that it hands to all parts of one call. That State is learned before the element
//     is printed, by printing a probe first, and is noted together with the nest.
//   - A method of the caller's, such as String, is in between and calls fmt anew. Then the part begins a nest of its own. All
//     nests of the process are counted, in total and for each value. Those of this goroutine are counted on its stack, so
//     those of others are known in number: if the value is in more nests than others have, one of them is its
//     own. With others at work this finds a value that leads to itself some rounds later, and never one that does not.
//
// Both are bounded in depth as well, for values that are made anew at each level.

const (
	// deepest is how many values may be printed one within the other: more than anybody reads, and far from the end of a stack.
	deepest = 1000

	// deepestNests is the same for nests that begin within one another. Each costs a look at the whole stack.
	deepestNests = 100

	// repeats is how often references may be printed again within what other references hold: where each of n cells leads to
	// each other one, there are n! ways through them.
	repeats = 1000
)

// A nest is what is being printed between the outermost Format method and its end.
type nest struct {
	path    []any            // the values that are being printed, each within the one before
	held    int              // how many of them are references
	seen    map[any]struct{} // references that were printed within others
	repeats int              // how often one was printed again
}

// within calls print with the nest that a Format method with the state s is in, unless the value self, which may be a
// reference to another value, must not be printed any more: then it prints that there is more.
func within(s fmt.State, self any, reference bool, print func(n *nest)) {
	n := nestOf(s)
	if n == nil {
		if !beginNest(self, func() { (&nest{}).enter(self, reference, print) }) {
			s.Write([]byte(more))
		}
		return
	}
	if !n.enter(self, reference, print) {
		if b, ok := s.(*brief); ok {
			b.cut = true // what leads to itself is short as a text alone
			return
		}
		s.Write([]byte(more))
	}
}

// enter calls print within self, if that may be printed, and reports whether it may.
func (n *nest) enter(self any, reference bool, print func(n *nest)) bool {
	if len(n.path) >= deepest {
		return false
	}
	if reflect.TypeOf(self).Comparable() {
		for _, outer := range n.path {
			if outer == self {
				return false
			}
		}
		if reference && n.held > 0 && !n.may(self) {
			return false
		}
	} else {
		self = nil
	}
	n.path = append(n.path, self)
	held := n.held
	if reference {
		n.held++
	}
	defer func() { // a method of the caller's may panic; fmt goes on then
		n.path = n.path[:len(n.path)-1]
		n.held = held
	}()
	print(n)
	return true
}

// may reports whether a reference within another one may be printed.
func (n *nest) may(self any) bool {
	if _, again := n.seen[self]; again {
		n.repeats++
		return n.repeats <= repeats
	}
	if n.seen == nil {
		n.seen = map[any]struct{}{}
	}
	n.seen[self] = struct{}{}
	return true
}

// states has the nest of each State that fmt is handing out to the parts of an element.
var states sync.Map // from fmt.State to *nest

func nestOf(s fmt.State) *nest {
	if b, ok := s.(*brief); ok {
		return &b.nest
	}
	if reflect.TypeOf(s).Kind() != reflect.Pointer {
		return nil // none of fmt's, and perhaps not comparable
	}
	n, _ := states.Load(s)
	nest, _ := n.(*nest)
	return nest
}

// appendf appends to b what fmt prints of arg, whose parts know that they are in n.
func (n *nest) appendf(b []byte, directive string, arg any) []byte {
	p := probe{nest: n}
	defer p.forget() // where a method ends the goroutine
	return fmt.Appendf(b, "%v"+directive+"%v", &p, arg, &p)
}

// A probe prints as nothing. The first time, it notes the State that is handed to all values of the same call, and the second
// time it forgets it: after the call, fmt may use the State for another one, in another goroutine.
type probe struct {
	nest  *nest
	state fmt.State
}

// Format implements [fmt.Formatter].
func (p *probe) Format(s fmt.State, _ rune) {
	if p.state != nil {
		p.forget()
		return
	}
	p.state = s
	states.Store(s, p.nest)
}

func (p *probe) forget() {
	if p.state != nil {
		states.Delete(p.state)
		p.state = nil
	}
}

// nests are all nests of the process.
var nests = struct {
	sync.Mutex
	all int
	of  map[any]int // by the value that they began with
}{of: map[any]int{}}

// beginNest calls print as a new nest, which begins with self, and reports whether it did: it does not if self is being
// printed by this goroutine already.
//
//go:noinline
func beginNest(self any, print func()) bool {
	if !reflect.TypeOf(self).Comparable() {
		self = nil
	}
	own := 0
	nests.Lock()
	if nests.all > 0 {
		nests.Unlock()
		own = ownNests()
		nests.Lock()
	}
	others := nests.all - own
	if own >= deepestNests || self != nil && nests.of[self] > others {
		nests.Unlock()
		return false
	}
	nests.all++
	if self != nil {
		nests.of[self]++
	}
	nests.Unlock()
	defer func() {
		nests.Lock()
		defer nests.Unlock()
		nests.all--
		if self == nil {
			return
		}
		if nests.of[self]--; nests.of[self] == 0 {
			delete(nests.of, self)
		}
	}()
	print()
	return true
}

// nestBegin is where the code of beginNest is.
var nestBegin uintptr

func init() { nestBegin = runtime.FuncForPC(reflect.ValueOf(beginNest).Pointer()).Entry() }

// ownNests returns how many nests this goroutine is in, besides the one that is about to begin: how often beginNest is
// among its callers.
func ownNests() (n int) {
	callers := make([]uintptr, 64)
	for {
		n := runtime.Callers(3, callers) // without Callers, ownNests and the beginNest that asks
		if n < len(callers) {
			callers = callers[:n]
			break
		}
		callers = make([]uintptr, 4*len(callers))
	}
	for _, pc := range callers {
		if f := runtime.FuncForPC(pc - 1); f != nil && f.Entry() == nestBegin {
			n++
		}
	}
	return n
}
