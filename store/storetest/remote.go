package storetest

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// TestRemote tests whether a remote does what [chunk.Remote] says. open returns a new handle of one remote each time, which is empty at the
// first: what one handle does, the others see. It may return the same handle if the remote is in memory. Names and commits of the
// tests are different, so that they can share the remote. The tests take a second or two; they do not end connections or servers, which is left to the tests of the remote.
func TestRemote(t *testing.T, open func(testing.TB) chunk.Remote) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, func(testing.TB) chunk.Remote)
	}{
		{"Empty", remoteEmpty},
		{"Refs", remoteRefs},
		{"Names", remoteNames},
		{"ABA", remoteABA},
		{"Again", remoteAgain},
		{"Create", remoteCreate},
		{"Counters", remoteCounters},
		{"Linearizable", remoteLinearizable},
		{"Watch", remoteWatch},
		{"WatchMany", remoteWatchMany},
		{"Packs", remotePacks},
		{"PackKinds", remotePackKinds},
		{"PackInterrupted", remotePackInterrupted},
		{"PackContention", remotePackContention},
		{"Ended", remoteEnded},
		{"DropAnswers", remoteDropAnswers},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open) })
	}
}

// limit is how long a test waits for what has to come.
const limit = 30 * time.Second

func within(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	t.Cleanup(cancel)
	return ctx
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// address returns an address for each number.
func address(n uint64) chunk.Addr {
	var a chunk.Addr
	binary.BigEndian.PutUint64(a[:], n)
	a[31] = 1
	return a
}

func number(a chunk.Addr) uint64 { return binary.BigEndian.Uint64(a[:]) }

func swap(name string, old uint64, target chunk.Addr) chunk.Swap {
	return chunk.Swap{Name: name, Old: old, Target: target, Time: time.Unix(1, 0), Why: "a reason\nof two lines: \"é\""}
}

func wantRef(t *testing.T, r chunk.Remote, name string, want chunk.Ref) {
	t.Helper()
	got, err := r.Ref(within(t), name)
	must(t, err)
	if got != want {
		t.Fatalf("%s is %v, want %v", name, got, want)
	}
}

func wantErr(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Fatalf("the error is %v, want %v", got, want)
	}
}

func named(t *testing.T, r chunk.Remote, prefix string) (all []chunk.Named) {
	t.Helper()
	for n, err := range r.Refs(within(t), prefix) {
		must(t, err)
		all = append(all, n)
	}
	return all
}

func remoteEmpty(t *testing.T, open func(testing.TB) chunk.Remote) {
	r := open(t)
	wantRef(t, r, "empty/none", chunk.Ref{})
	if all := named(t, r, ""); len(all) > 0 {
		t.Fatalf("an empty remote has the names %v", all)
	}
	for info, err := range r.Packs(within(t)) {
		t.Fatalf("an empty remote has the pack %v (%v)", info, err)
	}
	_, _, err := r.Pack(within(t), address(1))
	wantErr(t, err, chunk.ErrMissing)
	must(t, r.DeletePack(within(t), address(1)))

	// The only name is deleted and made again.
	a, err := r.Swap(within(t), swap("empty/one", 0, address(1)))
	must(t, err)
	_, err = r.Swap(within(t), swap("empty/one", a.Revision, chunk.Addr{}))
	must(t, err)
	b, err := r.Swap(within(t), swap("empty/one", 0, address(1)))
	must(t, err)
	if b.Revision <= a.Revision {
		t.Fatalf("%v was deleted and made again as %v", a, b)
	}
}

