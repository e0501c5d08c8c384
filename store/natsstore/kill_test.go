package natsstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

// Clients count, by compare-and-swap and by Update, while a leader, or all servers, are killed as by kill -9 and started
// again. What was acknowledged is there, once, and the counters are exact.
//
// A round is mostly waiting for elections, which take from four to nine seconds and cannot be made shorter: so several
// clusters are besieged at a time, each with clients of its own and another kind of round.
func TestKill(t *testing.T) {
	clusters, rounds := 4, 5 // of each
	switch {
	case os.Getenv("RAMET_SOAK") != "":
		rounds, patience = 50, 10*time.Minute
	case testing.Short() && race:
		clusters, rounds = 2, 2
	case testing.Short():
		t.Skip("kills servers for most of a minute")
	}
	begun := time.Now()
	var sieges []*siege
	for i := range clusters {
		sieges = append(sieges, newSiege(t, i))
	}
	for _, s := range sieges {
		s.begin(t)
	}
	t.Logf("all clusters are there after %v", time.Since(begun).Round(time.Second))
	for round := range rounds {
		for _, s := range sieges {
			s.more(t)
		}
		for i, s := range sieges {
			s.kill(t, round+i)
		}
		time.Sleep(rand.N(300 * time.Millisecond))
		for _, s := range sieges {
			if !s.alone {
				s.revive(t)
			}
		}
		for _, s := range sieges {
			if s.alone {
				s.more(t) // two go on without the third
				s.revive(t)
			}
		}
		for _, s := range sieges {
			s.more(t)
			s.meanwhile.Wait()
			t.Log(s)
		}
		if t.Failed() {
			break
		}
	}
	t.Logf("%d rounds are over after %v", clusters*rounds, time.Since(begun).Round(time.Second))
	for _, s := range sieges {
		close(s.stop)
	}
	for _, s := range sieges {
		s.end(t)
	}
	t.Logf("looked at after %v", time.Since(begun).Round(time.Second))
}

// patience is how long an election may take on a slow machine, or on one that has more urgent things to do.
var patience = 2 * time.Minute

// How many clients of a cluster there are that count by swaps, and how many machines that count by Update.
const swappers, machines = 3, 2

// A siege is a cluster whose servers are killed, and what is done with it meanwhile.
type siege struct {
	*cluster
	number  int
	swaps   counting // on the name "counter"
	updates updating // on the branch "main"
	watcher *Remote
	machine *store.Store // one of those that update
	shared  *Remote      // what it shares
	packs   map[chunk.Addr][]chunk.Chunk
	stop    chan struct{}
	clients sync.WaitGroup
	watched atomic.Uint64 // the newest number
	unwatch context.CancelFunc

	// of a round
	killed    []*node
	what      string
	alone     bool // two of the servers are to go on without the third
	meanwhile sync.WaitGroup
}

func newSiege(t *testing.T, number int) *siege {
	s := &siege{
		cluster: newCluster(t),
		number:  number,
		swaps:   counting{done: map[chunk.Addr]chunk.Ref{}, unknown: map[chunk.Addr]bool{}},
		updates: updating{done: map[chunk.Addr]bool{}, by: map[string]int{}, unknown: map[string]int{}},
		packs:   map[chunk.Addr][]chunk.Chunk{},
		stop:    make(chan struct{}),
	}
	s.launch(t)
	return s
}

// begin waits for the servers, and lets the clients count.
func (s *siege) begin(t *testing.T) {
	s.ready(t)
	s.watcher = s.open(t, "kill")
	for i := range uint64(swappers) {
		r := s.open(t, "kill")
		s.clients.Go(func() { s.swaps.count(t, r, i, s.stop) })
	}
	for i := range machines {
		st := s.file(t)
		s.clients.Go(func() { s.updates.count(t, st, fmt.Sprint(i), s.stop) })
	}
	var watching context.Context
	watching, s.unwatch = context.WithCancel(context.Background())
	s.clients.Go(func() { s.watch(watching, t) })
}

func (s *siege) open(t *testing.T, name string) *Remote {
	return s.cluster.open(t, name, Patience(patience))
}

// file returns a store with a file of its own, as each machine has one.
func (s *siege) file(t *testing.T) *store.Store {
	r := s.open(t, "store")
	st, err := store.Open(filepath.Join(t.TempDir(), "s.ramet"), store.Shared(r))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, st.Close()) })
	s.machine, s.shared = st, r
	return st
}

func (s *siege) watch(ctx context.Context, t *testing.T) {
	var before chunk.Ref
	for ref, err := range s.watcher.Watch(ctx, "counter") {
		if err != nil {
			t.Errorf("watch: %v", err)
			return
		}
		if ref.Revision < before.Revision {
			t.Errorf("watched %v after %v", ref, before)
		}
		before = ref
		s.watched.Store(number(ref.Target))
	}
}

// more waits until more was acknowledged of both counters.
func (s *siege) more(t *testing.T) {
	t.Helper()
	swaps, updates := s.swaps.acks.Load()+20, s.updates.acks.Load()+5
	require.Eventually(t, func() bool { return s.swaps.acks.Load() >= swaps && s.updates.acks.Load() >= updates }, patience, 10*time.Millisecond,
		"nothing is acknowledged any more")
}

// kill kills servers, while a pack is put and, sometimes, the packs of the store are collected.
func (s *siege) kill(t *testing.T, kind int) {
	s.killed, s.what, s.alone = s.nodes, "all", false
	switch kind % 4 {
	case 0:
		s.killed, s.what, s.alone = []*node{s.leader(t, s.watcher.heads)}, "the leader of the heads", true
	case 2:
		s.killed, s.what = []*node{s.leader(t, s.shared.packs)}, "the leader of the store's packs"
	}
	n := len(s.packs)
	id, full := counted(uint64(n), 99, 0), n%2 == 0
	s.packs[id] = []chunk.Chunk{chunk.Of(make([]byte, n)), chunk.Of([]byte(fmt.Sprint(n)))}
	s.meanwhile.Go(func() { assert.NoError(t, s.watcher.PutPack(s.patient(t), id, full, each(s.packs[id]))) })
	if n%3 == 1 {
		s.meanwhile.Go(func() { assert.NoError(t, s.machine.CollectShared(s.patient(t))) })
	}
	s.swaps.restart()
	for _, n := range s.killed {
		n.kill()
	}
}

// revive starts what was killed.
func (s *siege) revive(t *testing.T) {
	for _, n := range s.killed {
		n.start(t)
	}
}

func (s *siege) String() string {
	return fmt.Sprintf("cluster %d, round %d: %s killed: %v; %v", s.number, len(s.packs), s.what, &s.swaps, &s.updates)
}

func (s *siege) patient(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// end looks at what is there when nobody is killed, and nobody counts, any more.
func (s *siege) end(t *testing.T) {
	var last chunk.Ref
	assert.Eventually(t, func() (ok bool) {
		var err error
		last, err = s.watcher.Ref(within(t), "counter")
		return err == nil && s.watched.Load() == number(last.Target) && s.updates.over.Load() == machines && s.swaps.over.Load() == swappers
	}, patience, 10*time.Millisecond, "the watcher has not seen the last swap, or a client does not end")
	s.unwatch()
	s.clients.Wait()
	s.swaps.check(t, s.watcher)
	s.updates.check(t, s.file(t))
	for id, want := range s.packs {
		got, err := read(within(t), s.watcher, id)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
}
