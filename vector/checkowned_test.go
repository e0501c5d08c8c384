package vector

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// owning returns a builder that owns its head and its tail, and of a tree of three levels a leaf and the nodes above
// it, the lowest of which is n; and the version that it was made from.
func owning(t *testing.T) (v Vector[int], b *Builder[int], n *node) {
	v = damaged(true)
	b = v.Builder()
	b.Prepend(1)
	b.Append(2)
	b.Set(b.Len()/2, 3)
	require.True(t, b.ownsHead && b.ownsTail)
	n = b.p.tree.root
	for range b.p.tree.level - 1 {
		for _, kid := range n.kids[n.first():n.slots] {
			if b.owner.Owns(kid.asNode().id) {
				n = kid.asNode()
				break
			}
		}
	}
	require.True(t, b.owner.Owns(n.id) && n.owned != 0)
	require.NoError(t, b.check(v))
	return v, b, n
}

// ownedSlot returns the slot of a leaf that n's owner owns, and another one's.
func ownedSlot(n *node) (owned, other int) {
	for n.owned>>owned&1 == 0 {
		owned++
	}
	if other = owned - 1; owned == 0 {
		other = 1
	}
	return owned, other
}

func TestCheckSeesWrongOwners(t *testing.T) {
	for name, c := range map[string]struct {
		says   string
		damage func(b *Builder[int], n *node)
	}{
		"leaves of nobody's node":   {"nobody owns has owned", func(b *Builder[int], n *node) { n.id = 0 }},
		"leaves above level 1":      {"owns leaves", func(b *Builder[int], n *node) { b.p.tree.root.owned = 1 }},
		"a leaf beyond the last":    {"are owned, of those", func(b *Builder[int], n *node) { n.slots--; n.owned |= 1 << n.slots }},
		"a leaf in front of all":    {"are owned, of those", func(b *Builder[int], n *node) { n.kids[0], n.owned = nil, n.owned|1 }},
		"a leaf that is a hole now": {"are owned, of those", func(b *Builder[int], n *node) { clear(n.kids[:2]); n.owned |= 2 }},
	} {
		t.Run(name, func(t *testing.T) {
			_, b, n := owning(t)
			c.damage(b, n)
			_, err := (&treeChecker{t: &b.p.tree, bits: leafBits[int](), room: uint32(leafRoom[int]())}).
				node(b.p.tree.root, b.p.tree.level, 0, true, true)
			if err != nil && n.first() > 0 { // of a node within the tree that is the first fault
				_, err = (&treeChecker{t: &b.p.tree, bits: leafBits[int](), room: uint32(leafRoom[int]())}).node(n, 1, 0, true, true)
			}
			assert.ErrorContains(t, err, "invariant 8")
			assert.ErrorContains(t, err, c.says)
		})
	}
}

