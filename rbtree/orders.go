//ramet:layer api

package rbtree

// An Order is a way to sort keys that any number of maps and sets can share. Operations on two that share an order,
// such as [Map.Union], [Equal], [Diff] and [Merge], take both as they are and skip the nodes that the two have in
// common. Two calls of [NewMapFunc] with the same function make two orders, since functions cannot be compared: an
// operation on a map of each sorts all entries of one of them again.
//
// An Order is a value. Keep one in a variable for each way to sort. a == b means that maps of a and of b are known to
// share an order. The zero Order is the natural one, which integers, floats and strings have.
type Order[K any] struct {
	unencoded

	caller *comparator[K] // nil: the natural order
}

// NewOrder returns the order by compare, which returns a negative number if a comes before b, a positive one if it
// comes after b, and 0 if they are the same key; see [NewMapFunc] for what is expected of it. Each call makes another
// order, even of the same function.
//
//	var byName = rbtree.NewOrder(func(a, b user) int { return strings.Compare(a.name, b.name) })
//
//	admins := rbtree.NewSetIn(byName)
//	logins := rbtree.NewMapIn[user, time.Time](byName)
func NewOrder[K any](compare func(a, b K) int) Order[K] {
	notNil(compare != nil, "NewOrder")
	return Order[K]{caller: &comparator[K]{compare}}
}

// OrderLess returns the order by less, which reports whether a comes before b. Two keys are the same key if neither
// comes before the other. less is called up to twice for a comparison, so a function for [NewOrder] that compares once
// is faster. Each call makes another order, even of the same function.
func OrderLess[K any](less func(a, b K) bool) Order[K] {
	notNil(less != nil, "OrderLess")
	return NewOrder(comparing(less))
}

// comparing returns less as a function that compares.
func comparing[K any](less func(a, b K) bool) func(a, b K) int {
	return func(a, b K) int {
		switch {
		case less(a, b):
			return -1
		case less(b, a):
			return 1
		}
		return 0
	}
}

// Compare compares two keys by o. It panics if o is the natural order and K has none.
func (o Order[K]) Compare(a, b K) int { return o.ordering().must("NewOrder").compare(a, b) }

// ordering returns the notion that maps have of o.
func (o Order[K]) ordering() ordering[K] {
	if o.caller == nil {
		return ordering[K]{}
	}
	return ordering[K]{o.caller, caller}
}

// Order returns the order of m. Maps and sets that are made with it are known to share m's order.
func (m Map[K, V]) Order() Order[K] { return Order[K]{caller: m.by.caller} }

// Order returns the order of s. Maps and sets that are made with it are known to share s's order.
func (s Set[T]) Order() Order[T] { return Order[T]{caller: s.m.by.caller} }

// NewMapIn returns an empty map that is sorted by o: the zero map, if o is the natural order. All maps derived from it
// are sorted by o as well.
func NewMapIn[K, V any](o Order[K]) Map[K, V] { return none[K, V](o.ordering()) }

// NewSetIn returns an empty set that is sorted by o; see [NewMapIn].
func NewSetIn[T any](o Order[T]) Set[T] { return Set[T]{NewMapIn[T, struct{}](o)} }

// NewMapLess is [NewMapFunc] for a function that reports whether a comes before b. Maps made by two calls are not known
// to share an order; for that there is [OrderLess], which says what less costs.
func NewMapLess[K, V any](less func(a, b K) bool) Map[K, V] {
	notNil(less != nil, "NewMapLess")
	return NewMapFunc[K, V](comparing(less))
}

// NewSetLess is [NewSetFunc] for a function that reports whether a comes before b; see [NewMapLess].
func NewSetLess[T any](less func(a, b T) bool) Set[T] {
	notNil(less != nil, "NewSetLess")
	return NewSetFunc(comparing(less))
}
