package harness

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseSizes(t *testing.T) {
	sizes, err := ParseSizes("10, 1k,100k,1M,1500,1000M")
	require.NoError(t, err)
	assert.Equal(t, []int{10, 1000, 100_000, 1_000_000, 1500, 1_000_000_000}, sizes)

	for _, bad := range []string{"", "0", "-1", "k", "1K", "1kk", "1,,2", "1.5k", "1001M", "99999999999999999999", "9223372036854775807M"} {
		_, err := ParseSizes(bad)
		assert.Error(t, err, bad)
	}
}

func TestSizeNameIsTheInverse(t *testing.T) {
	for _, n := range []int{1, 10, 999, 1000, 1001, 1500, 2000, 100_000, 999_999, 1_000_000, 1_001_000, 250_000_000} {
		sizes, err := ParseSizes(SizeName(n))
		require.NoError(t, err)
		assert.Equal(t, []int{n}, sizes)
	}
	assert.Equal(t, "100k", SizeName(100_000))
	assert.Equal(t, "1M", SizeName(1_000_000))
}
