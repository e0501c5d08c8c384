package natsstore

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/storetest"
)

// childEnv makes the test binary a server: it has a node as JSON. So a test can kill one as kill -9 does.
const childEnv = "RAMET_TEST_NATS_SERVER"

func TestMain(m *testing.M) {
	if text := os.Getenv(childEnv); text != "" {
		if err := serve(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// A node is a server of a cluster, in a process of its own.
type node struct {
	Name    string
	Dir     string
	Client  int // ports on this machine
	Cluster int
	Routes  []int

	command *exec.Cmd
	stdin   io.Closer
}

// serve runs a server until stdin ends, which it does when the test does.
func serve(text string) error {
	var n node
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		return err
	}
	o := serverOptions(n.Dir)
	o.ServerName, o.Port = n.Name, n.Client
	o.Cluster = server.ClusterOpts{Name: "ramet", Host: "127.0.0.1", Port: n.Cluster}
	for _, port := range n.Routes {
		o.Routes = append(o.Routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", port)})
	}
	s, err := server.NewServer(o)
	if err != nil {
		return err
	}
	s.Start()
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func (n *node) start(t testing.TB) {
	text, err := json.Marshal(n)
	require.NoError(t, err)
	n.command = exec.Command(os.Args[0])
	n.command.Env = append(os.Environ(), childEnv+"="+string(text), "GOMAXPROCS=2")
	n.command.Stderr = os.Stderr
	n.stdin, err = n.command.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, n.command.Start())
}

// kill is kill -9.
func (n *node) kill() {
	n.command.Process.Kill() //nolint:errcheck // it may be dead
	n.command.Wait()         //nolint:errcheck // it was killed
	n.stdin.Close()
}

// A cluster is three nodes.
type cluster struct {
	nodes []*node
	urls  string
}

// newCluster returns three servers that do not run yet.
func newCluster(t testing.TB) *cluster {
	var ports []int
	for len(ports) < 6 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	c := &cluster{}
	var urls []string
	dir := t.TempDir()
	for i := range 3 {
		n := &node{Name: fmt.Sprintf("n%d", i), Dir: filepath.Join(dir, fmt.Sprint(i)), Client: ports[i], Cluster: ports[3+i], Routes: ports[3:]}
		c.nodes = append(c.nodes, n)
		urls = append(urls, fmt.Sprintf("nats://127.0.0.1:%d", n.Client))
	}
	c.urls = strings.Join(urls, ",")
	return c
}

func (c *cluster) start(t testing.TB) {
	for _, n := range c.nodes {
		n.start(t)
	}
	t.Cleanup(func() {
		for _, n := range c.nodes {
			n.kill()
		}
	})
	require.Eventually(t, func() bool {
		nc, err := nats.Connect(c.urls)
		if err != nil {
			return false
		}
		defer nc.Close()
		js, err := jetstream.New(nc)
		if err != nil {
			return false
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_, err = js.AccountInfo(ctx)
		return err == nil
	}, 30*time.Second, 100*time.Millisecond, "the cluster does not start")
}

func (c *cluster) open(t testing.TB, name string, opts ...Option) *Remote {
	var r *Remote
	nc := connect(t, c.urls)
	// A cluster that has just started may not have all servers yet.
	require.Eventually(t, func() bool {
		var err error
		r, err = Open(within(t), nc, name, append([]Option{Replicas(3)}, opts...)...)
		if err != nil {
			t.Log(err)
		}
		return err == nil
	}, 30*time.Second, 200*time.Millisecond)
	return r
}

// leader returns the node that leads the heads.
func (c *cluster) leader(t testing.TB, r *Remote) *node {
	var leader *node
	require.Eventually(t, func() bool {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		info, err := r.heads.Info(ctx)
		if err != nil || info.Cluster == nil {
			return false
		}
		for _, n := range c.nodes {
			if n.Name == info.Cluster.Leader {
				leader = n
			}
		}
		return leader != nil
	}, 30*time.Second, 50*time.Millisecond, "the heads have no leader")
	return leader
}

func TestRemoteOfThree(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three servers")
	}
	c := newCluster(t)
	c.start(t)
	storetest.TestRemote(t, func(t testing.TB) chunk.Remote { return c.open(t, "kit") })
}

// A counting is what clients that count by swaps know of them.
type counting struct {
	mu      sync.Mutex
	done    map[chunk.Addr]chunk.Ref // swaps that were acknowledged
	unknown map[chunk.Addr]bool
	moved   atomic.Int64
	acks    atomic.Int64
	slowest time.Duration // between two acknowledged swaps of all
	last    time.Time
}

func counted(n, client, attempt uint64) (a chunk.Addr) {
	binary.BigEndian.PutUint64(a[:], n)
	binary.BigEndian.PutUint64(a[8:], client)
	binary.BigEndian.PutUint64(a[16:], attempt)
	a[31] = 1
	return a
}

func number(a chunk.Addr) uint64 { return binary.BigEndian.Uint64(a[:]) }

// count counts until stop is closed. What became of each of its swaps is noted.
func (c *counting) count(t *testing.T, r *Remote, client uint64, stop <-chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	for attempt := uint64(0); ; attempt++ {
		select {
		case <-stop:
			return
		default:
		}
		old, err := r.Ref(ctx, "counter")
		if err != nil {
			t.Logf("client %d: %v", client, err)
			continue
		}
		target := counted(number(old.Target)+1, client, attempt)
		now, err := r.Swap(ctx, chunk.Swap{Name: "counter", Old: old.Revision, Target: target})
		c.mu.Lock()
		switch {
		case err == nil:
			if now.Target != target || now.Revision <= old.Revision {
				t.Errorf("from %v to %v the swap returns %v", old, target, now)
			}
			c.done[target] = now
			c.acks.Add(1)
			if at := time.Now(); true {
				c.slowest, c.last = max(c.slowest, at.Sub(c.last)), at
			}
		case errors.Is(err, chunk.ErrUnknownOutcome):
			t.Logf("client %d: %v", client, err)
			c.unknown[target] = true
		case errors.Is(err, chunk.ErrMoved):
			c.moved.Add(1)
		default:
			t.Errorf("client %d: %v", client, err)
		}
		c.mu.Unlock()
		time.Sleep(rand.N(3 * time.Millisecond))
	}
}

// more waits until more swaps were acknowledged.
func (c *counting) more(t *testing.T, n int64) {
	t.Helper()
	want := c.acks.Load() + n
	require.Eventually(t, func() bool { return c.acks.Load() >= want }, time.Minute, 10*time.Millisecond, "nothing is acknowledged any more")
}

// Clients count by compare-and-swap while the leader, and then all servers, are killed as by kill -9 and started again.
// Every swap that was acknowledged is there, once.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("kills servers for half a minute")
	}
	rounds := 4
	if os.Getenv("RAMET_SOAK") != "" {
		rounds = 200
	}
	c := newCluster(t)
	c.start(t)
	watcher := c.open(t, "kill")
	counts := counting{done: map[chunk.Addr]chunk.Ref{}, unknown: map[chunk.Addr]bool{}, last: time.Now()}
	stop := make(chan struct{})
	var clients sync.WaitGroup
	for i := range uint64(4) {
		r := c.open(t, "kill", Patience(time.Minute))
		clients.Go(func() { counts.count(t, r, i, stop) })
	}
	// A pack for each round, and one who watches all the while.
	watching, cancel := context.WithCancel(context.Background())
	defer cancel()
	var seen atomic.Uint64 // the newest number watched
	clients.Go(func() {
		var before chunk.Ref
		for ref, err := range watcher.Watch(watching, "counter") {
			if err != nil {
				t.Errorf("watch: %v", err)
				return
			}
			if ref.Revision < before.Revision {
				t.Errorf("watched %v after %v", ref, before)
			}
			before = ref
			seen.Store(number(ref.Target))
		}
	})
	packs := map[chunk.Addr][]chunk.Chunk{}
	for round := range rounds {
		counts.more(t, 20)
		killed := c.nodes
		what := "all"
		if round%2 == 0 {
			killed, what = []*node{c.leader(t, watcher)}, "the leader"
		}
		id := counted(uint64(round), 99, 0)
		packs[id] = []chunk.Chunk{chunk.Of(make([]byte, round)), chunk.Of([]byte(fmt.Sprint(round)))}
		var put sync.WaitGroup
		put.Go(func() { assert.NoError(t, watcher.PutPack(within(t), id, round%2 == 0, each(packs[id]))) })
		counts.mu.Lock()
		counts.slowest, counts.last = 0, time.Now()
		counts.mu.Unlock()
		for _, n := range killed {
			n.kill()
		}
		time.Sleep(rand.N(300 * time.Millisecond))
		if len(killed) == 1 && round%4 == 0 {
			counts.more(t, 20) // two go on without the third
		}
		for _, n := range killed {
			n.start(t)
		}
		counts.more(t, 20)
		put.Wait()
		counts.mu.Lock()
		t.Logf("round %d: %s killed: a pause of %v; %d swaps acknowledged, %d unknown, %d moved", round, what, counts.slowest.Round(time.Millisecond), counts.acks.Load(), len(counts.unknown), counts.moved.Load())
		counts.mu.Unlock()
		if t.Failed() {
			break
		}
	}
	close(stop)
	last, err := watcher.Ref(within(t), "counter")
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		last, err = watcher.Ref(within(t), "counter")
		return err == nil && seen.Load() == number(last.Target)
	}, 30*time.Second, 10*time.Millisecond, "the watcher has not seen the last one")
	cancel()
	clients.Wait()

	// Every number up to the last was reached once: by a swap that was acknowledged, or by one whose outcome is
	// unknown.
	last, err = watcher.Ref(within(t), "counter")
	require.NoError(t, err)
	reached := map[uint64]chunk.Addr{}
	for a := range counts.done {
		if was, ok := reached[number(a)]; ok {
			t.Errorf("%d was reached twice: %v and %v", number(a), was, a)
		}
		reached[number(a)] = a
	}
	unknown := map[uint64]bool{}
	for a := range maps.Keys(counts.unknown) {
		unknown[number(a)] = true
	}
	for n := uint64(1); n <= number(last.Target); n++ {
		if _, ok := reached[n]; !ok && !unknown[n] {
			t.Errorf("nobody has reached %d", n)
		}
	}
	assert.LessOrEqual(t, uint64(len(reached)), number(last.Target))
	for n := range reached {
		assert.LessOrEqual(t, n, number(last.Target), "an acknowledged swap is missing")
	}
	// What the history still has is what was acknowledged.
	ctx := within(t)
	compared := 0
	for sequence := uint64(0); ; compared++ {
		h, err := watcher.after(ctx, watcher.headSubject("counter"), sequence)
		require.NoError(t, err)
		if h.sequence == 0 {
			break
		}
		sequence = h.sequence
		if ref, ok := counts.done[h.ref.Target]; ok {
			assert.Equal(t, ref, h.ref)
		} else {
			assert.True(t, counts.unknown[h.ref.Target], "%v is of nobody", h.ref)
		}
	}
	assert.Positive(t, compared)
	for id, want := range packs {
		_, chunks, err := watcher.Pack(ctx, id)
		require.NoError(t, err)
		var got []chunk.Chunk
		for c, err := range chunks {
			require.NoError(t, err)
			got = append(got, c)
		}
		assert.Equal(t, want, got)
	}
}

func each(cs []chunk.Chunk) func(func(chunk.Chunk, error) bool) {
	return func(yield func(chunk.Chunk, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}
