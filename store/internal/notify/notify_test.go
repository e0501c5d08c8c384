package notify

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestNothingIsKept(t *testing.T) {
	var n Names
	a, again, b := n.Listen("a"), n.Listen("a"), n.Listen("b")
	changed, other := a.Changed(), b.Changed()
	n.Tell("c")
	n.Tell("a")
	assert.True(t, closed(changed))
	assert.False(t, closed(a.Changed()), "the next change")
	assert.False(t, closed(other))
	a.Stop()
	again.Stop()
	assert.Len(t, n.topics, 1)
	n.Close()
	n.Close()
	n.Tell("b")
	assert.True(t, closed(other))
	b.Stop()
	assert.Empty(t, n.topics)
	late := n.Listen("late")
	assert.True(t, closed(late.Changed()))
	late.Stop()
	assert.Empty(t, n.topics)
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestWatch(t *testing.T) {
	var n Names
	value, failure := 1, error(nil)
	read := func(context.Context, string) (int, error) { return value, failure }
	var seen []int
	own := errors.New("no more")
	for v, err := range Watch(t.Context(), &n, "a", read) {
		if err != nil {
			assert.Equal(t, own, err)
			break
		}
		seen = append(seen, v)
		switch value++; value {
		case 2: // two changes are told while the body runs, and seen as one
			n.Tell("a")
			value++
			n.Tell("a")
		default:
			failure = own
			n.Tell("a")
		}
	}
	assert.Equal(t, []int{1, 3}, seen)
	assert.Empty(t, n.topics)
}

// A change just after a look at the name is seen.
func TestWatchMissesNothing(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var n Names
	value := 1
	read := func(context.Context, string) (int, error) {
		now := value
		if value == 1 {
			value = 2
			n.Tell("a")
		}
		return now, nil
	}
	var seen []int
	for v := range Watch(ctx, &n, "a", read) {
		if seen = append(seen, v); v == 2 {
			break
		}
	}
	assert.Equal(t, []int{1, 2}, seen)
}