func remoteRefs(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	ctx := within(t)
	a, err := r.Swap(ctx, swap("refs/a", 0, address(1)))
	must(t, err)
	if a.Target != address(1) || a.Revision == 0 {
		t.Fatalf("Swap returns %v", a)
	}
	wantRef(t, other, "refs/a", a)
	if _, err := other.Swap(ctx, swap("refs/a", 0, address(2))); true {
		wantErr(t, err, chunk.ErrMoved)
	}
	if _, err := other.Swap(ctx, swap("refs/a", a.Revision+1_000_000, address(2))); true {
		wantErr(t, err, chunk.ErrMoved)
	}
	if _, err := other.Swap(ctx, swap("refs/none", 1, address(2))); true {
		wantErr(t, err, chunk.ErrMoved)
	}
	wantRef(t, r, "refs/a", a)
	wantRef(t, r, "refs/none", chunk.Ref{})

	b, err := other.Swap(ctx, swap("refs/a", a.Revision, address(2)))
	must(t, err)
	if b.Target != address(2) || b.Revision <= a.Revision {
		t.Fatalf("after %v Swap returns %v", a, b)
	}
	_, err = r.Swap(ctx, swap("refs/a", a.Revision, address(3)))
	wantErr(t, err, chunk.ErrMoved)
	wantRef(t, r, "refs/a", b)

	// Names do not know of each other, also if one is the beginning of another.
	c, err := r.Swap(ctx, swap("refs/a/b", 0, address(4)))
	must(t, err)
	wantRef(t, other, "refs/a", b)
	wantRef(t, other, "refs/a/b", c)
	_, err = r.Swap(ctx, swap("refs/a", c.Revision, address(3)))
	wantErr(t, err, chunk.ErrMoved)

	gone, err := r.Swap(ctx, swap("refs/a", b.Revision, chunk.Addr{}))
	must(t, err)
	if gone != (chunk.Ref{}) {
		t.Fatalf("a deletion returns %v", gone)
	}
	wantRef(t, other, "refs/a", chunk.Ref{})
	_, err = other.Swap(ctx, swap("refs/a", b.Revision, address(1)))
	wantErr(t, err, chunk.ErrMoved)

	// To delete what is not there is nothing, what is there needs its revision.
	gone, err = other.Swap(ctx, swap("refs/a", 0, chunk.Addr{}))
	must(t, err)
	if gone != (chunk.Ref{}) {
		t.Fatalf("a deletion of nothing returns %v", gone)
	}
	_, err = other.Swap(ctx, swap("refs/a/b", 0, chunk.Addr{}))
	wantErr(t, err, chunk.ErrMoved)
	wantRef(t, other, "refs/a/b", c)
}

func remoteNames(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	ctx := within(t)
	names := []string{
		"names/a.b", "names/a/b", "names/a-b", "names/a_b", "names/ab", "names/a", "names/A", "names/a.", "names/.a", "names/...", "names/..a", "names/a..b", "names/a/.b", "names/a./b", "names/a.b/c", "names/a/b.c", "names/a.b.c",
		"names/0", "names/-", "names/_", "names/DEL", "names/" + strings.Repeat("x", chunk.MaxName-6), strings.Repeat("n/", chunk.MaxName/2-1) + "n",
	}
	slices.Sort(names)
	want := map[string]chunk.Ref{}
	for i, name := range names {
		ref, err := r.Swap(ctx, swap(name, 0, address(uint64(i+1))))
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		want[name] = ref
	}
	for _, name := range names {
		wantRef(t, other, name, want[name])
	}
	for _, prefix := range []string{"names/", "names/a", "names/a.", "names/a/", "n/n/", "names/none", "names/a.b", "a/b", "n/a"} {
		var expect []chunk.Named
		for _, name := range names {
			if strings.HasPrefix(name, prefix) {
				expect = append(expect, chunk.Named{Name: name, Ref: want[name]})
			}
		}
		if got := named(t, other, prefix); !slices.Equal(got, expect) {
			t.Fatalf("the names with %q are\n%v, want\n%v", prefix, got, expect)
		}
	}
	all := named(t, other, "")
	if len(all) < len(names) || !slices.IsSortedFunc(all, func(a, b chunk.Named) int { return strings.Compare(a.Name, b.Name) }) {
		t.Fatalf("all names: %v", all)
	}
	for range other.Refs(ctx, "names/") {
		break
	}
	_, err := r.Swap(ctx, swap("names/a", want["names/a"].Revision, chunk.Addr{}))
	must(t, err)
	for _, n := range named(t, other, "names/a") {
		if n.Name == "names/a" {
			t.Fatalf("a deleted name is listed: %v", n)
		}
	}

	before := named(t, other, "")
	for _, name := range []string{"", ".", "..", "a//b", "/a", "a/", "a b", "a=b", "*", ">", "names/*", "a.*/", "a\n", "ä", "$KV", strings.Repeat("x", chunk.MaxName+1)} {
		if _, err := r.Swap(ctx, swap(name, 0, address(1))); err == nil || errors.Is(err, chunk.ErrMoved) {
			t.Fatalf("a swap of %q returns %v", name, err)
		}
		if ref, err := r.Ref(ctx, name); err == nil && ref != (chunk.Ref{}) {
			t.Fatalf("%q is %v", name, ref)
		}
	}
	if after := named(t, other, ""); !slices.Equal(before, after) {
		t.Fatalf("swaps of what is no name have changed\n%v to\n%v", before, after)
	}
}

