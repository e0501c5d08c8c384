package chunk

import (
	"context"
	"errors"
	"iter"
	"time"
)

// The errors that engines and remotes return, wrapped with what they are about. Package store has them under the same
// names.
var (
	// ErrMissing: a chunk is not there. In a store that is whole nobody asks for one that is not.
	ErrMissing = errors.New("chunk missing")
	// ErrMoved: a name does not stand any more for what a swap expects. Nothing was changed.
	ErrMoved = errors.New("moved meanwhile")
	// ErrLocked: another process, or this one, has the file open.
	ErrLocked = errors.New("in use elsewhere")
	// ErrFormat: what is there is not of a format that this version of the program knows.
	ErrFormat = errors.New("unknown format")
	// ErrDamaged: what is there is not what was written.
	ErrDamaged = errors.New("damaged")
	// ErrReadOnly: a write to what was opened for reading only.
	ErrReadOnly = errors.New("read only")
	// ErrClosed: a call after Close.
	ErrClosed = errors.New("closed")
	// ErrUnknownOutcome: a swap may or may not have been done, and could not be found out.
	ErrUnknownOutcome = errors.New("outcome unknown")
)

// A Store keeps chunks. All methods may be called by several goroutines.
type Store interface {
	// Get returns the bytes of a chunk, which the caller then owns; ErrMissing if it is not there. It need not look
	// whether they are those of the address: the caller does.
	Get(ctx context.Context, a Addr) ([]byte, error)

	// Missing returns those of the addresses whose chunks are not there, in their order.
	Missing(ctx context.Context, as []Addr) ([]Addr, error)

	// Put stores chunks: all of them or, if it returns an error, perhaps some. When it returns nil they are durable.
	// Those that are there already stay as they are. Chunks are given, and stored, before those that refer to them, or
	// with them. It is an error if one is longer than MaxSize or has the zero address; whether the address is the sum
	// it need not look. The bytes are copied, or at least not kept longer than the chunk is.
	Put(ctx context.Context, cs []Chunk) error
}

// A Ref is what a name stands for.
type Ref struct {
	Target Addr

	// Revision is different after each swap of the name, also if the target is an earlier one, and grows. It is 0 for a
	// name that does not exist; one that is made again after it was deleted has none of its earlier revisions.
	Revision uint64
}

// A Named is a name with what it stands for.
type Named struct {
	Name string
	Ref
}

// A Swap is a change of what a name stands for.
type Swap struct {
	Name   string    // see CheckName
	Old    uint64    // the revision that the name must have; 0: it must not exist
	Target Addr      // the new target, which need not be there; zero: the name is deleted
	Time   time.Time // for the log; any time
	Why    string    // for the log
}

// Refs keeps names. All methods may be called by several goroutines, and swaps are linearizable.
type Refs interface {
	// Ref returns what a name stands for, and the zero Ref if it does not exist, as what is no name never does.
	Ref(ctx context.Context, name string) (Ref, error)

	// Refs yields all names that begin with a prefix, in the order of their bytes. An error is the last. Swaps that are
	// done during the iteration may be seen or not: it need not be what was there at one moment.
	Refs(ctx context.Context, prefix string) iter.Seq2[Named, error]

	// Swap does one swap, and returns the new Ref, which is zero if the name was deleted: ErrMoved if the revision of
	// the name is not s.Old. It is durable when Swap returns nil, and not done if there is an error other than
	// ErrUnknownOutcome. To delete what does not exist changes nothing, and is no entry of the log.
	Swap(ctx context.Context, s Swap) (Ref, error)

	// Watch yields what a name stands for, first now, then the newest after each change; changes that follow each other
	// quickly are one, and what is as it was is not yielded again. The zero Ref is yielded for a name that does not
	// exist. It ends when ctx does, without an error, or with one after which it cannot go on.
	Watch(ctx context.Context, name string) iter.Seq2[Ref, error]
}

// An Entry of the log of a name is one swap of it.
type Entry struct {
	Name     string
	Old, New Addr
	Time     time.Time
	Why      string
}

// A Size says what an engine holds.
type Size struct {
	Chunks int64 // their number
	Bytes  int64 // their lengths together
	File   int64 // the length of the file; 0: there is none
}

// An Engine keeps the chunks and the names of a store. Package storetest tests whether one does what is said here.
//
// If ctx has ended, a call returns its error and does nothing; so does one that waits for others when ctx ends. A
// transaction that was begun is written to the end. Iterators end with the error of ctx as their last, but for Watch.
// After Close all return ErrClosed, and iterators under way end with it. No engine holds a lock or a transaction while
// the body of a loop over an iterator runs: it may call whatever it likes. Iterators may be used again, and then begin
// anew.
type Engine interface {
	Store
	Refs

	// Commit stores chunks and does a swap, both or neither, in one transaction. Of more than 64 MiB the first chunks
	// may go before the rest, in transactions of their own; but nothing is stored if the swap is refused.
	Commit(ctx context.Context, cs []Chunk, s Swap) (Ref, error)

	// Log yields the swaps of a name, or of all if name is "", the newest first: in the order in which they were done,
	// whatever their times. Times are in UTC.
	Log(ctx context.Context, name string) iter.Seq2[Entry, error]

	// Addrs yields the addresses of all chunks, in their order. Those of chunks that are stored meanwhile may be among
	// them.
	Addrs(ctx context.Context) iter.Seq2[Addr, error]

	// Collect drops all chunks but those that live names, and all entries of the log that are older than log. It calls
	// live twice. The first call runs beside reads and writes. During the second there are no writes: they wait. live
	// gives each chunk to copy, with those that it refers to before it, and need not give those that copied reports. If
	// live or anything else fails, all is as it was.
	//
	// What is given to copy must be in the engine (ErrMissing), which may keep its own bytes. copied and copy may be
	// called by several goroutines, but not after live returned. live may read, but in it, Collect and Close wait for
	// themselves, and in the second call so does all that writes, until ctx ends. Revisions go on. A second collection
	// waits for the first. When the engine is closed, a collection fails with ErrClosed.
	Collect(ctx context.Context, log time.Time, live func(ctx context.Context, copied func(Addr) bool, copy func(Chunk) error) error) error

	// Size returns what the engine holds. It may read everything.
	Size(ctx context.Context) (Size, error)

	// Close ends the engine, after the calls that are under way. Later calls return ErrClosed. It may be called again.
	Close() error
}
