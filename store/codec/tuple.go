package codec

import (
	"bytes"
)

// Tuple2 returns the codec for keys of two fields, "tuple(a,b)": split takes a key apart, join puts it together. It orders by the first field,
// then by the second, if both codecs are ordered.
//
// The bytes of a key begin with those of its first field, so keys with the same first field stand together.
//
// Split and join are each other's reverse: a key that is not split into what it was joined from is an error.
func Tuple2[K, A, B any](a Key[A], b Key[B], split func(K) (A, B), join func(A, B) K) Key[K] {
	return tuple2[K, A, B]{
		a, b, split, join,
		"tuple(" + a.Name() + "," + b.Name() + ")",
		width(a.Name()),
	}
}

type tuple2[K, A, B any] struct {
	a     Key[A]
	b     Key[B]
	split func(K) (A, B)
	join  func(A, B) K
	name  string
	wa    int
}

func (c tuple2[K, A, B]) Name() string  { return c.name }
func (c tuple2[K, A, B]) Ordered() bool { return c.a.Ordered() && c.b.Ordered() }

func (c tuple2[K, A, B]) Append(to []byte, k K) ([]byte, error) {
	a, b := c.split(k)
	out, err := appendPart(to, c.a, a, c.wa)
	if err == nil {
		out, err = c.b.Append(out, b)
	}
	if err != nil {
		return to, err
	}
	return out, nil
}

func (c tuple2[K, A, B]) Decode(from []byte) (K, error) {
	var none K
	a, rest, err := decodePart(c.name, from, c.a, c.wa)
	if err != nil {
		return none, err
	}
	b, err := c.b.Decode(rest)
	if err != nil {
		return none, err
	}
	k := c.join(a, b)
	if err := same(c.name, c, k, from); err != nil {
		return none, err
	}
	return k, nil
}

// Tuple3 is as [Tuple2] for three fields, "tuple(a,b,c)".
func Tuple3[K, A, B, C any](a Key[A], b Key[B], c Key[C], split func(K) (A, B, C), join func(A, B, C) K) Key[K] {
	return tuple3[K, A, B, C]{
		a, b, c, split, join,
		"tuple(" + a.Name() + "," + b.Name() + "," + c.Name() + ")",
		width(a.Name()), width(b.Name()),
	}
}

type tuple3[K, A, B, C any] struct {
	a      Key[A]
	b      Key[B]
	c      Key[C]
	split  func(K) (A, B, C)
	join   func(A, B, C) K
	name   string
	wa, wb int
}

func (t tuple3[K, A, B, C]) Name() string  { return t.name }
func (t tuple3[K, A, B, C]) Ordered() bool { return t.a.Ordered() && t.b.Ordered() && t.c.Ordered() }

func (t tuple3[K, A, B, C]) Append(to []byte, k K) ([]byte, error) {
	a, b, c := t.split(k)
	out, err := appendPart(to, t.a, a, t.wa)
	if err == nil {
		out, err = appendPart(out, t.b, b, t.wb)
	}
	if err == nil {
		out, err = t.c.Append(out, c)
	}
	if err != nil {
		return to, err
	}
	return out, nil
}

func (t tuple3[K, A, B, C]) Decode(from []byte) (K, error) {
	var none K
	a, rest, err := decodePart(t.name, from, t.a, t.wa)
	if err != nil {
		return none, err
	}
	b, rest, err := decodePart(t.name, rest, t.b, t.wb)
	if err != nil {
		return none, err
	}
	c, err := t.c.Decode(rest)
	if err != nil {
		return none, err
	}
	k := t.join(a, b, c)
	if err := same(t.name, t, k, from); err != nil {
		return none, err
	}
	return k, nil
}

// width returns the length of all encodings of the key codec with that name, or 0 if they have several. It goes by the name alone, because the
// name has to say how the bytes of a tuple are made.
func width(name string) int {
	for len(name) > len("descending()") && name[:len("descending(")] == "descending(" {
		name = name[len("descending(") : len(name)-1]
	}
	switch name {
	case "int", "uint", "float":
		return 8
	case "time":
		return 12
	case "bool":
		return 1
	}
	return 0
}

// A part is a key whose end can be seen, and that orders as the key does, when other bytes follow it. It is the key itself if all have the
// same length, width. Otherwise it has 00 FF for each 00, and ends with 00 01, which is less than what may stand there in a longer one.
const (
	zero   = 0x00
	escape = 0xff
	end    = 0x01
)

// appendPart appends the part of a key.
func appendPart[A any](b []byte, c Key[A], a A, width int) ([]byte, error) {
	start := len(b)
	b, err := c.Append(b, a)
	switch n := len(b) - start; {
	case err != nil || width > 0 && n == width:
		return b, err
	case width > 0:
		return b[:start], fail(c.Name(), "%d bytes, not %d", n, width)
	}
	return closePart(b, start), nil
}

// closePart makes a part of b[start:].
func closePart(b []byte, start int) []byte {
	from := len(b)
	for range bytes.Count(b[start:], []byte{zero}) {
		b = append(b, 0)
	}
	for to := len(b); to > from; { // as many 00 are left as there is room for
		from--
		to--
		if b[from] == zero {
			b[to] = escape
			to--
		}
		b[to] = b[from]
	}
	return append(b, zero, end)
}

// decodePart reads the key whose part b begins with.
func decodePart[A any](name string, b []byte, c Key[A], width int) (a A, rest []byte, err error) {
	part, rest, err := cutPart(name, b, width)
	if err == nil {
		a, err = c.Decode(part)
	}
	return a, rest, err
}

// cutPart returns the bytes of the key whose part b begins with, and what follows it. It does not change b.
func cutPart(name string, b []byte, width int) (key, rest []byte, err error) {
	if width > 0 {
		if len(b) < width {
			return nil, nil, fail(name, "%d bytes where %d are needed", len(b), width)
		}
		return b[:width], b[width:], nil
	}
	rest = b
	for {
		i := bytes.IndexByte(rest, zero)
		switch {
		case i < 0 || i+1 == len(rest) || rest[i+1] != end && rest[i+1] != escape:
			return nil, nil, fail(name, "a part without an end")
		case rest[i+1] == end && key == nil: // nothing was escaped
			return rest[:i], rest[i+2:], nil
		case rest[i+1] == end:
			return append(key, rest[:i]...), rest[i+2:], nil
		}
		if key == nil {
			key = make([]byte, 0, len(b))
		}
		key = append(key, rest[:i+1]...)
		rest = rest[i+2:]
	}
}
