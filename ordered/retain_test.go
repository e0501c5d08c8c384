package ordered_test

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/ordered"
)

// TestNothingIsRetained: what was deleted, replaced or left out is not reachable from the new version, nor from a builder.
func TestNothingIsRetained(t *testing.T) {
	type value struct{ n [4]int }
	type held = ordered.Map[*value, *value]
	for _, n := range []int{2, ordered.FlatCap[*value, *value](), ordered.FlatCap[*value, *value]() + 1, 300} {
		for name, without := range map[string]func(m held, k *value, b *ordered.MapBuilder[*value, *value]) any{
			"Delete": func(m held, k *value, _ *ordered.MapBuilder[*value, *value]) any { return m.Delete(k) },
			"Filter": func(m held, k *value, _ *ordered.MapBuilder[*value, *value]) any {
				return m.DeleteFunc(func(l, _ *value) bool { return k == l })
			},
			"Difference": func(m held, k *value, _ *ordered.MapBuilder[*value, *value]) any {
				return m.Difference(held{}.Set(k, nil))
			},
			"Without": func(m held, k *value, _ *ordered.MapBuilder[*value, *value]) any {
				return m.Without(held{}.Set(k, nil).KeySet())
			},
			"MapBuilder.Delete": func(m held, k *value, b *ordered.MapBuilder[*value, *value]) any {
				b.SetAll(m.All())
				b.Delete(k)
				return b
			},
			"MapBuilder.Build": func(m held, k *value, b *ordered.MapBuilder[*value, *value]) any {
				b.SetAll(m.All())
				b.Build()
				b.Delete(k)
				return []any{b, b.Build()}
			},
			"MapBuilder.Clear": func(m held, k *value, b *ordered.MapBuilder[*value, *value]) any {
				b.SetAll(m.All())
				b.Build()
				b.Set(k, nil)
				b.Clear()
				return b
			},
			"MapBuilder.DeleteFunc": func(m held, k *value, b *ordered.MapBuilder[*value, *value]) any {
				b.SetAll(m.All())
				b.DeleteFunc(func(l, _ *value) bool { return k == l })
				return b
			},
			"SetAll that panics": func(m held, k *value, b *ordered.MapBuilder[*value, *value]) any {
				func() {
					defer func() { recover() }()
					b.SetAll(func(yield func(*value, *value) bool) {
						m.All()(yield)
						panic("x")
					})
				}()
				return b
			},
		} {
			gone := make(chan bool, 2)
			rest := func() any {
				var m held
				k, v := new(value), new(value)
				runtime.AddCleanup(k, func(int) { gone <- true }, 0)
				runtime.AddCleanup(v, func(int) { gone <- true }, 0)
				for i := range n {
					if i == n/2 {
						m = m.Set(k, v)
					} else {
						m = m.Set(&value{[4]int{i}}, nil)
					}
				}
				return without(m, k, new(ordered.MapBuilder[*value, *value]))
			}()
			for range 2 {
				for deadline := time.Now().Add(10 * time.Second); ; runtime.GC() {
					select {
					case <-gone:
					default:
						if time.Now().Before(deadline) {
							continue
						}
						assert.Fail(t, "retained", "%s of %d", name, n)
					}
					break
				}
			}
			runtime.KeepAlive(rest)
		}
	}
}
