package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// What is stored can be read without its schema, as tools do: versions as Infos, parts as they are encoded.

// An Info says what a version is.
type Info struct {
	ID     chunk.Addr
	Hollow bool // its data were collected
	history.Commit
}

// A PartInfo says what a part of a version is.
type PartInfo struct {
	Name       string
	Kind       string     // "hash map", "sorted map", "vector", "hash set", "sorted set" or "value"
	Key, Value string     // the names of the codecs; "" where there is none
	Len        uint64     // entries; 1 of a value
	Root       chunk.Addr // two parts with the same are equal; zero of a value
	Depth      int        // of the tree, in nodes; 0 of a value
}

// A RawEntry is an entry as it is encoded.
type RawEntry struct{ Key, Value []byte }

// A RawChange is a change of an entry as it is encoded; nil: it is not there. Of a vector At says where, as diff.Splice
// does.
type RawChange struct {
	Key      []byte
	At       int
	Old, New []byte
}

// History yields versions and those that led to them, each once and before those it was made from. Without ids it
// begins with all branches and tags. An error is the last.
func (s *Store) History(ctx context.Context, ids ...chunk.Addr) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		if len(ids) == 0 {
			for n, err := range s.refs(ctx, "") {
				if err != nil {
					yield(Info{}, err)
					return
				}
				ids = append(ids, n.Target)
			}
		}
		for n, err := range history.Walk(ctx, s.cache, ids...) {
			hollow := false
			if err == nil {
				hollow, err = s.hollow(ctx, n.ID, n.Directory)
			}
			if err != nil {
				yield(Info{}, fmt.Errorf("store: %w", err))
				return
			}
			if !yield(Info{n.ID, hollow, n.Commit}, nil) {
				return
			}
		}
	}
}

// Parts returns what a version has.
func (s *Store) Parts(ctx context.Context, id chunk.Addr) ([]PartInfo, error) {
	defer s.guard.unpin(id)
	dir, err := s.directoryOf(ctx, id)
	if err != nil {
		return nil, err
	}
	var parts []PartInfo
	for _, name := range dir.names() {
		d := dir[name]
		p := PartInfo{name, d.kind.String(), d.codec[0], d.codec[1], d.root.Total, d.root.Addr, 0}
		if d.kind == single {
			p.Len = 1
		} else if p.Depth, err = s.depth(ctx, d.root); err != nil {
			return nil, fmt.Errorf("store: part %q of version %s: %w", name, id.Short(), err)
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// depth returns how deep a tree is.
func (s *Store) depth(ctx context.Context, r tree.Root) (int, error) {
	data, err := s.cache.Get(ctx, r.Addr)
	if err != nil {
		return 0, err
	}
	n, err := tree.Open(data)
	return n.Level() + 1, err
}

// directoryOf pins a version, until unpin, and returns its directory.
func (s *Store) directoryOf(ctx context.Context, id chunk.Addr) (directory, error) {
	if err := s.pin(ctx, id); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	c, err := history.Read(ctx, s.cache, id)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	dir, err := readDirectory(ctx, s.cache, c.Directory)
	if err != nil {
		return nil, fmt.Errorf("store: version %s: %w", id.Short(), err)
	}
	return dir, nil
}

// Entries yields what a part holds, as it is encoded, from the n-th entry on. An error is the last.
func (s *Store) Entries(ctx context.Context, id chunk.Addr, part string, n uint64) iter.Seq2[RawEntry, error] {
	return func(yield func(RawEntry, error) bool) {
		defer s.guard.unpin(id)
		dir, err := s.directoryOf(ctx, id)
		if err != nil {
			yield(RawEntry{}, err)
			return
		}
		d, ok := dir[part]
		switch {
		case !ok:
			yield(RawEntry{}, fmt.Errorf("store: version %s has no part %q", id.Short(), part))
			return
		case d.kind == single:
			if n == 0 {
				yield(RawEntry{Value: d.value}, nil)
			}
			return
		}
		for it, err := range tree.Items(ctx, s.cache, d.root, min(n, d.root.Total), d.root.Total) {
			e := RawEntry{Key: it.Key}
			if err == nil {
				e.Value, err = it.Value.Bytes(ctx, s.cache)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// RawDiff yields how a part differs between two versions, as it is encoded. A part that a version does not have is
// empty. An error is the last.
func (s *Store) RawDiff(ctx context.Context, from, to chunk.Addr, part string) iter.Seq2[RawChange, error] {
	return func(yield func(RawChange, error) bool) {
		if err := s.rawDiff(ctx, from, to, part, func(c RawChange) bool { return yield(c, nil) }); err != nil {
			yield(RawChange{}, err)
		}
	}
}

func (s *Store) rawDiff(ctx context.Context, from, to chunk.Addr, part string, yield func(RawChange) bool) error {
	defer s.guard.unpin(from)
	before, err := s.directoryOf(ctx, from)
	if err != nil {
		return err
	}
	defer s.guard.unpin(to)
	after, err := s.directoryOf(ctx, to)
	if err != nil {
		return err
	}
	a, inA := before[part]
	b, inB := after[part]
	switch {
	case !inA && !inB:
		return fmt.Errorf("store: neither version has a part %q", part)
	case !inA:
		a = emptyPart(b.kind, b.codec)
	case !inB:
		b = emptyPart(a.kind, a.codec)
	case a.kind != b.kind:
		return fmt.Errorf("store: part %q is a %v in one version and a %v in the other: %w", part, a.kind, b.kind, ErrSchema)
	}
	bytesOf := func(v *tree.Value) ([]byte, error) {
		if v == nil {
			return nil, nil
		}
		b, err := v.Bytes(ctx, s.cache)
		if b == nil {
			b = []byte{}
		}
		return b, err
	}
	switch a.kind {
	case single:
		if string(a.value) == string(b.value) && inA == inB {
			return nil
		}
		yield(RawChange{Old: a.value, New: b.value})
	case sequence:
		splices, err := tree.Align(ctx, s.cache, a.root, b.root)
		if err != nil {
			return err
		}
		grown := 0
		for _, sp := range splices {
			at := int(sp.At) + grown
			for it, err := range tree.Items(ctx, s.cache, a.root, sp.At, sp.At+sp.Delete) {
				if err != nil {
					return err
				}
				old, err := bytesOf(&it.Value)
				if err != nil {
					return err
				}
				if !yield(RawChange{At: at, Old: old}) {
					return nil
				}
			}
			for i := range sp.Insert {
				now, err := bytesOf(&sp.Insert[i])
				if err != nil {
					return err
				}
				if !yield(RawChange{At: at + i, New: now}) {
					return nil
				}
			}
			grown += len(sp.Insert) - int(sp.Delete)
		}
	default:
		for c, err := range tree.Diff(ctx, s.cache, a.root, b.root) {
			if err != nil {
				return err
			}
			out := RawChange{Key: c.Key}
			if out.Old, err = bytesOf(c.Old); err != nil {
				return err
			}
			if out.New, err = bytesOf(c.New); err != nil {
				return err
			}
			if !yield(out) {
				return nil
			}
		}
	}
	return nil
}
