package store

import (
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// Turns lets goroutines go on one at a time, from one call of an engine to the next, in an order that a test chooses: so
// what happens beside each other happens in the same order in each run.
type Turns struct {
	actors  []*Actor // that are not done
	current *Actor   // whose turn it is; nil: nothing runs in turns
	errs    []error

	collecting bool // a collection is under way
	stopped    bool // nobody writes
}

// An Actor is one of the goroutines.
type Actor struct {
	Name    string
	Blocked bool // it waited for others when it last had its turn
	turn    chan struct{}
	back    chan bool // true: it is done
}

// Go adds an actor, which begins with its first turn.
func (t *Turns) Go(name string, f func() error) {
	a := &Actor{Name: name, turn: make(chan struct{}), back: make(chan bool)}
	t.actors = append(t.actors, a)
	go func() {
		<-a.turn
		defer func() {
			if p := recover(); p != nil {
				t.errs = append(t.errs, fmt.Errorf("%s: panic: %v\n%s", name, p, debug.Stack()))
			}
			a.back <- true
		}()
		if err := f(); err != nil {
			t.errs = append(t.errs, fmt.Errorf("%s: %w", name, err))
		}
	}()
}

// Run runs the actors until all are done: the next turn is that of the one whose index choose returns. It returns their
// errors.
func (t *Turns) Run(choose func(as []*Actor) int) []error {
	for len(t.actors) > 0 {
		i := choose(t.actors)
		a := t.actors[i]
		t.current = a
		a.turn <- struct{}{}
		if <-a.back {
			t.actors = append(t.actors[:i:i], t.actors[i+1:]...)
		}
		t.current = nil
	}
	return t.errs
}

// next ends the turn, and returns when the next one comes.
func (t *Turns) next() {
	if a := t.current; a != nil {
		a.back <- false
		<-a.turn
	}
}

// until ends the turn, and returns in the first turn that try returns true in.
func (t *Turns) until(try func() bool) {
	t.next()
	for a := t.current; !try(); t.next() {
		if a == nil {
			panic("a lock is held, and nobody runs")
		}
		a.Blocked = true
	}
	if t.current != nil {
		t.current.Blocked = false
	}
}

// Store returns a store whose calls are turns.
func (t *Turns) Store(e chunk.Engine, opts ...Option) *Store {
	s := New(e, append(opts, CacheBytes(0))...)
	s.guard.moment.wait = t.until
	s.reflog = 0
	return s
}

// Engine returns an engine whose calls are turns.
func (t *Turns) Engine(e chunk.Engine) *TurnEngine { return &TurnEngine{Engine: e, turns: t} }

// A TurnEngine is an engine whose calls are turns.
type TurnEngine struct {
	chunk.Engine
	turns *Turns
	mine  *Actor // who collects

	looked func()                 // nil, or is called when a collection has read the reflog, and takes the pins and lists
	taken  func()                 // nil, or is called when it has
	once   bool                   // the roots are taken once only
	put    func(cs []chunk.Chunk) // nil, or is told of what is put
}

type collector = func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error

func (e *TurnEngine) writes() { e.turns.until(func() bool { return !e.turns.stopped }) }

func (e *TurnEngine) Get(ctx context.Context, a chunk.Addr) ([]byte, error) {
	e.turns.next()
	return e.Engine.Get(ctx, a)
}

func (e *TurnEngine) Missing(ctx context.Context, as []chunk.Addr) ([]chunk.Addr, error) {
	if e.taken != nil && e.mine != nil && e.turns.current == e.mine {
		e.taken()
	}
	e.turns.next()
	return e.Engine.Missing(ctx, as)
}

func (e *TurnEngine) Put(ctx context.Context, cs []chunk.Chunk) error {
	if e.put != nil {
		e.put(cs)
	}
	e.writes()
	return e.Engine.Put(ctx, cs)
}

func (e *TurnEngine) Ref(ctx context.Context, name string) (chunk.Ref, error) {
	e.turns.next()
	return e.Engine.Ref(ctx, name)
}

func (e *TurnEngine) Refs(ctx context.Context, prefix string) iter.Seq2[chunk.Named, error] {
	e.turns.next()
	return e.Engine.Refs(ctx, prefix)
}

func (e *TurnEngine) Log(ctx context.Context, name string) iter.Seq2[chunk.Entry, error] {
	return func(yield func(chunk.Entry, error) bool) {
		e.turns.next()
		for x, err := range e.Engine.Log(ctx, name) {
			if !yield(x, err) {
				return
			}
		}
		if e.looked != nil && e.mine != nil && e.turns.current == e.mine {
			e.looked()
		}
	}
}

func (e *TurnEngine) Swap(ctx context.Context, s chunk.Swap) (chunk.Ref, error) {
	e.writes()
	return e.Engine.Swap(ctx, s)
}

func (e *TurnEngine) Commit(ctx context.Context, cs []chunk.Chunk, s chunk.Swap) (chunk.Ref, error) {
	e.writes()
	return e.Engine.Commit(ctx, cs, s)
}

func (e *TurnEngine) Collect(ctx context.Context, log time.Time, live collector) error {
	t := e.turns
	t.until(func() bool { return !t.collecting })
	t.collecting, e.mine = true, t.current
	defer func() { t.collecting, t.stopped, e.mine = false, false, nil }()
	n := 0
	return e.Engine.Collect(ctx, log, func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
		f := live
		if n++; n == 2 {
			t.stopped = true
			if e.once {
				copied, copy = func(chunk.Addr) bool { return true }, func(chunk.Chunk) error { return nil }
			}
		}
		err := f(ctx, copied, copy)
		t.next()
		return err
	})
}
