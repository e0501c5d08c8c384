package store

import (
	"context"
	"io"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// ForgetReflog makes a Collect forget all of the reflog, whatever its age.
func ForgetReflog(s *Store) { s.reflog = 0 }

// MarkOf returns the mark that a hollow version has.
func MarkOf(id chunk.Addr) chunk.Addr { return history.Mark(id).Addr }

// ExportOnly writes what Export of a version does, but for the chunks that keep is false for, with
// names for the version.
func ExportOnly(ctx context.Context, s *Store, w io.Writer, id chunk.Addr, keep func(chunk.Addr) bool, names ...string) error {
	p := newPackWriter(w)
	err := s.reached(ctx, []chunk.Addr{id}, func(c chunk.Chunk) error {
		if !keep(c.Addr) {
			return nil
		}
		return p.chunk(c)
	})
	if err != nil {
		return err
	}
	var refs []chunk.Named
	for _, n := range names {
		refs = append(refs, chunk.Named{Name: n, Ref: chunk.Ref{Target: id}})
	}
	return p.close(refs)
}
