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
func Value[T any](v codec.Value[T]) Schema[T] { return &valueSchema[T]{valueOr(v)} }

type valueSchema[T any] struct{ value codec.Value[T] }

func (s *valueSchema[T]) bind(prefix string) []bound[T] { return whole[T](prefix, s) }

func (s *valueSchema[T]) kind() kind { return single }

func (s *valueSchema[T]) codecs() [2]string { return [2]string{"", s.value.Name()} }

func (s *valueSchema[T]) clear(into any) { *into.(*T) = *new(T) }

func (s *valueSchema[T]) save(_ context.Context, _ *batch, _ *descriptor, _, value any) (descriptor, error) {
	b, err := s.value.Append(nil, *value.(*T))
	if err != nil {
		return descriptor{}, fmt.Errorf("store: %w", codecError(err))
	}
	if len(b) > tree.MaxValue/2 {
		return descriptor{}, fmt.Errorf("store: an encoded value of %d bytes is too long: %w", len(b), ErrCodec)
	}
	return descriptor{kind: single, codec: s.codecs(), value: b}, nil
}

func (s *valueSchema[T]) load(_ context.Context, _ tree.Source, d descriptor, _ *descriptor, _, into any) error {
	v, err := s.value.Decode(slices.Clone(d.value))
	if err != nil {
		return fmt.Errorf("store: %w", codecError(err))
	}
	*into.(*T) = v
	return nil
}

func (s *valueSchema[T]) resolver() func(encodedConflict) ([]byte, bool, error) { return nil }

func (s *valueSchema[T]) conflict(name string, c encodedConflict) (Conflict, error) {
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
