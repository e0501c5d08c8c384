package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/ramet-go/ramet/examples/internal/storefile"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/codec"
)

// A state is what the file has of a version, besides its time, and what made it, which is the message. Its number is that of
// the versions that led to it.
type state struct {
	name    string // of the file, the same in all of them
	entries document
}

// The text of a value is kept as it is, so that a client that reads it again reads what it read before.
var jsonText = codec.ValueFunc("live/json",
	func(b []byte, v value) ([]byte, error) { return append(b, v...), nil },
	func(b []byte) (value, error) {
		if !json.Valid(b) {
			return "", errors.New("no JSON")
		}
		return value(b), nil
	})

var schema = store.Struct(
	store.Part("name", func(s *state) *string { return &s.name }, store.Value[string](nil)),
	store.Part("entries", func(s *state) *document { return &s.entries }, store.HashMap(codec.String[string](), jsonText)),
)

const branchName = "live"

// A keeper writes versions to a file, each as a commit on one branch, before anybody sees them. All that is read is read from the cell,
// which has the newest ones; the file is read when the server starts. If a cluster shares the branch, others commit as well, and
// the keeper follows.
type keeper struct {
	path   string
	keep   int // versions besides the newest, in the cell
	st     *store.Store
	branch *store.Branch[state]
	shared bool // with a cluster
	pace   pace

	writing chan struct{}         // has one while a version is made, or followed
	head    *store.Version[state] // what the newest version in the cell is in the file; for who is writing
	look    chan struct{}         // asks for a look at the cluster, now
}

// openVersions returns the versions in a file, which it makes if there is none: the newest, and up to keep before it.
func openVersions(path string, keep int, opts ...store.Option) (*versions, error) {
	st, err := store.Open(path, opts...)
	if err != nil {
		return nil, storefile.Error(path, err)
	}
	s, err := versionsIn(context.Background(), st, path, keep, false)
	if err != nil {
		st.Close()
		return nil, storefile.Error(path, err)
	}
	return s, nil
}

// versionsIn returns the versions in a store, which is that of a file, or shared with a cluster.
func versionsIn(ctx context.Context, st *store.Store, path string, keep int, shared bool) (*versions, error) {
	k := &keeper{path: path, keep: keep, st: st, branch: store.NewBranch(st, branchName, schema), shared: shared, pace: usual,
		writing: make(chan struct{}, 1), look: make(chan struct{}, 1)}
	head, err := k.branch.Head(ctx)
	if errors.Is(err, store.ErrNoBranch) {
		if head, err = k.begin(ctx); errors.Is(err, store.ErrMoved) { // another machine was first: these are its versions
			head, err = k.branch.Head(ctx)
		}
	}
	if err != nil {
		return nil, err
	}
	newest, err := head.Load(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := hex.DecodeString(newest.name); err != nil || newest.name == "" {
		return nil, fmt.Errorf("it is not what live writes: its name is %q", newest.name)
	}
	s := &versions{name: newest.name, file: k}
	h, err := k.read(ctx, head, nil)
	if err != nil {
		return nil, err
	}
	k.head = head
	s.now.Store(present{History: h})
	return s, nil
}

// begin makes the first version, in a store that has nothing else.
func (k *keeper) begin(ctx context.Context) (*store.Version[state], error) {
	if err := ours(ctx, k.st); err != nil {
		return nil, err
	}
	return k.branch.Commit(ctx, nil, state{name: newName()}, store.Message("begin"))
}

// ours returns an error if a store has branches, and none is of live: nobody wants a server in a file that was made for something else.
func ours(ctx context.Context, st *store.Store) error {
	var other string
	for b, err := range st.Heads(ctx) {
		if err != nil {
			return err
		}
		if b.Name == branchName || b.Name == asideName {
			return nil
		}
		other = b.Name
	}
	if other != "" {
		return fmt.Errorf("left as it is, for it is of another program: it has a branch %q, and none %q", other, branchName)
	}
	return nil
}

// read returns the history that ends with head. It goes back to the head that is known, and goes on from the history
// in the cell; or else, or without one, as far as versions are kept.
func (k *keeper) read(ctx context.Context, head *store.Version[state], known *history.History[version]) (history.History[version], error) {
	var found []version // the newest first
	var h history.History[version]
	joined := false
	for at := head; ; {
		if known != nil && at.ID() == k.head.ID() {
			h, joined = *known, true
			break
		}
		v, err := k.version(ctx, at)
		if errors.Is(err, store.ErrCollected) && len(found) > 0 {
			break
		}
		if err != nil {
			return h, err
		}
		found = append(found, v)
		before := at.Parents()
		if len(found) > k.keep || len(before) == 0 {
			break
		}
		next, err := k.branch.At(ctx, before[0])
		if err != nil {
			return h, err
		}
		if next.Generation()+1 != at.Generation() {
			return h, fmt.Errorf("version %s of branch %q is not what live writes: it comes after version %d, and is %d",
				at.ID().Short(), branchName, next.Generation()-1, at.Generation()-1)
		}
		at = next
	}
	slices.Reverse(found)
	if !joined {
		h = history.New(found[0]).Limit(k.keep)
		found = found[1:]
	}
	for _, v := range found {
		h = h.Do(asBefore(h, v))
	}
	return h, nil
}

// version returns a version of the file.
func (k *keeper) version(ctx context.Context, v *store.Version[state]) (version, error) {
	s, err := v.Load(ctx)
	if err != nil {
		return version{}, err
	}
	if err := check(s.entries); err != nil {
		return version{}, fmt.Errorf("version %d is not what live writes: %w", v.Generation()-1, err)
	}
	return k.made(v, s.entries, false), nil
}

// made returns what the cell has of a version of the file.
func (k *keeper) made(v *store.Version[state], d document, again bool) version {
	return version{int(v.Generation()) - 1, v.Time(), v.Message(), d, again, new(measured), v.ID().String()}
}

// asBefore returns v with the very document of an earlier version that has the same entries, as it had before the server was started
// again: so a version that was restored costs nothing. Most comparisons end at once.
func asBefore(h history.History[version], v version) version {
	same := func(before version) bool {
		if !before.doc.Equal(v.doc) {
			return false
		}
		v.doc, v.again = before.doc, true
		return true
	}
	if same(h.Now()) {
		return v
	}
	for before := range h.Past() {
		if same(before) {
			break
		}
	}
	return v
}

// What clients are told whose versions are not stored, or may, or may not, have been.
var (
	errUnknown = failf(statusUnknown, "the file of the server cannot be written: look whether there is a newer version, and try again later")
	errSilent  = failf(statusUnknown, "the cluster has not answered: look whether there is a newer version when it does, and try again then")
	errTrouble = failf(statusUnknown, "nothing was written, for the cluster does not answer: try again when it does")
)

// write makes a version of what next makes of the history. It is on disk before it is in the cell, and so before anybody sees it; with a
// cluster it is also there. If another machine was faster, next is called with what that has made.
func (k *keeper) write(s *versions, what string, next func(history.History[version]) (document, error)) (version, error) {
	ctx := context.Background() // a client that leaves does not end what was begun
	if k.shared {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, k.pace.write)
		defer cancel()
	}
	if err := k.lock(ctx); err != nil {
		return s.now.Load().Now(), errTrouble
	}
	defer k.unlock()
	for {
		p := s.now.Load()
		h := p.History
		d, err := next(h)
		if errors.Is(err, errSame) {
			return h.Now(), nil
		}
		if err == nil && p.trouble != "" {
			err = errTrouble
		}
		if err != nil {
			return h.Now(), err
		}
		v, err := k.branch.Commit(ctx, k.head, state{s.name, d}, store.Message(what), store.AllowEmpty())
		if err == nil {
			h = h.Do(k.made(v, d, was(h, d)))
			k.show(s, v, h)
			return h.Now(), nil
		}
		if errors.Is(err, store.ErrMoved) {
			err = nil
		}
		if behind := k.follow(ctx, s); err == nil || !silent(err) {
			err = errors.Join(err, behind)
		}
		if err == nil {
			continue
		}
		complain(k.error(err))
		if k.shared && silent(err) {
			s.trouble(silence)
			k.again()
			return h.Now(), errSilent
		}
		return h.Now(), errUnknown
	}
}

