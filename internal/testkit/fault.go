package testkit

import (
	"fmt"
	"hash/maphash"
	"iter"
)

// A Fault is the value of an injected panic.
type Fault struct{}

func (Fault) String() string { return "testkit: injected fault" }

// Faults makes the k-th call among all the functions that Tick panic. The zero Faults
// never does. It is not safe for concurrent use.
type Faults struct {
	left  int // calls until the fault; 0: none is due
	fired bool
}

// Arm makes the k-th Tick from now panic with [Fault].
func (f *Faults) Arm(k int) { f.left, f.fired = k, false }

// Tick is called by every function under test that a caller supplies.
func (f *Faults) Tick() {
	if f.left > 0 {
		if f.left--; f.left == 0 {
			f.fired = true
			panic(Fault{})
		}
	}
}

// Attempt runs do with the k-th Tick panicking, and reports whether it did. Other
// panics pass through. A do that swallows the fault is reported as faulted too.
func (f *Faults) Attempt(k int, do func()) (faulted bool) {
	f.Arm(k)
	defer func() {
		faulted = f.fired
		f.Arm(0)
		if r := recover(); r != nil {
			if _, ok := r.(Fault); !ok {
				panic(r)
			}
		}
	}()
	do()
	return
}

// Faulty is a hasher that ticks in every call. Use it by pointer.
type Faulty[K any] struct {
	Summer[K]
	Faults *Faults
}

func (f *Faulty[K]) Sum64(seed maphash.Seed, key K) uint64 {
	f.Faults.Tick()
	return f.Summer.Sum64(seed, key)
}
func (f *Faulty[K]) Hash(h *maphash.Hash, key K) {
	f.Faults.Tick()
	f.Summer.Hash(h, key)
}
func (f *Faulty[K]) Equal(a, b K) bool {
	f.Faults.Tick()
	return f.Summer.Equal(a, b)
}

// GoString returns the expression that makes such a hasher on the Faults that printed
// programs declare.
func (f *Faulty[K]) GoString() string {
	return fmt.Sprintf("&testkit.Faulty[%s]{Summer: %#v, Faults: &f}", typeName[K](""), f.Summer)
}

// Ticking is seq with a Tick before each entry and one at the end.
func Ticking[K, V any](f *Faults, seq iter.Seq2[K, V]) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for k, v := range seq {
			f.Tick()
			if !yield(k, v) {
				return
			}
		}
		f.Tick()
	}
}
