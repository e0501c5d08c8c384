package hamt_test

import (
	"hash/maphash"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
)

// A modest hasher does what a Hasher should.
type modest struct{}

func (modest) Hash(h *maphash.Hash, k int) { maphash.WriteComparable(h, k) }
func (modest) Equal(a, b int) bool         { return a == b }

// An immodest hasher is consistent in itself, and does to the maphash.Hash that it is handed what it likes.
type immodest struct {
	own  maphash.Seed
	kept map[*maphash.Hash]bool
	do   func(im *immodest, h *maphash.Hash)
}

func (im *immodest) Hash(h *maphash.Hash, k int) {
	im.kept[h] = true
	im.do(im, h)
	maphash.WriteComparable(h, k)
}

func (im *immodest) Equal(a, b int) bool { return a == b }

// TestHashThatIsHandedOut: whatever a Hasher does to the maphash.Hash that it is handed, while it has it or
// later, and from whichever goroutine, no map of another Hasher loses an entry; nor do its own maps.
func TestHashThatIsHandedOut(t *testing.T) {
	const n = 300
	for name, do := range map[string]func(*immodest, *maphash.Hash){
		"seeds":         func(im *immodest, h *maphash.Hash) { h.SetSeed(im.own) },
		"resets":        func(im *immodest, h *maphash.Hash) { h.Reset() },
		"sums":          func(im *immodest, h *maphash.Hash) { h.Sum64() },
		"leaves in it":  func(im *immodest, h *maphash.Hash) { h.WriteString("rest") },
		"replaces it":   func(im *immodest, h *maphash.Hash) { *h = maphash.Hash{}; h.SetSeed(im.own) },
		"seeds earlier": func(im *immodest, h *maphash.Hash) { im.meddle(h) },
	} {
		theirs := hamt.NewMap[int, int](modest{})
		for i := range n {
			theirs = theirs.Set(i, i)
		}
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				im := &immodest{own: maphash.MakeSeed(), kept: map[*maphash.Hash]bool{}, do: do}
				m := hamt.NewMap[int, int](im)
				for i := range n {
					m = m.Set(i, i)
					im.meddle(nil)
					assert.Equal(t, i, theirs.Get(i), "%s: a map of another Hasher", name)
				}
				for i := range n {
					im.meddle(nil)
					assert.True(t, m.Contains(i), "%s: its own map", name)
					assert.True(t, theirs.Set(n+i, 1).Contains(n/2), "%s: a map of another Hasher", name)
				}
				assert.Equal(t, n, m.Len())
			})
		}
		wg.Wait()
		for i := range n {
			assert.Equal(t, i, theirs.Get(i), "%s: a map of another Hasher, afterwards", name)
		}
	}
}

// meddle seeds and writes to what was handed out earlier, but for h.
func (im *immodest) meddle(h *maphash.Hash) {
	for old := range im.kept {
		if old != h {
			old.SetSeed(im.own)
			old.WriteString("rest")
		}
	}
}
