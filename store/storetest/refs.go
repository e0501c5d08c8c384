package storetest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

func testSwap(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	refused := func(old uint64) {
		s.Helper()
		before := s.ref(e, "a")
		entries := len(all(s, e.Log(ctx, "")))
		for _, to := range []chunk.Addr{target(9), {}} {
			r, err := e.Swap(ctx, chunk.Swap{Name: "a", Old: old, Target: to})
			s.is(err, chunk.ErrMoved, "a swap that expects ", old)
			same(s, r, chunk.Ref{}, "what a refused swap returns")
			same(s, s.ref(e, "a"), before, "what the name stands for")
			same(s, len(all(s, e.Log(ctx, ""))), entries, "the entries of the log")
		}
	}
	same(s, s.ref(e, "a"), chunk.Ref{}, "a name that does not exist")
	refused(1)
	first := s.swap(e, "a", 0, target(1))
	same(s, first.Target, target(1), "the target")
	same(s, s.ref(e, "a"), first, "what was returned")
	if first.Revision == 0 {
		s.Fatal("the revision of a name that exists is 0")
	}
	refused(0)
	refused(first.Revision + 1)
	second := s.swap(e, "a", first.Revision, target(2))
	same(s, s.ref(e, "a"), second, "what was returned")
	refused(first.Revision)
	refused(0)
	same(s, s.swap(e, "a", second.Revision, chunk.Addr{}), chunk.Ref{}, "what a deletion returns")
	same(s, s.ref(e, "a"), chunk.Ref{}, "what was deleted")
	refused(second.Revision)
	entries := len(all(s, e.Log(ctx, "")))
	same(s, s.swap(e, "a", 0, chunk.Addr{}), chunk.Ref{}, "a deletion of what does not exist")
	same(s, len(all(s, e.Log(ctx, ""))), entries, "the entries of the log, after nothing was changed")
}

// testRevisions: a swap that expects what a name stood for earlier is refused, also if it stands for that again.
func testRevisions(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	var last uint64
	seen := func(r chunk.Ref) chunk.Ref {
		s.Helper()
		if r.Revision <= last {
			s.Fatalf("revision %d comes after %d", r.Revision, last)
		}
		last = r.Revision
		return r
	}
	a := seen(s.swap(e, "a", 0, target(1)))
	b := seen(s.swap(e, "a", a.Revision, target(2)))
	again := seen(s.swap(e, "a", b.Revision, target(1)))
	_, err := e.Swap(ctx, chunk.Swap{Name: "a", Old: a.Revision, Target: target(3)})
	s.is(err, chunk.ErrMoved, "the target is the same, but not the revision")
	same := seen(s.swap(e, "a", again.Revision, target(1)))
	_, err = e.Swap(ctx, chunk.Swap{Name: "a", Old: again.Revision, Target: target(3)})
	s.is(err, chunk.ErrMoved, "a swap to the same target is one")
	s.swap(e, "a", same.Revision, chunk.Addr{})
	made := seen(s.swap(e, "a", 0, target(1)))
	for _, old := range []chunk.Ref{a, b, again, same} {
		_, err = e.Swap(ctx, chunk.Swap{Name: "a", Old: old.Revision, Target: target(3)})
		s.is(err, chunk.ErrMoved, "a revision of before the deletion")
	}
	s.swap(e, "a", made.Revision, target(2))
}

func testNames(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	for _, name := range []string{"", "/", "a/", "/a", "a//b", ".", "..", "a/../b", "a b", "a\x00", "ä", "a\\b", strings.Repeat("x", chunk.MaxName+1)} {
		c := node(name)
		if _, err := e.Swap(ctx, chunk.Swap{Name: name, Target: c.Addr}); err == nil {
			s.Fatalf("the name %q was accepted", name)
		}
		if _, err := e.Commit(ctx, []chunk.Chunk{c}, chunk.Swap{Name: name, Target: c.Addr}); err == nil {
			s.Fatalf("the name %q was accepted", name)
		}
		s.lacks(e, c)
		same(s, s.ref(e, name), chunk.Ref{}, "what is no name")
		same(s, len(all(s, e.Log(ctx, name))), 0, "the log of what is no name")
	}
	same(s, len(all(s, e.Refs(ctx, ""))), 0, "the number of names")
	for _, name := range []string{"a", "...", "tags/v1.2.3", "A-Z_0/9", strings.Repeat("x", chunk.MaxName)} {
		r := s.swap(e, name, 0, target(1))
		same(s, s.ref(e, name), r, "what the name stands for")
	}
}

