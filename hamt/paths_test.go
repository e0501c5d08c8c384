package hamt_test

import (
	"fmt"
	"hash/maphash"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
)

// A pathKey carries its way through the trie: a hash of 63 bits, the topmost of 64 being 0.
type pathKey struct {
	path uint64
	id   int // its index in a universe
}

// pathHasher hashes a pathKey to its path. All pathHashers are equal.
type pathHasher struct{}

func (pathHasher) Sum64(_ maphash.Seed, k pathKey) uint64 { return testkit.SumOf(k.path << 1) }
func (pathHasher) Hash(h *maphash.Hash, k pathKey)        { maphash.WriteComparable(h, k.path) }
func (pathHasher) Equal(a, b pathKey) bool                { return a == b }

type pathMap = hamt.Map[pathKey, int]

var noPaths = hamt.NewMap[pathKey, int](pathHasher{})

// home is the path that the colliders of a universe share, wholly or in part.
const home uint64 = 0x5a5a_a5a5_3c3c_c3c3 &^ (1 << 63)

// apartAt returns home with another slot at the given level, and the same ones above.
func apartAt(level int) uint64 {
	top := max(0, 64-(level+1)*hamt.SlotBits)
	return home ^ 1<<top
}

// A universe is the keys that a test of small scope uses: movers, which come and go in every
// combination, followed by pads, which make the nodes full. A set of movers is a bit mask.
type universe struct {
	name   string
	keys   []pathKey
	movers int
	fresh  map[string]pathMap // maps made from scratch, by their keys
	all    pathMap            // the map of all keys, once it is needed
}

// newUniverse returns a universe of movers at the given paths, and pads at home.
func newUniverse(name string, pads int, paths ...uint64) *universe {
	u := &universe{name: name, movers: len(paths), fresh: map[string]pathMap{}}
	for _, p := range paths {
		u.keys = append(u.keys, pathKey{p, len(u.keys)})
	}
	for range pads {
		u.keys = append(u.keys, pathKey{home, len(u.keys)})
	}
	return u
}

const absent = -1

// A content is what a map must have: the value of each key of a universe, or absent.
type content []int

// pick returns the content with the movers of mask and, if padded, the pads. value gives the
// values by index.
func (u *universe) pick(mask int, padded bool, value func(i int) int) content {
	c := make(content, len(u.keys))
	for i := range c {
		c[i] = absent
		if i < u.movers && mask>>i&1 == 1 || i >= u.movers && padded {
			c[i] = value(i)
		}
	}
	return c
}

func (c content) len() (n int) {
	for _, v := range c {
		if v != absent {
			n++
		}
	}
	return n
}

// zip returns the content with f of the values in c and o.
func (c content) zip(o content, f func(i, a, b int) int) content {
	r := make(content, len(c))
	for i := range c {
		r[i] = f(i, c[i], o[i])
	}
	return r
}

// build makes c's map by inserting its keys one by one.
func (u *universe) build(c content) pathMap { return u.move(noPaths, c) }

// move leads m to c by single changes.
func (u *universe) move(m pathMap, c content) pathMap {
	for i, k := range u.keys {
		switch v, ok := m.Lookup(k); {
		case c[i] == absent:
			m = m.Delete(k)
		case !ok || v != c[i]:
			m = m.Set(k, c[i])
		}
	}
	return m
}

// shapeOf returns a map, made from scratch, of the shape that c must have.
func (u *universe) shapeOf(c content) pathMap {
	present := make([]byte, len(c))
	for i, v := range c {
		if v != absent {
			present[i] = 1
		}
	}
	m, ok := u.fresh[string(present)]
	if !ok {
		m = u.build(c)
		u.fresh[string(present)] = m
	}
	return m
}

// verify returns an error unless m has the contents of c, however it is read, is well formed,
// and has the shape that c must have.
func (u *universe) verify(m pathMap, c content) error {
	if err := u.verifyContents(m, c); err != nil {
		return err
	}
	if err := hamt.Check(m); err != nil {
		return err
	}
	if !hamt.SameShape(m, u.shapeOf(c)) {
		return fmt.Errorf("another shape than a new map has: %+v, not %+v", hamt.StatsOf(m), hamt.StatsOf(u.shapeOf(c)))
	}
	return nil
}

func (u *universe) verifyContents(m pathMap, c content) error {
	if m.Len() != c.len() {
		return fmt.Errorf("Len is %d, want %d", m.Len(), c.len())
	}
	for i, k := range u.keys {
		if v, ok := m.Lookup(k); ok != (c[i] != absent) || ok && v != c[i] {
			return fmt.Errorf("key %d is %d, %t, want %d", i, v, ok, c[i])
		}
	}
	n := 0
	for k, v := range m.All() {
		if n++; k != u.keys[k.id] || v != c[k.id] {
			return fmt.Errorf("iteration yields %d of key %d, want %d", v, k.id, c[k.id])
		}
	}
	if n != m.Len() {
		return fmt.Errorf("iteration yields %d entries, Len is %d", n, m.Len())
	}
	return nil
}

// universes returns movers that are equal to home in the whole hash, to some level, but for the
// last bits, and hardly: six of them, and five of each special kind. With the checks of the
// race build, which make everything ten times as slow, it is one fewer.
func universes() []*universe {
	last := hamt.Levels - 1
	us := []*universe{
		newUniverse("every kind", hamt.LeafMax, home, home, apartAt(6), apartAt(1), home^1, apartAt(0)),
		newUniverse("one hash", hamt.LeafMax-1, home, home, home, home, home),
		newUniverse("two hashes", hamt.LeafMax-1, home, home, home^1, home^1, home^1),
		newUniverse("the last levels", hamt.LeafMax, home, home^1, home^2, apartAt(last-1), apartAt(last-2)),
		newUniverse("level by level", hamt.LeafMax-3, apartAt(0), apartAt(1), apartAt(2), apartAt(3), apartAt(4)),
	}
	if invariants.Enabled {
		for i, u := range us {
			var paths []uint64
			for _, k := range u.keys[:u.movers-1] {
				paths = append(paths, k.path)
			}
			us[i] = newUniverse(u.name, len(u.keys)-u.movers, paths...)
		}
	}
	return us
}
