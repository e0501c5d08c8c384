package chunk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"
)

// MemoryRemote is a [Remote] in memory, for tests of programs that share a store. It copies what it is given; what it yields is its own, and nobody changes it.
type MemoryRemote struct {
	refs *Memory // its names only

	mu    sync.Mutex // guards packs; never held while code of a caller runs
	packs map[Addr]pack
}

type pack struct {
	full   bool
	time   time.Time
	chunks []Chunk // never changed
}

var _ Remote = (*MemoryRemote)(nil)

// NewMemoryRemote returns an empty remote.
func NewMemoryRemote() *MemoryRemote {
	return &MemoryRemote{refs: NewMemory(), packs: map[Addr]pack{}}
}

// Ref returns what a name stands for.
func (r *MemoryRemote) Ref(ctx context.Context, name string) (Ref, error) {
	if err := CheckName(name); err != nil {
		return Ref{}, err
	}
	return r.refs.Ref(ctx, name)
}

// Refs yields the names that begin with a prefix, as they were at one moment.
func (r *MemoryRemote) Refs(ctx context.Context, prefix string) iter.Seq2[Named, error] {
	return r.refs.Refs(ctx, prefix)
}

// Swap does one swap. Its outcome is never unknown.
func (r *MemoryRemote) Swap(ctx context.Context, s Swap) (Ref, error) { return r.refs.Swap(ctx, s) }

// Watch yields what a name stands for, and goes on until ctx ends.
func (r *MemoryRemote) Watch(ctx context.Context, name string) iter.Seq2[Ref, error] {
	if err := CheckName(name); err != nil {
		return func(yield func(Ref, error) bool) { yield(Ref{}, err) }
	}
	return r.refs.Watch(ctx, name)
}

// PutPack stores copies of the chunks of a commit.
func (r *MemoryRemote) PutPack(ctx context.Context, id Addr, full bool, chunks iter.Seq2[Chunk, error]) error {
	if id.IsZero() {
		return errors.New("chunk: a pack of no commit")
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	p := pack{full: full, time: time.Now().Round(0)}
	for c, err := range chunks {
		if err == nil {
			err = CheckSizes([]Chunk{c})
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("put pack %v: %w", id, err)
		}
		p.chunks = append(p.chunks, Of(bytes.Clone(c.Data)))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if was, ok := r.packs[id]; !ok || full && !was.full {
		r.packs[id] = p
	}
	return nil
}

// Pack yields the chunks of a pack as it is now, whatever becomes of it meanwhile.
func (r *MemoryRemote) Pack(ctx context.Context, id Addr) (full bool, chunks iter.Seq2[Chunk, error], err error) {
	if err := ctx.Err(); err != nil {
		return false, nil, err
	}
	r.mu.Lock()
	p, ok := r.packs[id]
	r.mu.Unlock()
	if !ok {
		return false, nil, fmt.Errorf("pack %v: %w", id, ErrMissing)
	}
	return p.full, func(yield func(Chunk, error) bool) {
		for _, c := range p.chunks {
			if err := ctx.Err(); err != nil {
				yield(Chunk{}, err)
				return
			}
			if !yield(c, nil) {
				return
			}
		}
	}, nil
}

// Packs yields the packs that there are when the iteration begins.
func (r *MemoryRemote) Packs(ctx context.Context) iter.Seq2[PackInfo, error] {
	return func(yield func(PackInfo, error) bool) {
		r.mu.Lock()
		packs := maps.Clone(r.packs)
		r.mu.Unlock()
		for _, id := range slices.SortedFunc(maps.Keys(packs), Addr.Compare) {
			if err := ctx.Err(); err != nil {
				yield(PackInfo{}, err)
				return
			}
			if !yield(PackInfo{id, packs[id].full, packs[id].time}, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(PackInfo{}, err)
		}
	}
}

// DeletePack deletes a pack, if it is there.
func (r *MemoryRemote) DeletePack(ctx context.Context, id Addr) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.packs, id)
	return nil
}