func testRefs(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	same(s, len(all(s, e.Refs(ctx, ""))), 0, "of an empty engine")
	var want []chunk.Named
	add := func(name string) {
		want = append(want, chunk.Named{Name: name, Ref: s.swap(e, name, 0, target(len(want)))})
	}
	for n := range 1300 { // more than an engine would read at once
		add(fmt.Sprint("many/", n))
	}
	for _, name := range []string{"a", "A", "a/b", "a-b", "a.b", "many", "manz", "z"} {
		add(name)
	}
	gone := s.swap(e, "a/gone", 0, target(1))
	s.swap(e, "a/gone", gone.Revision, chunk.Addr{})
	slices.SortFunc(want, func(a, b chunk.Named) int { return strings.Compare(a.Name, b.Name) })
	for _, prefix := range []string{"", "a", "a/", "many", "many/", "many/1", "many/999", "z", "zz", "0", "~", "\xff"} {
		matching := slices.DeleteFunc(slices.Clone(want), func(n chunk.Named) bool { return !strings.HasPrefix(n.Name, prefix) })
		if got := all(s, e.Refs(ctx, prefix)); !slices.Equal(got, matching) {
			s.Fatalf("%d names begin with %q, and not %d, or they are others", len(got), prefix, len(matching))
		}
	}
	for range e.Refs(ctx, "") {
		break
	}
}

func testCommit(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	leaf, side := node("leaf"), node("side")
	root := node("root", leaf.Addr)
	r, err := e.Commit(ctx, []chunk.Chunk{leaf, root, leaf}, chunk.Swap{Name: "a", Target: root.Addr})
	s.ok(err, "commit")
	same(s, s.ref(e, "a"), r, "what the name stands for")
	same(s, r.Target, root.Addr, "the target")
	s.has(e, leaf)
	s.has(e, root)
	entries := len(all(s, e.Log(ctx, "")))

	for _, old := range []uint64{0, r.Revision + 1} {
		_, err = e.Commit(ctx, []chunk.Chunk{side}, chunk.Swap{Name: "a", Old: old, Target: side.Addr})
		s.is(err, chunk.ErrMoved, "commit")
		s.lacks(e, side)
		same(s, s.ref(e, "a"), r, "what the name stands for")
		same(s, len(all(s, e.Log(ctx, ""))), entries, "the entries of the log")
	}
	// All the chunks may be there already, and a name may be deleted with others stored.
	r, err = e.Commit(ctx, []chunk.Chunk{leaf, root}, chunk.Swap{Name: "a", Old: r.Revision, Target: leaf.Addr})
	s.ok(err, "commit of what is there")
	r, err = e.Commit(ctx, []chunk.Chunk{side}, chunk.Swap{Name: "a", Old: r.Revision})
	s.ok(err, "a deletion")
	same(s, r, chunk.Ref{}, "what a deletion returns")
	s.has(e, side)
}

