//ramet:layer api

// make generate copies this file to hamt, ordered and vector.

package rbtree

import "github.com/ramet-go/ramet/internal/guard"

// A watch guards a builder against misuse; see package guard.
type watch struct{ guard.Guard }

// names are what the panics of a misused builder call things.
var names = guard.Names{Package: "rbtree", Asked: "comparator"}

// idle reports whether the builder was used, was not copied since, and is doing nothing.
func (w *watch) idle() bool { return w.here() && w.State == guard.Idle }

// check panics if the builder is misused. It is for operations that change nothing and ask nobody.
func (w *watch) check() {
	if !w.idle() {
		w.complain()
	}
}

// begin panics if the builder is misused. From then on, until end, no other operation may begin or check. Where
// something may panic in between, end is to be deferred.
func (w *watch) begin() {
	if !w.idle() {
		w.claim()
	}
	w.State = guard.Working
}

// ask says that the operation that has begun asks the caller's comparator, which must not use the builder.
func (w *watch) ask() { w.State = guard.Asking }

// end ends what begin began.
func (w *watch) end() { w.State = guard.Idle }

// claim makes the builder know its address. It panics if the builder is misused.
//
//go:noinline
func (w *watch) claim() { w.Claim(&names) }

//go:noinline
func (w *watch) complain() { w.Complain(&names) }
