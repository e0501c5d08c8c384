package rbtree

import (
	"cmp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/ownership"
)

// TestCheckSeesDamage breaks the invariants one by one: check must name each.
func TestCheckSeesDamage(t *testing.T) {
	type m = Map[int, int]
	fill := func(n int) (v m) {
		for k := range n {
			v = v.Set(2*k+1, k)
		}
		return v
	}
	few, many := 2, 4*leafMost
	for _, d := range []struct {
		want   string
		n      int
		damage func(v *m)
	}{
		{"invariant 1: no root, but length 3", few, func(v *m) { v.top, v.len = ref{}, 3 }},
		{"invariant 1: no root, but length 0 and order", few, func(v *m) { v.top, v.len = ref{}, 0 }},
		{"invariant 1: order 0", few, func(v *m) { v.by.kind = unresolved }},
		{"invariant 1: 2 entries, but length 3", few, func(v *m) { v.len++ }},
		{"invariant 2: a node of level 2 under one of level", many, func(v *m) { v.root().kid(1).level = 2 }},
		{"invariant 3: 0 of level 0", few, func(v *m) { v.root().len = 0 }},
		{"invariant 3: 1 of level", many, func(v *m) { v.root().len = 1 }},
		{"invariant 3: 200 of level 0 in a node with room for", few, func(v *m) { v.root().len = 200 }},
		{"invariant 4: ", many, func(v *m) { v.root().counts()[1]++ }},
		{"invariant 5: router 0 between", many, func(v *m) { routers[int](v.root())[0] = 0 }},
		{"invariant 5: router", many, func(v *m) { routers[int](v.root())[0]-- }},
		{"invariant 6: key 1 after 3", few, func(v *m) { ks := keys[int](v.root()); ks[0], ks[1] = ks[1], ks[0] }},
		{"invariant 7: slot 1 of a leaf with 1 entries", few, func(v *m) { v.root().len = 1 }},
		{"invariant 7: slot", many, func(v *m) {
			l := withSlot(v.root())
			*keyAt[int](l, int(l.room)-1) = 7
		}},
	} {
		v := fill(d.n)
		for k := 1; d.n == many && withSlot(v.root()) == nil; k += 2 {
			v = v.Delete(k)
		}
		require.NoError(t, v.check())
		require.NoError(t, v.checkShape())
		d.damage(&v)
		assert.ErrorContains(t, v.check(), "rbtree: "+d.want)
		if d.n == few {
			assert.PanicsWithValue(t, v.check().Error()+" (a data race, or a builder that was copied?)", v.verify)
		}
	}

	v := NewMapFunc[int, int](cmp.Compare[int]).SetAll(fill(many).All())
	require.NoError(t, v.checkShape())
	routers[int](v.root())[0]--
	assert.ErrorContains(t, v.checkShape(), "rbtree: invariant 5: router")

	v = fill(many)
	v.root().kid(0).id = ownership.NewID()
	assert.ErrorContains(t, checkOwned(v.root(), v.root().kid(0).id, true), "rbtree: invariant 8: a node owned by")
}

// withSlot returns a leaf under n that has room to spare, or nil.
func withSlot(n *node) *node {
	if n.level == 0 {
		if n.len < n.room {
			return n
		}
		return nil
	}
	for _, kid := range n.kids() {
		if l := withSlot(kid); l != nil {
			return l
		}
	}
	return nil
}

// TestLengthsDoNotOverflow: counts have 32 bits.
func TestLengthsDoNotOverflow(t *testing.T) {
	most := int(min(maxLen, uint64(^uint(0)>>1)))
	assert.NotPanics(t, func() { checkLen(most-1, 1) })
	const want = "rbtree: a map of more than 4294967295 entries, or than an int can count"
	assert.PanicsWithValue(t, want, func() { checkLen(most, 1) })
	assert.PanicsWithValue(t, want, func() { checkLen(most, most) })

	m := NewMapFunc[int, int](func(a, b int) int { return -1 }).Set(1, 1) // below itself
	m.len = most
	assert.PanicsWithValue(t, want, func() { m.Set(1, 1) })
	assert.PanicsWithValue(t, want, func() { m.Join(m) })
	assert.PanicsWithValue(t, want, func() { m.Builder().Set(1, 1) })
}

// TestColoursSeeDamage: the test of the colours can fail.
func TestColoursSeeDamage(t *testing.T) {
	var m Map[int, int]
	for k := range 3 * leafMost {
		m = m.Set(k, k)
	}
	c := func(damage func(root *binary[int])) error {
		root := expand[int, int](m.root())
		damage(root)
		check := colourChecker[int]{by: m.by}
		_, err := check.height(root, false)
		return err
	}
	assert.NoError(t, c(func(*binary[int]) {}))
	assert.Error(t, c(func(r *binary[int]) { r.left.red = !r.left.red }))
	assert.Error(t, c(func(r *binary[int]) { r.right = nil }))
	assert.Error(t, c(func(r *binary[int]) { r.key = -1 }))
	assert.Error(t, c(func(r *binary[int]) { r.left.red, r.red = true, true }))
}
