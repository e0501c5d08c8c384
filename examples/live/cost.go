package main

import (
	"runtime"
	"slices"
	"sync"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
)

// A cost is what keeping a version takes, beside the version before.
type cost struct {
	Bytes  int64 `json:"bytes"`  // that its map has of its own
	Copy   int64 `json:"copy"`   // that a built-in map with the same entries has; neither counts the texts, which both share
	Shared int   `json:"shared"` // entries in nodes that it shares with the version before
}

// A measured is the cost of one version, measured when somebody asks for it first. It has no hold of the version
// before, which would keep every version there ever was.
type measured struct {
	once sync.Once
	cost cost
}

// of returns the cost of v, which comes after before.
func (m *measured) of(before, v version) cost {
	m.once.Do(func() {
		m.cost = cost{Copy: allocated(func() any { return copied(v.doc) }), Shared: shared(before.doc, v.doc)}
		if !v.again { // else there is nothing new: it is a map that was there
			changes := slices.Collect(hamt.Diff(before.doc, v.doc))
			m.cost.Bytes = allocated(func() any { return changed(before.doc, changes) })
		}
	})
	return m.cost
}

// changed makes changes as they are made by requests: one by Set or Delete, several at once.
func changed(d document, changes []diff.Change[string, value]) document {
	switch {
	case len(changes) != 1:
		return hamt.Apply(d, slices.Values(changes))
	case changes[0].Kind == diff.Removed:
		return d.Delete(changes[0].Key)
	}
	return d.Set(changes[0].Key, changes[0].New)
}

// copied returns what a program has that copies a built-in map for each version.
func copied(d document) map[string]value {
	m := make(map[string]value, d.Len())
	for k, v := range d.All() {
		m[k] = v
	}
	return m
}

// shared returns how many entries of now are in nodes that before has as well. A comparison skips these, and looks at all others.
func shared(before, now document) int {
	looked := 0
	for c := range hamt.DiffFunc(before, now, func(a, b value) bool { looked++; return a == b }) {
		if c.Kind == diff.Added {
			looked++
		}
	}
	return now.Len() - looked
}

// allocated returns how many bytes f allocates. The runtime counts those of all goroutines together, so the least of a few
// calls is nearest to what f needs: if others never pause, it is too large.
func allocated(f func() any) int64 {
	least := int64(-1)
	for range 5 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		made := f()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(made)
		if n := int64(after.TotalAlloc - before.TotalAlloc); least < 0 || n < least {
			least = n
		}
	}
	return least
}
