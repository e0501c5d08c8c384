package testkit

import (
	"errors"
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/diff"
)

// updater is the function that an Update command passes. It prints as Go.
type updater[K, V comparable] struct {
	mode  updateMode
	value V
	text  string
}

type updateMode uint8

const (
	updateSet  updateMode = iota // sets the value
	updateDrop                   // deletes the key
	updateKeep                   // keeps what is there
)

func (mc *machine[K, V, M, B]) updater(c Command) updater[K, V] {
	u := updater[K, V]{mode: updateMode(c.Val % 3), value: mc.Value(int(c.Val))}
	if mc.script != nil {
		ret := [...]any{fmt.Sprint(mc.lit(u.value), ", true"), "old, false", "old, ok"}[u.mode]
		u.text = fmt.Sprintf("func(old %s, ok bool) (%s, bool) { %sreturn %v }", mc.v(), mc.v(), mc.tick(), ret)
	}
	return u
}

func (u updater[K, V]) String() string { return u.text }

func (u updater[K, V]) call(old V, ok bool) (V, bool) {
	switch u.mode {
	case updateSet:
		return u.value, true
	case updateDrop:
		return old, false
	}
	return old, ok
}

// apply returns what an update of k makes of m.
func (u updater[K, V]) apply(m Model[K, V], k K) Model[K, V] {
	old, ok := m[k]
	if v, keep := u.call(old, ok); keep {
		return m.With(k, v)
	}
	return m.Without(k)
}

// checked is u as a function that complains of wrong arguments and of being called twice.
func (mc *machine[K, V, M, B]) checked(u updater[K, V], old V, ok bool, calls *int) func(V, bool) (V, bool) {
	return func(v V, in bool) (V, bool) {
		mc.faults.Tick()
		if *calls++; *calls > 1 || v != old || in != ok {
			mc.fail("Update calls its function with %#v, %t for the %d. time, want %#v, %t", v, in, *calls, old, ok)
		}
		return u.call(v, in)
	}
}

// resolver is the function that a MergeFunc command passes. It prints as Go.
type resolver[K, V comparable] struct {
	mode  resolveMode
	value V
	text  string
}

type resolveMode uint8

const (
	resolveNil resolveMode = iota
	resolveOurs
	resolveTheirs
	resolveDrop
	resolveValue
	resolveModes
)

func (mc *machine[K, V, M, B]) resolver(c Command) resolver[K, V] {
	r := resolver[K, V]{mode: resolveMode(c.Val) % resolveModes, value: mc.Value(int(c.Val))}
	if mc.script != nil && r.mode == resolveNil {
		r.text = "nil"
	} else if mc.script != nil {
		ret := [...]any{"", "c.Ours, c.InOurs", "c.Theirs, c.InTheirs", "c.Ours, false", fmt.Sprint(mc.lit(r.value), ", true")}[r.mode]
		r.text = fmt.Sprintf("func(c diff.Conflict[%s, %s]) (%s, bool) { %sreturn %v }", mc.k(), mc.v(), mc.v(), mc.tick(), ret)
	}
	return r
}

func (r resolver[K, V]) String() string { return r.text }

func (r resolver[K, V]) resolve(c diff.Conflict[K, V]) (V, bool) {
	switch r.mode {
	case resolveTheirs:
		return c.Theirs, c.InTheirs
	case resolveDrop:
		return c.Ours, false
	case resolveValue:
		return r.value, true
	}
	return c.Ours, c.InOurs
}

// Exercise ranges over seq, which has length entries, in the ways that iterators have
// been broken by: left after n entries, nested, pulled and stopped, and again.
func Exercise[K, V comparable](seq iter.Seq2[K, V], n, length int) error {
	var first []K
	for k := range seq {
		first = append(first, k)
	}
	if len(first) != length {
		return fmt.Errorf("yields %d entries, want %d", len(first), length)
	}

	i := 0
	for k := range seq {
		if i == n {
			break
		}
		if i >= length || k != first[i] {
			return errors.New("yields other keys in another range")
		}
		i++
	}
	if i != min(n, length) {
		return fmt.Errorf("yields %d entries before a break, want %d", i, min(n, length))
	}

	i = 0
	for k := range seq {
		if k != first[i] {
			return errors.New("an inner range disturbs the outer one")
		}
		if i == 0 || i == n%3 {
			j := 0
			for range seq {
				if j++; j > n {
					break
				}
			}
			if j != min(n+1, length) {
				return fmt.Errorf("an inner range yields %d entries, want %d", j, min(n+1, length))
			}
		}
		i++
	}

	next, stop := iter.Pull2(seq)
	defer stop()
	for i := range min(n, length) {
		if k, _, ok := next(); !ok || k != first[i] {
			return fmt.Errorf("pulls %#v, %t as entry %d, want %#v", k, ok, i, first[i])
		}
	}
	if n > length {
		if _, _, ok := next(); ok {
			return errors.New("can be pulled past the end")
		}
	}
	stop()
	if _, _, ok := next(); ok {
		return errors.New("can be pulled after stop")
	}
	return nil
}
