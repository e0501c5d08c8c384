package store

import (
	"errors"
	"fmt"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/codec"
)

// The errors, which [errors.Is] tells apart. What is returned says also what it is about.
var (
	// ErrMoved: the head is not the version any more that a commit was made on. Nothing was changed.
	ErrMoved = chunk.ErrMoved
	// ErrNoBranch: the branch, or the tag, does not exist.
	ErrNoBranch = errors.New("no such branch")
	// ErrMissing: a chunk that should be there is not. The file is damaged, or an engine has lost something; or there is
	// no version with the address that was asked for.
	ErrMissing = chunk.ErrMissing
	// ErrCollected: the version is known, but its data were given up by a Collect, here or where they were pulled from.
	// What was lost is ErrMissing.
	ErrCollected = errors.New("the data of this version were collected")
	// ErrDamaged: the bytes that are there are not those that were written.
	ErrDamaged = chunk.ErrDamaged
	// ErrSchema: what is stored is of another kind, or has another codec, than the schema says.
	ErrSchema = errors.New("another schema")
	// ErrCodec: a key or a value cannot be encoded or decoded, or a codec contradicts itself.
	ErrCodec = codec.Err
	// ErrLocked: the file is open in another process, or a second time in this one.
	ErrLocked = chunk.ErrLocked
	// ErrFormat: a format that this version of the package does not know. Nothing was changed.
	ErrFormat = chunk.ErrFormat
	// ErrReadOnly: a write to a store that was opened for reading only.
	ErrReadOnly = chunk.ErrReadOnly
	// ErrClosed: the store was closed.
	ErrClosed = chunk.ErrClosed
	// ErrUnknownOutcome: a commit may or may not have been made, and that could not be found out before the context
	// ended.
	ErrUnknownOutcome = chunk.ErrUnknownOutcome
)

// codecError says of an error of a codec that it is one.
func codecError(err error) error {
	if errors.Is(err, ErrCodec) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrCodec, err)
}
