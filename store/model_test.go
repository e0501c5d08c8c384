package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store/chunk"
)

// A world is one store that several use while it is collected, in turns, in an order that a seed gives. What they store
// are a few blocks of a map, each in one of a few states: so chunks become garbage and are needed again all the time.
type world struct {
	ctx    context.Context
	turns  Turns
	engine *TurnEngine
	st     *Store
	source *Store // which others pull from, not in turns
	theirs []chunk.Addr
	packs  [][]byte
	known  map[chunk.Addr]hamt.Map[string, int] // what each version is
	put    map[chunk.Addr]bool                  // by the transfer that is under way
}

var worldSchema = HashMap[string, int](nil, nil)

const (
	blocks  = 6
	states  = 3
	blockOf = 8 // entries
)

// base is the map of which each block is in its first state.
func base() hamt.Map[string, int] {
	m := hamt.Map[string, int]{}
	for b := range blocks {
		m = withBlock(m, b, 0)
	}
	return m
}

func withBlock(m hamt.Map[string, int], b, state int) hamt.Map[string, int] {
	for i := range blockOf {
		m = m.Set(fmt.Sprintf("%d of block %d, %s", i, b, strings.Repeat("-", 40)), state)
	}
	return m
}

// A flaw is a part of what keeps all from a Collect, left out.
type flaw string

const (
	sound       flaw = ""
	noPins      flaw = "pins are ignored"
	noneFound   flaw = "transfers do not list what they found"
	nonePut     flaw = "transfers do not list what they put"
	onceOnly    flaw = "the roots are taken once"
	noDirectory flaw = "directories that transfers rely on are kept without their parts"
)

func newWorld(ctx context.Context, r *rand.Rand) (*world, error) {
	w := &world{ctx: ctx, known: map[chunk.Addr]hamt.Map[string, int]{}, put: map[chunk.Addr]bool{}}
	w.engine = w.turns.Engine(chunk.NewMemory())
	bits := func(o *options) { o.bits = min(o.bits, 9) }
	w.st = w.turns.Store(w.engine, Salt([16]byte{1}), bits)
	w.source = Memory(Salt([16]byte{1}), bits)
	b := NewBranch(w.source, "theirs", worldSchema)
	m := base()
	for range 4 {
		if m = withBlock(m, r.IntN(blocks), r.IntN(states)); r.IntN(3) == 0 {
			m = withBlock(m, r.IntN(blocks), r.IntN(states))
		}
		v, err := b.Update(ctx, func(hamt.Map[string, int]) (hamt.Map[string, int], error) { return m, nil }, AllowEmpty())
		if err != nil {
			return nil, err
		}
		w.known[v.ID()] = m
		w.theirs = append(w.theirs, v.ID())
		var pack bytes.Buffer
		if err := w.source.Export(ctx, &pack); err != nil {
			return nil, err
		}
		w.packs = append(w.packs, pack.Bytes())
	}
	v, err := NewBranch(w.st, "main", worldSchema).Commit(ctx, nil, base())
	if err == nil {
		w.known[v.ID()] = base()
	}
	return w, err
}

// right fails unless a version can be read, and is what was committed.
func (w *world) right(id chunk.Addr) error {
	v, err := At(w.ctx, w.st, id, worldSchema)
	if err != nil {
		return err
	}
	m, err := v.Load(w.ctx)
	if err == nil && !hamt.Equal(m, w.known[id]) {
		err = fmt.Errorf("version %s is %v, and not %v", id.Short(), m, w.known[id])
	}
	return err
}

// fair returns what is wrong with what happens: somebody else may have been faster, and data may be collected.
func fair(err error) error {
	if errors.Is(err, ErrMoved) || errors.Is(err, ErrCollected) || errors.Is(err, ErrNoBranch) {
		return nil
	}
	return err
}

