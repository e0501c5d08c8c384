package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/natsstore"
)

// A cluster is what several machines share by servers of NATS.
type cluster struct {
	conn   *nats.Conn
	remote chunk.Remote
}

// openCluster connects to the servers at urls, apart by commas, and opens the bucket, which it makes if there is none, with so many
// replicas.
func openCluster(ctx context.Context, urls, bucket string, replicas int) (_ *cluster, err error) {
	c := &cluster{}
	c.conn, err = nats.Connect(urls, nats.Name("ramet live"), nats.MaxReconnects(-1), nats.ReconnectWait(500*time.Millisecond), nats.Timeout(5*time.Second))
	if errors.Is(err, nats.ErrNoServers) {
		return nil, fmt.Errorf("-nats: no server answers at %s; nats-server -js -sd DIR starts one", redacted(urls))
	}
	if err != nil {
		return nil, fmt.Errorf("-nats: %s: %w", redacted(urls), err)
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	c.remote, err = natsstore.Open(ctx, c.conn, bucket, natsstore.Replicas(replicas))
	if err == nil {
		return c, nil
	}
	c.conn.Close()
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("%w; the servers need -js, and of several, more than half have to run", err)
	}
	return nil, fmt.Errorf("-nats: %s: %w", redacted(urls), err)
}

// tell has s look at once whether the cluster answers when the connection is lost, and when there is one again. Another server may take its
// place before anybody notices.
func (c *cluster) tell(s *versions) {
	c.conn.SetDisconnectErrHandler(func(*nats.Conn, error) { s.file.again() })
	c.conn.SetReconnectHandler(func(*nats.Conn) { s.file.again() })
}

func (c *cluster) close() { c.conn.Close() }

// redacted returns a list of URLs without passwords.
func redacted(urls string) string {
	var all []string
	for one := range strings.SplitSeq(urls, ",") {
		one = strings.TrimSpace(one)
		if !strings.Contains(one, "://") {
			one = "nats://" + one
		}
		if u, err := url.Parse(one); err == nil {
			one = u.Redacted()
		} else {
			one = "an address that is no URL"
		}
		all = append(all, one)
	}
	return strings.Join(all, ",")
}
