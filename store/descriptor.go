package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// A kind is a kind of part, by its number in a descriptor.
type kind uint8

const (
	hashMap kind = 1 + iota
	sortedMap
	sequence
	hashSet
	sortedSet
	single // a value
)

func (k kind) String() string {
	if k >= hashMap && k <= single {
		return [...]string{"hash map", "sorted map", "vector", "hash set", "sorted set", "value"}[k-hashMap]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// keyed tells whether entries are found by their keys.
func (k kind) keyed() bool { return k != sequence && k != single }

// A descriptor says what a part is and where: it is the value of the part's name in a directory.
type descriptor struct {
	kind  kind
	shape tree.Shape // of all kinds but single
	root  tree.Root  // of all kinds but single
	value []byte     // of a single
	codec [2]string  // the names of the codecs of keys and of values; "" where there are none
}

// same tells whether two parts of one schema hold the same.
func (d descriptor) same(o descriptor) bool {
	return d.kind == o.kind && d.root == o.root && string(d.value) == string(o.value) && d.codec == o.codec
}

// append appends the descriptor's bytes:
//
//	u8 kind · u8 b · salt 16 · root 32, total uvarint (a single value: uvarint length and bytes) · two names of codecs: uvarint length and bytes
func (d descriptor) append(b []byte) []byte {
	b = append(b, byte(d.kind), d.shape.Bits)
	b = append(b, d.shape.Salt[:]...)
	if d.kind == single {
		b = binary.AppendUvarint(b, uint64(len(d.value)))
		b = append(b, d.value...)
	} else {
		b = append(b, d.root.Addr[:]...)
		b = binary.AppendUvarint(b, d.root.Total)
	}
	for _, name := range d.codec {
		b = binary.AppendUvarint(b, uint64(len(name)))
		b = append(b, name...)
	}
	return b
}

// parseDescriptor reads what append wrote, and refuses anything else.
func parseDescriptor(b []byte) (d descriptor, err error) {
	damaged := func(what string) (descriptor, error) {
		return descriptor{}, fmt.Errorf("store: a descriptor with %s: %w", what, ErrDamaged)
	}
	if len(b) < 18 {
		return damaged("too few bytes")
	}
	d.kind, d.shape.Bits, d.shape.Salt = kind(b[0]), b[1], [16]byte(b[2:])
	b = b[18:]
	number := func() (n uint64, ok bool) {
		n, k := binary.Uvarint(b)
		if k <= 0 || k != len(binary.AppendUvarint(nil, n)) {
			return 0, false
		}
		b = b[k:]
		return n, true
	}
	text := func() ([]byte, bool) {
		n, ok := number()
		if !ok || n > uint64(len(b)) {
			return nil, false
		}
		t := b[:n]
		b = b[n:]
		return t, true
	}
	ok := true
	switch {
	case d.kind == 0 || d.kind > single:
		return descriptor{}, fmt.Errorf("store: a part of %v: %w", d.kind, ErrFormat)
	case d.kind == single:
		d.value, ok = text()
		d.value = slices.Clone(d.value)
	case len(b) < 32:
		return damaged("no root")
	default:
		d.shape.Kind = tree.Map
		if d.kind == sequence {
			d.shape.Kind = tree.Seq
		}
		if d.shape.Bits < tree.MinBits || d.shape.Bits > tree.MaxBits {
			return descriptor{}, fmt.Errorf("store: a part with nodes of 2^%d bytes: %w", d.shape.Bits, ErrFormat)
		}
		d.root.Addr = chunk.Addr(b[:32])
		b = b[32:]
		d.root.Total, ok = number()
	}
	if !ok {
		return damaged("a wrong length")
	}
	for i := range d.codec {
		t, ok := text()
		if !ok {
			return damaged("a codec's name of wrong length")
		}
		d.codec[i] = string(t)
	}
	if len(b) > 0 {
		return damaged("bytes that are left over")
	}
	return d, nil
}

// directoryShape is that of the map from names of parts to descriptors. It has no salt: nobody who chooses the names
// gains from it.
var directoryShape = tree.Shape{Kind: tree.Map, Bits: tree.Bits}

// A directory is the parts of a version by their names.
type directory map[string]descriptor

// names returns the names in order.
func (d directory) names() []string {
	names := make([]string, 0, len(d))
	for n := range d {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// save stores the directory and returns its root.
func (d directory) save(ctx context.Context, to tree.Sink) (chunk.Addr, error) {
	items := func(yield func(tree.Item, error) bool) {
		for _, n := range d.names() {
			v, err := tree.NewValue(ctx, to, d[n].append(nil))
			if !yield(tree.Item{Key: []byte(n), Value: v}, err) || err != nil {
				return
			}
		}
	}
	root, err := tree.Build(ctx, directoryShape, items, to)
	return root.Addr, err
}

// readDirectory reads a directory.
func readDirectory(ctx context.Context, from tree.Source, root chunk.Addr) (directory, error) {
	d := directory{}
	r, err := rootAt(ctx, from, root)
	if err != nil {
		return nil, err
	}
	for it, err := range tree.Items(ctx, from, r, 0, r.Total) {
		if err != nil {
			return nil, err
		}
		b, err := it.Value.Bytes(ctx, from)
		if err != nil {
			return nil, err
		}
		if d[strings.Clone(string(it.Key))], err = parseDescriptor(b); err != nil {
			return nil, fmt.Errorf("part %q: %w", it.Key, err)
		}
	}
	return d, nil
}

// rootAt returns the tree whose root has the address: its total stands in the node.
func rootAt(ctx context.Context, from tree.Source, a chunk.Addr) (tree.Root, error) {
	data, err := from.Get(ctx, a)
	if err != nil {
		return tree.Root{}, err
	}
	return tree.RootOf(a, data)
}

// emptyPart returns the descriptor of a part that is not stored.
func emptyPart(k kind, codecs [2]string) descriptor {
	d := descriptor{kind: k, codec: codecs}
	if k != single {
		d.shape = tree.Shape{Kind: tree.Map, Bits: tree.Bits}
		if k == sequence {
			d.shape.Kind = tree.Seq
		}
		d.root, _ = tree.Empty(d.shape)
	}
	return d
}

// emptyTrees has the empty trees, which every store has without storing them.
var emptyTrees = sync.OnceValue(func() map[chunk.Addr][]byte {
	m := map[chunk.Addr][]byte{}
	for _, k := range []tree.Kind{tree.Map, tree.Seq} {
		_, c := tree.Empty(tree.Shape{Kind: k, Bits: tree.Bits})
		m[c.Addr] = c.Data
	}
	return m
})