// write commits now and then, and goes back.
func (w *world) write(r *rand.Rand, n int) error {
	b := NewBranch(w.st, "main", worldSchema)
	for range n {
		v, err := b.Head(w.ctx)
		if err != nil {
			return err
		}
		if r.IntN(4) == 0 && len(v.Parents()) > 0 {
			to, err := b.At(w.ctx, v.Parents()[0])
			if err == nil {
				err = b.Reset(w.ctx, v, to)
			} else if errors.Is(err, ErrMissing) {
				err = w.gone(v)
			}
			if fair(err) != nil {
				return fmt.Errorf("reset: %w", err)
			}
			continue
		}
		m, err := v.Load(w.ctx)
		loaded := err == nil
		if loaded {
			m = withBlock(m, r.IntN(blocks), r.IntN(states))
			v, err = b.Commit(w.ctx, v, m)
		}
		if fair(err) != nil {
			return fmt.Errorf("commit: %w", err)
		}
		if errors.Is(err, ErrCollected) && !errors.Is(err, ErrMoved) && loaded { // who commits on the head is told that it moved
			return fmt.Errorf("commit: %w", err)
		}
		if err == nil {
			w.known[v.ID()] = m
		}
	}
	return nil
}

// pull gets a version from elsewhere under a name that is nobody else's, reads it, and gives it up.
func (w *world) pull(r *rand.Rand, n int) error {
	for range n {
		name := "theirs"
		i := r.IntN(len(w.theirs))
		clear(w.put)
		if r.IntN(2) == 0 {
			t := w.st.guard.transfer()
			err := w.st.fetch(w.ctx, t, w.source, w.theirs[i])
			if err == nil {
				err = w.st.forward(w.ctx, branches+name, w.theirs[i], "pull")
			}
			w.st.guard.end(t)
			if err != nil {
				return fmt.Errorf("pull: %w", err)
			}
		} else if _, err := w.st.Import(w.ctx, bytes.NewReader(w.packs[i])); err != nil {
			return fmt.Errorf("import: %w", err)
		}
		if err := w.right(w.theirs[i]); err != nil {
			return fmt.Errorf("what was pulled: %w", err)
		}
		if err := w.st.Delete(w.ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// read pins the head, and reads it later.
func (w *world) read(r *rand.Rand, n int) error {
	b := NewBranch(w.st, "main", worldSchema)
	for range n {
		v, err := b.Head(w.ctx)
		if err != nil {
			return err
		}
		release, err := w.st.Pin(w.ctx, v.ID())
		if errors.Is(err, ErrMissing) { // it was given up between the two
			if err := w.gone(v); err != nil {
				return err
			}
			continue
		}
		if fair(err) != nil {
			return err
		}
		if err != nil {
			continue
		}
		for range r.IntN(100) {
			w.turns.next()
		}
		err = w.right(v.ID())
		release()
		if err != nil {
			return fmt.Errorf("what is pinned: %w", err)
		}
	}
	return nil
}

// gone fails unless a version was given up by a Collect.
func (w *world) gone(v *Version[hamt.Map[string, int]]) error {
	_, err := worldSchema.View(v.Part("")).Len(w.ctx)
	if errors.Is(err, ErrCollected) {
		return nil
	}
	return fmt.Errorf("a version that was the head, and is not there: %w", err)
}

func (w *world) collect(r *rand.Rand, n int) error {
	for range n {
		if _, err := w.st.Collect(w.ctx, Retain{Last: 1 + r.IntN(2)}); err != nil {
			return err
		}
	}
	return nil
}

// leaveOut leaves a part out of what keeps all from a Collect.
func (w *world) leaveOut(f flaw) {
	g := &w.st.guard
	w.engine.put = func(cs []chunk.Chunk) {
		for _, c := range cs {
			w.put[c.Addr] = true
		}
	}
	was := g.pins
	transfers := g.transfers
	instead := func(change func()) {
		w.engine.looked = func() { was, transfers = g.pins, g.transfers; change() }
		w.engine.taken = func() { g.pins, g.transfers = was, transfers }
	}
	only := func(keep bool) func() {
		return func() {
			g.transfers = map[*transfer]struct{}{}
			for t := range transfers {
				u := &transfer{}
				g.begin(u)
				for _, of := range [][2]map[chunk.Addr]struct{}{{t.addrs, u.addrs}, {t.directories, u.directories}, {t.versions, u.versions}} {
					for a := range of[0] {
						if w.put[a] == keep {
							of[1][a] = struct{}{}
						}
					}
				}
			}
		}
	}
	switch f {
	case noPins:
		instead(func() { g.pins = map[chunk.Addr]int{} })
	case noneFound:
		instead(only(true))
	case nonePut:
		instead(only(false))
	case noDirectory:
		instead(func() {
			g.transfers = map[*transfer]struct{}{}
			for t := range transfers {
				u := &transfer{}
				g.begin(u)
				u.addrs = t.addrs
			}
		})
	case onceOnly:
		w.engine.once = true
	}
}

// runWorld lets all do their work, and returns what is wrong then.
func runWorld(ctx context.Context, seed uint64, f flaw) (turns int, err error) {
	r := rand.New(rand.NewPCG(seed, 2))
	w, err := newWorld(ctx, r)
	if err != nil {
		return 0, err
	}
	w.leaveOut(f)
	for i, of := range []struct {
		name string
		f    func(r *rand.Rand, n int) error
		n    int
	}{
		{"writer", w.write, 6}, {"writer", w.write, 6}, {"puller", w.pull, 4}, {"reader", w.read, 4}, {"collector", w.collect, 4},
	} {
		own := rand.New(rand.NewPCG(seed, uint64(i)+3))
		w.turns.Go(of.name, func() error { return of.f(own, of.n) })
	}
	errs := w.turns.Run(func(as []*Actor) int { turns++; return r.IntN(len(as)) })
	if len(errs) > 0 {
		return turns, errors.Join(errs...)
	}
	if len(w.st.guard.pins)+len(w.st.guard.transfers) > 0 {
		return turns, fmt.Errorf("%d pins and %d transfers are left", len(w.st.guard.pins), len(w.st.guard.transfers))
	}
	for p, err := range w.st.Check(ctx) {
		if err != nil {
			return turns, err
		}
		return turns, fmt.Errorf("check: %v", p)
	}
	for h, err := range w.st.Heads(ctx) {
		if err == nil {
			err = w.right(h.ID)
		}
		if err != nil {
			return turns, err
		}
	}
	return turns, nil
}

// TestCollectModel: whatever the order in which commits, resets, pulls, imports and reads go on beside collections,
// nothing is lost that anybody relies on. Without any one of the parts that see to it something is.
func TestCollectModel(t *testing.T) {
	runs := 300
	if testing.Short() {
		runs = 100
	}
	if os.Getenv("RAMET_SOAK") != "" {
		runs = 4000
	}
	all := 0
	for seed := range uint64(runs) {
		turns, err := runWorld(t.Context(), seed, sound)
		require.NoError(t, err, "seed %d", seed)
		all += turns
	}
	t.Logf("%d runs of %d turns", runs, all/runs)
	again, err := runWorld(t.Context(), 1, sound)
	require.NoError(t, err)
	once, err := runWorld(t.Context(), 1, sound)
	require.NoError(t, err)
	require.Equal(t, once, again, "a seed gives the same run")

	found := map[flaw]int{noPins: 0, noneFound: 0, nonePut: 0, onceOnly: 0, noDirectory: 0}
	for f := range maps.Clone(found) {
		for seed := range uint64(runs) {
			if _, err := runWorld(t.Context(), seed, f); err != nil {
				if found[f]++; found[f] == 1 {
					t.Logf("%s: seed %d: %.300v", f, seed, err)
				}
				if runs < 4000 {
					break
				}
			}
		}
		require.NotZero(t, found[f], "nothing is lost although %s", f)
	}
	t.Log(found)
}
