package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ramet-go/ramet/store/chunk"
)

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
