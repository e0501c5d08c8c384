package ordered_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

// The layouts that decision record 0010 compares, as far as the measurements need them:
//
//	go test -run '^$' -bench Layout ./ordered

type layout[M any] struct {
	name string
	set  func(m M, k string, v int) M
	del  func(m M, k string) M
	get  func(m M, k string) (int, bool)
	all  func(m M, yield func(string, int) bool)
}

type pair struct {
	key string
	val int
}

// twoTrees: a hash map of places, and a sorted map of entries by place.
type twoTrees struct {
	index hamt.Map[string, int64]
	order rbtree.Map[int64, pair]
	next  int64
}

var ofTwoTrees = layout[*twoTrees]{
	name: "entries in the order",
	set: func(m *twoTrees, k string, v int) *twoTrees {
		if at, ok := m.index.Lookup(k); ok {
			return &twoTrees{m.index, m.order.Set(at, pair{k, v}), m.next}
		}
		return &twoTrees{m.index.Set(k, m.next), m.order.Set(m.next, pair{k, v}), m.next + 1}
	},
	del: func(m *twoTrees, k string) *twoTrees {
		at, ok := m.index.Lookup(k)
		if !ok {
			return m
		}
		return &twoTrees{m.index.Delete(k), m.order.Delete(at), m.next}
	},
	get: func(m *twoTrees, k string) (int, bool) {
		at, ok := m.index.Lookup(k)
		if !ok {
			return 0, false
		}
		return m.order.Get(at).val, true
	},
	all: func(m *twoTrees, yield func(string, int) bool) {
		for _, p := range m.order.All() {
			if !yield(p.key, p.val) {
				return
			}
		}
	},
}

// hashed: values in the hash map, and the order has the keys only.
type placed struct {
	at  int64
	val int
}

type hashed struct {
	index hamt.Map[string, placed]
	order rbtree.Map[int64, string]
	next  int64
}

var ofHashed = layout[*hashed]{
	name: "values in the hash map",
	set: func(m *hashed, k string, v int) *hashed {
		if p, ok := m.index.Lookup(k); ok {
			return &hashed{m.index.Set(k, placed{p.at, v}), m.order, m.next}
		}
		return &hashed{m.index.Set(k, placed{m.next, v}), m.order.Set(m.next, k), m.next + 1}
	},
	del: func(m *hashed, k string) *hashed {
		p, ok := m.index.Lookup(k)
		if !ok {
			return m
		}
		return &hashed{m.index.Delete(k), m.order.Delete(p.at), m.next}
	},
	get: func(m *hashed, k string) (int, bool) {
		p, ok := m.index.Lookup(k)
		return p.val, ok
	},
	all: func(m *hashed, yield func(string, int) bool) {
		for _, k := range m.order.All() {
			if !yield(k, m.index.Get(k).val) {
				return
			}
		}
	},
}

// tombs: a vector in which deleted entries leave gaps.
type tombs struct {
	index hamt.Map[string, int]
	order vector.Vector[pair]
}

var ofTombs = layout[*tombs]{
	name: "a vector with gaps",
	set: func(m *tombs, k string, v int) *tombs {
		if at, ok := m.index.Lookup(k); ok {
			return &tombs{m.index, m.order.Set(at, pair{k, v})}
		}
		return &tombs{m.index.Set(k, m.order.Len()), m.order.Append(pair{k, v})}
	},
	del: func(m *tombs, k string) *tombs {
		at, ok := m.index.Lookup(k)
		if !ok {
			return m
		}
		if m.order.Len() < 2*m.index.Len() {
			return &tombs{m.index.Delete(k), m.order.Set(at, pair{})}
		}
		kept := new(tombs) // compacted
		for _, p := range m.order.All() {
			if at, ok := m.index.Lookup(p.key); ok && m.order.At(at).key == p.key && p.key != k {
				kept = &tombs{kept.index.Set(p.key, kept.order.Len()), kept.order.Append(p)}
			}
		}
		return kept
	},
	get: func(m *tombs, k string) (int, bool) {
		at, ok := m.index.Lookup(k)
		if !ok {
			return 0, false
		}
		return m.order.At(at).val, true
	},
	all: func(m *tombs, yield func(string, int) bool) {
		for p := range m.order.Values() {
			if p.key != "" && !yield(p.key, p.val) {
				return
			}
		}
	},
}

