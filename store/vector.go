package store

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/store/codec"
	"github.com/ramet-go/ramet/store/internal/tree"
	"github.com/ramet-go/ramet/vector"
)

// A VectorSchema is the schema of a vector.Vector.
type VectorSchema[T any] struct {
	value codec.Value[T]
	eq    func(a, b T) bool
}

// Vector is the schema of a [vector.Vector]. A nil codec stands for the default of the type, [codec.ValueOf].
func Vector[T any](v codec.Value[T]) *VectorSchema[T] {
	s := &VectorSchema[T]{value: valueOr(v)}
	if s.eq = equality[T](); !s.eq(*new(T), *new(T)) { // nothing is known to be equal by itself
		s.eq = s.encodedAlike
	}
	return s
}

// encodedAlike tells whether two elements have the same encoding. What cannot be encoded is like nothing, so that the
// error is met when it is stored.
func (s *VectorSchema[T]) encodedAlike(a, b T) bool {
	var room [128]byte
	x, err := s.value.Append(room[:0], a)
	if err != nil {
		return false
	}
	n := len(x)
	x, err = s.value.Append(x, b)
	return err == nil && bytes.Equal(x[:n], x[n:])
}

// View returns the vector that is stored at a place, to be read without loading it.
func (s *VectorSchema[T]) View(at Place) VectorView[T] { return VectorView[T]{at, s} }

// Diff returns splices that make one stored vector of another, as vector.Diff does: At counts in the vector as the
// earlier splices left it. It reads what differs only. An error is the last.
func (s *VectorSchema[T]) Diff(ctx context.Context, from, to Place) iter.Seq2[diff.Splice[T], error] {
	return func(yield func(diff.Splice[T], error) bool) {
		fail := func(err error) { yield(diff.Splice[T]{}, err) }
		a, b, done, err := openBoth(ctx, from, to, s)
		if err != nil {
			fail(err)
			return
		}
		defer done()
		src := a.st.cache
		splices, err := tree.Align(ctx, src, a.d.root, b.d.root)
		if err != nil {
			fail(err)
			return
		}
		grown := 0
		for _, sp := range splices {
			out := diff.Splice[T]{At: int(sp.At) + grown}
			for it, err := range tree.Items(ctx, src, a.d.root, sp.At, sp.At+sp.Delete) {
				if err != nil {
					fail(err)
					return
				}
				v, err := decodeValue(ctx, src, s.value, it.Value)
				if err != nil {
					fail(err)
					return
				}
				out.Old = append(out.Old, v)
			}
			if out.New, err = s.decode(ctx, src, sp.Insert); err != nil {
				fail(err)
				return
			}
			grown += len(out.New) - len(out.Old)
			if !yield(out, nil) {
				return
			}
		}
	}
}

