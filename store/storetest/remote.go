package storetest

import (
	"context"
	"encoding/binary"
	"errors"
	"testing"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// TestRemote tests whether a remote does what [chunk.Remote] says. open returns a new handle of one remote each time,
// which is empty at the first: what one handle does, the others see. It may return the same handle if the remote is in
// memory. Names and commits of the tests are different, so that they can share the remote. The tests take a second or
// two; they do not end connections or servers, which is left to the tests of the remote.
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
