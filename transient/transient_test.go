package transient_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/transient"
)

// counter is the smallest collection with a builder.
type counter struct{ n int }

type counterBuilder struct{ n int }

func (c counter) Builder() *counterBuilder { return &counterBuilder{c.n} }
func (b *counterBuilder) Len() int         { return b.n }
func (b *counterBuilder) Build() counter   { return counter{b.n} }

func TestUpdate(t *testing.T) {
	c := counter{2}
	got := transient.Update(c, func(b *counterBuilder) { b.n += 3 })
	assert.Equal(t, counter{5}, got)
	assert.Equal(t, counter{2}, c)
	assert.PanicsWithValue(t, "boom", func() {
		transient.Update(c, func(*counterBuilder) { panic("boom") })
	})
}
