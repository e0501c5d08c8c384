package testkit

import (
	"fmt"
	"iter"
	"maps"

	"github.com/ramet-go/ramet/diff"
)

// A Model is what a map must contain. Its methods say in the plainest way what the
// operations of a persistent map mean, and never change their receiver.
type Model[K, V comparable] map[K]V

// With is Set.
func (m Model[K, V]) With(k K, v V) Model[K, V] {
	n := m.clone()
	n[k] = v
	return n
}

// Without is Delete.
func (m Model[K, V]) Without(k K) Model[K, V] {
	n := m.clone()
	delete(n, k)
	return n
}

// Filter keeps the entries that keep wants.
func (m Model[K, V]) Filter(keep func(K, V) bool) Model[K, V] {
	n := m.clone()
	maps.DeleteFunc(n, func(k K, v V) bool { return !keep(k, v) })
	return n
}

// Union has the entries of both; both decides for keys in both.
func (m Model[K, V]) Union(o Model[K, V], both func(k K, a, b V) V) Model[K, V] {
	n := m.clone()
	for k, b := range o {
		if a, ok := m[k]; ok {
			b = both(k, a, b)
		}
		n[k] = b
	}
	return n
}

// Intersection is m without the keys that o does not have.
func (m Model[K, V]) Intersection(o Model[K, V]) Model[K, V] {
	return m.Filter(func(k K, _ V) bool { return o.has(k) })
}

// Difference is m without the keys that o has.
func (m Model[K, V]) Difference(o Model[K, V]) Model[K, V] {
	return m.Filter(func(k K, _ V) bool { return !o.has(k) })
}

// MapValues replaces every value by what f makes of it.
func (m Model[K, V]) MapValues(f func(K, V) V) Model[K, V] {
	n := m.clone()
	for k, v := range m {
		n[k] = f(k, v)
	}
	return n
}

// Diff returns the changes from m to to, by key.
func (m Model[K, V]) Diff(to Model[K, V]) map[K]diff.Change[K, V] {
	changes := map[K]diff.Change[K, V]{}
	for k, v := range m {
		w, ok := to[k]
		switch {
		case !ok:
			changes[k] = diff.Change[K, V]{Kind: diff.Removed, Key: k, Old: v}
		case v != w:
			changes[k] = diff.Change[K, V]{Kind: diff.Updated, Key: k, Old: v, New: w}
		}
	}
	for k, w := range to {
		if !m.has(k) {
			changes[k] = diff.Change[K, V]{Kind: diff.Added, Key: k, New: w}
		}
	}
	return changes
}

// Merge returns the three-way merge of ours and theirs, with m as their base, and the
// conflicts by key. In a conflict resolve decides; a nil resolve keeps ours.
func (m Model[K, V]) Merge(ours, theirs Model[K, V], resolve func(diff.Conflict[K, V]) (V, bool)) (Model[K, V], map[K]diff.Conflict[K, V]) {
	merged, conflicts := Model[K, V]{}, map[K]diff.Conflict[K, V]{}
	either := func(_ K, a, _ V) V { return a }
	for k := range m.Union(ours, either).Union(theirs, either) {
		b, inBase := m[k]
		o, inOurs := ours[k]
		t, inTheirs := theirs[k]
		v, in := o, inOurs
		switch {
		case o == t && inOurs == inTheirs: // both sides agree
		case t == b && inTheirs == inBase: // only ours changed it
		case o == b && inOurs == inBase: // only theirs changed it
			v, in = t, inTheirs
		default:
			c := diff.Conflict[K, V]{Key: k, Base: b, Ours: o, Theirs: t,
				InBase: inBase, InOurs: inOurs, InTheirs: inTheirs}
			conflicts[k] = c
			if resolve != nil {
				v, in = resolve(c)
			}
		}
		if in {
			merged[k] = v
		}
	}
	return merged, conflicts
}

func (m Model[K, V]) has(k K) bool {
	_, ok := m[k]
	return ok
}

func (m Model[K, V]) clone() Model[K, V] {
	if m == nil {
		return Model[K, V]{}
	}
	return maps.Clone(m)
}

// A Reader is the part of a map or builder that is compared with a model.
type Reader[K, V any] interface {
	Len() int
	Get(K) V
	Lookup(K) (V, bool)
	Contains(K) bool
	All() iter.Seq2[K, V]
}

// Compare reports how got differs from want: in its length, in what it finds for the
// keys of want and for the other keys, which may repeat those of want, or in what it
// iterates, once each.
func Compare[K, V comparable](got Reader[K, V], want map[K]V, others ...K) error {
	if n := got.Len(); n != len(want) {
		return fmt.Errorf("Len() is %d, want %d", n, len(want))
	}
	find := func(k K) error {
		w, in := want[k]
		if v, ok := got.Lookup(k); v != w || ok != in {
			return fmt.Errorf("Lookup(%#v) is %#v, %t, want %#v, %t", k, v, ok, w, in)
		}
		if v := got.Get(k); v != w {
			return fmt.Errorf("Get(%#v) is %#v, want %#v", k, v, w)
		}
		if ok := got.Contains(k); ok != in {
			return fmt.Errorf("Contains(%#v) is %t, want %t", k, ok, in)
		}
		return nil
	}
	for k := range want {
		if err := find(k); err != nil {
			return err
		}
	}
	for _, k := range others {
		if err := find(k); err != nil {
			return err
		}
	}
	return sameEntries(got.All(), want)
}

// sameEntries reports how what seq yields differs from want.
func sameEntries[K, V comparable](seq iter.Seq2[K, V], want map[K]V) error {
	seen := make(map[K]bool, len(want))
	for k, v := range seq {
		w, in := want[k]
		switch {
		case !in:
			return fmt.Errorf("All() yields %#v: %#v, which is not in the map", k, v)
		case v != w:
			return fmt.Errorf("All() yields %#v: %#v, want %#v", k, v, w)
		case seen[k]:
			return fmt.Errorf("All() yields %#v twice", k)
		}
		seen[k] = true
	}
	for k := range want {
		if !seen[k] {
			return fmt.Errorf("All() does not yield %#v", k)
		}
	}
	return nil
}
