package hamt

// What the external tests may see of the inside.

// Check verifies m's invariants; see doc.go for their numbers.
func Check[K comparable, V any](m Map[K, V]) error { return m.check() }

// CheckSet verifies s's invariants.
func CheckSet[T comparable](s Set[T]) error { return s.m.check() }

// CheckBuilder verifies the invariants of what b holds and that it owns whole paths.
func CheckBuilder[K comparable, V any](b *MapBuilder[K, V]) error {
	if err := b.view().check(); err != nil || b.root == nil {
		return err
	}
	return checkOwned(b.root, b.owner.ID(), true)
}

// Stats says what a map is made of.
type Stats struct {
	Depth      int // nodes on the longest way from the root to a leaf
	Inner      int
	Leaves     int // the empty ones and collisions included
	Collisions int
	Entries    int
	Largest    int // entries in the largest collision
}

// StatsOf returns what m is made of.
func StatsOf[K comparable, V any](m Map[K, V]) (s Stats) {
	if m.root() != nil {
		s.add(m.root(), 1, size[K, V])
	}
	return s
}

// SetStats returns what s is made of.
func SetStats[T comparable](s Set[T]) Stats { return StatsOf(s.m) }

func (s *Stats) add(n *node, depth int, size func(*node) int) {
	s.Depth = max(s.Depth, depth)
	if n.isInner() {
		s.Inner++
		for _, c := range n.children() {
			s.add(c, depth+1, size)
		}
		return
	}
	s.Leaves++
	s.Entries += size(n)
	if n.collides {
		s.Collisions++
		s.Largest = max(s.Largest, size(n))
	}
}

// SameShape reports whether two maps have the same nodes, spans and numbers of entries.
func SameShape[K comparable, V any](a, b Map[K, V]) bool {
	return a.len == b.len && (a.len == 0 || sameShape(a.root(), b.root(), size[K, V]))
}

func sameShape(a, b *node, size func(*node) int) bool {
	if a.bitmap != b.bitmap {
		return false
	}
	if !a.isInner() {
		return size(a) == size(b) && a.collides == b.collides
	}
	for i, c := range a.children() {
		if !sameShape(c, b.child(i), size) {
			return false
		}
	}
	return true
}

// SharedNodes returns how many of the nodes of b are nodes of a, and how many b has.
func SharedNodes[K comparable, V any](a, b Map[K, V]) (shared, total int) {
	inA := map[*node]bool{}
	var walk func(n *node, f func(*node))
	walk = func(n *node, f func(*node)) {
		f(n)
		if n.isInner() {
			for _, c := range n.children() {
				walk(c, f)
			}
		}
	}
	if a.root() != nil {
		walk(a.root(), func(n *node) { inA[n] = true })
	}
	if b.root() != nil {
		walk(b.root(), func(n *node) {
			total++
			if inA[n] {
				shared++
			}
		})
	}
	return shared, total
}

// The shape of the trie in this build.
const (
	SlotBits = slotBits
	LeafMax  = leafMax
	Levels   = levels
)

// ParallelLen is the length from which on maps are combined in parts.
const ParallelLen = parallelLen

// InParts reports whether two sets are.
func InParts[T comparable](a, b Set[T]) bool {
	return worthParts(a.m.root(), b.m.root(), a.m.len, b.m.len)
}
