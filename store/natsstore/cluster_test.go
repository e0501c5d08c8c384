package natsstore

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
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
	c.launch(t)
	c.ready(t)
}

func (c *cluster) launch(t testing.TB) {
	for _, n := range c.nodes {
		n.start(t)
	}
	t.Cleanup(func() {
		for _, n := range c.nodes {
			n.kill()
		}
	})
}

// ready waits until the servers answer.
func (c *cluster) ready(t testing.TB) {
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

// leader returns the node that leads a stream.
func (c *cluster) leader(t testing.TB, s jetstream.Stream) *node {
	var leader *node
	require.Eventually(t, func() bool {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		info, err := s.Info(ctx)
		if err != nil || info.Cluster == nil {
			return false
		}
		for _, n := range c.nodes {
			if n.Name == info.Cluster.Leader {
				leader = n
			}
		}
		return leader != nil
	}, 30*time.Second, 50*time.Millisecond, "there is no leader")
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
