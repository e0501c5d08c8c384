package ownership_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/ownership"
)

func TestOwns(t *testing.T) {
	a, b := ownership.NewID(), ownership.NewID()
	assert.True(t, a.Owns(a))
	assert.False(t, a.Owns(b))
	assert.False(t, a.Owns(ownership.None))
	assert.False(t, ownership.None.Owns(a))
	assert.False(t, ownership.None.Owns(ownership.None), "None owns nothing")
}

func TestNewIDIsUniqueAcrossGoroutines(t *testing.T) {
	const goroutines, each = 16, 2000
	drawn := make([][]ownership.ID, goroutines)
	var wg sync.WaitGroup
	for g := range drawn {
		wg.Go(func() {
			for range each {
				drawn[g] = append(drawn[g], ownership.NewID())
			}
		})
	}
	wg.Wait()
	all := slices.Concat(drawn...)
	slices.Sort(all)
	assert.Len(t, slices.Compact(all), goroutines*each)
	assert.NotContains(t, all, ownership.None)
}

func TestOwnerKeepsItsIDUntilReleased(t *testing.T) {
	var o ownership.Owner
	first := o.ID()
	assert.Equal(t, first, o.ID())
	o.Release()
	assert.NotEqual(t, first, o.ID())
}

// TestOwnerOwns what it holds the id of, and asking draws none.
func TestOwnerOwns(t *testing.T) {
	var o ownership.Owner
	assert.False(t, o.Owns(ownership.None))
	id := o.ID()
	assert.True(t, o.Owns(id))

	loan := o.Lend()
	assert.False(t, o.Owns(id), "it is on loan")
	assert.True(t, o.Resume(loan), "nothing happened")
	assert.True(t, o.Owns(id))

	o.Release()
	assert.False(t, o.Owns(id))
}

func TestOwnerLendAndResume(t *testing.T) {
	var o ownership.Owner
	id := o.ID()

	loan := o.Lend()
	assert.True(t, o.Resume(loan), "nothing happened")
	assert.Equal(t, id, o.ID())

	loan = o.Lend()
	during := o.ID()
	assert.NotEqual(t, id, during, "a change under the loan has an id of its own")
	assert.False(t, o.Resume(loan), "the builder was changed")
	assert.Equal(t, during, o.ID())

	loan = o.Lend()
	o.Release()
	assert.False(t, o.Resume(loan), "the builder was built")
	assert.NotEqual(t, during, o.ID())
}

func TestOwnerLendNests(t *testing.T) {
	var o ownership.Owner
	id := o.ID()
	outer := o.Lend()
	inner := o.Lend()
	assert.True(t, o.Resume(inner))
	assert.True(t, o.Resume(outer), "the inner loan changed nothing")
	assert.Equal(t, id, o.ID())

	outer = o.Lend()
	inner = o.Lend()
	assert.True(t, o.Resume(inner))
	o.ID()
	assert.False(t, o.Resume(outer), "the inner operation changed the builder")
}

func TestOwnerLentAndLost(t *testing.T) {
	var o ownership.Owner
	id := o.ID()
	o.Lend() // and the caller's function panicked
	assert.NotEqual(t, id, o.ID())
}

func TestOwnerVoidLoanIsNotRevived(t *testing.T) {
	var o ownership.Owner
	id := o.ID()
	outer := o.Lend()
	o.Release() // built: nodes stamped id are in a version
	o.Lend()    // a second operation, whose function panics
	assert.False(t, o.Resume(outer))
	assert.NotEqual(t, id, o.ID())
}

// TestOwnerDuring: undo runs if the caller's function panics, and only then, and the id is given up.
func TestOwnerDuring(t *testing.T) {
	var o ownership.Owner
	id := o.ID()
	undone := 0
	undo := func() { undone++ }

	assert.True(t, o.During(func() { assert.False(t, o.Owns(id), "it is on loan") }, undo))
	assert.True(t, o.Owns(id), "nothing happened")
	assert.False(t, o.During(func() { o.ID() }, undo), "the builder was changed")
	assert.False(t, o.Owns(id))
	assert.Zero(t, undone)

	id = o.ID()
	var under ownership.ID
	assert.PanicsWithValue(t, "mine", func() {
		o.During(func() {
			under = o.ID()
			panic("mine")
		}, undo)
	})
	assert.Equal(t, 1, undone)
	assert.False(t, o.Owns(id))
	assert.False(t, o.Owns(under), "what was made under the loan is as nothing")
	assert.True(t, o.During(func() {}, undo))
}