func remoteABA(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	ctx := within(t)
	first, err := r.Swap(ctx, swap("aba", 0, address(1)))
	must(t, err)
	b, err := other.Swap(ctx, swap("aba", first.Revision, address(2)))
	must(t, err)
	again, err := other.Swap(ctx, swap("aba", b.Revision, address(1)))
	must(t, err)
	if again.Revision <= b.Revision || b.Revision <= first.Revision {
		t.Fatalf("revisions do not grow: %v %v %v", first, b, again)
	}
	_, err = r.Swap(ctx, swap("aba", first.Revision, address(3)))
	wantErr(t, err, chunk.ErrMoved)
	wantRef(t, r, "aba", again)

	// A swap to the same target is one as well.
	same, err := r.Swap(ctx, swap("aba", again.Revision, address(1)))
	must(t, err)
	if same.Revision <= again.Revision {
		t.Fatalf("a swap to the same target leaves revision %d at %d", again.Revision, same.Revision)
	}
	_, err = other.Swap(ctx, swap("aba", again.Revision, address(3)))
	wantErr(t, err, chunk.ErrMoved)
}

// A name that is made again has none of its earlier revisions.
func remoteAgain(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	ctx := within(t)
	var before []chunk.Ref
	for i := range uint64(5) {
		ref, err := r.Swap(ctx, swap("again", 0, address(i+1)))
		must(t, err)
		for _, b := range before {
			if ref.Revision <= b.Revision {
				t.Fatalf("made again with revision %d, after %v", ref.Revision, before)
			}
			_, err := other.Swap(ctx, swap("again", b.Revision, address(9)))
			wantErr(t, err, chunk.ErrMoved)
		}
		before = append(before, ref)
		wantRef(t, other, "again", ref)
		_, err = other.Swap(ctx, swap("again", 0, address(9)))
		wantErr(t, err, chunk.ErrMoved)
		_, err = other.Swap(ctx, swap("again", ref.Revision, chunk.Addr{}))
		must(t, err)
		_, err = r.Swap(ctx, swap("again", ref.Revision, chunk.Addr{}))
		wantErr(t, err, chunk.ErrMoved)
		wantRef(t, r, "again", chunk.Ref{})
	}
}

// Of those who make a name at once, one does, also if it was deleted before.
func remoteCreate(t *testing.T, open func(testing.TB) chunk.Remote) {
	const clients, rounds = 5, 8
	ctx := within(t)
	r := open(t)
	handles := make([]chunk.Remote, clients)
	for i := range handles {
		handles[i] = open(t)
	}
	for round := range uint64(rounds) {
		refs := make([]chunk.Ref, clients)
		errs := make([]error, clients)
		var all sync.WaitGroup
		for i, h := range handles {
			all.Go(func() { refs[i], errs[i] = h.Swap(ctx, swap("create", 0, address(round*clients+uint64(i)+1))) })
		}
		all.Wait()
		var made []chunk.Ref
		for i, err := range errs {
			if err == nil {
				made = append(made, refs[i])
			} else {
				wantErr(t, err, chunk.ErrMoved)
			}
		}
		if len(made) != 1 {
			t.Fatalf("%d have made one name: %v", len(made), made)
		}
		wantRef(t, r, "create", made[0])
		_, err := r.Swap(ctx, swap("create", made[0].Revision, chunk.Addr{}))
		must(t, err)
	}
}

// count adds one to the number that name stands for, as often as said, and hands out the refs that its swaps returned.
func count(ctx context.Context, r chunk.Remote, name string, times int, each func(chunk.Ref)) error {
	for done := 0; done < times; {
		old, err := r.Ref(ctx, name)
		if err != nil {
			return err
		}
		now, err := r.Swap(ctx, swap(name, old.Revision, address(number(old.Target)+1)))
		switch {
		case err == nil:
			done++
			each(now)
		case errors.Is(err, chunk.ErrMoved):
			if ctx.Err() != nil {
				return ctx.Err()
			}
			time.Sleep(rand.N(time.Millisecond))
		default:
			return err
		}
	}
	return nil
}

