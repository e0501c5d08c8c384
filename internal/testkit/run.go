package testkit

import (
	"iter"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// Test runs p and, should it fail, fails t with the shortest failing program it finds,
// printed as Go.
func (ms *Maps[K, V, M, B]) Test(t testing.TB, p Program) Report {
	t.Helper()
	report, err := ms.Run(p)
	if err != nil {
		t.Fatal(ms.Explain(p, err))
	}
	return report
}

// Explain returns the failure of a program shortened from p, with its source; or err, if p
// does not fail again.
func (ms *Maps[K, V, M, B]) Explain(p Program, err error) error {
	strict := *ms // slower, so it comes second
	strict.EveryStep = true
	short := strict.shrink(ms.shrink(p))
	source, again := strict.Source(short)
	f, ok := again.(*Failure)
	if !ok {
		return err
	}
	f.Source = source
	return f
}

// Seed returns the seed of a randomised test, and logs it. RAMET_SEED sets it.
func Seed(t testing.TB) uint64 {
	t.Helper()
	seed := rand.Uint64()
	if s := os.Getenv("RAMET_SEED"); s != "" {
		var err error
		if seed, err = strconv.ParseUint(s, 10, 64); err != nil {
			t.Fatalf("RAMET_SEED: %v", err)
		}
	}
	t.Logf("RAMET_SEED=%d", seed)
	return seed
}

// Rand returns a source of random numbers that starts at [Seed].
func Rand(t testing.TB) *rand.Rand {
	t.Helper()
	return rand.New(rand.NewPCG(Seed(t), 0))
}

// Soak yields sources of random numbers, each logged by its seed, for as long as
// RAMET_SOAK says ("10m"). Without it the test is skipped.
func Soak(t testing.TB) iter.Seq2[uint64, *rand.Rand] {
	t.Helper()
	s := os.Getenv("RAMET_SOAK")
	if s == "" {
		t.Skip("RAMET_SOAK is not set")
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		t.Fatalf("RAMET_SOAK: %v", err)
	}
	return func(yield func(uint64, *rand.Rand) bool) {
		first, end := Seed(t), time.Now().Add(d)
		for seed := first; time.Now().Before(end); seed++ {
			if !yield(seed, rand.New(rand.NewPCG(seed, 0))) {
				return
			}
		}
	}
}
