package reuse_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/reuse"
)

func TestPool(t *testing.T) {
	var p reuse.Pool[int]
	assert.Nil(t, p.Take(3), "empty")
	want := map[uint]map[*int]bool{}
	for class := range uint(8) {
		want[class] = map[*int]bool{}
		for !p.Full(class) {
			n := new(int)
			want[class][n] = true
			p.Put(class, n)
		}
		assert.NotEmpty(t, want[class])
	}
	for class := range uint(8) {
		for n := p.Take(class); n != nil; n = p.Take(class) {
			assert.True(t, want[class][n], "of the class, and once")
			delete(want[class], n)
		}
		assert.Empty(t, want[class], "all that were put")
	}
	assert.Equal(t, reuse.Pool[int]{}, p, "nothing is kept from the collector")
	n := new(int)
	p.Put(5, n)
	assert.Same(t, n, p.Take(5), "good for another time")
}
