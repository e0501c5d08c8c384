package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// A Branch is a line of versions with a name, of which the newest is its head. It is a handle: any number of them may
// have one name, in one goroutine or several. It is safe for goroutines.
type Branch[T any] struct {
	st     *Store
	name   string
	parts  []bound[T]
	recent atomic.Pointer[Version[T]]
}

// NewBranch returns a handle to the branch with a name, which need not exist; the first commit makes it. A name is
// letters, digits and -_./ without empty components or "..": else all methods return errors. It does no input or
// output.
func NewBranch[T any](st *Store, name string, s Schema[T]) *Branch[T] {
	return &Branch[T]{st: st, name: name, parts: s.bind("")}
}

// Name returns the name of the branch.
func (b *Branch[T]) Name() string { return b.name }

// ref returns what the branch stands for; of one that does not exist the zero Ref.
func (b *Branch[T]) ref(ctx context.Context) (chunk.Ref, error) {
	if err := checkName(b.name); err != nil {
		return chunk.Ref{}, err
	}
	r, err := b.st.ref(ctx, branches+b.name)
	return r, refError("branch", b.name, err)
}

// Head returns the newest version. It reads one commit, whatever the size of the value. ErrNoBranch: there is none yet.
func (b *Branch[T]) Head(ctx context.Context) (*Version[T], error) {
	_, v, err := b.head(ctx)
	return v, err
}

// head returns what the branch stands for. The branch may be moved after it was looked at, and what it stood for be
// collected: then it looks again.
func (b *Branch[T]) head(ctx context.Context) (chunk.Ref, *Version[T], error) {
	for {
		r, err := b.ref(ctx)
		if err != nil {
			return r, nil, err
		}
		if r.Revision == 0 {
			return r, nil, fmt.Errorf("store: branch %q: %w", b.name, ErrNoBranch)
		}
		v, err := versionAt(ctx, b.st, r.Target, b.parts, &b.recent)
		if !errors.Is(err, ErrMissing) {
			return r, v, err
		}
		if again, other := b.ref(ctx); other != nil || again == r {
			return r, nil, err
		}
	}
}

// At returns the version with an address, of whatever branch. With it come what the branch has in memory: see
// [Version.Load].
func (b *Branch[T]) At(ctx context.Context, id chunk.Addr) (*Version[T], error) {
	return versionAt(ctx, b.st, id, b.parts, &b.recent)
}

// A CommitOption says more about a commit.
type CommitOption func(*commitOptions)

type commitOptions struct {
	author, message string
	empty, keepOurs bool
	parents         []chunk.Addr
}

// Message is what is said about a commit.
func Message(text string) CommitOption { return func(o *commitOptions) { o.message = text } }

// Author is who makes a commit.
func Author(name string) CommitOption { return func(o *commitOptions) { o.author = name } }

// AllowEmpty makes a version also if nothing differs from the one before.
func AllowEmpty() CommitOption { return func(o *commitOptions) { o.empty = true } }

// MergeOf makes a commit a merge of other versions too: they become parents besides the one that it is made on. It is
// for whoever settles the conflicts of [Branch.Merge].
func MergeOf(ids ...chunk.Addr) CommitOption {
	return func(o *commitOptions) { o.parents = append(o.parents, ids...) }
}

