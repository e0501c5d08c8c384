package bolt

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// A workload is a row of commits that is the same in each process: what a file must hold after n of them is known.
// Commit n moves the name n%names to a root that refers to some leaves.
type workload struct {
	seed    uint64
	names   int
	every   int                 // a collection after so many commits; 0: none
	roots   map[string][]string // the last roots of each name, as data: the newest last
	refs    map[string]chunk.Ref
	commits int
}

// kept is how many roots of a name a collection keeps, and beside how many commits are done while it copies.
const kept, beside = 3, 2

func newWorkload(seed uint64, every int) *workload {
	return &workload{seed: seed, names: 3, every: every, roots: map[string][]string{}, refs: map[string]chunk.Ref{}}
}

// next returns the next commit, which the model then holds to be done.
func (w *workload) next() (cs []chunk.Chunk, s chunk.Swap) {
	rnd := rand.New(rand.NewPCG(w.seed, uint64(w.commits)))
	name := fmt.Sprint("name-", w.commits%w.names)
	var root []byte
	for range rnd.IntN(12) {
		leaf := binary.LittleEndian.AppendUint64(make([]byte, rnd.IntN(3000)), rnd.Uint64())
		c := chunk.Of(leaf)
		cs = append(cs, c)
		root = append(root, c.Addr[:]...)
	}
	root = binary.LittleEndian.AppendUint64(root, uint64(w.commits))
	c := chunk.Of(root)
	cs = append(cs, c)
	s = chunk.Swap{Name: name, Old: w.refs[name].Revision, Target: c.Addr, Time: time.Unix(int64(w.commits), 0), Why: fmt.Sprint(w.commits)}
	w.commits++
	w.refs[name] = chunk.Ref{Target: c.Addr, Revision: uint64(w.commits)}
	w.roots[name] = append(w.roots[name], string(root))
	if len(w.roots[name]) > kept {
		w.roots[name] = w.roots[name][1:]
	}
	return cs, s
}

// collects tells whether a collection follows the last commit.
func (w *workload) collects() bool { return w.every > 0 && w.commits%w.every == 0 }

// live keeps the last roots of each name.
func (w *workload) live(_ context.Context, _ func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
	for _, roots := range w.roots {
		for _, root := range roots {
			for _, a := range leaves(root) {
				if err := copy(chunk.Chunk{Addr: a}); err != nil {
					return err
				}
			}
			if err := copy(chunk.Of([]byte(root))); err != nil {
				return err
			}
		}
	}
	return nil
}

func leaves(root string) (as []chunk.Addr) {
	for ; len(root) > 8; root = root[32:] {
		as = append(as, chunk.Addr([]byte(root[:32])))
	}
	return as
}

// run does commits and collections, and calls acknowledge after each commit that is done, and say before and after a
// collection. Of the commits some are done while a collection has taken its roots once: it has to take them again.
func (w *workload) run(ctx context.Context, e *Engine, commits int, acknowledge func(done int), say func(what string)) error {
	commit := func() error {
		cs, s := w.next()
		if _, err := e.Commit(ctx, cs, s); err != nil {
			return err
		}
		acknowledge(w.commits)
		return nil
	}
	for w.commits < commits {
		if err := commit(); err != nil {
			return err
		}
		if !w.collects() {
			continue
		}
		say("collect")
		calls := 0
		err := e.Collect(ctx, time.Time{}, func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
			if err := w.live(ctx, copied, copy); err != nil {
				return err
			}
			for calls++; calls == 1 && w.commits < commits && w.commits%w.every < beside; {
				if err := commit(); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		say("collected")
	}
	return nil
}

func nothing(string)      {}
func acknowledgeNone(int) {}

// check returns an error if an engine does not hold just what the commits that the model did left, and all of that.
func (w *workload) check(ctx context.Context, e *Engine) error {
	n := 0
	for named, err := range e.Refs(ctx, "") {
		if err != nil {
			return err
		}
		if n++; w.refs[named.Name] != named.Ref {
			return fmt.Errorf("%s is %v, and not %v", named.Name, named.Ref, w.refs[named.Name])
		}
	}
	if n != len(w.refs) {
		return fmt.Errorf("%d names, and not %d", n, len(w.refs))
	}
	for name, roots := range w.roots {
		for _, root := range roots {
			for _, a := range append(leaves(root), chunk.Sum([]byte(root))) {
				data, err := e.Get(ctx, a)
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				if chunk.Sum(data) != a {
					return fmt.Errorf("%s: chunk %v has other bytes", name, a)
				}
			}
		}
	}
	last := w.commits
	for entry, err := range e.Log(ctx, "") {
		if err != nil {
			return err
		}
		if last--; entry.Why != fmt.Sprint(last) {
			return fmt.Errorf("the log has %q where %d is due", entry.Why, last)
		}
	}
	if last != 0 {
		return fmt.Errorf("%d entries of the log are missing", last)
	}
	return nil
}

// doneIn returns how many commits a file has, by its log, whose newest entry tells.
func doneIn(ctx context.Context, e *Engine) (n int, err error) {
	for entry, err := range e.Log(ctx, "") {
		if err != nil {
			return 0, err
		}
		_, err = fmt.Sscan(entry.Why, &n)
		return n + 1, err
	}
	return 0, nil
}
