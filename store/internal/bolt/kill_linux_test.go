package bolt

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A child that works is killed again and again, and goes on with the file that it left. What it acknowledged is there;
// the one commit that it may have done without a word may be.
func TestKilled(t *testing.T) {
	rounds := 5
	if soak() {
		rounds = 500
	}
	const seed, every = 5, 5
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "store")
	rnd := rand.New(rand.NewPCG(seed, seed))
	begun, collected := 0, 0
	for round := range rounds {
		cmd := child(path, seed, every, 1<<30)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		var acknowledged atomic.Int64
		acknowledged.Store(int64(begun))
		first, ended := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(ended)
			for lines := bufio.NewScanner(out); lines.Scan(); {
				var n int64
				if _, err := fmt.Sscanf(lines.Text(), "ack %d", &n); err != nil {
					continue
				}
				if acknowledged.Swap(n) == int64(begun) {
					close(first)
				}
			}
		}()
		select {
		case <-first:
		case <-ended:
			t.Fatal("the child ended")
		case <-time.After(time.Minute):
			t.Error("the child does nothing")
		}
		time.Sleep(time.Duration(rnd.IntN(30_000)) * time.Microsecond)
		require.NoError(t, cmd.Process.Kill())
		<-ended
		_ = cmd.Wait()

		e, err := Open(path, Options{})
		require.NoError(t, err, "round %d", round)
		done, err := doneIn(ctx, e)
		require.NoError(t, err)
		if n := int(acknowledged.Load()); done != n && done != n+1 {
			t.Fatalf("round %d: %d commits were acknowledged, and %d are there", round, n, done)
		}
		w := newWorkload(seed, every)
		for w.commits < done {
			w.next()
		}
		require.NoError(t, w.check(ctx, e), "round %d", round)
		require.NoError(t, e.Close())
		assertAlone(t, path)
		collected += done/every - begun/every
		begun = done
	}
	assert.Greater(t, begun, rounds)
	t.Logf("%d commits and about %d collections in %d rounds", begun, collected, rounds)
}
