//ramet:layer api

package hamt

// Filter returns the entries of m for which keep returns true, or m itself if it returns true for all of them. It shares each
// node of which all entries are kept. It takes O(n) time.
func (m Map[K, V]) Filter(keep func(K, V) bool) Map[K, V] {
	notNil(keep != nil, "Filter")
	if m.len == 0 {
		return m
	}
	ed, n := m.edit(), 0
	root := ed.filter(m.root(), func(e *entry[K, V]) bool {
		if !keep(e.key, e.val) {
			return false
		}
		n++
		return true
	})
	return wrap[K, V](m.by, root, n)
}

// DeleteFunc returns m without the entries for which del returns true, or m itself if there are none. It is the opposite of
// [Map.Filter], and shares and costs as much.
func (m Map[K, V]) DeleteFunc(del func(K, V) bool) Map[K, V] {
	notNil(del != nil, "DeleteFunc")
	return m.Filter(func(k K, v V) bool { return !del(k, v) })
}

// Partition returns the entries of m for which keep returns true, and the others. It calls keep once for each
// entry. If all go to one side, that is m itself; both sides share the nodes of m whose entries all go to them. It takes O(n)
// time and, while it runs, a bit for each entry.
func (m Map[K, V]) Partition(keep func(K, V) bool) (yes, no Map[K, V]) {
	notNil(keep != nil, "Partition")
	var said answers
	yes = m.Filter(func(k K, v V) bool { return said.note(keep(k, v)) })
	no = m.Filter(func(K, V) bool { return !said.next() })
	return yes, no
}

// answers are what a caller's function said of one entry after the other, which are visited in the same order again.
type answers struct {
	bits []uint64
	n    int // how many were noted
	read int
}

// note adds an answer and returns it.
func (a *answers) note(yes bool) bool {
	if a.n%64 == 0 {
		a.bits = append(a.bits, 0)
	}
	if yes {
		a.bits[a.n/64] |= 1 << (a.n % 64)
	}
	a.n++
	return yes
}

// next returns the answers, one at each call, from the first.
func (a *answers) next() bool {
	yes := a.bits[a.read/64]>>(a.read%64)&1 == 1
	a.read++
	return yes
}
