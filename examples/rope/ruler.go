package main

import (
	"slices"
	"unicode/utf8"
)

// A ruler says which character of a text the byte at a position belongs to, and the other way round, while the text is
// edited. Editing traces count characters (Unicode code points), and a text here is bytes. It keeps a copy of the text, in
// blocks whose characters are counted, so that an edit and a question take time in proportion to the number of blocks.
type ruler struct{ blocks []block }

// A block is some of the text, of which no character is divided, with the number of characters.
type block struct {
	text  []byte
	chars int
}

// blockSize is how many bytes a new block has, or a few less.
const blockSize = 2048

func newRuler(text string) *ruler {
	r := new(ruler)
	r.insert(0, []byte(text))
	return r
}

// chars returns the number of characters.
func (r *ruler) chars() (n int) {
	for _, b := range r.blocks {
		n += b.chars
	}
	return n
}

// byteOf returns where the character n begins, or the end of the text if it has n characters, and false if it has fewer.
func (r *ruler) byteOf(n int) (at int, ok bool) {
	for _, b := range r.blocks {
		if n <= b.chars {
			rest := b.text
			for range n {
				_, size := utf8.DecodeRune(rest)
				at, rest = at+size, rest[size:]
			}
			return at, true
		}
		at, n = at+len(b.text), n-b.chars
	}
	return at, n == 0
}

// charOf is the inverse of byteOf. It returns false if the byte at a position is not the first of a character.
func (r *ruler) charOf(at int) (n int, ok bool) {
	for _, b := range r.blocks {
		if at < len(b.text) {
			return n + utf8.RuneCount(b.text[:at]), utf8.RuneStart(b.text[at])
		}
		at, n = at-len(b.text), n+b.chars
	}
	return n, at == 0
}

// find returns the block that the byte at a position is in, or the last one, and where that begins.
func (r *ruler) find(at int) (i, start int) {
	for i < len(r.blocks)-1 && at >= start+len(r.blocks[i].text) {
		start += len(r.blocks[i].text)
		i++
	}
	return i, start
}

// insert puts text at a position between two characters.
func (r *ruler) insert(at int, text []byte) {
	i, start := r.find(at)
	if i < len(r.blocks) {
		b := r.blocks[i]
		text = slices.Concat(b.text[:at-start], text, b.text[at-start:])
		r.blocks = slices.Delete(r.blocks, i, i+1)
	}
	var fresh []block
	for len(text) > 0 {
		n := len(text)
		if n > 2*blockSize { // or it is one block still
			for n = blockSize; !utf8.RuneStart(text[n]); n-- {
			}
		}
		fresh = append(fresh, block{slices.Clone(text[:n]), utf8.RuneCount(text[:n])})
		text = text[n:]
	}
	r.blocks = slices.Insert(r.blocks, i, fresh...)
}

// remove takes n bytes away, from a position on. Both ends are between two characters.
func (r *ruler) remove(at, n int) {
	for n > 0 {
		i, start := r.find(at)
		b := &r.blocks[i]
		from := at - start
		to := min(from+n, len(b.text))
		b.text = slices.Delete(b.text, from, to)
		b.chars = utf8.RuneCount(b.text)
		if len(b.text) == 0 {
			r.blocks = slices.Delete(r.blocks, i, i+1)
		}
		n -= to - from
	}
}
