package store

import (
	"context"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// Stats says what a store holds.
type Stats struct {
	chunk.Size
	Branches, Tags int
	Versions       int // that branches and tags lead to
	Hollow         int // of these, those whose data were collected
}

// Stats counts what the store holds. It reads all versions, and not their data; the engine may read more.
func (s *Store) Stats(ctx context.Context) (st Stats, err error) {
	if st.Size, err = s.engine.Size(ctx); err != nil {
		return st, err
	}
	var ids []chunk.Addr
	for _, of := range []struct {
		prefix string
		n      *int
	}{{branches, &st.Branches}, {tags, &st.Tags}} {
		for h, err := range s.heads(ctx, of.prefix) {
			if err != nil {
				return st, err
			}
			*of.n++
			ids = append(ids, h.ID)
		}
	}
	for n, err := range history.Walk(ctx, s.cache, ids...) {
		if err != nil {
			return st, err
		}
		hollow, err := s.hollow(ctx, n.ID, n.Directory)
		if err != nil {
			return st, err
		}
		if st.Versions++; hollow {
			st.Hollow++
		}
	}
	return st, nil
}
