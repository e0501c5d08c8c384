// Package loop ranges over sequences of callers, and allocates nothing where a sequence turns out to be empty.
//
// A for loop over a sequence hands it the loop's body, which the sequence could keep. So the body and the variables that it
// changes are allocated, before it is known that there is an element. Here the body is an object that is made in
// advance: what a sequence did not call is kept for the next loop.
//
// A sequence that calls a body after its loop has ended gets a panic, as it does from a for loop. So that it can disturb nobody
// else, a body is used again only for a sequence of the same code, and never if it was called once.
package loop

import (
	"iter"
	"reflect"
	"sync"
)

// A Body takes the elements of a sequence, until it returns false.
type Body[S, T any] interface {
	*S
	Take(T) bool
}

// A Body2 takes the pairs of a sequence, until it returns false.
type Body2[S, K, V any] interface {
	*S
	Take(K, V) bool
}

// Each calls Take of s for the elements of seq and returns what s is then.
func Each[S, T any, B Body[S, T]](seq iter.Seq[T], s S) S {
	code := reflect.ValueOf(seq).Pointer()
	l, ok := idle.Get().(*each[S, T, B])
	if !ok || l.code != code {
		l = &each[S, T, B]{loop: loop[S]{code: code}}
		l.body = l.call
	}
	s = l.over(seq, s)
	if !l.called {
		idle.Put(l) // another loop may have it from here on
	}
	return s
}

// Each2 is [Each] for a sequence of pairs.
func Each2[S, K, V any, B Body2[S, K, V]](seq iter.Seq2[K, V], s S) S {
	code := reflect.ValueOf(seq).Pointer()
	l, ok := idle.Get().(*each2[S, K, V, B])
	if !ok || l.code != code {
		l = &each2[S, K, V, B]{loop: loop[S]{code: code}}
		l.body = l.call
	}
	s = l.over(seq, s)
	if !l.called {
		idle.Put(l) // another loop may have it from here on
	}
	return s
}

// idle has loops of all types whose bodies were not called.
var idle sync.Pool

type each[S, T any, B Body[S, T]] struct {
	loop[S]
	body func(T) bool
}

// over ranges over seq. When it returns it is done with l.
func (l *each[S, T, B]) over(seq iter.Seq[T], s S) S {
	l.begin(s)
	defer l.stop()
	seq(l.body)
	return l.end()
}

func (l *each[S, T, B]) call(x T) bool {
	l.enter()
	return l.leave(B(&l.s).Take(x))
}

type each2[S, K, V any, B Body2[S, K, V]] struct {
	loop[S]
	body func(K, V) bool
}

// over ranges over seq. When it returns it is done with l.
func (l *each2[S, K, V, B]) over(seq iter.Seq2[K, V], s S) S {
	l.begin(s)
	defer l.stop()
	seq(l.body)
	return l.end()
}

func (l *each2[S, K, V, B]) call(k K, v V) bool {
	l.enter()
	return l.leave(B(&l.s).Take(k, v))
}

// A loop is what loops over all sequences have in common.
type loop[S any] struct {
	s      S
	code   uintptr // the sequence's
	ready  bool    // the body may be called: the loop goes on, and the body is not running
	called bool
}

func (l *loop[S]) begin(s S) { l.s, l.ready = s, true }
func (l *loop[S]) stop()     { l.ready = false }

// end returns the state and forgets it.
func (l *loop[S]) end() (s S) {
	l.ready = false
	s, l.s = l.s, s
	return s
}

func (l *loop[S]) enter() {
	if !l.ready {
		panic("ramet: a sequence goes on after the loop over it has ended")
	}
	l.ready, l.called = false, true
}

func (l *loop[S]) leave(more bool) bool {
	l.ready = more
	return more
}
