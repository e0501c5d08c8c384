package report

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestHeapSeesWhatIsHeld(t *testing.T) {
	before := Heap()
	held := make([]byte, 1<<20)
	after := Heap()
	runtime.KeepAlive(held)
	assert.InDelta(t, 1<<20, after-before, 1<<16)
	assert.InDelta(t, before, Heap(), 1<<16, "it is let go")
}

func TestBest(t *testing.T) {
	var d time.Duration
	assert.Equal(t, 7, Best(&d, func() int { return 7 }))
	assert.Positive(t, d)
	d = 1 // faster than anything
	assert.Equal(t, "slow", Best(&d, func() string { time.Sleep(time.Microsecond); return "slow" }))
	assert.EqualValues(t, 1, d)
}
