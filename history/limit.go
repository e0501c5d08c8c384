package history

import "fmt"

// A bound is what LimitFunc has set. The sizes of steps are not kept: what a history notes are sums, so that a step costs no
// more without a bound.
type bound[T any] struct {
	sizeOf func(T) int
	total  int64 // > 0
}

// maxTotal is the largest total: sums of a few of them do not overflow.
const maxTotal = 1 << 60

// Limit returns h with the limit of n undo steps and n branches, or without one if n is 0. If there are more steps, now or
// later, after Do or after Redo, the oldest are dropped, together with the branches that hang off them. If there are
// more branches, those within branches included, now or later, the oldest are dropped. What h has already is h. Limit
// panics if n is negative.
func (h History[T]) Limit(n int) History[T] {
	if n < 0 {
		panic(fmt.Sprintf("history: negative limit %d", n))
	}
	h.limit = n
	return h.trimmed()
}

// LimitFunc returns h with a limit of size: the sizes of all that it can undo to are no more than total in sum, nor are
// those of all that is in branches, those within branches included. If they are more, now or later, after Do or after Redo,
// the oldest steps, and the oldest branches, are dropped. So a value whose size is over total is never undone to. What h
// holds, and what it can redo, does not count. The limit of [History.Limit], if there is one, holds as well. A total of 0 is no limit
// of size, for which size may be nil.
//
// size must depend on nothing but the value, and must be quick: it is called again whenever the value becomes a step or
// ceases to be one, twice in each Do, Undo and Redo. So a value that is large holds its size; and as values share most of
// what they are made of, a useful size is often that of the change which led to the value:
//
//	type edit struct {
//		Text    vector.Vector[rune]
//		Changed int           // the number of runes that were typed or deleted
//	}
//	h := history.New(edit{}).LimitFunc(func(e edit) int { return e.Changed }, 1_000_000)
//
// LimitFunc takes O(n) time for n steps and branches. It panics if total is negative, and if size is nil; and all that calls size
// panics if it returns a negative number, or is seen to have changed its mind about a value. A limit of size is not encoded, as
// functions are not; decoding into a history that has one keeps it.
func (h History[T]) LimitFunc(size func(T) int, total int) History[T] {
	switch {
	case total < 0:
		panic(fmt.Sprintf("history: negative limit %d of sizes", total))
	case total == 0:
		return h.bounded(nil)
	case size == nil:
		panic("history: LimitFunc without a function")
	}
	return h.bounded(&bound[T]{size, min(int64(total), maxTotal)})
}

// bounded returns h with b as its bound.
func (h History[T]) bounded(b *bound[T]) History[T] {
	h.bound, h.held, h.ahead = b, 0, 0
	if b == nil {
		return h // what forks say of sizes is not looked at
	}
	for s := range h.past.all() {
		h.held += h.size(s)
	}
	for s := range h.future.All() {
		h.ahead += h.size(s)
	}
	hung := h.forks.flat()
	for i := range hung {
		hung[i].size = 0
		for s := range hung[i].steps.All() {
			hung[i].size += h.size(s)
		}
	}
	h.forks = grown(hung)
	return h.trimmed()
}

// size returns the size of s, or 0 if there is no bound. A size over the total is told as one more than that, as the step is
// not kept in any case.
func (h History[T]) size(s *step[T]) int64 {
	if h.bound == nil {
		return 0
	}
	n := h.bound.sizeOf(s.get())
	if n < 0 {
		panic(fmt.Sprintf("history: negative size %d of a value", n))
	}
	return min(int64(n), h.bound.total+1)
}

// checkSizes panics if the sizes of steps that came were others than those of steps that went, as far as that can be seen.
func (h History[T]) checkSizes() {
	if h.held < 0 || h.ahead < 0 || h.held > 0 && h.past.len() == 0 || h.ahead > 0 && h.future.Len() == 0 {
		panic("history: a value was of two sizes: the function of LimitFunc must depend on nothing else")
	}
}

// trimmed returns h without the undo steps and the branches that are over a limit.
func (h History[T]) trimmed() History[T] {
	if h.limit == 0 && h.bound == nil {
		return h
	}
	for n := h.past.len(); n > 0 && (h.limit > 0 && n > h.limit || h.bound != nil && h.held > h.bound.total); n-- {
		var s *step[T]
		h.past, s = h.past.drop()
		h.held -= h.size(s)
		h.forks = h.forks.without(h.bottom)
		h.bottom++
	}
	h.checkSizes()
	var over load
	if all := h.forks.load(); all.n > 0 {
		if h.limit > 0 {
			over.n = all.n - h.limit
		}
		if h.bound != nil {
			over.size = all.size - h.bound.total
		}
	}
	if over.any() {
		h.forks = h.forks.dropOldest(over)
	}
	return h
}
