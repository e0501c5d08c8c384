package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/bolt"
	"github.com/ramet-go/ramet/store/internal/history"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// A Store keeps versions. It is made by [Open], [Memory] or [New], and safe for goroutines.
type Store struct {
	engine chunk.Engine
	cache  *cache
	salt   *[16]byte
	bits   uint8
	now    func() time.Time
	reflog time.Duration // how long its entries are kept
	guard  guard
	remote chunk.Remote // nil: the names are those of the engine
	open   context.Context
	ends   context.CancelFunc // of open
}

// An Option changes how a store is opened.
type Option func(*options)

type options struct {
	lockTimeout time.Duration
	readOnly    bool
	cache       int
	salt        *[16]byte
	bits        uint8
	now         func() time.Time
	remote      chunk.Remote
}

// LockTimeout is how long Open waits for a file that is open elsewhere, before it returns ErrLocked: one second, unless
// this says otherwise.
func LockTimeout(d time.Duration) Option { return func(o *options) { o.lockTimeout = d } }

// ReadOnly opens a file that exists for reading only. Several processes may do so at once.
func ReadOnly() Option { return func(o *options) { o.readOnly = true } }

// CacheBytes is how many bytes of chunks are kept in memory: 32 MiB, unless this says otherwise.
func CacheBytes(n int) Option { return func(o *options) { o.cache = max(n, 0) } }

// Salt fixes the salt of new parts, for tests that compare addresses. Elsewhere it is random, and must be: who knows it
// can choose keys that make every change rewrite everything.
func Salt(salt [16]byte) Option { return func(o *options) { o.salt = &salt } }

// NodeBits makes the nodes of new parts about 2^b bytes long: 11, unless this says otherwise; from 9 to 13. Smaller
// ones make small commits smaller, and everything else slower.
func NodeBits(b int) Option {
	if b < 9 || b > 13 {
		panic(fmt.Sprintf("store: NodeBits(%d), want 9 to 13", b))
	}
	return func(o *options) { o.bits = uint8(b) }
}

// Clock is what the times of commits are read from: time.Now, unless this says otherwise.
func Clock(now func() time.Time) Option { return func(o *options) { o.now = now } }

// Open opens the store in a file, which it makes if there is none. One process has it at a time: ErrLocked. A file that
// is something else is ErrFormat, and stays as it is. It costs the same whatever the size of the file.
func Open(path string, opts ...Option) (*Store, error) {
	o := optionsOf(opts)
	e, err := bolt.Open(path, bolt.Options{LockTimeout: o.lockTimeout, ReadOnly: o.readOnly})
	if err != nil {
		return nil, err
	}
	return newStore(e, o), nil
}

// Memory returns a store in memory, for tests.
func Memory(opts ...Option) *Store { return newStore(chunk.NewMemory(), optionsOf(opts)) }

// New returns a store on an engine, which Close closes. An engine does in one transaction what a commit is, its chunks
// and its name: so it is one thing, not a keeper of chunks and one of names.
func New(e chunk.Engine, opts ...Option) *Store { return newStore(e, optionsOf(opts)) }

