package natsstore

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

const shortHistory = 64

func address(n byte) chunk.Addr { return chunk.Addr{n, 31: 1} }

func swapTo(name string, old uint64, n byte) chunk.Swap {
	return chunk.Swap{Name: name, Old: old, Target: address(n), Time: time.Unix(1, 0)}
}

// A line is a connection that can be made to fail after a message was sent, or before.
type line struct {
	mu    sync.Mutex
	armed []byte // what is waited for
	drop  bool   // break the connection instead of sending it; else after it was sent, and nothing comes back
	fired int
	again bool // stay armed
	down  bool // no new connection
}

func (l *line) arm(text string, drop bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.armed, l.drop = []byte(text), drop
}

func (l *line) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fired
}

func (l *line) Dial(network, address string) (net.Conn, error) {
	l.mu.Lock()
	down := l.down
	l.mu.Unlock()
	if down {
		return nil, fmt.Errorf("the line is down")
	}
	c, err := net.Dial(network, address)
	return &lineConn{Conn: c, line: l}, err
}

type lineConn struct {
	net.Conn
	line *line
	mu   sync.Mutex
	mute bool
}

func (c *lineConn) Write(b []byte) (int, error) {
	c.line.mu.Lock()
	hit := len(c.line.armed) > 0 && bytes.Contains(b, c.line.armed)
	drop := c.line.drop
	if hit {
		c.line.fired++
		if !c.line.again {
			c.line.armed = nil
		}
	}
	c.line.mu.Unlock()
	if !hit {
		return c.Conn.Write(b)
	}
	if drop {
		c.Close()
		return len(b), nil
	}
	c.mu.Lock()
	c.mute = true
	c.mu.Unlock()
	n, err := c.Conn.Write(b)
	time.AfterFunc(100*time.Millisecond, func() { c.Close() }) // the server has it by then
	return n, err
}

func (c *lineConn) Read(b []byte) (int, error) {
	for {
		n, err := c.Conn.Read(b)
		c.mu.Lock()
		mute := c.mute
		c.mu.Unlock()
		if !mute || err != nil {
			return n, err
		}
	}
}

func openLine(t testing.TB, url, name string) (*Remote, *line) {
	l := &line{}
	r, err := Open(within(t), connect(t, url, nats.SetCustomDialer(l)), name, History(shortHistory))
	require.NoError(t, err)
	r.answer, r.parcel = time.Second, time.Second
	return r, l
}

// The answer to a swap is lost, or the swap itself: it is done once, and says so.
func TestSwapFindsOut(t *testing.T) {
	t.Parallel()
	s := start(t)
	r, l := openLine(t, s.ClientURL(), "out")
	other := openAt(t, s, "out")
	ctx := within(t)
	for _, drop := range []bool{false, true} {
		name := fmt.Sprintf("n%v", drop)
		before := l.count()
		l.arm("PUB "+r.headSubject(name), drop)
		a, err := r.Swap(ctx, swapTo(name, 0, 1))
		require.NoError(t, err)
		assert.Equal(t, before+1, l.count(), "the line did not fail")
		now, err := other.Ref(ctx, name)
		require.NoError(t, err)
		assert.Equal(t, a, now)
		info, err := other.heads.Info(ctx)
		require.NoError(t, err)
		assert.Equal(t, info.State.LastSeq, a.Revision, "it was done again")
	}
}

