package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"sync/atomic"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/store/codec"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// A keyed part is a map, or a set, of type M: entries that are found by their keys. A set has values that are nothing.
type keyed[M, K, V any] struct {
	of      kind
	key     codec.Key[K]
	value   codec.Value[V]
	empty   M
	resolve func(diff.Conflict[K, V]) (V, bool)
	eq      func(a, b V) bool // whether an entry need not be looked at; false: its encoding decides
	ops     ops[M, K, V]
}

// ops is what a kind of collection can do.
type ops[M, K, V any] struct {
	len   func(M) int
	all   func(M) iter.Seq2[K, V]
	diff  func(from, to M, eq func(a, b V) bool) iter.Seq[diff.Change[K, V]]
	fill  func(empty M, entries iter.Seq2[K, V]) M // with entries in the order of their encoded keys
	build func(M) builder[M, K, V]
	order func(M) func(a, b K) int // how it orders keys; nil: it does not
}

// A builder is a builder of a collection.
type builder[M, K, V any] interface {
	Set(K, V) bool
	Delete(K) bool
	Len() int
	Build() M
}

// equality returns what tells whether two values are the same without encoding them.
func equality[V any]() func(a, b V) bool {
	if plain(reflect.TypeFor[V]()) {
		return func(a, b V) bool { return any(a) == any(b) }
	}
	return func(a, b V) bool { return false }
}

func (p *keyed[M, K, V]) kind() kind { return p.of }

func (p *keyed[M, K, V]) codecs() [2]string { return [2]string{p.key.Name(), p.value.Name()} }

func (p *keyed[M, K, V]) clear(into any) { *into.(*M) = p.empty }

func (p *keyed[M, K, V]) save(ctx context.Context, w *batch, base *descriptor, before, value any) (descriptor, error) {
	d := descriptor{kind: p.of, codec: p.codecs()}
	m := *value.(*M)
	if base != nil && before != nil {
		ops, err := p.changes(*before.(*M), m)
		if err != nil {
			return d, err
		}
		d.shape, d.root = base.shape, base.root
		if len(ops.entries) > 0 {
			d.root, err = tree.Edit(ctx, d.shape, w, d.root, ops.ops(ctx, w), w)
		}
		return d, err
	}
	if d.shape = w.shape(tree.Map); base != nil {
		d.shape = base.shape
	}
	var all entries
	n := p.ops.len(m)
	all.entries = make([]entry, 0, n)
	for k, v := range p.ops.all(m) {
		if err := add(&all, p.key, p.value, k, v); err != nil {
			return d, err
		}
		if len(all.entries) == sample {
			all.bytes = slices.Grow(all.bytes, roomFor(len(all.bytes), n-sample))
		}
	}
	err := all.sort()
	if err == nil {
		d.root, err = tree.Build(ctx, d.shape, all.items(ctx, w), w)
	}
	return d, err
}

// changes returns what leads from one collection to another, and not what is encoded as it was.
func (p *keyed[M, K, V]) changes(from, to M) (ops entries, err error) {
	var old, now []byte
	for c := range p.ops.diff(from, to, p.eq) {
		if c.Kind == diff.Updated {
			if old, err = p.value.Append(old[:0], c.Old); err == nil {
				now, err = p.value.Append(now[:0], c.New)
			}
			if err != nil {
				return ops, fmt.Errorf("store: the value of key %v: %w", c.Key, err)
			}
			if bytes.Equal(old, now) {
				continue
			}
		}
		if c.Kind == diff.Removed {
			err = remove(&ops, p.key, c.Key)
		} else {
			err = add(&ops, p.key, p.value, c.Key, c.New)
		}
		if err != nil {
			return ops, err
		}
	}
	return ops, ops.sort()
}

func (p *keyed[M, K, V]) load(ctx context.Context, from tree.Source, d descriptor, base *descriptor, before, into any) error {
	var m M
	if base != nil && before != nil && base.shape == d.shape && base.codec == d.codec {
		if m = *before.(*M); base.root != d.root {
			b := p.ops.build(m)
			for c, err := range tree.Diff(ctx, from, base.root, d.root) {
				if err != nil {
					return err
				}
				k, err := decodeKey(p.key, c.Key)
				if err != nil {
					return err
				}
				if c.New == nil {
					b.Delete(k)
					continue
				}
				v, err := decodeValue(ctx, from, p.value, *c.New)
				if err != nil {
					return fmt.Errorf("key %v: %w", k, err)
				}
				b.Set(k, v)
			}
			m = b.Build()
		}
	} else {
		var err error
		if m, err = p.loadAll(ctx, from, d.root); err != nil {
			return err
		}
	}
	if n := p.ops.len(m); uint64(n) != d.root.Total {
		return fmt.Errorf("store: %d entries are stored, and are %d when loaded: the codec %q tells keys apart that are equal, or the other way round: %w",
			d.root.Total, n, p.key.Name(), ErrCodec)
	}
	*into.(*M) = m
	return nil
}