// flat: a slice that each change copies.
var ofFlat = layout[[]pair]{
	name: "a slice",
	set: func(m []pair, k string, v int) []pair {
		for i := range m {
			if m[i].key == k {
				m = slices.Clone(m)
				m[i].val = v
				return m
			}
		}
		n := make([]pair, len(m)+1)
		copy(n, m)
		n[len(m)] = pair{k, v}
		return n
	},
	del: func(m []pair, k string) []pair {
		for i := range m {
			if m[i].key == k {
				n := make([]pair, len(m)-1)
				copy(n, m[:i])
				copy(n[i:], m[i+1:])
				return n
			}
		}
		return m
	},
	get: func(m []pair, k string) (int, bool) {
		for i := range m {
			if m[i].key == k {
				return m[i].val, true
			}
		}
		return 0, false
	},
	all: func(m []pair, yield func(string, int) bool) {
		for _, p := range m {
			if !yield(p.key, p.val) {
				return
			}
		}
	},
}

// builtIn: what programs do without this module, a built-in map and the keys in order, both copied for each version.
type builtIn struct {
	of   map[string]int
	keys []string
}

var ofBuiltIn = layout[*builtIn]{
	name: "a built-in map and a slice",
	set: func(m *builtIn, k string, v int) *builtIn {
		n := &builtIn{maps.Clone(m.of), slices.Clone(m.keys)}
		if n.of == nil {
			n.of = map[string]int{}
		}
		if _, ok := n.of[k]; !ok {
			n.keys = append(n.keys, k)
		}
		n.of[k] = v
		return n
	},
	del: func(m *builtIn, k string) *builtIn {
		n := &builtIn{maps.Clone(m.of), slices.Clone(m.keys)}
		delete(n.of, k)
		i := slices.Index(n.keys, k)
		n.keys = slices.Delete(n.keys, i, i+1)
		return n
	},
	get: func(m *builtIn, k string) (int, bool) {
		v, ok := m.of[k]
		return v, ok
	},
	all: func(m *builtIn, yield func(string, int) bool) {
		for _, k := range m.keys {
			if !yield(k, m.of[k]) {
				return
			}
		}
	},
}

// inUse is the Map of this package.
var inUse = layout[omap]{
	name: "ordered.Map",
	set:  omap.Set,
	del:  omap.Delete,
	get:  omap.Lookup,
	all:  func(m omap, yield func(string, int) bool) { m.All()(yield) },
}

// unordered is a hamt.Map, which has no order.
var unordered = layout[hamt.Map[string, int]]{
	name: "hamt.Map, without order",
	set:  hamt.Map[string, int].Set,
	del:  hamt.Map[string, int].Delete,
	get:  hamt.Map[string, int].Lookup,
	all:  func(m hamt.Map[string, int], yield func(string, int) bool) { m.All()(yield) },
}

func BenchmarkLayouts(b *testing.B) {
	for _, n := range []int{4, 8, 10, 16, 20, 32, 1000, 100_000} {
		measure(b, n, inUse, omap{})
		measure(b, n, ofTwoTrees, new(twoTrees))
		measure(b, n, ofHashed, new(hashed))
		measure(b, n, ofTombs, new(tombs))
		if n < 1000 {
			measure(b, n, ofFlat, nil)
		}
		if n <= 1000 {
			measure(b, n, ofBuiltIn, new(builtIn))
		}
		measure(b, n, unordered, hamt.Map[string, int]{})
	}
}

func measure[M any](b *testing.B, n int, l layout[M], m M) {
	b.Helper()
	empty, keys := m, make([]string, n+1)
	for i := range keys {
		keys[i] = "compilerOption" + strconv.Itoa(i*7919%(n+1))
	}
	for i, k := range keys[:n] {
		m = l.set(m, k, i)
	}
	name := func(operation string) string { return fmt.Sprintf("%s/%d/%s", operation, n, l.name) }
	b.Run(name("get"), func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			l.get(m, keys[i%n])
		}
	})
	b.Run(name("set"), func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			l.set(m, keys[i%n], i)
		}
	})
	b.Run(name("add"), func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			l.set(m, keys[n], i)
		}
	})
	b.Run(name("delete"), func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			l.del(m, keys[i%n])
		}
	})
	b.Run(name("build"), func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m := empty
			for i, k := range keys[:min(n, 20)] {
				m = l.set(m, k, i)
			}
		}
	})
	b.Run(name("all"), func(b *testing.B) {
		b.ReportAllocs()
		sum := 0
		for b.Loop() {
			l.all(m, func(_ string, v int) bool {
				sum += v
				return true
			})
		}
	})
}
