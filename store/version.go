package store

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// A Version is a value of type T that was committed once and does not change. It is cheap to keep: it reads its value
// when it is asked for, and keeps it from then on. It is safe for goroutines.
type Version[T any] struct {
	st     *Store
	parts  []bound[T]
	id     chunk.Addr
	commit history.Commit
	since  uint64                      // how many Collects had been done when it was there
	recent *atomic.Pointer[Version[T]] // of the branch: a version with a value that others are loaded from, by difference; nil: there is none

	mu    sync.Mutex
	dir   directory // nil: not read yet
	value *T        // nil: not loaded yet
}

// At returns the version with an address. Its schema is not compared with what is stored before it is read.
func At[T any](ctx context.Context, st *Store, id chunk.Addr, s Schema[T]) (*Version[T], error) {
	return versionAt(ctx, st, id, s.bind(""), nil)
}

func versionAt[T any](ctx context.Context, st *Store, id chunk.Addr, parts []bound[T], recent *atomic.Pointer[Version[T]]) (*Version[T], error) {
	if recent != nil {
		if v := recent.Load(); v != nil && v.id == id {
			return v, nil
		}
	}
	since := st.guard.collects.Load()
	c, err := history.Read(ctx, st.cache, id)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return &Version[T]{st: st, parts: parts, id: id, commit: c, since: since, recent: recent}, nil
}

// pin keeps v until it is unpinned, which is done whatever pin returns.
func (v *Version[T]) pin(ctx context.Context) error { return v.st.pinKnown(ctx, v.known()) }

func (v *Version[T]) known() known { return known{v.id, v.commit.Generation, v.since} }

// ID returns the address of the version: versions with the same address are the same, wherever they are. It is zero
// for a merge with conflicts, which was not committed.
func (v *Version[T]) ID() chunk.Addr { return v.id }

// Parents returns the versions that v was made from: one, several for a merge, none for a first version.
func (v *Version[T]) Parents() []chunk.Addr { return slices.Clone(v.commit.Parents) }

// Generation is one more than the largest of the parents', and 1 for a first version.
func (v *Version[T]) Generation() uint64 { return v.commit.Generation }

// Time is when v was committed, by the clock of who did it.
func (v *Version[T]) Time() time.Time { return v.commit.Time }

// Author and Message are what who committed v said.
func (v *Version[T]) Author() string { return v.commit.Author }

// Message is what who committed v said about it.
func (v *Version[T]) Message() string { return v.commit.Message }

// Load returns the value of v. If it is not in memory it is loaded; if the branch has another version in memory, that
// costs the difference to it, and the two share the rest. ErrCollected: the data were given up.
func (v *Version[T]) Load(ctx context.Context) (T, error) {
	v.mu.Lock()
	value := v.value
	v.mu.Unlock()
	if value != nil {
		return *value, nil
	}
	defer v.st.guard.unpin(v.id)
	if err := v.pin(ctx); err != nil {
		return *new(T), err
	}
	dir, err := v.directory(ctx)
	if err != nil {
		return *new(T), err
	}
	var near *Version[T]
	if v.recent != nil {
		if near = v.recent.Load(); near != nil {
			defer v.st.guard.unpin(near.id)
			if near.pin(ctx) != nil {
				near = nil // what it is compared with is gone
			}
		}
	}
	t, err := load(ctx, v.st.cache, v.parts, dir, near)
	if err != nil {
		return *new(T), fmt.Errorf("store: version %s: %w", v.id.Short(), err)
	}
	v.mu.Lock()
	if v.value == nil {
		v.value = &t
	}
	t = *v.value // of several that load it at once, all get the same
	v.mu.Unlock()
	v.remember()
	return t, nil
}

// remember makes v the version that others are loaded from.
func (v *Version[T]) remember() {
	if v.recent != nil {
		v.recent.Store(v)
	}
}