// loadAll returns the collection of all entries of a tree.
func (p *keyed[M, K, V]) loadAll(ctx context.Context, from tree.Source, root tree.Root) (m M, err error) {
	compare := p.ops.order(p.empty)
	if !p.key.Ordered() {
		compare = nil
	}
	var last K
	first := true
	entry := func(it tree.Item, err error) (k K, v V, _ error) {
		if err != nil {
			return k, v, err
		}
		if k, err = decodeKey(p.key, it.Key); err != nil {
			return k, v, err
		}
		if v, err = decodeValue(ctx, from, p.value, it.Value); err != nil {
			return k, v, fmt.Errorf("key %v: %w", k, err)
		}
		if compare != nil && !first && compare(last, k) >= 0 {
			return k, v, fmt.Errorf("store: the codec %q says that its bytes are in the order of the keys, the comparator has %v before %v (see codec.Descending and codec.Unordered): %w",
				p.key.Name(), k, last, ErrCodec)
		}
		last, first = k, false
		return k, v, nil
	}
	m = p.ops.fill(p.empty, func(yield func(K, V) bool) {
		for it, e := range tree.Items(ctx, from, root, 0, root.Total) {
			k, v, e := entry(it, e)
			if err = e; err != nil || !yield(k, v) {
				return
			}
		}
	})
	return m, err
}

func decodeKey[K any](c codec.Key[K], b []byte) (K, error) {
	k, err := c.Decode(b)
	if err != nil {
		return k, fmt.Errorf("store: a key of codec %q: %w", c.Name(), codecError(err))
	}
	return k, nil
}

func decodeValue[V any](ctx context.Context, from tree.Source, c codec.Value[V], stored tree.Value) (v V, err error) {
	b, err := stored.Bytes(ctx, from)
	if err != nil {
		return v, err
	}
	if v, err = c.Decode(b); err != nil {
		return v, fmt.Errorf("store: a value of codec %q: %w", c.Name(), codecError(err))
	}
	return v, nil
}

// An entry is an encoded one, in the bytes of entries: key and value stand behind each other.
type entry struct {
	prefix uint64 // the first bytes of the key, big-endian
	at     int
	key    int32
	value  int32 // its length; -1: the key is removed
}

// entries are encoded entries, which are sorted by their keys and fed to a tree.
type entries struct {
	bytes   []byte
	entries []entry
}

// sample is how many entries are looked at to say how many bytes the others will take.
const sample = 256

// roomFor returns for how many bytes there is to be room when the sample took so many, and n more entries follow. The
// first entries may be much larger than all others, so it is not much: beyond that, room comes as it is needed.
func roomFor(sampled, n int) int {
	const most = 64 << 20
	each := sampled/sample + sampled/sample/8 + 1
	if n > most/each {
		return most
	}
	return each * max(n, 0)
}

// add encodes an entry.
func add[K, V any](e *entries, kc codec.Key[K], vc codec.Value[V], k K, v V) error {
	at := len(e.bytes)
	if err := addKey(e, kc, k); err != nil {
		return err
	}
	key := len(e.bytes) - at
	b, err := vc.Append(e.bytes, v)
	if err != nil {
		return fmt.Errorf("store: the value of key %v: %w", k, codecError(err))
	}
	n := len(b) - at - key
	if n > tree.MaxValue {
		return fmt.Errorf("store: an encoded value has %d bytes, at most %d are allowed: %w", n, tree.MaxValue, ErrCodec)
	}
	e.bytes = b
	e.added(at, key, n)
	return nil
}

// remove adds that a key is removed.
func remove[K any](e *entries, kc codec.Key[K], k K) error {
	at := len(e.bytes)
	if err := addKey(e, kc, k); err != nil {
		return err
	}
	e.added(at, len(e.bytes)-at, -1)
	return nil
}

