package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// KeepOurs makes Merge commit a merge that has conflicts, with what the branch has. The conflicts are returned as well.
func KeepOurs() CommitOption { return func(o *commitOptions) { o.keepOurs = true } }

// Merge merges a version of this store into the branch, and returns the new head. It compares both with the best common
// ancestor: what one side changed is changed; what both changed in the same way is changed once; what they changed
// differently is a conflict. With several best common ancestors these are merged first, as git does; with none, both
// are compared with the empty value. If the head contains theirs already, it stays; if theirs contains the head, the
// branch moves there; both without a new version.
//
// With conflicts Merge commits nothing, and returns them and a Version that is none yet: its ID is zero, and its value
// is the merged one, with what the branch has where there are conflicts. Settle them, and commit the value on the head
// with MergeOf(theirs.ID()). [KeepOurs] commits it as it is.
//
// Maps, sets and values are merged as they are stored: it costs what both sides changed, and loads nothing. Vectors are
// read. If the head moves meanwhile, Merge begins again.
func (b *Branch[T]) Merge(ctx context.Context, theirs *Version[T], opts ...CommitOption) (*Version[T], []Conflict, error) {
	if theirs == nil || theirs.st != b.st || theirs.id.IsZero() {
		return nil, nil, fmt.Errorf("store: branch %q: Merge of a version that is not in this store: Pull it first", b.name)
	}
	for tries := 0; ; tries++ {
		v, conflicts, err := b.merge(ctx, theirs, commitOptionsOf(opts))
		if !errors.Is(err, ErrMoved) {
			return v, conflicts, err
		}
		if err := pause(ctx, tries); err != nil {
			return nil, nil, err
		}
	}
}

func (b *Branch[T]) merge(ctx context.Context, theirs *Version[T], o commitOptions) (*Version[T], []Conflict, error) {
	fail := func(err error) (*Version[T], []Conflict, error) {
		return nil, nil, fmt.Errorf("store: branch %q: merge of %s: %w", b.name, theirs.id.Short(), err)
	}
	r, ours, err := b.head(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, v := range []*Version[T]{ours, theirs} {
		defer b.st.guard.unpin(v.id)
		if err := v.pin(ctx); err != nil {
			return fail(b.moved(ctx, r, err))
		}
	}
	bases, err := history.Bases(ctx, b.st.cache, ours.id, theirs.id)
	if err != nil {
		return fail(err)
	}
	if len(bases) == 1 && bases[0].ID == theirs.id {
		return ours, nil, nil
	}
	if len(bases) == 1 && bases[0].ID == ours.id {
		_, err := b.st.swap(ctx, chunk.Swap{Name: branches + b.name, Old: r.Revision, Target: theirs.id, Time: b.st.now(), Why: why("merge", o.message)})
		if err != nil {
			return fail(err)
		}
		return theirs, nil, nil
	}

	m := merger{b.st.newBatch(), map[string]part{}}
	for _, p := range b.parts {
		m.parts[p.name] = p.part
	}
	base, done, err := m.base(ctx, bases, 0)
	defer done()
	if err != nil {
		return fail(err)
	}
	oursDir, err := ours.directory(ctx)
	if err != nil {
		return fail(err)
	}
	theirsDir, err := theirs.directory(ctx)
	if err != nil {
		return fail(err)
	}
	dir, conflicts, err := m.directories(ctx, base, oursDir, theirsDir, true)
	if err != nil {
		return fail(err)
	}
	if len(conflicts) > 0 && !o.keepOurs {
		near := ours
		if near.value == nil || near.dir == nil {
			near = nil
		}
		t, err := load(ctx, m.w, b.parts, dir, near)
		if err != nil {
			return fail(err)
		}
		return &Version[T]{st: b.st, parts: b.parts, dir: dir, value: &t}, conflicts, nil
	}
	c := history.Commit{
		Generation: max(ours.commit.Generation, theirs.commit.Generation) + 1,
		Time:       b.st.now(), Author: o.author, Message: o.message,
		Parents: []chunk.Addr{ours.id, theirs.id},
	}
	if c.Directory, err = dir.save(ctx, m.w); err != nil {
		return fail(err)
	}
	v, err := b.advance(ctx, m.w, r, c, dir, nil, why("merge", o.message))
	return v, conflicts, err
}
