package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
	"github.com/ramet-go/ramet/store/internal/tree"
	"github.com/ramet-go/ramet/vector"
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
	r, err := b.ref(ctx)
	if err != nil {
		return nil, nil, err
	}
	if r.Revision == 0 {
		return fail(ErrNoBranch)
	}
	ours, err := versionAt(ctx, b.st, r.Target, b.parts, &b.recent)
	if err != nil {
		return fail(err)
	}
	for _, v := range []*Version[T]{ours, theirs} {
		defer b.st.guard.unpin(v.id)
		if err := b.st.pin(ctx, v.id); err != nil {
			return fail(err)
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

// keyed merges maps and sets: what only theirs changed is edited into ours.
func (m merger) keyed(ctx context.Context, base, ours, theirs descriptor, p part, look bool) (descriptor, []encodedConflict, error) {
	var conflicts []encodedConflict
	var resolve func(encodedConflict) ([]byte, bool, error)
	if p != nil && look {
		resolve = p.resolver()
	}
	ops := func(yield func(tree.Op, error) bool) {
		for c, err := range both(tree.Diff(ctx, m.w, base.root, ours.root), tree.Diff(ctx, m.w, base.root, theirs.root)) {
			switch {
			case err != nil:
				yield(tree.Op{}, err)
				return
			case c.theirs == nil: // ours has it
				continue
			case c.ours == nil:
				if !yield(opOf(c.theirs.Key, c.theirs.New), nil) {
					return
				}
				continue
			case sameValue(c.ours.New, c.theirs.New):
				continue
			}
			e := encodedConflict{key: c.ours.Key}
			for i, v := range []*tree.Value{c.ours.Old, c.ours.New, c.theirs.New} {
				if v == nil {
					continue
				}
				e.in[i] = true
				if e.value[i], err = v.Bytes(ctx, m.w); err != nil {
					yield(tree.Op{}, err)
					return
				}
			}
			if resolve == nil {
				conflicts = append(conflicts, e)
				continue
			}
			v, keep, err := resolve(e)
			if err != nil {
				yield(tree.Op{}, err)
				return
			}
			var stored *tree.Value
			if keep {
				n, err := tree.NewValue(ctx, m.w, v)
				if err != nil {
					yield(tree.Op{}, err)
					return
				}
				stored = &n
			}
			if sameValue(stored, c.ours.New) {
				continue
			}
			if !yield(opOf(e.key, stored), nil) {
				return
			}
		}
	}
	merged := ours
	var err error
	merged.root, err = tree.Edit(ctx, ours.shape, m.w, ours.root, ops, m.w)
	return merged, conflicts, err
}

func opOf(key []byte, v *tree.Value) tree.Op {
	if v == nil {
		return tree.Op{Key: key, Delete: true}
	}
	return tree.Op{Key: key, Value: *v}
}

func sameValue(a, b *tree.Value) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// A pair is what two sides did to a key.
type pair struct{ ours, theirs *tree.Change }

// both goes through two sequences of changes at once, by key.
func both(ours, theirs iter.Seq2[tree.Change, error]) iter.Seq2[pair, error] {
	return func(yield func(pair, error) bool) {
		nextOurs, stopOurs := iter.Pull2(ours)
		defer stopOurs()
		nextTheirs, stopTheirs := iter.Pull2(theirs)
		defer stopTheirs()
		o, errO, okO := nextOurs()
		t, errT, okT := nextTheirs()
		for okO || okT {
			if err := cmpErr(errO, errT); err != nil {
				yield(pair{}, err)
				return
			}
			order := 0
			switch {
			case !okT:
				order = -1
			case !okO:
				order = 1
			default:
				order = bytes.Compare(o.Key, t.Key)
			}
			var p pair
			if order <= 0 {
				one := o
				p.ours = &one
				o, errO, okO = nextOurs()
			}
			if order >= 0 {
				one := t
				p.theirs = &one
				t, errT, okT = nextTheirs()
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// sequences merges vectors, as vector.Merge does, of encoded elements.
func (m merger) sequences(ctx context.Context, base, ours, theirs descriptor) (descriptor, []encodedConflict, error) {
	none := func(err error) (descriptor, []encodedConflict, error) { return descriptor{}, nil, err }
	b := vector.Vector[string]{}.Builder()
	for it, err := range tree.Items(ctx, m.w, base.root, 0, base.root.Total) {
		if err != nil {
			return none(err)
		}
		x, err := it.Value.Bytes(ctx, m.w)
		if err != nil {
			return none(err)
		}
		b.Append(string(x))
	}
	was := b.Build()
	sides := [2]vector.Vector[string]{}
	for i, d := range []descriptor{ours, theirs} {
		splices, err := tree.Align(ctx, m.w, base.root, d.root)
		if err != nil {
			return none(err)
		}
		b := was.Builder()
		for _, sp := range slices.Backward(splices) {
			var xs []string
			for _, v := range sp.Insert {
				x, err := v.Bytes(ctx, m.w)
				if err != nil {
					return none(err)
				}
				xs = append(xs, string(x))
			}
			b.Delete(int(sp.At), int(sp.At+sp.Delete))
			b.Insert(int(sp.At), xs...)
		}
		sides[i] = b.Build()
	}
	now, overlaps := vector.Merge(was, sides[0], sides[1])
	var splices []tree.Splice
	grown := 0
	for sp := range vector.Diff(sides[0], now) {
		out := tree.Splice{At: uint64(sp.At - grown), Delete: uint64(len(sp.Old))}
		grown += len(sp.New) - len(sp.Old)
		for _, x := range sp.New {
			v, err := tree.NewValue(ctx, m.w, []byte(x))
			if err != nil {
				return none(err)
			}
			out.Insert = append(out.Insert, v)
		}
		splices = append(splices, out)
	}
	merged := ours
	var err error
	if merged.root, err = tree.EditSeq(ctx, ours.shape, m.w, ours.root, splices, m.w); err != nil {
		return none(err)
	}
	var conflicts []encodedConflict
	for _, o := range overlaps {
		conflicts = append(conflicts, conflictOf(o))
	}
	return merged, conflicts, nil
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
