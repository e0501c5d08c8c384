package vector

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// damaged returns a vector with a tree of three levels, relaxed or strict, that shares nothing
// with any other.
func damaged(strict bool) Vector[int] {
	v := built((fan*fan + 2) << leafBits[int]())
	if !strict {
		v = v.Insert(40, 1)
	}
	return v.Prepend(1).Append(2)
}

func TestCheckSeesDamage(t *testing.T) {
	inner := func(t *tree) *node { return t.root.kids[0].asNode().kids[1].asNode() }
	for name, c := range map[string]struct {
		strict    bool
		invariant string
		damage    func(v *Vector[int], c *core[int])
	}{
		"no core, but a length":  {true, "invariant 1", func(v *Vector[int], _ *core[int]) { v.top = ref[int]{} }},
		"no elements":            {true, "invariant 1", func(v *Vector[int], c *core[int]) { v.h -= int32(v.Len()) }},
		"negative length":        {true, "invariant 2", func(v *Vector[int], c *core[int]) { v.h = -1 }},
		"small with a tree":      {true, "invariant 2", func(_ *Vector[int], c *core[int]) { c.kind = kindEnding }},
		"tail beyond its room":   {true, "invariant 3", func(v *Vector[int], c *core[int]) { v.t = int32(c.room) + 1 }},
		"tail not claimed":       {true, "invariant 3", func(v *Vector[int], c *core[int]) { c.claimed.Store(uint32(v.t) - 1) }},
		"head claimed too far":   {true, "invariant 3", func(_ *Vector[int], c *core[int]) { c.headClaimed.Store(c.headRoom + 1) }},
		"another count":          {true, "invariant 4", func(_ *Vector[int], c *core[int]) { c.count++ }},
		"both counts":            {false, "invariant 4", func(_ *Vector[int], c *core[int]) { c.count++; c.tree.count++ }},
		"no root":                {true, "invariant 4", func(_ *Vector[int], c *core[int]) { c.tree.root = nil }},
		"a size":                 {false, "invariant 4", func(_ *Vector[int], c *core[int]) { c.tree.root.sizes[0]-- }},
		"no children":            {false, "invariant 5", func(_ *Vector[int], c *core[int]) { inner(&c.tree).slots = 0 }},
		"too many children":      {false, "invariant 5", func(_ *Vector[int], c *core[int]) { inner(&c.tree).slots = fan + 1 }},
		"a hole in the middle":   {false, "invariant 5", func(_ *Vector[int], c *core[int]) { c.tree.root.kids[0].asNode().kids[1] = nil }},
		"a hole within the tree": {false, "invariant 5", func(_ *Vector[int], c *core[int]) { inner(&c.tree).kids[0] = nil }},
		"few children": {false, "invariant 5", func(_ *Vector[int], c *core[int]) {
			n := inner(&c.tree)
			clear(n.kids[1:])
			n.slots = 1
		}},
		"a child too many": {false, "invariant 5", func(_ *Vector[int], c *core[int]) {
			c.tree.root.kids[fan-1], c.tree.root.slots = c.tree.root.kids[0], fan-1
		}},
		"a root of one child": {false, "invariant 5", func(_ *Vector[int], c *core[int]) {
			c.tree.root = newNode(0, child{ptr: c.tree.root.opaque(), size: c.tree.count})
			c.tree.level++
		}},
		"a short leaf": {false, "invariant 6", func(_ *Vector[int], c *core[int]) {
			n := inner(&c.tree)
			n.sizes[0] = 1
		}},
		"a leaf that is not full": {true, "invariant 7", func(_ *Vector[int], c *core[int]) {
			n := inner(&c.tree)
			n.sizes[0]--
		}},
		"another offset":     {true, "invariant 7", func(_ *Vector[int], c *core[int]) { c.tree.off++ }},
		"beyond the radix":   {true, "invariant 7", func(_ *Vector[int], c *core[int]) { c.tree.off += fan * fan * fan << 10 }},
		"strict, but is not": {false, "invariant 7", func(_ *Vector[int], c *core[int]) { c.tree.strict = true }},
	} {
		t.Run(name, func(t *testing.T) {
			v := damaged(c.strict)
			require.NoError(t, v.check())
			require.GreaterOrEqual(t, levels(v), 3)
			c.damage(&v, v.base().core())
			assert.ErrorContains(t, v.check(), c.invariant)
			if v.Len() <= 256 {
				assert.Panics(t, v.verify)
			}
		})
	}
	v := grow(5)
	assert.PanicsWithValue(t, fmt.Sprintf("vector: invariant 3: an end of 100 with room for %d (a data race, or a builder that was copied?)", v.base().room),
		func() { Vector[int]{v.top, 0, 100}.verify() })
}
