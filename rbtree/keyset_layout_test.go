package rbtree

import (
	"cmp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestKeySetOwnsWhatItChanges: a set may have leaves of a map, but makes none that are laid out like one.
func TestKeySetOwnsWhatItChanges(t *testing.T) {
	m := NewMapFunc[int32, int64](func(a, b int32) int { return cmp.Compare(a/10, b/10) })
	for i := range int32(3) {
		m = m.Set(10*i, 7)
	}
	require.True(t, m.KeySet().m.root() == m.root())
	b := m.KeySet().Builder()
	b.Replace(21)
	for _, s := range []Set[int32]{m.KeySet().Replace(21), b.Build()} {
		n := s.m.root()
		assert.Equal(t, allocLeaf[int32, struct{}](int(n.room)).second, n.second)
	}
}

// TestKeySetOfSmallLeaves has leaves of its own where those of the map have too few entries for a set.
func TestKeySetOfSmallLeaves(t *testing.T) {
	var m Map[int, [5]int]
	for i := range 2000 {
		m = m.Set(i, [5]int{i})
	}
	for i := range 2000 {
		if i%2 > 0 {
			m = m.Delete(i)
		}
	}
	require.NoError(t, m.check())
	require.NoError(t, m.KeySet().m.check())
	require.Equal(t, 1000, m.KeySet().Len())
}