// testContention: every swap that succeeds is the only one that followed the revision that it expected, and nobody sees
// an earlier revision after a later one. That is all that there is to linearizable swaps of one name; two names are
// used.
func testContention(t *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	writers, swaps := 6, 40
	if testing.Short() {
		swaps = 10
	}
	type done struct {
		name     string
		old, new uint64
	}
	var mu sync.Mutex
	var history []done
	var wg sync.WaitGroup
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		readers.Go(func() {
			var last chunk.Ref
			for {
				select {
				case <-stop:
					return
				default:
				}
				r, err := e.Ref(ctx, name)
				if err != nil || r.Revision < last.Revision {
					t.Errorf("%s: after revision %d comes %d (%v)", name, last.Revision, r.Revision, err)
					return
				}
				last = r
			}
		})
	}
	for w := range writers {
		wg.Go(func() {
			for i := range swaps {
				name := string(rune('a' + (w+i)%2))
				for {
					r, err := e.Ref(ctx, name)
					if err != nil {
						t.Error(err)
						return
					}
					count := counted(r.Target) + 1
					c := counter(count, w)
					now, err := e.Commit(ctx, []chunk.Chunk{node(fmt.Sprint(w, i))}, chunk.Swap{Name: name, Old: r.Revision, Target: c})
					if errors.Is(err, chunk.ErrMoved) {
						continue
					}
					if err != nil || now.Target != c {
						t.Errorf("a swap returns %v, %v", now, err)
						return
					}
					if seen, err := e.Ref(ctx, name); err != nil || seen.Revision < now.Revision {
						t.Errorf("after a swap to %d the revision is %d (%v)", now.Revision, seen.Revision, err)
					}
					mu.Lock()
					history = append(history, done{name, r.Revision, now.Revision})
					mu.Unlock()
					break
				}
			}
		})
	}
	s.soon("swaps", func() { wg.Wait(); close(stop); readers.Wait() })
	if t.Failed() {
		return
	}
	total := 0
	for _, name := range []string{"a", "b"} {
		next := map[uint64]uint64{}
		for _, d := range history {
			if d.name != name {
				continue
			}
			if _, twice := next[d.old]; twice {
				s.Fatalf("two swaps of %s followed revision %d", name, d.old)
			}
			next[d.old] = d.new
		}
		at, steps := uint64(0), 0
		for ; next[at] != 0; steps++ {
			at = next[at]
		}
		same(s, steps, len(next), "swaps of ", name, " in a row")
		r := s.ref(e, name)
		same(s, r.Revision, at, "the last revision of ", name)
		same(s, counted(r.Target), uint64(steps), "what ", name, " counted")
		total += steps

		var before chunk.Addr
		log := all(s, e.Log(ctx, name))
		same(s, len(log), steps, "the entries of the log of ", name)
		for _, entry := range slices.Backward(log) {
			same(s, entry.Old, before, "the target before a swap")
			before = entry.New
		}
	}
	same(s, total, writers*swaps, "the swaps")
}

// counter returns an address with a count in it, and who counted.
func counter(count uint64, who int) (a chunk.Addr) {
	binary.BigEndian.PutUint64(a[:], count)
	a[31] = byte(who + 1)
	return a
}

func counted(a chunk.Addr) uint64 { return binary.BigEndian.Uint64(a[:]) }

func testLog(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	same(s, len(all(s, e.Log(ctx, ""))), 0, "of an empty engine")
	var want []chunk.Entry
	state := map[string]chunk.Ref{}
	swap := func(name string, to chunk.Addr, at time.Time, why string) {
		old := state[name]
		r, err := e.Swap(ctx, chunk.Swap{Name: name, Old: old.Revision, Target: to, Time: at, Why: why})
		s.ok(err, "swap")
		state[name] = r
		want = append(want, chunk.Entry{Name: name, Old: old.Target, New: to, Time: at, Why: why})
	}
	times := []time.Time{
		{}, time.Unix(0, 0), time.Unix(-1, 999_999_999), time.Now(), time.Date(9999, 12, 31, 23, 59, 59, 1, time.UTC),
		time.Date(1600, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600)),
	}
	for n, at := range times {
		swap("a", target(n), at, fmt.Sprint("why ", n))
		swap("a/b", target(-n), at, "")
	}
	swap("a", chunk.Addr{}, time.Unix(5, 0), "deleted")
	swap("a", target(1), time.Unix(4, 0), "a reason\x00\xff "+strings.Repeat("long ", 3000))
	for n := range 600 { // more than an engine would read at once
		swap("many", target(n), time.Unix(int64(n%7), int64(n)), "")
	}
	slices.Reverse(want)
	for _, name := range []string{"", "a", "a/b", "many", "none"} {
		var matching []chunk.Entry
		for _, entry := range want {
			if name == "" || entry.Name == name {
				matching = append(matching, entry)
			}
		}
		got := all(s, e.Log(ctx, name))
		if !slices.EqualFunc(got, matching, func(a, b chunk.Entry) bool {
			equal := a.Time.Equal(b.Time)
			a.Time, b.Time = time.Time{}, time.Time{}
			return equal && a == b
		}) {
			s.Fatalf("the log of %q has %d entries, and not %d, or others", name, len(got), len(matching))
		}
	}
	for range e.Log(ctx, "") {
		break
	}
}