// lock waits until nobody writes, and unlock ends it.
func (k *keeper) lock(ctx context.Context) error {
	select {
	case k.writing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (k *keeper) unlock() { <-k.writing }

// show makes a history the one that all see, whose newest version is head in the file.
func (k *keeper) show(s *versions, head *store.Version[state], h history.History[version]) {
	k.head = head
	s.now.Update(func(p present) present {
		p.History = h
		return p
	})
}

// follow makes the cell have what the branch has. It differs when another machine has made a version, and when the file has one that was not
// acknowledged, as its writing failed at the very end.
func (k *keeper) follow(ctx context.Context, s *versions) error {
	head, err := k.branch.Head(ctx)
	if err != nil || head.ID() == k.head.ID() {
		return err
	}
	return k.followTo(ctx, s, head)
}

func (k *keeper) followTo(ctx context.Context, s *versions, head *store.Version[state]) error {
	now := s.now.Load().History
	h, err := k.read(ctx, head, &now)
	if err == nil {
		k.show(s, head, h)
	}
	return err
}

// Collecting every day is enough: it leaves alone what is younger than a day.
const everyDay = 24 * time.Hour

// collecting gives up now, and then every day, what the file has of versions that are older than a day and not kept. If that
// fails, all is as before. It goes on until ctx ends, or the function is called that it returns, which waits for it.
func (k *keeper) collecting(ctx context.Context) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() {
		for {
			if _, err := k.collect(ctx); err != nil && ctx.Err() == nil {
				complain(storefile.Error(k.path, err))
			}
			select {
			case <-time.After(everyDay):
			case <-ctx.Done():
				return
			}
		}
	})
	return func() {
		cancel()
		done.Wait()
	}
}

func (k *keeper) collect(ctx context.Context) (store.Collected, error) {
	c, err := k.st.Collect(ctx, store.Retain{Last: k.keep + 1})
	if err == nil && k.shared {
		err = k.st.CollectShared(ctx)
	}
	return c, err
}

// close ends the use of the file, after what is under way.
func (k *keeper) close() error { return storefile.Error(k.path, k.st.Close()) }

// error returns err in words for whoever has named the file, if it is about that.
func (k *keeper) error(err error) error {
	if k.shared {
		return err
	}
	return storefile.Error(k.path, err)
}
