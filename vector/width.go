//go:build !smallnodes

//ramet:layer rep

package vector

// The shape of the tree. Nodes of 16 children are 208 bytes and leaves 512: a Set at 100,000 elements copies 1.2 KB
// then. With leaves of 1 KB it takes 1.3 to 1.7 times as long, with 64 children and leaves of 2 KB twice as long
// (docs/decisions/0006), and objects of more than 512 bytes that hold pointers are slow to allocate.
const (
	fanBits   = 4
	leafBytes = 512
	leafMax   = 1 << 9 // elements
	maxLevel  = 16     // no tree of 2³² elements is as high
)

// leafBits returns the binary logarithm of the number of elements that a full leaf has: the largest power of two that
// fits into leafBytes, but no more than leafMax and no fewer than 4. The compiler folds it to a constant.
func leafBits[T any]() uint {
	switch size := elemSize[T](); {
	case size <= leafBytes>>9:
		return 9
	case size <= leafBytes>>8:
		return 8
	case size <= leafBytes>>7:
		return 7
	case size <= leafBytes>>6:
		return 6
	case size <= leafBytes>>5:
		return 5
	case size <= leafBytes>>4:
		return 4
	case size <= leafBytes>>3:
		return 3
	}
	return 2
}

// leafRoom returns how many elements a leaf can have: in a relaxed tree a quarter more than a full one, so that an
// element which is inserted among full leaves does not split one. An Insert among full leaves takes 564 ns so at
// 100,000 elements, and 975 without (docs/decisions/0006).
func leafRoom[T any]() int { return 1<<leafBits[T]() + 1<<leafBits[T]()/4 }
