//ramet:layer api

package vector

import "github.com/ramet-go/ramet/internal/guard"

// A watch guards a builder against misuse; see package guard.
type watch struct{ guard.Guard }

// names are the names that the panics of a misused builder use.
var names = guard.Names{Package: "vector", Asked: "comparator"}

// idle reports whether the builder was used, was not copied since, and is doing nothing.
func (w *watch) idle() bool { return w.here() && w.State == guard.Idle }

// check panics if the builder is misused. It is for operations that change nothing.
func (w *watch) check() {
	if !w.idle() {
		w.complain()
	}
}

// begin panics if the builder is misused. From then on, until end, no other operation may begin or check. Where
// something may panic in between, end is to be deferred.
func (w *watch) begin() {
	if !w.idle() {
		w.register()
	}
	w.State = guard.Working
}

// ask says that the operation that has begun calls a caller's function.
func (w *watch) ask() { w.State = guard.Asking }

// end ends the operation that begin began.
func (w *watch) end() { w.State = guard.Idle }

// register makes the builder know its address. It panics if the builder is misused.
//
//go:noinline
func (w *watch) register() { w.Claim(&names) }

//go:noinline
func (w *watch) complain() { w.Complain(&names) }