// TestCheckSeesWhatIsShared: each way in which something that a builder may change in place can be reached from
// elsewhere.
func TestCheckSeesWhatIsShared(t *testing.T) {
	for name, c := range map[string]struct {
		says   string
		damage func(v Vector[int], b *Builder[int], n *node) (other Vector[int])
	}{
		"a node in a version": {"a version has a node", func(_ Vector[int], b *Builder[int], _ *node) Vector[int] {
			p := b.p
			p.head, p.tail = end[int]{}, end[int]{}
			return p.vector()
		}},
		"a leaf in a version": {"a version has an element", func(v Vector[int], b *Builder[int], n *node) Vector[int] {
			_, other := ownedSlot(n)
			n.setOwned(other, true) // but it was not copied
			return v
		}},
		"a head in a version": {"a version has an element", func(_ Vector[int], b *Builder[int], _ *node) Vector[int] {
			return view(b.elemAt(0), 1)
		}},
		"a tail in a version": {"a version has an element", func(_ Vector[int], b *Builder[int], _ *node) Vector[int] {
			return view(b.elemAt(b.Len()-1), 1)
		}},
		"an end of a version": {"a version has an element", func(v Vector[int], b *Builder[int], _ *node) Vector[int] {
			b.p.tail = v.parts().tail
			b.p.tail.claimed = nil
			return v
		}},
		"a claim": {"versions may claim", func(_ Vector[int], b *Builder[int], _ *node) (none Vector[int]) {
			b.p.tail.share()
			require.NotNil(t, b.p.tail.claimed)
			return none
		}},
		"a claim of the head": {"versions may claim", func(v Vector[int], b *Builder[int], _ *node) (none Vector[int]) {
			b.p.head = v.parts().head
			require.NotNil(t, b.p.head.claimed)
			return none
		}},
		"an end without a change": {"without a change", func(_ Vector[int], b *Builder[int], _ *node) (none Vector[int]) {
			b.dirty = false
			return none
		}},
		"a node twice": {"a node of level 1 that a builder owns is reached twice", func(_ Vector[int], b *Builder[int], n *node) (none Vector[int]) {
			parent := b.p.tree.root
			for range b.p.tree.level - 2 {
				for _, kid := range parent.kids[parent.first():parent.slots] {
					if b.owner.Owns(kid.asNode().id) {
						parent = kid.asNode()
						break
					}
				}
			}
			for i := parent.first(); i < int(parent.slots); i++ {
				parent.kids[i] = n.opaque()
			}
			return none
		}},
		"a leaf twice": {"a leaf that a builder owns is reached twice", func(_ Vector[int], b *Builder[int], n *node) (none Vector[int]) {
			owned, other := ownedSlot(n)
			n.kids[other] = n.kids[owned]
			n.setOwned(other, true)
			return none
		}},
		"a leaf twice, once owned": {"an element that a builder owns is reached twice", func(_ Vector[int], b *Builder[int], n *node) (none Vector[int]) {
			owned, other := ownedSlot(n)
			n.kids[other] = n.kids[owned]
			return none
		}},
	} {
		t.Run(name, func(t *testing.T) {
			v, b, n := owning(t)
			other := c.damage(v, b, n)
			err := b.check(v, other)
			assert.ErrorContains(t, err, "invariant 8")
			assert.ErrorContains(t, err, c.says)
		})
	}
}

// TestBuildersOwnAlone: after each operation nobody reaches what a builder owns, neither the version that it came from
// nor one that it has built.
func TestBuildersOwnAlone(t *testing.T) {
	full := 1 << leafBits[int]()
	xs := make([]int, 3*full)
	for name, do := range map[string]func(b *Builder[int]){
		"Set":      func(b *Builder[int]) { b.Set(b.Len()/3, 1) },
		"Append":   func(b *Builder[int]) { b.Append(xs...) },
		"Prepend":  func(b *Builder[int]) { b.Prepend(xs...) },
		"Insert":   func(b *Builder[int]) { b.Insert(b.Len()/2, xs[:2]...) },
		"InsertN":  func(b *Builder[int]) { b.Insert(b.Len()/2, xs...) },
		"Delete":   func(b *Builder[int]) { b.Delete(b.Len()/2, b.Len()/2+full+1) },
		"Delete1":  func(b *Builder[int]) { b.Delete(b.Len()/2, b.Len()/2+1) },
		"Truncate": func(b *Builder[int]) { b.Truncate(b.Len() - full - 1) },
		"Concat":   func(b *Builder[int]) { b.Concat(damaged(false)) },
		"Twice":    func(b *Builder[int]) { b.Concat(b.Build()) },
		"SortFunc": func(b *Builder[int]) { b.SortFunc(func(x, y int) int { return -1 }) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, strict := range []bool{true, false} {
				v := damaged(strict)
				b := v.Builder()
				b.Set(b.Len()/2, 7)
				do(b)
				require.NoError(t, b.check(v))
				require.NoError(t, b.p.tree.check(leafBits[int](), uint32(leafRoom[int]()), b.p.tree.count))
				for i := range b.Len() / 5 {
					b.Set(5*i, i)
				}
				b.Append(1)
				b.Prepend(1)
				require.NoError(t, b.check(v))
				require.True(t, b.ownsHead && b.ownsTail && b.owner.Owns(b.p.tree.root.id))
				w := b.Build()
				require.NoError(t, b.check(v, w))
				do(b)
				b.Set(b.Len()/3, 1)
				require.NoError(t, b.check(v, w))
			}
		})
	}
}
