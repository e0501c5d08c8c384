// Package cell provides one mutable reference to an immutable value: state that any number of goroutines
// read, change and watch.
//
//	var trees cell.Cell[hamt.Map[string, int]]        // the zero cell holds the zero value
//
//	trees.Update(func(m hamt.Map[string, int]) hamt.Map[string, int] { return m.Set("ash", 3) })
//	n := trees.Load().Get("ash")                       // never waits for a writer
//	for m := range trees.Watch(ctx) {                  // now, and each time that it changes
//		fmt.Println(m)
//	}
//
// What by hand is a map behind a mutex, or a map that every write copies as a whole, is a [Cell] with a persistent
// collection in it: a reader gets a version that is whole and stays as it is, a writer pays for what it
// changes, and no write is lost, because a change is a function from one value to the next.
//
// A Cell may hold any type, but its values must not be changed: they are handed out without being copied.
//
// # Costs
//
//	Load              one atomic read; allocates nothing
//	Store, Swap       one atomic exchange; allocate a box, which is the value and a pointer
//	Update, TryUpdate the function, a compare-and-swap, and again if another writer was faster; allocate a box
//	CompareAndSwap    a comparison and a compare-and-swap; allocates a box if the values are equal
//	UpdateIfChanged   as Update; a box only if there is a change
//	a checked cell    as any other, and the check for each write
//	Edit              as Update; a builder for each run
//	Watch, WatchFunc  a channel for each value that someone waits on; no goroutine
//
// Load never waits. Writers wait only for an Update that others have made run in vain again and again, and no longer than a tenth of a
// second. They pay two reads for watchers and waiters that are not there.
//
// # Order
//
// All operations on one cell are linearizable: there is one order of them that every goroutine agrees on, and
// in which each lies between its call and its return. What a goroutine did before a write is visible to those
// that read what was written.
package cell
