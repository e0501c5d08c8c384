package store

import (
	"fmt"

	"github.com/ramet-go/ramet/diff"
)

// A Conflict is what both sides of a merge have changed, and not in the same way: a key of a map, a region of a vector,
// or a value.
type Conflict struct {
	Part string // its name; "" in a schema that is no Struct
	Key  any    // of a map: a K; nil elsewhere
	At   int    // of a vector: where Ours stands in the merged one

	// What the three versions have: a V of a map, a []T of a vector, a T of a value; encoded, as []byte, in a part that
	// the schema does not know. In says whether it is there at all.
	Base, Ours, Theirs       any
	InBase, InOurs, InTheirs bool
}

// An encodedConflict is a Conflict, encoded. Base, ours and theirs are 0, 1 and 2.
type encodedConflict struct {
	key      []byte
	value    [3][]byte
	in       [3]bool
	at       int
	elements [3][]string // of a vector
}

func decodeConflict(name string, p part, c encodedConflict) (Conflict, error) {
	if p != nil {
		return p.conflict(name, c)
	}
	out := Conflict{Part: name, At: c.at, InBase: c.in[0], InOurs: c.in[1], InTheirs: c.in[2]}
	if c.key != nil {
		out.Key = c.key
	}
	for i, side := range []*any{&out.Base, &out.Ours, &out.Theirs} {
		if c.elements[i] != nil {
			*side = c.elements[i]
		} else if c.in[i] {
			*side = c.value[i]
		}
	}
	return out, nil
}

func conflictOf(o diff.Overlap[string]) encodedConflict {
	return encodedConflict{
		at: o.At, elements: [3][]string{o.Base, o.Ours, o.Theirs},
		in: [3]bool{len(o.Base) > 0, len(o.Ours) > 0, len(o.Theirs) > 0},
	}
}

// resolver returns what asks the schema's function.
func (p *keyed[M, K, V]) resolver() func(encodedConflict) ([]byte, bool, error) {
	if p.resolve == nil {
		return nil
	}
	return func(c encodedConflict) ([]byte, bool, error) {
		d, err := p.decodeConflict(c)
		if err != nil {
			return nil, false, err
		}
		v, keep := p.resolve(d)
		if !keep {
			return nil, false, nil
		}
		b, err := p.value.Append(nil, v)
		if err != nil {
			return nil, false, fmt.Errorf("store: the value of key %v: %w", d.Key, codecError(err))
		}
		return b, true, nil
	}
}

func (p *keyed[M, K, V]) decodeConflict(c encodedConflict) (d diff.Conflict[K, V], err error) {
	if d.Key, err = decodeKey(p.key, c.key); err != nil {
		return d, err
	}
	d.InBase, d.InOurs, d.InTheirs = c.in[0], c.in[1], c.in[2]
	for i, v := range []*V{&d.Base, &d.Ours, &d.Theirs} {
		if !c.in[i] {
			continue
		}
		if *v, err = p.value.Decode(c.value[i]); err != nil {
			return d, fmt.Errorf("store: the value of key %v: %w", d.Key, codecError(err))
		}
	}
	return d, nil
}

func (p *keyed[M, K, V]) conflict(name string, c encodedConflict) (Conflict, error) {
	d, err := p.decodeConflict(c)
	out := Conflict{Part: name, Key: d.Key, InBase: d.InBase, InOurs: d.InOurs, InTheirs: d.InTheirs}
	if d.InBase {
		out.Base = d.Base
	}
	if d.InOurs {
		out.Ours = d.Ours
	}
	if d.InTheirs {
		out.Theirs = d.Theirs
	}
	return out, err
}
