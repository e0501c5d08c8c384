package hamt_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// TestReadersBesideWriters reads a version in 16 goroutines while builders made from it write,
// and others derive versions from it. Under -race any write to a shared node is reported;
// without, a torn version is.
func TestReadersBesideWriters(t *testing.T) {
	const n, rounds = 8 * hamt.LeafMax, 12
	for _, h := range []testkit.NamedHasher[int]{
		{Name: "default"},
		{Name: "last bits", Hasher: testkit.LastBits[int](3)},
		{Name: "no Sum64", Hasher: testkit.HashOnly[int]{Mask: testkit.Mask[int]{Keep: 0xff << 55}}},
	} {
		t.Run(h.Name, func(t *testing.T) {
			first := hamt.NewMap[int, int](h.Hasher).Builder()
			want := map[int]int{}
			for k := range n {
				first.Set(k, k)
				want[k] = k
			}
			m := first.Build() // its nodes bear the id that first has given up
			o := m.Set(-1, 1).Delete(5)
			var wg sync.WaitGroup
			for range 6 { // readers of single keys and of all
				wg.Go(func() {
					for range rounds {
						sum := 0
						for k, v := range m.All() {
							sum += v - k
						}
						for k := range n {
							if v, ok := m.Lookup(k); !ok || v != k {
								sum++
							}
						}
						assert.Zero(t, sum)
					}
				})
			}
			for range 6 { // readers of two versions
				wg.Go(func() {
					for range rounds {
						changes := 0
						for range hamt.Diff(m, o) {
							changes++
						}
						assert.Equal(t, 2, changes)
						assert.False(t, hamt.Equal(m, o))
						assert.Equal(t, n+1, m.Union(o).Len())
						assert.Equal(t, n-1, m.Intersection(o).Len())
						assert.Equal(t, 1, o.Difference(m).Len())
					}
				})
			}
			for g := range 4 { // derivers
				wg.Go(func() {
					for i := range rounds {
						v := m
						for k := range 20 {
							v = v.Set(k*g, -i).Delete(k).Update(n+k, func(int, bool) (int, bool) { return k, true })
						}
						v = v.Filter(func(k, _ int) bool { return k%2 == 0 })
						hamt.Merge(m, v, o)
					}
				})
			}
			wg.Go(func() { // the builder that built m goes on
				for i := range rounds {
					for k := range n {
						first.Set(k, -i)
					}
					first.DeleteFunc(func(k, _ int) bool { return k%7 == i })
					first.Build()
				}
			})
			for g := range 4 { // builders made from m
				wg.Go(func() {
					for range rounds {
						b := m.Builder()
						for k := range n {
							switch k % 4 {
							case 0:
								b.Delete(k)
							case g:
								b.Set(k, g)
							default:
								b.Set(n+k, g)
							}
						}
						b.Build()
						b.Clear()
					}
				})
			}
			wg.Wait()
			sameMap(t, want, m)
		})
	}
}

// TestVersionsPassedOn hands each version that a builder builds to a reader, while the builder
// goes on: a version needs no more than what a channel or a mutex gives.
func TestVersionsPassedOn(t *testing.T) {
	versions := make(chan hamt.Map[int, int])
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for m := range versions {
				last := m.Len() - 1
				assert.Equal(t, last, m.Get(0))
				for k := range m.Len() {
					assert.Equal(t, last, m.Get(k))
				}
			}
		})
	}
	var b hamt.MapBuilder[int, int]
	for i := range 100 {
		for k := range i + 1 {
			b.Set(k, i)
		}
		versions <- b.Build()
	}
	close(versions)
	wg.Wait()
}

// TestBuilderHandedOn uses a builder from many goroutines, one after the other.
func TestBuilderHandedOn(t *testing.T) {
	var b hamt.MapBuilder[int, int]
	var mu sync.Mutex
	var wg sync.WaitGroup
	for g := range 16 {
		wg.Go(func() {
			for i := range 50 {
				mu.Lock()
				b.Set(g*50+i, i)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	assert.Equal(t, 800, b.Len())
	assert.NoError(t, hamt.CheckBuilder(&b))
}