// load loads the value that a directory has, from that of another version if there is one.
func load[T any](ctx context.Context, from tree.Source, parts []bound[T], dir directory, near *Version[T]) (t T, err error) {
	for _, p := range parts {
		into := p.at(&t)
		d, ok := dir[p.name]
		if !ok {
			p.part.clear(into)
			continue
		}
		if err := check(p.name, p.part, d); err != nil {
			return t, err
		}
		var base *descriptor
		var before any
		if near != nil {
			if b, ok := near.dir[p.name]; ok {
				base, before = &b, p.at(near.value)
			}
		}
		if err := p.part.load(ctx, from, d, base, before, into); err != nil {
			return t, fmt.Errorf("part %q: %w", p.name, err)
		}
	}
	return t, nil
}

// directory returns the directory of v, which is pinned.
func (v *Version[T]) directory(ctx context.Context) (directory, error) {
	v.mu.Lock()
	dir := v.dir
	v.mu.Unlock()
	if dir != nil {
		return dir, nil
	}
	dir, err := readDirectory(ctx, v.st.cache, v.commit.Directory)
	if err != nil {
		return nil, fmt.Errorf("store: version %s: %w", v.id.Short(), err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.dir == nil {
		v.dir = dir
	}
	return v.dir, nil
}

// Part returns where the part with a name is, for the views and differences of its schema; "" is the only part of a
// schema that is no Struct. It does no input and never fails: what is wrong is an error of what reads there.
func (v *Version[T]) Part(name string) Place { return Place{v.st, v.known(), v.commit.Directory, name} }

// A Place is where a part of a version is stored, see [Version.Part].
type Place struct {
	st *Store
	known
	directory chunk.Addr
	name      string
}

// An open place has the descriptor of its part, and is pinned.
type openPlace struct {
	st     *Store
	d      descriptor
	absent bool // the version has no such part
}

// open reads the descriptor of a part, and pins the version until unpin. A part that is not there is an empty one, of
// no tree.
func (p Place) open(ctx context.Context, want part) (openPlace, error) {
	if p.st == nil {
		return openPlace{}, fmt.Errorf("store: the zero Place is that of nothing: %w", ErrMissing)
	}
	if err := p.st.pinKnown(ctx, p.known); err != nil {
		return openPlace{}, p.fail(err)
	}
	r, err := rootAt(ctx, p.st.cache, p.directory)
	if err != nil {
		return openPlace{}, p.fail(err)
	}
	stored, ok, err := tree.Lookup(ctx, p.st.cache, r, []byte(p.name))
	if err != nil {
		return openPlace{}, p.fail(err)
	}
	if !ok {
		return openPlace{p.st, emptyPart(want.kind(), want.codecs()), true}, nil
	}
	b, err := stored.Bytes(ctx, p.st.cache)
	if err != nil {
		return openPlace{}, p.fail(err)
	}
	d, err := parseDescriptor(b)
	if err == nil {
		err = check(p.name, want, d)
	}
	if err != nil {
		return openPlace{}, p.fail(err)
	}
	return openPlace{p.st, d, false}, nil
}

func (p Place) unpin() {
	if p.st != nil {
		p.st.guard.unpin(p.id)
	}
}

func (p Place) fail(err error) error {
	return fmt.Errorf("store: part %q of version %s: %w", p.name, p.id.Short(), err)
}

// openBoth opens two places of one store.
func openBoth(ctx context.Context, from, to Place, want part) (a, b openPlace, done func(), err error) {
	done = func() { from.unpin(); to.unpin() }
	if a, err = from.open(ctx, want); err == nil {
		b, err = to.open(ctx, want)
	} else if to.st != nil {
		to.st.pin(ctx, to.id) // what done undoes
	}
	if err == nil && a.st != b.st {
		err = fmt.Errorf("store: two versions of different stores cannot be compared; Pull one into the other")
	}
	if err != nil {
		done()
		return a, b, nil, err
	}
	return a, b, done, nil
}
