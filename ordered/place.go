package ordered

import "fmt"

// Entries by where they are.

// First returns the first entry and true, or zero values and false if m is empty. It takes O(log n) time.
func (m Map[K, V]) First() (k K, v V, ok bool) {
	if m.len == 0 {
		return k, v, false
	}
	k, v = m.At(0)
	return k, v, true
}

// Last returns the last entry and true, or zero values and false if m is empty. It takes O(log n) time.
func (m Map[K, V]) Last() (k K, v V, ok bool) {
	if m.len == 0 {
		return k, v, false
	}
	k, v = m.At(m.len - 1)
	return k, v, true
}

// At returns the entry at position i of the order. It panics if i is not in [0, Len). It takes O(log n) time.
func (m Map[K, V]) At(i int) (K, V) {
	checkIndex(i, m.len)
	if m.flat() {
		e := &m.entries()[i]
		return e.key, e.val
	}
	_, e := m.trees().order.At(i)
	return e.key, e.val
}

// Index returns the position of k in the order and true, or 0 and false if k is absent. It takes O(log n) time.
func (m Map[K, V]) Index(k K) (i int, ok bool) {
	at, ok := m.find(k)
	switch {
	case !ok:
		return 0, false
	case m.flat():
		return int(at), true
	}
	return m.trees().order.Rank(at)
}

// MoveToEnd returns m with k as the last key: m itself, if it is that already, or is absent. It costs what Delete does.
func (m Map[K, V]) MoveToEnd(k K) Map[K, V] {
	b := m.bare()
	b.moveToEnd(k)
	return b.build()
}

// MoveToFront returns m with k as the first key: m itself, if it is that already, or is absent. It costs what Delete does.
func (m Map[K, V]) MoveToFront(k K) Map[K, V] {
	b := m.bare()
	b.moveToFront(k)
	return b.build()
}

// DeleteFirst returns m without its first entry, and that entry. If m is empty it returns m, zero values and false. It costs
// what Delete does.
func (m Map[K, V]) DeleteFirst() (rest Map[K, V], k K, v V, ok bool) { return m.deleteAt(0) }

// DeleteLast returns m without its last entry, and that entry. If m is empty it returns m, zero values and false. It costs
// what Delete does.
func (m Map[K, V]) DeleteLast() (rest Map[K, V], k K, v V, ok bool) { return m.deleteAt(m.len - 1) }

func (m Map[K, V]) deleteAt(i int) (rest Map[K, V], k K, v V, ok bool) {
	if m.len == 0 {
		return m, k, v, false
	}
	if m.flat() {
		e := m.entries()[i]
		return m.remove(int64(i), e.key), e.key, e.val, true
	}
	at, e := m.trees().order.At(i)
	return m.remove(at, e.key), e.key, e.val, true
}

// checkIndex panics if i is no position of n entries.
func checkIndex(i, n int) {
	if i < 0 || i >= n {
		panic(fmt.Sprintf("ordered: index %d out of range [0:%d]", i, n))
	}
}
