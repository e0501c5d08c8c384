package bolt

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/ramet-go/ramet/store/chunk"
)

const (
	groupBytes = 64 << 20 // of chunks in a transaction, about
	batchItems = 1024     // that a transaction reads or looks for
)

// Get returns a copy of the bytes of a chunk. It does not look whether they are those of the address.
func (e *Engine) Get(ctx context.Context, a chunk.Addr) (data []byte, err error) {
	err = e.view(ctx, func(tx *bbolt.Tx) error {
		b, err := bucket(tx, chunks)
		if err != nil {
			return err
		}
		value := b.Get(a[:])
		if value == nil {
			return fmt.Errorf("chunk %v: %w", a, chunk.ErrMissing)
		}
		found, err := chunkIn(a, value)
		data = append([]byte{}, found...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return data, nil
}

// Missing returns those of the addresses whose chunks are not there, in their order.
func (e *Engine) Missing(ctx context.Context, as []chunk.Addr) ([]chunk.Addr, error) {
	var missing []chunk.Addr
	for first := true; first || len(as) > 0; first = false {
		part := as[:min(len(as), batchItems)]
		as = as[len(part):]
		err := e.view(ctx, func(tx *bbolt.Tx) error {
			b, err := bucket(tx, chunks)
			if err != nil {
				return err
			}
			for _, a := range part {
				if b.Get(a[:]) == nil {
					missing = append(missing, a)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return missing, nil
}

// Put stores chunks, in one transaction for each 64 MiB of them.
func (e *Engine) Put(ctx context.Context, cs []chunk.Chunk) error {
	if err := chunk.CheckSizes(cs); err != nil {
		return err
	}
	unlock, err := e.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	rest, err := e.putGroups(ctx, cs)
	if err != nil || len(rest) == 0 {
		return err
	}
	_, err = e.write(func(tx *bbolt.Tx) error { return put(tx, rest) })
	return err
}

// putGroups stores chunks until the rest is a group that a transaction can take, and returns that. Who calls it holds
// the lock.
func (e *Engine) putGroups(ctx context.Context, cs []chunk.Chunk) (rest []chunk.Chunk, err error) {
	for {
		size, n := 0, 0
		for n < len(cs) && size+len(cs[n].Data) <= e.options.groupBytes {
			size += len(cs[n].Data)
			n++
		}
		n = max(n, min(1, len(cs)))
		if n == len(cs) {
			return cs, nil
		}
		if _, err := e.write(func(tx *bbolt.Tx) error { return put(tx, cs[:n]) }); err != nil {
			return nil, err
		}
		if cs = cs[n:]; ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

// put stores those of the chunks that are not there, in the order of their addresses: that is how bbolt is fastest.
func put(tx *bbolt.Tx, cs []chunk.Chunk) error {
	b, err := bucket(tx, chunks)
	if err != nil {
		return err
	}
	cs = slices.Clone(cs)
	slices.SortFunc(cs, func(a, b chunk.Chunk) int { return a.Addr.Compare(b.Addr) })
	if first, _ := b.Cursor().First(); first == nil && len(cs) >= 1000 {
		b.FillPercent = 0.9 // half a page of each is not worth its place in a file that begins large
	}
	for i := range cs {
		key := cs[i].Addr[:]
		if b.Get(key) != nil {
			continue
		}
		if err := b.Put(key, encodeChunk(cs[i].Data)); err != nil {
			return err
		}
	}
	return nil
}

// Addrs yields the addresses of all chunks, in their order. Chunks that are stored meanwhile may be among them.
func (e *Engine) Addrs(ctx context.Context) iter.Seq2[chunk.Addr, error] {
	return inBatches(ctx, e, func() func(tx *bbolt.Tx) ([]chunk.Addr, error) {
		var last []byte
		return func(tx *bbolt.Tx) (batch []chunk.Addr, err error) {
			err = from(tx, chunks, last, batchItems, func(key, _ []byte) error {
				if len(key) != len(chunk.Addr{}) {
					return damaged("the address of a chunk has %d bytes", len(key))
				}
				batch = append(batch, chunk.Addr(key))
				return nil
			})
			if len(batch) > 0 {
				last = bytes.Clone(batch[len(batch)-1][:])
			}
			return batch, err
		}
	})
}

// from calls f with the next items of a bucket after a key (nil: from the first), n at most. They are valid during the
// call only.
func from(tx *bbolt.Tx, name string, after []byte, n int, f func(key, value []byte) error) error {
	b, err := bucket(tx, name)
	if err != nil {
		return err
	}
	c := b.Cursor()
	key, value := c.First()
	if after != nil {
		if key, value = c.Seek(after); bytes.Equal(key, after) {
			key, value = c.Next()
		}
	}
	for ; key != nil && n > 0; n-- {
		if err := f(key, value); err != nil {
			return err
		}
		last := key
		if key, value = c.Next(); key != nil && bytes.Compare(key, last) <= 0 {
			return damaged("the keys of bucket %q do not ascend", name) // an iteration might never end
		}
	}
	return nil
}

// Size reads everything, and counts.
func (e *Engine) Size(ctx context.Context) (size chunk.Size, err error) {
	var last []byte
	for more := true; more; {
		err := e.view(ctx, func(tx *bbolt.Tx) error {
			info, err := e.handle.file.Stat()
			if err != nil {
				return err
			}
			size.File = info.Size()
			more = false
			return from(tx, chunks, last, batchItems, func(key, value []byte) error {
				more = true
				last = append(last[:0], key...)
				size.Chunks++
				size.Bytes += int64(len(value)) - 1
				return nil
			})
		})
		if err != nil {
			return chunk.Size{}, err
		}
	}
	return size, nil
}
