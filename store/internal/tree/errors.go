package tree

import (
	"errors"
	"fmt"

	"github.com/ramet-go/ramet/store/chunk"
)

// A violation is an error that says which invariant does not hold. It is a chunk.ErrDamaged, or a chunk.ErrFormat.
type violation struct {
	invariant int
	is        error
	text      string
}

func (v *violation) Error() string { return v.text + ": " + v.is.Error() }
func (v *violation) Unwrap() error { return v.is }

func violated(invariant int, format string, args ...any) error {
	return &violation{invariant, chunk.ErrDamaged, fmt.Sprintf(format, args...)}
}

func unknown(format string, args ...any) error {
	return &violation{2, chunk.ErrFormat, fmt.Sprintf(format, args...)}
}

// at says which chunk an error is about. What the source says stays in the error's tree.
func at(a chunk.Addr, err error) error { return fmt.Errorf("tree: chunk %s: %w", a.Short(), err) }

// invariantOf returns the number of the invariant that an error is about. ErrDamaged of a source is about bytes that are not those of
// their address. It is 0 for an error of another kind.
func invariantOf(err error) int {
	var v *violation
	switch {
	case errors.As(err, &v):
		return v.invariant
	case errors.Is(err, chunk.ErrDamaged):
		return 1
	case errors.Is(err, chunk.ErrMissing):
		return 9
	}
	return 0
}
