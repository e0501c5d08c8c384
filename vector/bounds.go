//ramet:layer rep

package vector

import "fmt"

//go:noinline
func panicIndex(i, n int) { panic(fmt.Sprintf("vector: index %d out of range [0:%d]", i, n)) }

// checkLength panics if n elements and m more are too many. A vector may have a few more itself, which took room that
// an end had.
func checkLength(n, m int) {
	if m > 0 && uint64(n)+uint64(m) > maxTree {
		panicTooLong()
	}
}

//go:noinline
func panicTooLong() { panic(fmt.Sprintf("vector: more than %d elements", maxTree)) }

// checkRange panics unless 0 ≤ i ≤ j ≤ n.
func checkRange(i, j, n int) {
	switch {
	case uint(i) > uint(n) || i > j && uint(j) <= uint(n):
		panicIndex(i, n)
	case uint(j) > uint(n):
		panicIndex(j, n)
	}
}

// notNil panics if the function that was passed to the named operation is nil.
func notNil(ok bool, operation string) {
	if !ok {
		panic("vector: " + operation + " of a nil function")
	}
}
