package contest

import (
	"math/rand/v2"
	"strings"
)

// Source is the start of every input: a run can be repeated on the same one.
func Source(size int) *rand.Rand { return rand.New(rand.NewPCG(0x72616d6574, uint64(size))) }

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