func remoteCounters(t *testing.T, open func(testing.TB) chunk.Remote) {
	const clients, times = 4, 25
	ctx := within(t)
	var mu sync.Mutex
	seen := map[uint64]chunk.Ref{}
	var all sync.WaitGroup
	for range clients {
		r := open(t)
		all.Go(func() {
			err := count(ctx, r, "counter", times, func(ref chunk.Ref) {
				mu.Lock()
				defer mu.Unlock()
				if was, ok := seen[number(ref.Target)]; ok {
					t.Errorf("two swaps have counted to %d: %v and %v", number(ref.Target), was, ref)
				}
				seen[number(ref.Target)] = ref
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if t.Failed() {
		return
	}
	wantRef(t, open(t), "counter", seen[clients*times])
	for n := uint64(2); n <= clients*times; n++ {
		if seen[n].Revision <= seen[n-1].Revision {
			t.Fatalf("the revisions of %d and %d are %d and %d", n-1, n, seen[n-1].Revision, seen[n].Revision)
		}
	}
}

// Swaps with deletions among them: the successful ones form one chain, each from the revision that another one made, and each began before the next one was over.
func remoteLinearizable(t *testing.T, open func(testing.TB) chunk.Remote) {
	const clients, times = 4, 40
	type done struct {
		old, now   chunk.Ref
		begun, end time.Time
	}
	ctx := within(t)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	var mu sync.Mutex
	var history []done
	var refused []done // with the time only
	var all sync.WaitGroup
	for i := range uint64(clients) {
		r := open(t)
		random := rand.New(rand.NewPCG(seed, i))
		all.Go(func() {
			var old chunk.Ref
			for n := range uint64(times) {
				target := address(i*times + n + 1)
				if random.IntN(4) == 0 {
					target = chunk.Addr{}
				}
				time.Sleep(time.Duration(random.IntN(50)) * time.Microsecond) // somebody else may get in between
				begun := time.Now()
				now, err := r.Swap(ctx, swap("linear", old.Revision, target))
				d := done{old, now, begun, time.Now()}
				mu.Lock()
				switch {
				case err == nil && (old.Revision != 0 || !target.IsZero()):
					history = append(history, d)
				case errors.Is(err, chunk.ErrMoved):
					refused = append(refused, d)
				case err != nil:
					t.Error(err)
				}
				mu.Unlock()
				if err == nil {
					old = now
				}
				if err != nil || random.IntN(3) == 0 {
					if old, err = r.Ref(ctx, "linear"); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	all.Wait()
	if t.Failed() {
		return
	}
	if len(history) < times || len(refused) == 0 {
		t.Fatalf("%d swaps were done and %d refused: too few to say anything", len(history), len(refused))
	}
	// Each revision is made once, and left at most once.
	made, left := map[uint64]done{}, map[uint64]done{}
	for _, d := range history {
		if d.now.Revision != 0 {
			if _, ok := made[d.now.Revision]; ok {
				t.Fatalf("revision %d was made twice", d.now.Revision)
			}
			made[d.now.Revision] = d
		}
		if d.old.Revision != 0 {
			if other, ok := left[d.old.Revision]; ok {
				t.Fatalf("two swaps from revision %d succeeded: to %v and %v", d.old.Revision, d.now, other.now)
			}
			left[d.old.Revision] = d
		}
	}
	var end []uint64
	deleted, created := 0, 0
	for _, d := range history {
		if d.old.Revision != 0 {
			if from, ok := made[d.old.Revision]; !ok {
				t.Fatalf("a swap from revision %d succeeded, which no swap has made", d.old.Revision)
			} else if d.end.Before(from.begun) {
				t.Fatalf("a swap from revision %d was over before that was made", d.old.Revision)
			}
		} else {
			created++
		}
		if d.now.Revision == 0 {
			deleted++
		} else if _, ok := left[d.now.Revision]; !ok {
			end = append(end, d.now.Revision)
		}
	}
	last, err := open(t).Ref(ctx, "linear")
	must(t, err)
	switch {
	case last.Revision == 0 && (len(end) != 0 || created != deleted),
		last.Revision != 0 && (len(end) != 1 || end[0] != last.Revision || made[last.Revision].now != last || created != deleted+1):
		t.Fatalf("at the end it is %v; left over are %v, with %d made and %d deleted", last, end, created, deleted)
	}
}

// watch hands out what a name stands for until the test ends.
func watch(t *testing.T, r chunk.Remote, name string) <-chan chunk.Ref {
	ctx, cancel := context.WithCancel(context.Background())
	refs, over := make(chan chunk.Ref, 10_000), make(chan struct{})
	go func() {
		defer close(over)
		for ref, err := range r.Watch(ctx, name) {
			if err != nil {
				t.Errorf("watch %s: %v", name, err)
				return
			}
			refs <- ref
		}
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case <-over:
		case <-time.After(limit):
			t.Errorf("watch %s does not end with its context", name)
		}
	})
	return refs
}

// expect waits until what is watched is want. What comes before has to be older.
func expect(t *testing.T, refs <-chan chunk.Ref, want chunk.Ref) {
	t.Helper()
	late := time.After(limit)
	for {
		select {
		case got := <-refs:
			if got == want {
				return
			}
			if want.Revision != 0 && got.Revision > want.Revision {
				t.Fatalf("watched %v before %v", got, want)
			}
		case <-late:
			t.Fatalf("%v was not seen", want)
		}
	}
}

func remoteWatch(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	ctx := within(t)
	refs := watch(t, other, "watch")
	expect(t, refs, chunk.Ref{})
	beside, err := r.Swap(ctx, swap("watch/beside", 0, address(7)))
	must(t, err)
	a, err := r.Swap(ctx, swap("watch", 0, address(1)))
	must(t, err)
	expect(t, refs, a)
	b, err := r.Swap(ctx, swap("watch", a.Revision, address(2)))
	must(t, err)
	expect(t, refs, b)
	late := watch(t, other, "watch") // begins with what is there
	expect(t, late, b)
	_, err = r.Swap(ctx, swap("watch", b.Revision, chunk.Addr{}))
	must(t, err)
	expect(t, refs, chunk.Ref{})
	expect(t, late, chunk.Ref{})
	c, err := r.Swap(ctx, swap("watch", 0, address(1)))
	must(t, err)
	expect(t, refs, c)
	expect(t, late, c)
	expect(t, watch(t, other, "watch/beside"), beside)

	// The caller may stop, and ctx may have ended.
	for ref, err := range other.Watch(ctx, "watch") {
		must(t, err)
		if ref != c {
			t.Fatalf("watched %v first, want %v", ref, c)
		}
		break
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for _, err := range other.Watch(ended, "watch") {
		must(t, err)
	}
	// ctx may end in the loop.
	ending, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, err := range other.Watch(ending, "watch") {
		must(t, err)
		cancel()
	}
}

// One who is slow sees the newest in the end.
func remoteWatchMany(t *testing.T, open func(testing.TB) chunk.Remote) {
	const times = 300
	r, other := open(t), open(t)
	ctx := within(t)
	var last chunk.Ref
	var wrote sync.WaitGroup
	wrote.Go(func() {
		must := func(err error) {
			if err != nil {
				t.Error(err)
			}
		}
		for n := range uint64(times) {
			ref, err := r.Swap(ctx, swap("many", last.Revision, address(n+1)))
			must(err)
			last = ref
		}
	})
	seen, before := 0, chunk.Ref{}
	for ref, err := range other.Watch(ctx, "many") {
		must(t, err)
		if seen > 0 && ref.Revision <= before.Revision {
			t.Fatalf("after %v came %v", before, ref)
		}
		seen, before = seen+1, ref
		if number(ref.Target) == times {
			break
		}
		if seen < 3 {
			time.Sleep(50 * time.Millisecond)
		}
	}
	must(t, ctx.Err())
	wrote.Wait()
	if before != last {
		t.Fatalf("the last that was seen is %v, want %v", before, last)
	}
}

// some returns chunks of these lengths, different ones for each seed.
func some(seed byte, lengths ...int) []chunk.Chunk {
	random := rand.NewChaCha8([32]byte{seed})
	var all []chunk.Chunk
	for _, n := range lengths {
		data := make([]byte, n)
		random.Read(data) //nolint:errcheck // it never fails
		all = append(all, chunk.Of(data))
	}
	return all
}

func each(cs []chunk.Chunk) iter.Seq2[chunk.Chunk, error] {
	return func(yield func(chunk.Chunk, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func wantPack(t *testing.T, r chunk.Remote, id chunk.Addr, full bool, want []chunk.Chunk) {
	t.Helper()
	is, chunks, err := r.Pack(within(t), id)
	must(t, err)
	if is != full {
		t.Fatalf("pack %v: full is %v", id, is)
	}
	for range 2 { // it can be read again
		n := 0
		for c, err := range chunks {
			must(t, err)
			if n == len(want) {
				t.Fatalf("pack %v has more than %d chunks", id, n)
			}
			if c.Addr != want[n].Addr || !bytes.Equal(c.Data, want[n].Data) {
				t.Fatalf("pack %v: chunk %d of %d is %v of %d bytes, want %v of %d", id, n, len(want), c.Addr, len(c.Data), want[n].Addr, len(want[n].Data))
			}
			n++
		}
		if n != len(want) {
			t.Fatalf("pack %v has %d chunks, want %d", id, n, len(want))
		}
	}
}

func infos(t *testing.T, r chunk.Remote) map[chunk.Addr]chunk.PackInfo {
	t.Helper()
	all := map[chunk.Addr]chunk.PackInfo{}
	for info, err := range r.Packs(within(t)) {
		must(t, err)
		if _, ok := all[info.ID]; ok {
			t.Fatalf("pack %v is listed twice", info.ID)
		}
		all[info.ID] = info
	}
	return all
}

// repeated returns n times the same.
func repeated(length, n int) []int { return slices.Repeat([]int{length}, n) }

func remotePacks(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	ctx := within(t)
	begun := time.Now()
	packs := map[chunk.Addr][]chunk.Chunk{}
	for i, lengths := range [][]int{
		{},
		{1},
		{0, 1, 0},
		{127, 128, 129, 16383, 16384},
		{chunk.MaxSize},
		{3, 1, 2, 3},
		repeated(2048, 15), repeated(2048, 16), // about 32 kB
		repeated(chunk.MaxSize, 8), repeated(chunk.MaxSize, 9), // about 512 kB
		append(repeated(2000, 700), repeated(chunk.MaxSize, 20)...), // several parts
	} {
		id, cs := address(uint64(1000+i)), some(byte(i), lengths...)
		packs[id] = cs
		must(t, r.PutPack(ctx, id, i%2 == 0, each(cs)))
	}
	twice := some(99, 10, 20)
	twice = append(twice, twice...) // one that is given twice is there twice
	packs[address(1100)] = twice
	must(t, r.PutPack(ctx, address(1100), true, each(twice)))

	listed := infos(t, other)
	for id, cs := range packs {
		full := id == address(1100) || number(id)%2 == 0
		wantPack(t, other, id, full, cs)
		info, ok := listed[id]
		if !ok || info.Full != full {
			t.Fatalf("pack %v is listed as %v", id, info)
		}
		if off := info.Time.Sub(begun); off < -time.Hour || off > time.Hour {
			t.Fatalf("pack %v was put at %v, it is %v", id, info.Time, begun)
		}
	}
	for range other.Packs(ctx) {
		break
	}
	_, chunks, err := other.Pack(ctx, address(1010))
	must(t, err)
	for range chunks {
		break
	}

	// What is deleted is gone, and can be put again.
	for id := range packs {
		must(t, other.DeletePack(ctx, id))
		_, _, err := r.Pack(ctx, id)
		wantErr(t, err, chunk.ErrMissing)
		must(t, other.DeletePack(ctx, id))
	}
	listed = infos(t, r)
	for id := range packs {
		if _, ok := listed[id]; ok {
			t.Fatalf("pack %v is listed, which was deleted", id)
		}
		must(t, r.PutPack(ctx, id, false, each(packs[id][:len(packs[id])/2])))
		wantPack(t, other, id, false, packs[id][:len(packs[id])/2])
		must(t, r.DeletePack(ctx, id))
	}

	if err := r.PutPack(ctx, chunk.Addr{}, false, each(twice)); err == nil {
		t.Fatal("a pack of no commit was put")
	}
	if err := r.PutPack(ctx, address(1200), false, each(some(1, 5, chunk.MaxSize+1))); err == nil {
		t.Fatal("a chunk that is too long was put")
	}
	_, _, err = other.Pack(ctx, address(1200))
	wantErr(t, err, chunk.ErrMissing)
}

// A full pack replaces one that is not; everything else leaves what is there.
func remotePackKinds(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	ctx := within(t)
	short, long := []int{10, 20}, repeated(chunk.MaxSize, 17)
	id := uint64(2000)
	for _, first := range [][]int{short, long} {
		for _, second := range [][]int{short, long} {
			for _, wasFull := range []bool{false, true} {
				for _, full := range []bool{false, true} {
					id++
					a, b := some(1, first...), some(2, second...)
					must(t, r.PutPack(ctx, address(id), wasFull, each(a)))
					before := infos(t, r)[address(id)]
					must(t, other.PutPack(ctx, address(id), full, each(b)))
					want := a
					if full && !wasFull {
						want = b
					}
					wantPack(t, r, address(id), full || wasFull, want)
					after, ok := infos(t, other)[address(id)]
					if !ok || after.Full != (full || wasFull) || after.Time.Before(before.Time) || (!full || wasFull) && !after.Time.Equal(before.Time) {
						t.Fatalf("pack %v was listed as %v, is listed as %v", address(id), before, after)
					}
					must(t, r.DeletePack(ctx, address(id)))
				}
			}
		}
	}
}

var errOnPurpose = errors.New("an error on purpose")

// A put that ends halfway leaves what was there.
func remotePackInterrupted(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	id := uint64(3000)
	for _, lengths := range [][]int{{10, 20, 30}, repeated(chunk.MaxSize, 25)} {
		for _, was := range []bool{false, true} {
			for _, how := range []string{"error", "ctx", "size"} {
				id++
				old, cs := some(1, 7, 8), some(2, lengths...)
				if was {
					must(t, r.PutPack(within(t), address(id), false, each(old)))
				}
				ctx, cancel := context.WithCancel(within(t))
				defer cancel()
				err := r.PutPack(ctx, address(id), true, func(yield func(chunk.Chunk, error) bool) {
					for i, c := range cs {
						if i == len(cs)-1 {
							switch how {
							case "error":
								yield(chunk.Chunk{}, errOnPurpose)
								return
							case "ctx":
								cancel()
							case "size":
								c = some(3, chunk.MaxSize+1)[0]
							}
						}
						if !yield(c, nil) {
							return
						}
					}
				})
				switch how {
				case "error":
					wantErr(t, err, errOnPurpose)
				case "ctx":
					wantErr(t, err, context.Canceled)
				default:
					if err == nil {
						t.Fatal("a chunk that is too long was put")
					}
				}
				if was {
					wantPack(t, other, address(id), false, old)
				} else {
					_, _, err := other.Pack(within(t), address(id))
					wantErr(t, err, chunk.ErrMissing)
					if info, ok := infos(t, other)[address(id)]; ok {
						t.Fatalf("%v is listed", info)
					}
				}
				// The next one does it.
				must(t, other.PutPack(within(t), address(id), true, each(cs)))
				wantPack(t, r, address(id), true, cs)
				must(t, r.DeletePack(within(t), address(id)))
			}
		}
	}
}

// Several put, delete and read one pack at once: who reads it sees one that was put, whole, or that there is none (any more).
func remotePackContention(t *testing.T, open func(testing.TB) chunk.Remote) {
	const rounds = 6
	ctx := within(t)
	id := address(4000)
	var mu sync.Mutex
	put := map[string]bool{}
	print := func(cs []chunk.Chunk) string {
		var s strings.Builder
		for _, c := range cs {
			fmt.Fprintln(&s, c.Addr)
		}
		return s.String()
	}
	var all sync.WaitGroup
	work := func(do func(r chunk.Remote, n int) error) {
		r := open(t)
		all.Go(func() {
			for n := range rounds {
				if err := do(r, n); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for w := range 2 {
		work(func(r chunk.Remote, n int) error {
			cs := some(byte(w*rounds+n), append(repeated(chunk.MaxSize, n%2*9), 100, 200)...)
			mu.Lock()
			put[print(cs)] = true
			mu.Unlock()
			return r.PutPack(ctx, id, n%3 == 0, each(cs))
		})
		work(func(r chunk.Remote, _ int) error {
			_, chunks, err := r.Pack(ctx, id)
			if errors.Is(err, chunk.ErrMissing) {
				return nil
			}
			if err != nil {
				return err
			}
			var got []chunk.Chunk
			for c, err := range chunks {
				if errors.Is(err, chunk.ErrMissing) {
					return nil
				}
				if err != nil {
					return err
				}
				got = append(got, c)
			}
			mu.Lock()
			defer mu.Unlock()
			if !put[print(got)] {
				return fmt.Errorf("a pack of %d chunks is none that was put", len(got))
			}
			return nil
		})
	}
	work(func(r chunk.Remote, _ int) error { return r.DeletePack(ctx, id) })
	all.Wait()
	r := open(t)
	cs := some(100, 1, 2)
	must(t, r.PutPack(ctx, id, true, each(cs)))
	if full, _, err := open(t).Pack(ctx, id); err != nil || !full {
		t.Fatalf("after a full one was put there is one with full = %v (%v)", full, err)
	}
	must(t, r.DeletePack(ctx, id))
}

// Nothing is done for a context that has ended.
func remoteEnded(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	ctx := within(t)
	a, err := r.Swap(ctx, swap("ended", 0, address(1)))
	must(t, err)
	cs := some(1, 10)
	must(t, r.PutPack(ctx, address(5000), true, each(cs)))
	for _, cause := range []error{context.Canceled, context.DeadlineExceeded} {
		ended, cancel := context.WithCancel(ctx)
		if cause == context.DeadlineExceeded {
			ended, cancel = context.WithTimeout(ctx, -1)
		}
		cancel()
		_, err = r.Ref(ended, "ended")
		wantErr(t, err, cause)
		for _, err := range r.Refs(ended, "") {
			wantErr(t, err, cause)
		}
		_, err = r.Swap(ended, swap("ended", a.Revision, address(2)))
		wantErr(t, err, cause)
		if errors.Is(err, chunk.ErrUnknownOutcome) {
			t.Fatalf("the outcome of what was not begun is unknown: %v", err)
		}
		_, err = r.Swap(ended, swap("ended/none", 0, chunk.Addr{}))
		wantErr(t, err, cause)
		for ref, err := range r.Watch(ended, "ended") {
			if err != nil {
				t.Fatalf("Watch ends with %v (%v)", err, ref)
			}
		}
		wantErr(t, r.PutPack(ended, address(5001), true, each(cs)), cause)
		_, _, err = r.Pack(ended, address(5000))
		wantErr(t, err, cause)
		n := 0
		for _, err := range r.Packs(ended) {
			n++
			wantErr(t, err, cause)
		}
		if n != 1 {
			t.Fatalf("Packs yields %d errors", n)
		}
		wantErr(t, r.DeletePack(ended, address(5000)), cause)
	}
	reading, cancel := context.WithCancel(ctx)
	_, chunks, err := r.Pack(reading, address(5000))
	must(t, err)
	cancel()
	n := 0
	for _, err := range chunks {
		n++
		wantErr(t, err, context.Canceled)
	}
	if n != 1 {
		t.Fatalf("a pack yields %d errors", n)
	}
	wantRef(t, other, "ended", a)
	wantPack(t, other, address(5000), true, cs)
	_, _, err = other.Pack(ctx, address(5001))
	wantErr(t, err, chunk.ErrMissing)
}

// DropAnswers returns a remote whose swaps fail now and then with [chunk.ErrUnknownOutcome]: half of those are done nevertheless. What
// uses remotes is tested with it. seed says which ones; one in often fails.
func DropAnswers(r chunk.Remote, seed uint64, often int) chunk.Remote {
	return &dropper{Remote: r, random: rand.New(rand.NewPCG(seed, 0)), often: often}
}

type dropper struct {
	chunk.Remote
	often int

	mu     sync.Mutex
	random *rand.Rand
}

func (d *dropper) Swap(ctx context.Context, s chunk.Swap) (chunk.Ref, error) {
	d.mu.Lock()
	drop, done := d.random.IntN(d.often) == 0, d.random.IntN(2) == 0
	d.mu.Unlock()
	if !drop {
		return d.Remote.Swap(ctx, s)
	}
	if done {
		if _, err := d.Remote.Swap(ctx, s); err != nil && !errors.Is(err, chunk.ErrMoved) {
			return chunk.Ref{}, err
		}
	}
	return chunk.Ref{}, fmt.Errorf("%s to %v: %w", s.Name, s.Target, chunk.ErrUnknownOutcome)
}

// Clients that see unknown outcomes count right: each target is of one of them, and what became of it is in the name, or, as here, in what
// followed: a target has the number and the client of the swap, and others say whom they found.
func remoteDropAnswers(t *testing.T, open func(testing.TB) chunk.Remote) {
	const clients, times = 3, 20
	ctx := within(t)
	target := func(n, client, attempt uint64) chunk.Addr {
		a := address(n)
		binary.BigEndian.PutUint64(a[8:], client)
		binary.BigEndian.PutUint64(a[16:], attempt)
		return a
	}
	var mu sync.Mutex
	found := map[chunk.Addr]bool{} // targets that somebody has read or was told of: they were stored
	var tried [clients][]chunk.Addr
	unknown := 0
	var all sync.WaitGroup
	for client := range uint64(clients) {
		r := DropAnswers(open(t), client, 4)
		all.Go(func() {
			for attempt := uint64(0); attempt < 10_000; attempt++ {
				old, err := r.Ref(ctx, "dropped")
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				found[old.Target] = true
				mu.Unlock()
				if number(old.Target) >= clients*times {
					return
				}
				want := target(number(old.Target)+1, client, attempt)
				mu.Lock()
				tried[client] = append(tried[client], want)
				mu.Unlock()
				now, err := r.Swap(ctx, swap("dropped", old.Revision, want))
				mu.Lock()
				switch {
				case err == nil:
					found[now.Target] = true
				case errors.Is(err, chunk.ErrUnknownOutcome):
					unknown++
					if !strings.Contains(err.Error(), want.String()) {
						t.Errorf("the error does not name the commit: %v", err)
					}
				case !errors.Is(err, chunk.ErrMoved):
					t.Error(err)
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if t.Failed() {
		return
	}
	if unknown == 0 {
		t.Fatal("no outcome was unknown")
	}
	// Each number was reached once.
	reached := map[uint64]chunk.Addr{}
	for a := range found {
		if was, ok := reached[number(a)]; ok && was != a {
			t.Fatalf("%d was reached twice: %v and %v", number(a), was, a)
		}
		reached[number(a)] = a
	}
	for n := range uint64(clients*times + 1) {
		if _, ok := reached[n]; !ok {
			t.Fatalf("%d was not reached", n)
		}
	}
}
