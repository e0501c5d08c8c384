//ramet:layer api

package rbtree

import "github.com/ramet-go/ramet/internal/guard"

// A watch guards a builder against misuse; see package guard.
type watch struct{ guard.Guard }

// names are what the panics of a misused builder call things.
var names = guard.Names{Package: "rbtree", Asked: "comparator"}

// idle reports whether the builder was used, was not copied since, and is doing nothing.
func (w *watch) idle() bool { return here(&w.Guard) && w.State == guard.Idle }

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
		w.claim()
	}
	w.State = guard.Working
}

// end ends what begin or ask began.
func (w *watch) end() { w.State = guard.Idle }

// ask is begin of an operation in which the caller's comparator runs, which must not use the builder.
func (w *watch) ask() {
	w.claim()
	w.State = guard.Asking
}

// claim makes the builder know its address. It panics if the builder is misused.
//
//go:noinline
func (w *watch) claim() { w.Claim(&names) }

//go:noinline
func (w *watch) complain() { w.Complain(&names) }
