package main

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGenerate(t *testing.T) {
	d := document{text: long(), edits: generate(long(), 3000, 7, nil)}
	require.Len(t, d.edits, 3000)
	h, err := d.replay()
	require.NoError(t, err)
	seen, older := map[kind]int{}, 0
	for i, e := range d.edits {
		seen[e.kind]++
		if e.of != newest {
			older++
		}
		require.True(t, utf8.Valid(h[i+1].AppendTo(nil)), "edit %d divides a character: %v", i+1, e)
	}
	for k := range kinds {
		assert.Positive(t, seen[kind(k)], kind(k))
	}
	assert.Positive(t, older, "something was pasted from an older version")

	assert.Equal(t, d.edits[:100], generate(long(), 100, 7, nil), "fewer are the first of more")
	assert.NotEqual(t, d.edits[:100], generate(long(), 100, 8, nil))
}

// Texts that have no lines, or nothing, or no characters.
func TestGenerateForAnyText(t *testing.T) {
	binary := make([]byte, 5000)
	for i := range binary {
		binary[i] = byte(0x80 + i%0x40)
	}
	for _, content := range [][]byte{nil, {}, []byte("\n"), []byte("x"), binary} {
		for seed := range uint64(5) {
			d := document{text: content, edits: generate(content, 300, seed, nil)}
			require.Len(t, d.edits, 300)
			h, err := d.replay()
			require.NoError(t, err)
			require.Len(t, h, 301)
		}
	}
	assert.Empty(t, generate(long(), 0, 1, nil))
}
