package hamt

import (
	"hash/crc32"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/testkit"
)

// integerFamilies are sets of integers with a structure that a weak hash lets through.
var integerFamilies = map[string]func(i uint64) uint64{
	"sequential":          func(i uint64) uint64 { return i },
	"negative":            func(i uint64) uint64 { return -i },
	"multiples of 1000":   func(i uint64) uint64 { return i * 1000 },
	"multiples of 2^16":   func(i uint64) uint64 { return i << 16 },
	"multiples of 2^32":   func(i uint64) uint64 { return i << 32 },
	"multiples of 2^48":   func(i uint64) uint64 { return i << 48 },
	"addresses":           func(i uint64) uint64 { return 0xc000000000 + i*64 },
	"equal halves":        func(i uint64) uint64 { return i<<32 | i },
	"opposite halves":     func(i uint64) uint64 { return i<<32 | uint64(uint32(-i)) },
	"top and bottom bits": func(i uint64) uint64 { return i&127 | i>>7<<57 },
	"floats":              func(i uint64) uint64 { return 0x3ff0000000000000 + i<<40 },
	"Gray code, repeated": func(i uint64) uint64 { return (i ^ i>>1) * 0x0001000100010001 },
	"squares":             func(i uint64) uint64 { return i * i },
	"random":              func(i uint64) uint64 { return rand.Uint64() },
}

// TestMixIsUniform fails if the hashes of structured integers are not spread, over the upper
// bits, which choose the path, and the low ones, which are the tags, as random ones are.
func TestMixIsUniform(t *testing.T) {
	const n, buckets, seeds = 1 << 14, 1 << 11, 20
	saved := keys
	defer func() { keys = saved }()

	// chi returns the mean of Pearson's statistic over its degrees of freedom: 1 ± 0.02 for
	// random hashes.
	chi := func(family func(uint64) uint64, bucket func(hash uint64) uint64) float64 {
		var sum float64
		for range seeds {
			keys = [2]uint64{rand.Uint64(), rand.Uint64()}
			var counts [buckets]int
			for i := range uint64(n) {
				counts[bucket(mix(family(i)))]++
			}
			const expected = n / buckets
			for _, c := range counts {
				sum += float64((c - expected) * (c - expected))
			}
		}
		return sum / seeds / n
	}
	for name, family := range integerFamilies {
		upper := chi(family, func(h uint64) uint64 { return h >> (hashBits - 1 - 11) })
		lower := chi(family, func(h uint64) uint64 { return h % buckets })
		assert.InDelta(t, 1, upper, 0.15, "%s: upper bits", name)
		assert.InDelta(t, 1, lower, 0.15, "%s: low bits", name)
	}
}

// TestMixedSumsAreUniform: what a caller's Sum64 returns may have a structure, or few bits, but what the trie gets is
// spread as well as random hashes are, or better.
func TestMixedSumsAreUniform(t *testing.T) {
	const n, buckets = 1 << 14, 1 << 11
	families := map[string]func(uint64) uint64{
		"32 bits":          func(i uint64) uint64 { return uint64(crc32.ChecksumIEEE(strconv.AppendUint(nil, i, 10))) },
		"the upper 32":     func(i uint64) uint64 { return uint64(crc32.ChecksumIEEE(strconv.AppendUint(nil, i, 10))) << 32 },
		"every other bit":  func(i uint64) uint64 { return rand.Uint64() & 0x5555555555555555 },
		"16 bits of three": func(i uint64) uint64 { return i&31<<59 | i>>5&31<<29 | i>>10 },
	}
	for name, f := range integerFamilies {
		families[name] = f
	}
	for name, family := range families {
		var upper, lower, both [buckets]float64
		for i := range uint64(n) {
			h := trim(mixSum(family(i)))
			upper[h>>(hashBits-1-11)]++
			lower[h%buckets]++
			both[h>>(hashBits-1-5)<<6|h&63]++
		}
		for part, counts := range map[string][buckets]float64{"upper bits": upper, "low bits": lower, "some of each": both} {
			var sum float64
			for _, c := range counts {
				const expected = n / buckets
				sum += (c - expected) * (c - expected)
			}
			assert.Less(t, sum/n, 1.25, "%s: %s", name, part)
		}
	}
	for range 1000 {
		x := rand.Uint64() >> rand.IntN(64)
		assert.Equal(t, x, mixSum(testkit.SumOf(x)))
		assert.Equal(t, testkit.HashOf(x), mixSum(x))
	}
}
