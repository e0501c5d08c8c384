package storetest

import (
	"bytes"
	"context"
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

// Several put, delete and read one pack at once: who reads it sees one that was put, whole, or that there is none (any
// more).
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