func optionsOf(opts []Option) options {
	o := options{lockTimeout: time.Second, cache: 32 << 20, bits: tree.Bits, now: time.Now}
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

func newStore(e chunk.Engine, o options) *Store {
	s := &Store{engine: e, cache: newCache(e, o.cache), salt: o.salt, bits: o.bits, now: o.now, reflog: reflogAge, remote: o.remote}
	s.open, s.ends = context.WithCancel(context.Background())
	s.guard.init()
	return s
}

// Close ends the store, after what is under way. What was committed is on disk already. Calls after it return
// ErrClosed, and so does each Watch that goes on. A remote is not closed.
func (s *Store) Close() error {
	s.ends()
	return s.engine.Close()
}

// The names of branches and tags, as an engine has them.
const (
	branches = "heads/"
	tags     = "tags/"
)

// checkName fails if a name cannot be that of a branch or a tag.
func checkName(name string) error {
	return chunk.CheckName(branches + name)
}

// A Head is a branch, or a tag, and the version it stands for.
type Head struct {
	Name string
	ID   chunk.Addr
}

// Heads yields all branches, in the order of their names. An error is the last.
func (s *Store) Heads(ctx context.Context) iter.Seq2[Head, error] { return s.heads(ctx, branches) }

// Tags yields all tags, in the order of their names. An error is the last.
func (s *Store) Tags(ctx context.Context) iter.Seq2[Head, error] { return s.heads(ctx, tags) }

func (s *Store) heads(ctx context.Context, prefix string) iter.Seq2[Head, error] {
	return func(yield func(Head, error) bool) {
		for n, err := range s.refs(ctx, prefix) {
			if !yield(Head{strings.TrimPrefix(n.Name, prefix), n.Target}, err) || err != nil {
				return
			}
		}
	}
}

// Tag gives a version a name that stays: a tag that exists is not changed, which is ErrMoved. The zero id deletes the
// tag.
func (s *Store) Tag(ctx context.Context, name string, id chunk.Addr) error {
	if err := checkName(name); err != nil {
		return err
	}
	if id.IsZero() {
		return s.drop(ctx, tags, name)
	}
	defer s.guard.unpin(id)
	if err := s.pin(ctx, id); err != nil {
		return err
	}
	_, err := s.swap(ctx, chunk.Swap{Name: tags + name, Target: id, Time: s.now(), Why: "tag"})
	return refError("tag", name, err)
}

// Tagged returns the version that a tag stands for.
func (s *Store) Tagged(ctx context.Context, name string) (chunk.Addr, error) {
	return s.target(ctx, tags, name)
}

// Resolve returns the version that a text stands for: the name of a branch, the name of a tag, or an address in
// hexadecimal digits.
func (s *Store) Resolve(ctx context.Context, text string) (chunk.Addr, error) {
	for _, prefix := range []string{branches, tags} {
		if chunk.CheckName(prefix+text) != nil {
			continue
		}
		id, err := s.target(ctx, prefix, text)
		if err == nil || !errors.Is(err, ErrNoBranch) {
			return id, err
		}
	}
	if id, err := chunk.Parse(text); err == nil {
		return id, nil
	}
	return chunk.Addr{}, fmt.Errorf("store: %q is no branch, no tag and no address: %w", text, ErrNoBranch)
}

func (s *Store) target(ctx context.Context, prefix, name string) (chunk.Addr, error) {
	if err := checkName(name); err != nil {
		return chunk.Addr{}, err
	}
	r, err := s.ref(ctx, prefix+name)
	if err == nil && r.Revision == 0 {
		err = fmt.Errorf("store: %s%s: %w", prefix, name, ErrNoBranch)
	}
	return r.Target, err
}

// Delete deletes a branch. Its versions are kept until a Collect that nothing else keeps them from.
func (s *Store) Delete(ctx context.Context, name string) error { return s.drop(ctx, branches, name) }

func (s *Store) drop(ctx context.Context, prefix, name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	r, err := s.ref(ctx, prefix+name)
	if err != nil {
		return err
	}
	if r.Revision == 0 {
		return fmt.Errorf("store: %s%s: %w", prefix, name, ErrNoBranch)
	}
	_, err = s.swap(ctx, chunk.Swap{Name: prefix + name, Old: r.Revision, Time: s.now(), Why: "delete"})
	return refError("delete", name, err)
}

// Reflog yields what the branch stood for before, the newest change first, also if the branch is deleted by now. "" is
// all branches and tags. Collect forgets what is older than a day.
func (s *Store) Reflog(ctx context.Context, name string) iter.Seq2[chunk.Entry, error] {
	if name != "" {
		name = branches + name
	}
	return s.engine.Log(ctx, name)
}

// Base returns the best common ancestor of two versions, and false if there is none. Of several it returns the newest.
func (s *Store) Base(ctx context.Context, a, b chunk.Addr) (chunk.Addr, bool, error) {
	bases, err := history.Bases(ctx, s.cache, a, b)
	if err != nil || len(bases) == 0 {
		return chunk.Addr{}, false, err
	}
	return bases[0].ID, true, nil
}

func refError(what, name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("store: %s %q: %w", what, name, err)
}
