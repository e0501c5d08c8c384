package natsstore

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/storetest"
)

// options returns those of a server on a port of its own, on this machine only.
func serverOptions(dir string) *server.Options {
	return &server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, NoLog: true,
		JetStream: true, StoreDir: dir, SyncAlways: true, JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 4 << 30,
	}
}

// start runs a server in this process.
func start(t testing.TB) *server.Server {
	return startWith(t, serverOptions(t.TempDir()))
}

func startWith(t testing.TB, o *server.Options) *server.Server {
	s, err := server.NewServer(o)
	require.NoError(t, err)
	s.Start()
	t.Cleanup(func() {
		s.Shutdown()
		s.WaitForShutdown()
	})
	require.True(t, s.ReadyForConnections(10*time.Second), "the server does not start")
	return s
}

func connect(t testing.TB, url string, opts ...nats.Option) *nats.Conn {
	opts = append([]nats.Option{nats.MaxReconnects(-1), nats.ReconnectWait(50 * time.Millisecond), nats.ReconnectJitter(0, 0)}, opts...)
	nc, err := nats.Connect(url, opts...)
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	return nc
}

func within(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// openAt opens a remote with a connection of its own.
func openAt(t testing.TB, s *server.Server, name string, opts ...Option) *Remote {
	r, err := Open(within(t), connect(t, s.ClientURL()), name, opts...)
	require.NoError(t, err)
	return r
}

func TestRemote(t *testing.T) {
	s := start(t)
	storetest.TestRemote(t, func(t testing.TB) chunk.Remote { return openAt(t, s, "kit") })
}
