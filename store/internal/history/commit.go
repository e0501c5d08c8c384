// Package history has what commits are made of, and how two of them are related.
package history

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// Kind is the second byte of a commit; the first is the format.
const (
	Format = 1
	Kind   = 4
)

// MaxParents is how many parents a commit has at most.
const MaxParents = 16

// A Commit is a version: a directory of parts, and the versions that it came from.
type Commit struct {
	Directory  chunk.Addr
	Generation uint64 // 1 + the largest of the parents'
	Time       time.Time
	Parents    []chunk.Addr
	Author     string
	Message    string
}

// Append appends the bytes of the chunk that a commit is:
//
//	u8 1, u8 4, u16 0 · directory 32 · generation u64 · time i64 ns · u8 number of parents, 32 each ·
//	author, message, extra: uvarint length and bytes; extra is empty
func (c Commit) Append(b []byte) ([]byte, error) {
	if len(c.Parents) > MaxParents {
		return nil, fmt.Errorf("store: a commit has at most %d parents, not %d", MaxParents, len(c.Parents))
	}
	b = append(b, Format, Kind, 0, 0)
	b = append(b, c.Directory[:]...)
	b = binary.LittleEndian.AppendUint64(b, c.Generation)
	b = binary.LittleEndian.AppendUint64(b, uint64(c.Time.UnixNano()))
	b = append(b, byte(len(c.Parents)))
	for _, p := range c.Parents {
		b = append(b, p[:]...)
	}
	for _, s := range []string{c.Author, c.Message, ""} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	if len(b) > chunk.MaxSize {
		return nil, fmt.Errorf("store: author and message are too long: %d and %d bytes", len(c.Author), len(c.Message))
	}
	return b, nil
}

// fixed is the length of all before the parents.
const fixed = 4 + 32 + 8 + 8 + 1

// Parse reads what Append wrote, and refuses anything else.
func Parse(b []byte) (c Commit, err error) {
	if len(b) >= 1 && b[0] != Format {
		return c, fmt.Errorf("store: a commit of format %d: %w", b[0], chunk.ErrFormat)
	}
	if len(b) < fixed || b[1] != Kind || b[2] != 0 || b[3] != 0 {
		return c, fmt.Errorf("store: no commit: %w", chunk.ErrDamaged)
	}
	copy(c.Directory[:], b[4:])
	c.Generation = binary.LittleEndian.Uint64(b[36:])
	c.Time = time.Unix(0, int64(binary.LittleEndian.Uint64(b[44:])))
	n, rest := int(b[52]), b[fixed:]
	if n > MaxParents || len(rest) < 32*n {
		return c, fmt.Errorf("store: a commit with %d parents: %w", n, chunk.ErrDamaged)
	}
	for range n {
		c.Parents = append(c.Parents, chunk.Addr(rest[:32]))
		rest = rest[32:]
	}
	var extra string
	for _, s := range []*string{&c.Author, &c.Message, &extra} {
		if *s, rest, err = text(rest); err != nil {
			return c, err
		}
	}
	switch {
	case extra != "":
		return c, fmt.Errorf("store: a commit with more than this version of the program knows: %w", chunk.ErrFormat)
	case len(rest) > 0:
		return c, fmt.Errorf("store: a commit with %d bytes too many: %w", len(rest), chunk.ErrDamaged)
	case c.Generation == 0 || c.Generation == math.MaxUint64 || n == 0 && c.Generation != 1 || n > 0 && c.Generation == 1:
		return c, fmt.Errorf("store: a commit of generation %d with %d parents: %w", c.Generation, n, chunk.ErrDamaged)
	}
	return c, nil
}

// text takes a length and so many bytes.
func text(b []byte) (string, []byte, error) {
	n, k := binary.Uvarint(b)
	if k <= 0 || k != len(binary.AppendUvarint(nil, n)) || n > uint64(len(b)-k) {
		return "", nil, fmt.Errorf("store: a commit with a text of wrong length: %w", chunk.ErrDamaged)
	}
	b = b[k:]
	return string(b[:n]), b[n:], nil
}

// A Source has verified chunks.
type Source interface {
	Get(ctx context.Context, a chunk.Addr) ([]byte, error)
}

// Read reads a commit.
func Read(ctx context.Context, from Source, id chunk.Addr) (Commit, error) {
	b, err := from.Get(ctx, id)
	if err != nil {
		return Commit{}, fmt.Errorf("commit %s: %w", id.Short(), err)
	}
	c, err := Parse(b)
	if err != nil {
		return Commit{}, fmt.Errorf("commit %s: %w", id.Short(), err)
	}
	return c, nil
}
