package vector

import (
	"math/rand/v2"
	"testing"
)

func FuzzOps(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(program(rand.New(rand.NewPCG(seed, 9)), 300))
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		m := &machine[int]{elem: func(i int) int { return i }}
		if err := m.run(p[:min(len(p), 2000)]); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzDiff edits a vector and checks that what Diff says leads to the edited one, and back.
func FuzzDiff(f *testing.F) {
	f.Add(uint16(1000), []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
	f.Fuzz(func(t *testing.T, n uint16, edits []byte) {
		v := built(int(n % 5000))
		w := v
		src := &source{edits[:min(len(edits), 200)]}
		for len(src.rest) > 0 {
			w = edited(w, src)
		}
		if err := roundTrip(v, w); err != nil {
			t.Fatal(err)
		}
	})
}