func commitOptionsOf(opts []CommitOption) (o commitOptions) {
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

// Commit makes a version with a value on top of another, which is the head; nil: the branch does not exist yet. If it
// is not the head any more, Commit returns ErrMoved and changes nothing. If the value equals that of on, it returns on
// and makes no version, unless [AllowEmpty] or [MergeOf] is given.
//
// If on has its value in memory, because it was loaded or committed, Commit finds what differs and costs that, O(d log
// n) for d entries; else it encodes everything, and stores what is not there. It is one transaction: after a crash the
// head is the version before, or the new one. When it returns, the version is on disk.
//
// What the value leads to by pointers must not be changed afterwards: it would not be seen as a difference.
func (b *Branch[T]) Commit(ctx context.Context, on *Version[T], value T, opts ...CommitOption) (*Version[T], error) {
	o := commitOptionsOf(opts)
	r, err := b.ref(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.mustBe(r, on); err != nil {
		return nil, err
	}
	c := history.Commit{Generation: 1, Time: b.st.now(), Author: o.author, Message: o.message}
	dir := directory{}
	w := b.st.newBatch()
	if on != nil {
		defer b.st.guard.unpin(on.id)
		if err := on.pin(ctx); err != nil {
			return nil, b.moved(ctx, r, err)
		}
		before, err := on.directory(ctx)
		if err != nil {
			return nil, err
		}
		for name, d := range before { // those of other programs too
			dir[name] = d
		}
		c.Parents = []chunk.Addr{on.id}
		c.Generation = on.commit.Generation + 1
	}
	for _, id := range o.parents {
		if slices.Contains(c.Parents, id) {
			continue
		}
		p, err := history.Read(ctx, b.st.cache, id)
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		c.Parents = append(c.Parents, id)
		c.Generation = max(c.Generation, p.Generation+1)
	}
	if err := b.save(ctx, w, on, dir, &value); err != nil {
		return nil, fmt.Errorf("store: branch %q: %w", b.name, err)
	}
	if c.Directory, err = dir.save(ctx, w); err != nil {
		return nil, fmt.Errorf("store: branch %q: %w", b.name, err)
	}
	if on != nil && c.Directory == on.commit.Directory && len(c.Parents) == 1 && !o.empty {
		return on, nil
	}
	return b.advance(ctx, w, r, c, dir, &value, why("commit", o.message))
}

// mustBe fails unless the branch stands for a version; nil: it does not exist.
func (b *Branch[T]) mustBe(r chunk.Ref, on *Version[T]) error {
	switch {
	case on != nil && on.st != b.st:
		return fmt.Errorf("store: branch %q: version %s is of another store: Pull it first", b.name, on.id.Short())
	case on != nil && on.id.IsZero():
		return fmt.Errorf("store: branch %q: a merge with conflicts is no version yet: commit its value on the head, with MergeOf", b.name)
	case on == nil && r.Revision != 0:
		return fmt.Errorf("store: branch %q exists, at %s: %w", b.name, r.Target.Short(), ErrMoved)
	case on != nil && r.Revision == 0:
		return fmt.Errorf("store: branch %q does not exist: %w", b.name, ErrMoved)
	case on != nil && r.Target != on.id:
		return fmt.Errorf("store: branch %q is at %s, not at %s: %w", b.name, r.Target.Short(), on.id.Short(), ErrMoved)
	}
	return nil
}

// save stores the parts of a value and puts them into a directory, which has those of the version before.
func (b *Branch[T]) save(ctx context.Context, w *batch, on *Version[T], dir directory, value *T) error {
	var before *T
	if on != nil {
		on.mu.Lock()
		before = on.value
		on.mu.Unlock()
	}
	for _, p := range b.parts {
		var base *descriptor
		var was any
		if d, ok := dir[p.name]; ok {
			if err := check(p.name, p.part, d); err != nil {
				return err
			}
			base = &d
			if before != nil {
				was = p.at(before)
			}
		}
		d, err := p.part.save(ctx, w, base, was, p.at(value))
		if err != nil {
			return fmt.Errorf("part %q: %w", p.name, err)
		}
		if base == nil && on != nil && d.kind != single && d.root.Total == 0 {
			continue // a part that the version before did not know is not stored for being empty
		}
		dir[p.name] = d
	}
	return nil
}

// advance stores a commit and makes it the head.
func (b *Branch[T]) advance(ctx context.Context, w *batch, r chunk.Ref, c history.Commit, dir directory, value *T, why string) (*Version[T], error) {
	data, err := c.Append(nil)
	if err != nil {
		return nil, err
	}
	id := chunk.Of(data)
	if err := w.Put(ctx, id); err != nil {
		return nil, err
	}
	since := b.st.guard.collects.Load()
	_, err = b.st.commit(ctx, w, c, chunk.Swap{Name: branches + b.name, Old: r.Revision, Target: id.Addr, Time: c.Time, Why: why})
	if err != nil {
		return nil, refError("branch", b.name, err)
	}
	w.done()
	c.Time = time.Unix(0, c.Time.UnixNano()) // as it is read again
	v := &Version[T]{st: b.st, parts: b.parts, id: id.Addr, commit: c, since: since, recent: &b.recent, dir: dir, value: value}
	if value != nil {
		v.remember()
	}
	return v, nil
}

// why is what the log says of a swap.
func why(what, message string) string {
	if message == "" {
		return what
	}
	return what + ": " + message
}

// Update makes a version of what f makes of the head's value; of the empty value, if the branch does not exist yet. If
// somebody else moves the head meanwhile, it begins again after a short random while, until ctx ends; so f may be
// called several times, and should do nothing but return. If f returns an error, Update returns it and makes no
// version; nor does it if f changes nothing: then it returns the head. Of a branch that does not exist it makes the
// first version, whatever f returns.
func (b *Branch[T]) Update(ctx context.Context, f func(T) (T, error), opts ...CommitOption) (*Version[T], error) {
	for tries := 0; ; tries++ {
		v, err := b.update(ctx, f, opts)
		if !errors.Is(err, ErrMoved) {
			return v, err
		}
		if err := pause(ctx, tries); err != nil {
			return nil, err
		}
	}
}

func (b *Branch[T]) update(ctx context.Context, f func(T) (T, error), opts []CommitOption) (*Version[T], error) {
	r, on, err := b.head(ctx)
	var value T
	switch {
	case err == nil:
		value, err = on.Load(ctx)
	case errors.Is(err, ErrNoBranch):
		on = nil
		value, err = load[T](ctx, b.st.cache, b.parts, nil, nil)
	}
	if err != nil {
		if on != nil {
			err = b.moved(ctx, r, err)
		}
		return nil, err
	}
	next, err := f(value)
	if err != nil {
		return nil, err
	}
	return b.Commit(ctx, on, next, opts...)
}

// moved returns ErrMoved instead of an error that says that the data of the head were collected, if the branch stands for
// something else by now.
func (b *Branch[T]) moved(ctx context.Context, was chunk.Ref, err error) error {
	if !errors.Is(err, ErrCollected) {
		return err
	}
	if r, again := b.ref(ctx); again == nil && r != was {
		return fmt.Errorf("%w: %w", ErrMoved, err)
	}
	return err
}

// pause waits for a random while, which grows with the number of tries, so that writers that met do not meet again.
func pause(ctx context.Context, tries int) error {
	most := min(time.Millisecond<<min(tries, 8), 200*time.Millisecond)
	t := time.NewTimer(rand.N(most))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Reset makes the branch stand for another version, whatever came after it: ErrMoved if its head is not from. A nil
// from is that of a branch which does not exist yet: so Reset makes a branch of any version that is stored, at once.
// What the branch had stays in the reflog for a day.
func (b *Branch[T]) Reset(ctx context.Context, from, to *Version[T]) error {
	if to == nil {
		return fmt.Errorf("store: branch %q: Reset to no version; Delete deletes a branch", b.name)
	}
	r, err := b.ref(ctx)
	if err != nil {
		return err
	}
	if err := b.mustBe(r, from); err != nil {
		return err
	}
	if to.st != b.st || to.id.IsZero() {
		return fmt.Errorf("store: branch %q: Reset to a version that is not in this store", b.name)
	}
	defer b.st.guard.unpin(to.id)
	if err := to.pin(ctx); err != nil {
		return err
	}
	_, err = b.st.swap(ctx, chunk.Swap{Name: branches + b.name, Old: r.Revision, Target: to.id, Time: b.st.now(), Why: "reset"})
	return refError("branch", b.name, err)
}

// Log yields the versions that lead to the head, itself first, each once, and before those that it was made from. An
// error is the last. Collect keeps what it says of versions whose data it drops.
func (b *Branch[T]) Log(ctx context.Context) iter.Seq2[*Version[T], error] {
	return func(yield func(*Version[T], error) bool) {
		r, _, err := b.head(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		since := b.st.guard.collects.Load()
		for n, err := range history.Walk(ctx, b.st.cache, r.Target) {
			if err != nil {
				yield(nil, err)
				return
			}
			v := &Version[T]{st: b.st, parts: b.parts, id: n.ID, commit: n.Commit, since: since, recent: &b.recent}
			if got := b.recent.Load(); got != nil && got.id == n.ID {
				v = got
			}
			if !yield(v, nil) {
				return
			}
		}
	}
}

// Watch yields the head, if there is one, and then each newest version: whoever is slow skips those between. It ends
// with ctx, without an error; any other error is the last. With a file it sees what this process does, since no other
// has it open.
func (b *Branch[T]) Watch(ctx context.Context) iter.Seq2[*Version[T], error] {
	return func(yield func(*Version[T], error) bool) {
		if err := checkName(b.name); err != nil {
			yield(nil, err)
			return
		}
		for r, err := range b.st.watch(ctx, branches+b.name) {
			var v *Version[T]
			switch {
			case err != nil:
				err = refError("watch", b.name, err)
			case r.Revision == 0:
				continue
			default:
				v, err = versionAt(ctx, b.st, r.Target, b.parts, &b.recent)
			}
			if errors.Is(err, ErrMissing) {
				if now, other := b.ref(ctx); other == nil && now != r {
					continue // it was moved, and what it stood for collected
				}
			}
			if err != nil && ctx.Err() != nil {
				return
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}