// An answer is lost, and others swap before it is looked for.
func TestSwapFindsOutLater(t *testing.T) {
	for _, test := range []struct {
		name  string
		drop  bool // the swap is lost, not the answer
		swaps int  // of others meanwhile
		want  error
	}{
		{"done", false, 3, nil},
		{"done, and deleted", false, -1, nil},
		{"done, at the end of the history", false, shortHistory - 1, nil},
		{"done, before the history", false, shortHistory, chunk.ErrUnknownOutcome},
		{"not done", true, 3, chunk.ErrMoved},
		{"not done, at the end of the history", true, shortHistory, chunk.ErrMoved},
		{"not done, before the history", true, shortHistory + 1, chunk.ErrUnknownOutcome},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			r, l := openLine(t, s.ClientURL(), "later")
			other := openAt(t, s, "later")
			ctx := within(t)
			old, err := r.Swap(ctx, swapTo("a", 0, 1))
			require.NoError(t, err)
			l.arm("PUB "+r.headSubject("a"), test.drop)

			type result struct {
				ref chunk.Ref
				err error
			}
			results := make(chan result, 1)
			go func() {
				ref, err := r.Swap(ctx, swapTo("a", old.Revision, 2))
				results <- result{ref, err}
			}()
			require.Eventually(t, func() bool { return l.count() == 1 }, 10*time.Second, time.Millisecond)
			// From now on it waits for the answer, for a second.
			last := old
			if !test.drop {
				require.Eventually(t, func() bool {
					last, err = other.Ref(ctx, "a")
					return err == nil && last != old
				}, 10*time.Second, time.Millisecond)
				assert.Equal(t, address(2), last.Target)
			}
			ours := last
			if test.swaps < 0 {
				_, err := other.Swap(ctx, chunk.Swap{Name: "a", Old: last.Revision})
				require.NoError(t, err)
			}
			for range test.swaps {
				// The same target, which is no sign of whose swap it is.
				last, err = other.Swap(ctx, swapTo("a", last.Revision, 2))
				require.NoError(t, err)
			}
			got := <-results
			if test.want != nil {
				assert.ErrorIs(t, got.err, test.want)
				assert.ErrorContains(t, got.err, "a")
				if test.want == chunk.ErrUnknownOutcome {
					assert.ErrorContains(t, got.err, address(2).String())
				} else {
					assert.NotErrorIs(t, got.err, chunk.ErrUnknownOutcome)
				}
				return
			}
			require.NoError(t, got.err)
			assert.Equal(t, ours, got.ref)
		})
	}
}

// A name that was deleted is made again, and the answer is lost.
func TestSwapFindsOutAgain(t *testing.T) {
	t.Parallel()
	s := start(t)
	r, l := openLine(t, s.ClientURL(), "again")
	ctx := within(t)
	a, err := r.Swap(ctx, swapTo("a", 0, 1))
	require.NoError(t, err)
	_, err = r.Swap(ctx, chunk.Swap{Name: "a", Old: a.Revision})
	require.NoError(t, err)
	l.arm("Nats-Expected-Last-Subject-Sequence: 2\r\n", false)
	b, err := r.Swap(ctx, swapTo("a", 0, 1))
	require.NoError(t, err)
	assert.Equal(t, 1, l.count())
	assert.Equal(t, chunk.Ref{Target: address(1), Revision: 3}, b)
	now, err := r.Ref(ctx, "a")
	require.NoError(t, err)
	assert.Equal(t, b, now)
}

// Nobody answers until ctx ends, or patience: the outcome is unknown, and the error says of what. Once the line is
// there again, what the client has kept of it may be done, or not, but not twice.
func TestSwapUnknown(t *testing.T) {
	s := start(t)
	for _, patient := range []bool{false, true} {
		t.Run(fmt.Sprintf("patience=%v", patient), func(t *testing.T) {
			t.Parallel()
			name := fmt.Sprintf("unknown_%v", patient)
			r, l := openLine(t, s.ClientURL(), name)
			ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
			want := context.DeadlineExceeded
			if patient {
				ctx, want = context.Background(), chunk.ErrUnknownOutcome
				r.patience = 0
			}
			defer cancel()
			l.arm("PUB "+r.headSubject("a"), false)
			l.mu.Lock()
			l.down = true
			l.mu.Unlock()
			_, err := r.Swap(ctx, swapTo("a", 0, 7))
			assert.ErrorIs(t, err, chunk.ErrUnknownOutcome)
			assert.ErrorIs(t, err, want)
			assert.ErrorContains(t, err, address(7).String())

			l.mu.Lock()
			l.down = false
			l.mu.Unlock()
			r.patience = time.Minute
			now, err := r.Ref(within(t), "a")
			require.NoError(t, err)
			assert.Equal(t, chunk.Ref{Target: address(7), Revision: 1}, now)
		})
	}
}

