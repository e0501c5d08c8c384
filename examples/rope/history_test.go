package main

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// poem is a text with characters of one to four bytes, a tab and an empty line.
const poem = "The wood is gröwn,\n\tthe wood is 木,\n\nand every stem\nis one and the same: 𝔸.\n"

// long returns a text that fills many leaves.
func long() []byte { return []byte(strings.Repeat(poem, 200)) }

// random returns an edit of the newest version that fits. It knows nothing of lines and characters.
func random(rng *rand.Rand, h history) edit {
	e := edit{kind: kind(rng.IntN(len(kinds))), of: newest}
	if e.kind == insertion {
		e.at = rng.IntN(h.newest().Len() + 1)
		e.text = strings.Repeat("+", rng.IntN(rng.IntN(2000)+1))
		return e
	}
	if e.kind == copying && rng.IntN(2) == 0 {
		e.of = rng.IntN(len(h))
	}
	has := h.source(e).Len()
	e.at = rng.IntN(has + 1)
	e.n = rng.IntN(has - e.at + 1)
	if rng.IntN(3) > 0 {
		e.n = min(e.n, 50)
	}
	switch e.kind {
	case move:
		e.to = rng.IntN(has - e.n + 1)
	case copying:
		e.n = min(e.n, 5000)
		e.to = rng.IntN(h.newest().Len() + 1)
	}
	return e
}

// The model is a string for each version. After all edits every version is looked at again.
func TestEveryVersionStays(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 0))
		content := []byte(poem)
		if seed%3 > 0 {
			content = long()
		}
		h := document{text: content}.begin(0)
		model := []string{string(content)}
		var edits []edit
		seen := map[kind]int{}
		for range 200 {
			e := random(rng, h)
			edits = append(edits, e)
			seen[e.kind]++
			model = append(model, modelled(model, e))
			var err error
			h, err = h.extend(e)
			require.NoError(t, err, "seed %d, %v", seed, edits)
		}
		require.Len(t, seen, len(kinds), "every kind of edit was made")
		require.Len(t, h, len(model))
		for i, want := range model {
			require.Equal(t, len(want), h[i].Len(), "seed %d, version %d", seed, i)
			require.True(t, equal(h[i], []byte(want)), "seed %d, version %d, %v", seed, i, edits[:i])
			if m := len(want) / 2; m < len(want) {
				require.Equal(t, want[m], h[i].At(m), "seed %d, version %d", seed, i)
			}
		}
		cs := duplicating.build(document{text: content}, edits)
		require.NoError(t, compare(h, cs))
	}
}

// modelled returns what e makes of the last version.
func modelled(versions []string, e edit) string {
	s := versions[len(versions)-1]
	switch e.kind {
	case insertion:
		return s[:e.at] + e.text + s[e.at:]
	case deletion:
		return s[:e.at] + s[e.at+e.n:]
	case move:
		rest := s[:e.at] + s[e.at+e.n:]
		return rest[:e.to] + s[e.at:e.at+e.n] + rest[e.to:]
	}
	from := s
	if e.of != newest {
		from = versions[e.of]
	}
	return s[:e.to] + from[e.at:e.at+e.n] + s[e.to:]
}

func TestExtend(t *testing.T) {
	d := document{text: []byte("one two three")}
	h := d.begin(0)
	for _, step := range []struct{ line, want string }{
		{`insert 3 ","`, "one, two three"},
		{"move 0 5 to 9", "two threeone, "},
		{"move 9 5 to 0", "one, two three"},
		{"copy 0 3 to 14", "one, two threeone"},
		{"delete 0 17", ""},
		{"copy 4 3 of 0 to 0", "two"},
		{"delete 3 0", "two"},
		{"move 0 3 to 0", "two"},
	} {
		e, err := parseEdit(step.line)
		require.NoError(t, err)
		h, err = h.extend(e)
		require.NoError(t, err, step.line)
		assert.Equal(t, step.want, string(h.newest().AppendTo(nil)), step.line)
	}
}

func TestEditsThatDoNotFit(t *testing.T) {
	h := document{text: []byte("twelve bytes")}.begin(0)
	h, err := h.extend(edit{kind: deletion, at: 0, n: 7, of: newest})
	require.NoError(t, err)
	for line, want := range map[string]string{
		`insert 6 "x"`:        "position 6 is out of range: the text has 5 bytes",
		"delete 6 0":          "bytes 6 to 6 are out of range: the text has 5 bytes",
		"delete 3 3":          "bytes 3 to 6 are out of range: the text has 5 bytes",
		"move 4 2 to 0":       "bytes 4 to 6 are out of range: the text has 5 bytes",
		"move 0 2 to 4":       "position 4 is out of range: the text has 3 bytes without what is moved",
		"copy 0 6 to 0":       "bytes 0 to 6 are out of range: the text has 5 bytes",
		"copy 0 5 to 6":       "position 6 is out of range: the text has 5 bytes",
		"copy 0 13 of 0 to 0": "bytes 0 to 13 are out of range: version 0 has 12 bytes",
		"copy 0 1 of 2 to 0":  "version 2 is out of range: this edit makes version 2",
	} {
		e, err := parseEdit(line)
		require.NoError(t, err, line)
		got, err := h.extend(e)
		assert.EqualError(t, err, want, line)
		assert.Len(t, got, 2)
	}
}

// Thirty lines can ask for a text of billions of bytes, at next to no memory.
func TestTextsThatBecomeTooLong(t *testing.T) {
	h := document{text: long()}.begin(0)
	for {
		n := h.newest().Len()
		next, err := h.extend(edit{kind: copying, n: n, to: n, of: newest})
		if err != nil {
			assert.EqualError(t, err, "the text would have more than 1,073,741,823 bytes")
			assert.Greater(t, n, maxText/2)
			break
		}
		require.Equal(t, 2*n, next.newest().Len())
		h = next
	}
	n := h.newest().Len()
	h, err := h.extend(edit{kind: copying, n: maxText - n, to: n, of: newest})
	require.NoError(t, err)
	_, err = h.extend(edit{kind: insertion, text: "x", of: newest})
	assert.Equal(t, errTooLong, err)
	assert.Equal(t, byte('T'), h.newest().At(len(poem)<<12))
}

func TestLines(t *testing.T) {
	v := document{text: []byte("ab\n\ncd")}.begin(0).newest()
	for i, want := range [][2]int{{0, 3}, {0, 3}, {0, 3}, {3, 4}, {4, 6}, {4, 6}, {4, 6}} {
		assert.Equal(t, want, [2]int{lineStart(v, i), lineEnd(v, i)}, "position %d", i)
	}
}
