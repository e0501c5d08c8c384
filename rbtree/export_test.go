package rbtree

// What the external tests may see of the inside.

// The checks as methods.
func (m Map[K, V]) check() error      { return check[K, V](m.tree(), m.by) }
func (m Map[K, V]) checkShape() error { return checkShape[K, V](m.tree(), m.by) }
func (m Map[K, V]) verify()           { verify[K, V](m.tree(), m.by) }

// Check verifies m's invariants; see doc.go for their numbers.
func Check[K, V any](m Map[K, V]) error { return m.check() }

// CheckShape verifies those of m's invariants that do not depend on the order.
func CheckShape[K, V any](m Map[K, V]) error { return m.checkShape() }

// CheckSet verifies s's invariants.
func CheckSet[T any](s Set[T]) error { return s.m.check() }

// CheckSetShape verifies those of s's invariants that do not depend on the order.
func CheckSetShape[T any](s Set[T]) error { return s.m.checkShape() }

// CheckBuilder verifies the invariants of what b holds and that it owns whole paths.
func CheckBuilder[K, V any](b *MapBuilder[K, V]) error {
	m := wrapUnchecked[K, V](b.by, b.view().tree())
	if err := m.check(); err != nil || b.root == nil {
		return err
	}
	return checkOwned(b.root, b.owner.ID(), true)
}

func wrapUnchecked[K, V any](by ordering[K], t tree) Map[K, V] {
	if t.root == nil && t.len == 0 {
		return none[K, V](by)
	}
	return Map[K, V]{top: refTo(t.root), len: t.len, by: by}
}

// Stats says what a map is made of.
type Stats struct {
	Depth   int // nodes on the way from the root to a leaf
	Inner   int
	Leaves  int
	Entries int
}

// StatsOf returns what m is made of.
func StatsOf[K, V any](m Map[K, V]) (s Stats) {
	if m.root() != nil {
		s.Depth = int(m.root().level) + 1
		s.add(m.root())
	}
	return s
}

func (s *Stats) add(n *node) {
	if n.level == 0 {
		s.Leaves++
		s.Entries += int(n.len)
		return
	}
	s.Inner++
	for _, kid := range n.kids() {
		s.add(kid)
	}
}

// The shape of the tree in this build.
const (
	FanMin      = fanMin
	FanMax      = fanMax
	LeafMost    = leafMost
	ParallelLen = parallelLen
)

// LeafCap and LeafMin are the most and the fewest entries of a leaf.
func LeafCap[K, V any]() int { return leafCap[K, V]() }
func LeafMin[K, V any]() int { return leafMin[K, V]() }

// SharedNodes returns how many of the nodes of b are nodes of a, and how many b has.
func SharedNodes[K, V any](a, b Map[K, V]) (shared, total int) {
	inA := map[*node]bool{}
	var walk func(n *node, f func(*node))
	walk = func(n *node, f func(*node)) {
		f(n)
		if n.level > 0 {
			for _, kid := range n.kids() {
				walk(kid, f)
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

// InParts reports whether a set operation on a and b is done in parts, by several goroutines.
func InParts[T any](a, b Set[T]) bool {
	return apart(a.m.tree(), b.m.tree()) && combination[T, struct{}]{}.worthParts(a.m.by, a.m.tree(), b.m.tree())
}
