package progress

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// A clock goes by what it is told.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func (c *clock) wait(d time.Duration) { c.t = c.t.Add(d) }

func TestTerminal(t *testing.T) {
	var out strings.Builder
	var c clock
	m := start(&out, true, c.now)
	m.Begin("counting", 2000)
	for i := range 1000 {
		m.At(i + 1)
	}
	assert.Empty(t, out.String(), "it is quick")
	m.Clear()
	assert.Empty(t, out.String(), "there is nothing to take away")

	c.wait(patience)
	for i := range 64 {
		m.At(1001 + i)
	}
	assert.Regexp(t, `^\rcounting: 1,0\d\d of 2,000 \(5\d%\)$`, out.String(), "once, though it was called often")
	c.wait(quick)
	out.Reset()
	m.Begin("done?", 0)
	assert.Equal(t, "\rdone?"+strings.Repeat(" ", len("counting: 1,024 of 2,000 (51%)")-len("done?")), out.String(), "the line before is gone")
	out.Reset()
	m.Clear()
	assert.Equal(t, "\r     \r", out.String())
}

func TestElsewhere(t *testing.T) {
	var out strings.Builder
	var c clock
	m := start(&out, false, c.now)
	m.Begin("counting", 10)
	for i := range 10 {
		c.wait(2 * time.Second)
		m.At(i + 1)
	}
	m.Clear()
	assert.Equal(t, "counting: 3 of 10 (30%)\ncounting: 6 of 10 (60%)\ncounting: 9 of 10 (90%)\n", out.String())
}

func TestNobodyIsTold(t *testing.T) {
	var m *Meter
	m.Begin("counting", 1)
	m.At(1)
	m.Clear()
	assert.False(t, isTerminal(&strings.Builder{}))
}
