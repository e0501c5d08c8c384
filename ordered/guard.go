package ordered

import "github.com/ramet-go/ramet/internal/guard"

// A watch guards a builder against misuse; see package guard.
type watch struct{ guard.Guard }

// names are what the panics of a misused builder call things.
var names = guard.Names{Package: "ordered", Asked: "Hasher"}

// idle reports whether the builder was used, was not copied since, and is doing nothing.
func (w *watch) idle() bool { return w.here() && w.State == guard.Idle }

// check panics if the builder is misused. It is for operations that change nothing and ask nobody.
func (w *watch) check() {
	if !w.idle() {
		w.complain()
	}
}

// begin panics if the builder is misused. From then on, until end, no other operation may begin or check. asks says
// that a Hasher may run meanwhile, which must not use the builder. As keys and Hashers may panic, end is to be deferred.
func (w *watch) begin(asks bool) {
	if !w.idle() {
		w.claim()
	}
	w.State = guard.Working
	if asks {
		w.State = guard.Asking
	}
}

// end ends what begin began.
func (w *watch) end() { w.State = guard.Idle }

// claim makes the builder know its address. It panics if the builder is misused.
//
//go:noinline
func (w *watch) claim() { w.Claim(&names) }

//go:noinline
func (w *watch) complain() { w.Complain(&names) }
