package contest

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// Source is the start of every input: a run can be repeated on the same one.
func Source(size int) *rand.Rand { return rand.New(rand.NewPCG(0x72616d6574, uint64(size))) }

// unlearnable is how many random keys in a row are too many for a processor's branch predictor to have learnt the way to
// each of them: of a thousand that come in the same order again and again it remembers every comparison.
const unlearnable = 1 << 16

// Orders returns list, which is in random order, in so many others that together they have the length
// that is unlearnable: as it is, if it is that long.
func Orders[E any](r *rand.Rand, list []E) [][]E {
	if len(list) == 0 || len(list) >= unlearnable {
		return [][]E{list}
	}
	orders := make([][]E, unlearnable/len(list))
	for i := range orders {
		orders[i] = slices.Clone(list)
		r.Shuffle(len(list), func(j, k int) { orders[i][j], orders[i][k] = orders[i][k], orders[i][j] })
	}
	return orders
}

// Endless returns a Cursor that goes round list in one of the Orders after the other.
func Endless[E any](r *rand.Rand, list []E) Cursor[E] {
	return Cursor[E]{List: slices.Concat(Orders(r, list)...)}
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// String returns a string of 8 to 24 bytes.
func String(r *rand.Rand) string {
	b := make([]byte, 8+r.IntN(17))
	for i := range b {
		b[i] = letters[r.IntN(len(letters))]
	}
	return string(b)
}

// Pack moves the bytes of strings into one object: a million strings that only the
// harness needs would add to the cost of every collection.
func Pack(list []string) {
	whole := strings.Join(list, "")
	for i, s := range list {
		list[i], whole = whole[:len(s)], whole[len(s):]
	}
}