// addKey encodes a key.
func addKey[K any](e *entries, kc codec.Key[K], k K) error {
	b, err := kc.Append(e.bytes, k)
	if err != nil {
		return fmt.Errorf("store: %w", codecError(err))
	}
	if n := len(b) - len(e.bytes); n > tree.MaxKey {
		return fmt.Errorf("store: an encoded key has %d bytes, at most %d are allowed: %w", n, tree.MaxKey, ErrCodec)
	}
	e.bytes = b
	return nil
}

// added notes an entry whose bytes are those from at on: a key of so many bytes, and a value.
func (e *entries) added(at, key, value int) {
	var head [8]byte
	copy(head[:], e.bytes[at:at+key])
	e.entries = append(e.entries, entry{binary.BigEndian.Uint64(head[:]), at, int32(key), int32(value)})
}

func (e *entries) keyOf(x entry) []byte { return e.bytes[x.at : x.at+int(x.key) : x.at+int(x.key)] }

func (e *entries) valueOf(x entry) []byte {
	at := x.at + int(x.key)
	return e.bytes[at : at+int(x.value) : at+int(x.value)]
}

// sort sorts by key. Two equal keys are an error.
func (e *entries) sort() error {
	compare := func(a, b entry) int {
		if a.prefix != b.prefix { // without a look at the bytes, which are somewhere else
			return cmp.Compare(a.prefix, b.prefix)
		}
		return bytes.Compare(e.keyOf(a), e.keyOf(b))
	}
	if !slices.IsSortedFunc(e.entries, compare) {
		e.entries = radix(e.entries)
		for i := 0; i < len(e.entries); {
			j := i + 1
			for j < len(e.entries) && e.entries[j].prefix == e.entries[i].prefix {
				j++
			}
			if j > i+1 {
				slices.SortFunc(e.entries[i:j], compare)
			}
			i = j
		}
	}
	for i := 1; i < len(e.entries); i++ {
		if compare(e.entries[i-1], e.entries[i]) == 0 {
			return fmt.Errorf("store: two keys have the same encoding %x, so the codec does not tell apart what the collection does: %w", e.keyOf(e.entries[i]), ErrCodec)
		}
	}
	return nil
}

// radix sorts entries by their prefixes, a byte at a time, the last first, and leaves out the bytes that are the same
// in all.
func radix(a []entry) []entry {
	if len(a) < 64 {
		slices.SortFunc(a, func(x, y entry) int { return cmp.Compare(x.prefix, y.prefix) })
		return a
	}
	b := make([]entry, len(a))
	for shift := 0; shift < 64; shift += 8 {
		var count [256]int
		for i := range a {
			count[byte(a[i].prefix>>shift)]++
		}
		if count[byte(a[0].prefix>>shift)] == len(a) {
			continue
		}
		sum := 0
		for i, n := range count {
			count[i], sum = sum, sum+n
		}
		for i := range a {
			c := byte(a[i].prefix >> shift)
			b[count[c]] = a[i]
			count[c]++
		}
		a, b = b, a
	}
	return a
}

// items yields the entries, for a tree that is built from them.
func (e *entries) items(ctx context.Context, to tree.Sink) iter.Seq2[tree.Item, error] {
	return func(yield func(tree.Item, error) bool) {
		for i, x := range e.entries {
			if i%ahead == 0 {
				e.warm(e.entries[i:min(i+ahead, len(e.entries))])
			}
			v, err := tree.NewValue(ctx, to, e.valueOf(x))
			if !yield(tree.Item{Key: e.keyOf(x), Value: v}, err) || err != nil {
				return
			}
		}
	}
}

// warm reads a byte of each of the entries, which are next to each other by their keys and not in memory: the processor waits for
// many of them at once.
func (e *entries) warm(next []entry) {
	sum := byte(0)
	for i := range next {
		if at := next[i].at; at < len(e.bytes) {
			sum |= e.bytes[at]
		}
	}
	warmed.Store(uint32(sum))
}

// ahead is how many entries are warmed at once.
const ahead = 64

var warmed atomic.Uint32 // keeps the compiler from leaving out what is read

// ops yields the entries, for a tree that is edited.
func (e *entries) ops(ctx context.Context, to tree.Sink) iter.Seq2[tree.Op, error] {
	return func(yield func(tree.Op, error) bool) {
		for _, x := range e.entries {
			op := tree.Op{Key: e.keyOf(x), Delete: x.value < 0}
			var err error
			if !op.Delete {
				op.Value, err = tree.NewValue(ctx, to, e.valueOf(x))
			}
			if !yield(op, err) || err != nil {
				return
			}
		}
	}
}