func (s *VectorSchema[T]) decode(ctx context.Context, from tree.Source, vs []tree.Value) ([]T, error) {
	var all []T
	for _, x := range vs {
		v, err := decodeValue(ctx, from, s.value, x)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

func (s *VectorSchema[T]) bind(prefix string) []bound[vector.Vector[T]] {
	return whole[vector.Vector[T]](prefix, s)
}

func (s *VectorSchema[T]) kind() kind { return sequence }

func (s *VectorSchema[T]) codecs() [2]string { return [2]string{"", s.value.Name()} }

func (s *VectorSchema[T]) clear(into any) { *into.(*vector.Vector[T]) = vector.Vector[T]{} }

// encode encodes an element.
func (s *VectorSchema[T]) encode(ctx context.Context, to tree.Sink, v T) (tree.Value, error) {
	b, err := s.value.Append(nil, v)
	if err != nil {
		return tree.Value{}, fmt.Errorf("store: %w", codecError(err))
	}
	if len(b) > tree.MaxValue {
		return tree.Value{}, fmt.Errorf("store: an encoded value has %d bytes, at most %d are allowed: %w", len(b), tree.MaxValue, ErrCodec)
	}
	return tree.NewValue(ctx, to, b)
}

func (s *VectorSchema[T]) save(ctx context.Context, w *batch, base *descriptor, before, value any) (d descriptor, err error) {
	d = descriptor{kind: sequence, codec: s.codecs()}
	v := *value.(*vector.Vector[T])
	if base != nil && before != nil {
		d.shape, d.root = base.shape, base.root
		var splices []tree.Splice
		grown := 0
		for sp := range vector.DiffFunc(*before.(*vector.Vector[T]), v, s.eq) {
			out := tree.Splice{At: uint64(sp.At - grown), Delete: uint64(len(sp.Old))}
			grown += len(sp.New) - len(sp.Old)
			for _, x := range sp.New {
				e, err := s.encode(ctx, w, x)
				if err != nil {
					return d, err
				}
				out.Insert = append(out.Insert, e)
			}
			splices = append(splices, out)
		}
		if len(splices) > 0 {
			d.root, err = tree.EditSeq(ctx, d.shape, w, d.root, splices, w)
		}
		return d, err
	}
	if d.shape = w.shape(tree.Seq); base != nil {
		d.shape = base.shape
	}
	d.root, err = tree.Build(ctx, d.shape, func(yield func(tree.Item, error) bool) {
		var room []byte // the tree copies what it takes
		for x := range v.Values() {
			var it tree.Item
			b, err := s.value.Append(room[:0], x)
			if room = b; err != nil {
				err = fmt.Errorf("store: %w", codecError(err))
			} else if len(b) > tree.MaxValue {
				err = fmt.Errorf("store: an encoded value has %d bytes, at most %d are allowed: %w", len(b), tree.MaxValue, ErrCodec)
			} else {
				it.Value, err = tree.NewValue(ctx, w, b)
			}
			if !yield(it, err) || err != nil {
				return
			}
		}
	}, w)
	return d, err
}

func (s *VectorSchema[T]) load(ctx context.Context, from tree.Source, d descriptor, base *descriptor, before, into any) error {
	if base != nil && before != nil && base.shape == d.shape && base.codec == d.codec {
		v := *before.(*vector.Vector[T])
		if base.root != d.root {
			splices, err := tree.Align(ctx, from, base.root, d.root)
			if err != nil {
				return err
			}
			b := v.Builder()
			for i := len(splices) - 1; i >= 0; i-- { // from the end, where positions are still those of the old vector
				sp := splices[i]
				xs, err := s.decode(ctx, from, sp.Insert)
				if err != nil {
					return err
				}
				b.Delete(int(sp.At), int(sp.At+sp.Delete))
				b.Insert(int(sp.At), xs...)
			}
			v = b.Build()
		}
		*into.(*vector.Vector[T]) = v
		return nil
	}
	b := vector.Vector[T]{}.Builder()
	for it, err := range tree.Items(ctx, from, d.root, 0, d.root.Total) {
		if err != nil {
			return err
		}
		x, err := decodeValue(ctx, from, s.value, it.Value)
		if err != nil {
			return err
		}
		b.Append(x)
	}
	*into.(*vector.Vector[T]) = b.Build()
	return nil
}

func (s *VectorSchema[T]) resolver() func(encodedConflict) ([]byte, bool, error) { return nil }

func (s *VectorSchema[T]) conflict(name string, c encodedConflict) (Conflict, error) {
	out := Conflict{Part: name, At: c.at}
	for i, side := range []*any{&out.Base, &out.Ours, &out.Theirs} {
		var all []T
		for _, b := range c.elements[i] {
			v, err := s.value.Decode([]byte(b))
			if err != nil {
				return out, fmt.Errorf("store: %w", codecError(err))
			}
			all = append(all, v)
		}
		*side = all
		*[]*bool{&out.InBase, &out.InOurs, &out.InTheirs}[i] = len(all) > 0
	}
	return out, nil
}
