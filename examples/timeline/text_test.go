package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestWrap(t *testing.T) {
	assert.Equal(t, "> short  text\n", wrap("> ", 4, "short  text"))
	assert.Equal(t, "> \n", wrap("> ", 4, ""))
	assert.Equal(t, strings.Repeat("x", 120)+"\n", wrap("", 4, strings.Repeat("x", 120)), "a word has nowhere to break")

	word := strings.Repeat("ä", 40)
	assert.Equal(t, word+"  "+word+"\n    "+word+"\n", wrap("", 4, word+"  "+word+"  "+word))
	exact := strings.Repeat("x", 49)
	assert.Equal(t, exact+"  "+exact+"\n", wrap("", 4, exact+"  "+exact), "100 columns fit")
	assert.Equal(t, exact+"\n    "+exact+"\n", wrap("", 4, exact+"   "+exact), "101 do not")
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 155316: "155,316", 1234567: "1,234,567", -1234: "-1,234"} {
		assert.Equal(t, want, count(n))
	}
	assert.Equal(t, "-", some(0))
	assert.Equal(t, "1,000", some(1000))
	assert.Equal(t, "1 match", plural(1, "match"))
	assert.Equal(t, "0 matches", plural(0, "match"))
	assert.Equal(t, "2,000 lines", plural(2000, "line"))
}

func TestSizeAndTook(t *testing.T) {
	assert.Equal(t, "0 kB", size(12))
	assert.Equal(t, "1 kB", size(512))
	assert.Equal(t, "9,999 kB", size(9_999_499))
	assert.Equal(t, "12.3 MB", size(12_345_678))
	assert.Equal(t, "76 ns", took(76))
	assert.Equal(t, "1,234 us", took(1_234_567))
	assert.Equal(t, "123 ms", took(123_456_789))
	assert.Equal(t, "61.5 s", took(61_500*time.Millisecond))
}

func TestRatio(t *testing.T) {
	assert.Equal(t, "10.0x less", ratio(2, 20, "less", "more"))
	assert.Equal(t, "1.5x slower", ratio(3, 2, "faster", "slower"))
	assert.Equal(t, "the same", ratio(100, 102, "faster", "slower"))
	assert.Equal(t, "the same", ratio(102, 100, "faster", "slower"))
	assert.Equal(t, "-", ratio(0, 2, "faster", "slower"))
	assert.Equal(t, "-", ratio(2, 0, "faster", "slower"))
	assert.Equal(t, "-", percent(0, 5))
	assert.Equal(t, "40.0%", percent(2, 5))
}

func TestClip(t *testing.T) {
	assert.Equal(t, "short", clip("short", 5))
	assert.Equal(t, "lo...", clip("longer", 5))
	assert.Equal(t, "äö...", clip("äöüäöü", 5))
}
