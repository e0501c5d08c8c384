package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// A merger merges directories.
type merger struct {
	w     *batch
	parts map[string]part // of the schema; others are merged as they are encoded
}

// How many best common ancestors are merged, and how deep: more than git has ever been seen to need.
const (
	maxBases = 8
	maxDepth = 8
)

// base returns what both sides of a merge are compared with: the directory of their best common ancestor, or what a
// merge of several makes. done unpins what it was read from.
func (m merger) base(ctx context.Context, bases []history.Node, depth int) (dir directory, done func(), err error) {
	var pinned []chunk.Addr
	done = func() {
		for _, id := range pinned {
			m.w.st.guard.unpin(id)
		}
	}
	for i, n := range bases {
		if i == maxBases {
			break
		}
		pinned = append(pinned, n.ID)
		if err := m.w.st.pin(ctx, n.ID); err != nil {
			return nil, done, fmt.Errorf("the common ancestor: %w", err)
		}
		next, err := readDirectory(ctx, m.w, n.Directory)
		if err != nil {
			return nil, done, err
		}
		if i == 0 {
			dir = next
			continue
		}
		var below []history.Node
		if depth < maxDepth {
			if below, err = history.Bases(ctx, m.w.st.cache, bases[0].ID, n.ID); err != nil {
				return nil, done, err
			}
		}
		common, doneCommon, err := m.base(ctx, below, depth+1)
		defer doneCommon()
		if err != nil {
			return nil, done, err
		}
		if dir, _, err = m.directories(ctx, common, dir, next, false); err != nil {
			return nil, done, err
		}
	}
	return dir, done, nil
}

// directories merges two directories. Conflicts are decided for ours; they are returned, and resolvers are asked, if
// look is true.
func (m merger) directories(ctx context.Context, base, ours, theirs directory, look bool) (directory, []Conflict, error) {
	dir := directory{}
	var conflicts []Conflict
	names := slices.Concat(ours.names(), theirs.names())
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		b, inBase := base[name]
		o, inOurs := ours[name]
		t, inTheirs := theirs[name]
		switch {
		case !inTheirs || inOurs && o.same(t) || inOurs && inBase && b.same(t):
			dir[name] = o // what theirs does not have, it does not know
			continue
		case !inOurs || inBase && b.same(o):
			dir[name] = t
			continue
		}
		if o.kind != t.kind || o.codec != t.codec || inBase && (b.kind != o.kind || b.codec != o.codec) {
			return nil, nil, fmt.Errorf("part %q is a %v of codecs %q in one version, and a %v of %q in another: %w", name, o.kind, o.codec, t.kind, t.codec, ErrSchema)
		}
		p := m.parts[name]
		if p != nil {
			if err := check(name, p, o); err != nil {
				return nil, nil, err
			}
		}
		if !inBase {
			b = emptyPart(o.kind, o.codec)
		}
		var merged descriptor
		var found []encodedConflict
		var err error
		switch {
		case o.kind == single:
			merged, found = o, []encodedConflict{{value: [3][]byte{b.value, o.value, t.value}, in: [3]bool{inBase, true, true}}}
		case o.kind == sequence:
			merged, found, err = m.sequences(ctx, b, o, t)
		default:
			merged, found, err = m.keyed(ctx, b, o, t, p, look)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("part %q: %w", name, err)
		}
		dir[name] = merged
		if !look {
			continue
		}
		for _, c := range found {
			decoded, err := decodeConflict(name, p, c)
			if err != nil {
				return nil, nil, fmt.Errorf("part %q: %w", name, err)
			}
			conflicts = append(conflicts, decoded)
		}
	}
	return dir, conflicts, nil
}
