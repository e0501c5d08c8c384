package chunk

import (
	"context"
	"iter"
	"time"
)

// A PackInfo says what a remote has of a commit.
type PackInfo struct {
	ID   Addr
	Full bool      // it has all that the commit reaches, not only what its parents do not reach
	Time time.Time // when it was put, by the clock of the remote
}

// A Remote is what several machines share: names, and for each commit a pack, the chunks that the commit reaches and
// its parents do not (more is allowed). All that a commit reaches is in its pack and in what its parents reach; so who
// follows a name makes one read for each commit. Each machine has a file of its own, and reads what it looks at only
// there.
//
// What the names of a remote stand for may be old when Ref, Refs or Watch return it; Swap compares with the newest.
// Swap has, besides what Refs says of it, ErrUnknownOutcome: it may or may not have been done, and the remote could not
// find out before ctx ended. The time and the reason of a swap may be dropped.
type Remote interface {
	Refs

	// PutPack stores the pack of a commit. It is durable when PutPack returns nil; if it fails, or ends halfway, there
	// is no pack, or the one that was there. A pack that is there is replaced if the new one is full and it is not,
	// else it stays.
	PutPack(ctx context.Context, id Addr, full bool, chunks iter.Seq2[Chunk, error]) error

	// Pack yields the chunks of a pack, in the order in which they were put, and says whether it is full. ErrMissing:
	// there is none. The chunks are of anybody's: their addresses are computed from their bytes, and the caller looks
	// at the rest.
	Pack(ctx context.Context, id Addr) (full bool, chunks iter.Seq2[Chunk, error], err error)

	// Packs yields what there is, in no order. An error is the last.
	Packs(ctx context.Context) iter.Seq2[PackInfo, error]

	// DeletePack deletes a pack, if it is there.
	DeletePack(ctx context.Context, id Addr) error
}
