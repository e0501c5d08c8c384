package hamt

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/ownership"
)

// TestCheckSeesDamage breaks the invariants one by one: check must name each.
func TestCheckSeesDamage(t *testing.T) {
	fill := func(n int) Map[int, int] {
		var m Map[int, int]
		for k := range n {
			m = m.Set(k, k)
		}
		return m
	}
	// over puts an inner node over children, of which nil is the root that was.
	over := func(b bitmap, children ...*node) func(*Map[int, int]) {
		return func(m *Map[int, int]) {
			for i, c := range children {
				if c == nil {
					children[i] = m.root()
				}
			}
			m.top = refTo(newInner(b, len(children), ownership.None))
			copy(m.root().children(), children)
		}
	}
	const few, many = leafMax, 6 * leafMax
	const halves = 1 | 1<<(slots/2)
	for _, d := range []struct {
		want   string
		n      int
		damage func(m *Map[int, int])
	}{
		{"invariant 6: no root, but length 3", few, func(m *Map[int, int]) { m.top, m.len = ref{}, 3 }},
		{fmt.Sprintf("invariant 6: %d entries, but length %d", many, many+1), many, func(m *Map[int, int]) { m.len++ }},
		{"invariant 1: bitmap", many, func(m *Map[int, int]) { m.root().bitmap &^= 1 }},
		{"invariant 1: 2 children in room for 1", few, func(m *Map[int, int]) { over(halves, nil, nil)(m); m.root().room = 1 }},
		{"invariant 1: range [0, +3)", few, over(1|1<<3, nil, nil)},
		{"invariant 2: an inner node for", many, over(1, nil)},
		{"invariant 3: two leaves of 0 and 0 entries", few, over(halves, &empty.node, &empty.node)},
		{"invariant 3: an inner node with", few, over(1, nil)},
		{"invariant 3: a leaf of", few, func(m *Map[int, int]) { m.root().room = 0 }},
		{"invariant 4: tag", few, func(m *Map[int, int]) { m.root().asLeaf().tags[0] ^= 1 }},
		{"invariant 4: an entry with hash", few, over(halves, nil, nil)},
		{"invariant 4: two entries with key", few, func(m *Map[int, int]) {
			l := m.root().asLeaf()
			*entryAt[int, int](m.root(), 1) = *entryAt[int, int](m.root(), 0)
			l.tags.set(1, l.tags.at(0))
		}},
		{"invariant 5: a collision for", few, func(m *Map[int, int]) { m.root().collides = true }},
	} {
		m := fill(d.n)
		require.NoError(t, m.check())
		d.damage(&m)
		assert.ErrorContains(t, m.check(), "hamt: "+d.want)
		if d.n == few {
			assert.PanicsWithValue(t, m.check().Error()+" (a data race, or a builder that was copied?)", m.verify)
		}
	}

	m := fill(few)
	m.root().collides = true
	c := checker[int, int]{by: m.by}
	_, err := c.leaf(m.root(), 0, levels-1, span{0, 1})
	assert.ErrorContains(t, err, "hamt: invariant 5: a collision of")

	m = fill(many)
	m.root().child(0).id = ownership.NewID()
	assert.ErrorContains(t, checkOwned(m.root(), m.root().child(0).id, true), "hamt: invariant 7: a node owned by")
}