func TestSwapClosed(t *testing.T) {
	s := start(t)
	r := openAt(t, s, "closed")
	r.nc.Close()
	begun := time.Now()
	_, err := r.Swap(within(t), swapTo("a", 0, 1))
	assert.ErrorIs(t, err, nats.ErrConnectionClosed)
	assert.NotErrorIs(t, err, chunk.ErrUnknownOutcome)
	_, err = r.Ref(within(t), "a")
	assert.ErrorIs(t, err, nats.ErrConnectionClosed)
	assert.ErrorIs(t, r.PutPack(within(t), address(1), true, func(func(chunk.Chunk, error) bool) {}), nats.ErrConnectionClosed)
	assert.ErrorIs(t, r.DeletePack(within(t), address(1)), nats.ErrConnectionClosed)
	n := 0
	for _, err := range r.Watch(within(t), "a") {
		assert.ErrorIs(t, err, nats.ErrConnectionClosed)
		n++
	}
	assert.Equal(t, 1, n)
	assert.Less(t, time.Since(begun), 5*time.Second)
}

// A stream that is lost is an error, and no empty one.
func TestStreamLost(t *testing.T) {
	t.Parallel()
	s := start(t)
	r := openAt(t, s, "lost", Patience(100*time.Millisecond))
	ctx := within(t)
	_, err := r.Swap(ctx, swapTo("a", 0, 1))
	require.NoError(t, err)
	require.NoError(t, r.js.DeleteStream(ctx, "KV_lost_heads"))
	_, err = r.Ref(ctx, "a")
	assert.ErrorContains(t, err, "stream not found")
	_, err = r.Swap(ctx, swapTo("a", 1, 2))
	assert.Error(t, err)
	n := 0
	for _, err := range r.Refs(ctx, "") {
		assert.ErrorContains(t, err, "stream not found")
		n++
	}
	assert.Equal(t, 1, n)
}

func TestKeys(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"a", "a.b", "a/b", "a-b", "a_b", "...", "a./b", "a/.b", "a.b/c", "a/b.c", "tags/v1.2.3", strings.Repeat("x", chunk.MaxName)} {
		k, err := key(name)
		require.NoError(t, err)
		assert.Empty(t, seen[k], "%q and %q", name, seen[k])
		seen[k] = name
		assert.NotContains(t, k, "..")
		assert.False(t, strings.HasPrefix(k, ".") || strings.HasSuffix(k, ".") || strings.ContainsAny(k, "*> /"), k)
		back, err := unkey(k)
		require.NoError(t, err)
		assert.Equal(t, name, back)
	}
	for _, k := range []string{"a/b", "=", "==", "a b", "", "a.=", "ä"} {
		_, err := unkey(k)
		assert.ErrorIs(t, err, chunk.ErrFormat, "%q", k)
	}
}

// What others have written to the bucket is an error, and no name.
func TestForeignKeys(t *testing.T) {
	t.Parallel()
	s := start(t)
	r := openAt(t, s, "foreign")
	ctx := within(t)
	_, err := r.js.Publish(ctx, r.headSubject("a"), []byte("something"))
	require.NoError(t, err)
	_, err = r.Ref(ctx, "a")
	assert.ErrorIs(t, err, chunk.ErrFormat)
	for _, err := range r.Watch(ctx, "a") {
		assert.ErrorIs(t, err, chunk.ErrFormat)
	}
	n := 0
	for _, err := range r.Refs(ctx, "") {
		assert.ErrorIs(t, err, chunk.ErrFormat)
		n++
	}
	assert.Equal(t, 1, n)
}

// What the swap's log says can be read with the tools for buckets.
func TestHistory(t *testing.T) {
	s := start(t)
	r := openAt(t, s, "history")
	ctx := within(t)
	swap := swapTo("a.b", 0, 1)
	swap.Why = "two\r\nlines: \"é\"" + strings.Repeat("x", 2000)
	_, err := r.Swap(ctx, swap)
	require.NoError(t, err)
	kv, err := r.js.KeyValue(ctx, "history_heads")
	require.NoError(t, err)
	entry, err := kv.Get(ctx, "a=b")
	require.NoError(t, err)
	assert.Equal(t, address(1).String(), string(entry.Value()))
	m, err := r.heads.GetMsg(ctx, 1)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(m.Header.Get(whyHeader), `"two\r\nlines: \"\u00e9\"x`), m.Header.Get(whyHeader))
	assert.Equal(t, "1970-01-01T00:00:01Z", m.Header.Get(timeHeader))
}
