package store

import (
	"bytes"
	"context"
	"iter"
	"slices"

	"github.com/ramet-go/ramet/store/internal/tree"
	"github.com/ramet-go/ramet/vector"
)

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
