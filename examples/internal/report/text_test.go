package report

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestWrap(t *testing.T) {
	assert.Equal(t, "> short  text\n", Wrap("> ", 4, "short  text"))
	assert.Equal(t, "> \n", Wrap("> ", 4, ""))
	assert.Equal(t, strings.Repeat("x", 120)+"\n", Wrap("", 4, strings.Repeat("x", 120)), "a word has nowhere to break")

	word := strings.Repeat("ä", 40)
	assert.Equal(t, word+"  "+word+"\n    "+word+"\n", Wrap("", 4, word+"  "+word+"  "+word))
	exact := strings.Repeat("x", 49)
	assert.Equal(t, exact+"  "+exact+"\n", Wrap("", 4, exact+"  "+exact), "100 columns fit")
	assert.Equal(t, exact+"\n    "+exact+"\n", Wrap("", 4, exact+"   "+exact), "101 do not")
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 155316: "155,316", 1234567: "1,234,567", -1234: "-1,234"} {
		assert.Equal(t, want, Count(n))
	}
	assert.Equal(t, "-", Some(0))
	assert.Equal(t, "1,000", Some(1000))
	assert.Equal(t, "1 match", Plural(1, "match"))
	assert.Equal(t, "0 matches", Plural(0, "match"))
	assert.Equal(t, "2,000 lines", Plural(2000, "line"))
}

func TestSizeAndTook(t *testing.T) {
	assert.Equal(t, "0 kB", Size(12))
	assert.Equal(t, "1 kB", Size(512))
	assert.Equal(t, "9,999 kB", Size(9_999_499))
	assert.Equal(t, "12.3 MB", Size(12_345_678))
	assert.Equal(t, "999.9 MB", Size(999_949_999))
	assert.Equal(t, "2.9 GB", Size(int64(2_934_690_000)))
	assert.Equal(t, "76 ns", Took(76))
	assert.Equal(t, "1,234 us", Took(1_234_567))
	assert.Equal(t, "123 ms", Took(123_456_789))
	assert.Equal(t, "61.5 s", Took(61_500*time.Millisecond))
}

func TestRatio(t *testing.T) {
	assert.Equal(t, "10.0x less", Ratio(2, 20, "less", "more"))
	assert.Equal(t, "1.5x slower", Ratio(3, 2, "faster", "slower"))
	assert.Equal(t, "the same", Ratio(100, 102, "faster", "slower"))
	assert.Equal(t, "the same", Ratio(102, 100, "faster", "slower"))
	assert.Equal(t, "-", Ratio(0, 2, "faster", "slower"))
	assert.Equal(t, "-", Ratio(2, 0, "faster", "slower"))
	assert.Equal(t, "-", Percent(0, 5))
	assert.Equal(t, "40.0%", Percent(2, 5))
}

func TestClip(t *testing.T) {
	assert.Equal(t, "short", Clip("short", 5))
	assert.Equal(t, "lo...", Clip("longer", 5))
	assert.Equal(t, "äö...", Clip("äöüäöü", 5))
}
