package list_test

import (
	"runtime"
	"testing"
	"weak"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/list"
)

// heavy is large enough to have an allocation of its own.
type heavy struct{ _ [64]byte }

// litter remembers elements without holding them.
type litter []weak.Pointer[heavy]

func (l *litter) one() *heavy {
	h := new(heavy)
	*l = append(*l, weak.Make(h))
	return h
}

// living returns how many of the elements can still be reached.
func (l litter) living() (n int) {
	runtime.GC()
	runtime.GC()
	for _, p := range l {
		if p.Value() != nil {
			n++
		}
	}
	return n
}

// TestListsRetainNothing: what a list no longer has can be collected while it lives.
func TestListsRetainNothing(t *testing.T) {
	var l litter
	var v list.List[*heavy]
	for range 100 {
		v = v.Push(l.one())
	}
	assert.Equal(t, 100, l.living())
	for range 60 {
		v = v.Rest()
	}
	assert.Equal(t, 40, l.living())
	v.Push(l.one()).Append(v)
	assert.Equal(t, 40, l.living())
	w := list.Of(l.one(), l.one(), l.one()).Rest()
	assert.Equal(t, 42, l.living(), "Of makes nodes, not an array")
	runtime.KeepAlive(w)
	runtime.KeepAlive(v)
}

// TestQueuesRetainLittle: a queue keeps what has left it only while a rotation is under way, and never more than it
// has itself.
func TestQueuesRetainLittle(t *testing.T) {
	var l litter
	var q list.Queue[*heavy]
	for range 60 {
		q = q.Push(l.one())
	}
	turning := 0
	for q.Len() > 0 {
		q = q.Rest()
		if r, a := list.Turning(q); r || a {
			turning++
			assert.LessOrEqual(t, l.living(), 2*q.Len()+1)
		} else {
			assert.Equal(t, q.Len(), l.living())
		}
	}
	assert.Zero(t, l.living())
	for range 200 { // in and out
		q = q.Push(l.one()).Push(l.one()).Rest()
		if r, a := list.Turning(q); r || a {
			turning++
		}
		q = q.Push(l.one()).Rest()
	}
	assert.LessOrEqual(t, l.living(), 2*q.Len())
	assert.Positive(t, turning)
	runtime.KeepAlive(q)
}
