package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/ramet-go/ramet/store/codec"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// Value is the schema of something small that is stored as a whole, whatever its type. A nil codec stands for the
// default of the type, [codec.ValueOf]. If both sides of a merge have changed it, and not in the same way, that is a
// conflict.
func Value[T any](v codec.Value[T]) *ValueSchema[T] { return &ValueSchema[T]{valueOr(v)} }

// A ValueSchema is the schema of something that is stored as a whole.
type ValueSchema[T any] struct{ value codec.Value[T] }

// View returns the value that is stored at a place, to be read without loading the other parts.
func (s *ValueSchema[T]) View(at Place) ValueView[T] { return ValueView[T]{at, s} }

// A ValueView is a stored value that is read without loading the other parts of its version; see [MapView].
type ValueView[T any] struct {
	at     Place
	schema *ValueSchema[T]
}

// Lookup returns the value, and whether the version has the part; if not it is the zero value. It reads the directory
// only, and decodes the value anew each time.
func (v ValueView[T]) Lookup(ctx context.Context) (x T, ok bool, err error) {
	defer v.at.unpin()
	p, err := v.at.open(ctx, v.schema)
	if err != nil || p.absent {
		return x, false, err
	}
	if err := v.schema.load(ctx, p.st.cache, p.d, nil, nil, &x); err != nil {
		return *new(T), false, v.at.fail(err)
	}
	return x, true, nil
}

func (s *ValueSchema[T]) bind(prefix string) []bound[T] { return whole[T](prefix, s) }

func (s *ValueSchema[T]) kind() kind { return single }

func (s *ValueSchema[T]) codecs() [2]string { return [2]string{"", s.value.Name()} }

func (s *ValueSchema[T]) clear(into any) { *into.(*T) = *new(T) }

func (s *ValueSchema[T]) save(_ context.Context, _ *batch, _ *descriptor, _, value any) (descriptor, error) {
	b, err := s.value.Append(nil, *value.(*T))
	if err != nil {
		return descriptor{}, fmt.Errorf("store: %w", codecError(err))
	}
	if len(b) > tree.MaxValue/2 {
		return descriptor{}, fmt.Errorf("store: an encoded value of %d bytes is too long: %w", len(b), ErrCodec)
	}
	return descriptor{kind: single, codec: s.codecs(), value: b}, nil
}

func (s *ValueSchema[T]) load(_ context.Context, _ tree.Source, d descriptor, _ *descriptor, _, into any) error {
	v, err := s.value.Decode(slices.Clone(d.value))
	if err != nil {
		return fmt.Errorf("store: %w", codecError(err))
	}
	*into.(*T) = v
	return nil
}

func (s *ValueSchema[T]) resolver() func(encodedConflict) ([]byte, bool, error) { return nil }

func (s *ValueSchema[T]) conflict(name string, c encodedConflict) (Conflict, error) {
	out := Conflict{Part: name, InBase: c.in[0], InOurs: c.in[1], InTheirs: c.in[2]}
	for i, side := range []*any{&out.Base, &out.Ours, &out.Theirs} {
		if !c.in[i] {
			continue
		}
		v, err := s.value.Decode(slices.Clone(c.value[i]))
		if err != nil {
			return out, fmt.Errorf("store: %w", codecError(err))
		}
		*side = v
	}
	return out, nil
}
