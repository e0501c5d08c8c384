package guard_test

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"log/slog"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/encode"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/ordered"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

// A kind is one of the builders.
type kind struct {
	name    string
	zero    func() any         // a builder that was not used
	derived func() any         // one that a collection of 100 made
	copied  func(b any) any    // a copy of what b points to
	grow    func(b any, i int) // adds the i-th element
	build   func(b any) string // what it builds, printed
	methods map[string]func(b any)
}

func kindOf[B any, V fmt.Stringer](name string, derived func() *B, grow func(*B, int), build func(*B) V, methods map[string]func(*B)) kind {
	k := kind{
		name:    name,
		zero:    func() any { return new(B) },
		derived: func() any { return derived() },
		copied: func(b any) any {
			c := *b.(*B)
			return &c
		},
		grow:    func(b any, i int) { grow(b.(*B), i) },
		build:   func(b any) string { return build(b.(*B)).String() },
		methods: map[string]func(any){"Build": func(b any) { build(b.(*B)) }, "growing": func(b any) { grow(b.(*B), 1000) }},
	}
	for name, m := range methods {
		k.methods[name] = func(b any) { m(b.(*B)) }
	}
	k.methods["LogValue"] = func(b any) { b.(slog.LogValuer).LogValue() }
	// No method is forgotten. Those for encoding are errors in any case, and fmt makes text of a panic.
	skipped := map[string]bool{"Format": true, "String": true}
	for m := range reflect.TypeFor[*encode.Unbuilt]().Methods() {
		skipped[m.Name] = true
	}
	for m := range reflect.TypeFor[*B]().Methods() {
		if _, ok := k.methods[m.Name]; !ok && !skipped[m.Name] {
			panic(name + ": no test of " + m.Name)
		}
	}
	return k
}

func kinds() []kind {
	hm, hs := hamt.Map[int, int]{}, hamt.Set[int]{}
	rm, rs := rbtree.Map[int, int]{}, rbtree.Set[int]{}
	var om ordered.Map[int, int]
	var v vector.Vector[int]
	for i := range 100 {
		hm, hs, rm, rs, v = hm.Set(i, i), hs.Add(i), rm.Set(i, i), rs.Add(i), v.Append(i)
		om = om.Set(i, i)
	}
	entries := func(yield func(int, int) bool) {
		if yield(1, 1) {
			yield(2, 2)
		}
	}
	update := func(old int, ok bool) (int, bool) { return old + 1, true }
	return []kind{
		kindOf("hamt.MapBuilder", hm.Builder, func(b *hamt.MapBuilder[int, int], i int) { b.Set(i, i) }, (*hamt.MapBuilder[int, int]).Build,
			map[string]func(b *hamt.MapBuilder[int, int]){
				"Len": func(b *hamt.MapBuilder[int, int]) { b.Len() }, "Get": func(b *hamt.MapBuilder[int, int]) { b.Get(1) },
				"Lookup": func(b *hamt.MapBuilder[int, int]) { b.Lookup(1) }, "Contains": func(b *hamt.MapBuilder[int, int]) { b.Contains(1) },
				"All":        func(b *hamt.MapBuilder[int, int]) { b.All()(func(int, int) bool { return false }) },
				"Keys":       func(b *hamt.MapBuilder[int, int]) { b.Keys()(func(int) bool { return false }) },
				"Values":     func(b *hamt.MapBuilder[int, int]) { b.Values()(func(int) bool { return false }) },
				"Set":        func(b *hamt.MapBuilder[int, int]) { b.Set(1, 7) },
				"Delete":     func(b *hamt.MapBuilder[int, int]) { b.Delete(1) },
				"Swap":       func(b *hamt.MapBuilder[int, int]) { b.Swap(1, 7) },
				"Take":       func(b *hamt.MapBuilder[int, int]) { b.Take(1) },
				"Update":     func(b *hamt.MapBuilder[int, int]) { b.Update(1, update) },
				"SetAll":     func(b *hamt.MapBuilder[int, int]) { b.SetAll(entries) },
				"DeleteFunc": func(b *hamt.MapBuilder[int, int]) { b.DeleteFunc(func(k, _ int) bool { return k%2 == 0 }) },
				"Clear":      func(b *hamt.MapBuilder[int, int]) { b.Clear() },
			}),
		kindOf("hamt.SetBuilder", hs.Builder, func(b *hamt.SetBuilder[int], i int) { b.Add(i) }, (*hamt.SetBuilder[int]).Build,
			map[string]func(b *hamt.SetBuilder[int]){
				"Len": func(b *hamt.SetBuilder[int]) { b.Len() }, "Contains": func(b *hamt.SetBuilder[int]) { b.Contains(1) },
				"All":    func(b *hamt.SetBuilder[int]) { b.All()(func(int) bool { return false }) },
				"Lookup": func(b *hamt.SetBuilder[int]) { b.Lookup(1) }, "Replace": func(b *hamt.SetBuilder[int]) { b.Replace(1) },
				"AddAll": func(b *hamt.SetBuilder[int]) { b.AddAll(func(yield func(int) bool) { yield(1) }) },
				"Add":    func(b *hamt.SetBuilder[int]) { b.Add(1) }, "Delete": func(b *hamt.SetBuilder[int]) { b.Delete(1) },
				"Clear": func(b *hamt.SetBuilder[int]) { b.Clear() },
			}),
		kindOf("rbtree.MapBuilder", rm.Builder, func(b *rbtree.MapBuilder[int, int], i int) { b.Set(i, i) }, (*rbtree.MapBuilder[int, int]).Build,
			map[string]func(b *rbtree.MapBuilder[int, int]){
				"Len": func(b *rbtree.MapBuilder[int, int]) { b.Len() }, "Get": func(b *rbtree.MapBuilder[int, int]) { b.Get(1) },
				"Lookup": func(b *rbtree.MapBuilder[int, int]) { b.Lookup(1) }, "Contains": func(b *rbtree.MapBuilder[int, int]) { b.Contains(1) },
				"All":        func(b *rbtree.MapBuilder[int, int]) { b.All()(func(int, int) bool { return false }) },
				"Keys":       func(b *rbtree.MapBuilder[int, int]) { b.Keys()(func(int) bool { return false }) },
				"Values":     func(b *rbtree.MapBuilder[int, int]) { b.Values()(func(int) bool { return false }) },
				"Set":        func(b *rbtree.MapBuilder[int, int]) { b.Set(1, 7) },
				"Delete":     func(b *rbtree.MapBuilder[int, int]) { b.Delete(1) },
				"Update":     func(b *rbtree.MapBuilder[int, int]) { b.Update(1, update) },
				"SetAll":     func(b *rbtree.MapBuilder[int, int]) { b.SetAll(entries) },
				"DeleteFunc": func(b *rbtree.MapBuilder[int, int]) { b.DeleteFunc(func(k, _ int) bool { return k%2 == 0 }) },
				"Clear":      func(b *rbtree.MapBuilder[int, int]) { b.Clear() },
				"Swap":       func(b *rbtree.MapBuilder[int, int]) { b.Swap(1, 7) },
				"Take":       func(b *rbtree.MapBuilder[int, int]) { b.Take(1) },
				"Min":        func(b *rbtree.MapBuilder[int, int]) { b.Min() },
				"Max":        func(b *rbtree.MapBuilder[int, int]) { b.Max() },
				"Floor":      func(b *rbtree.MapBuilder[int, int]) { b.Floor(1) },
				"Ceiling":    func(b *rbtree.MapBuilder[int, int]) { b.Ceiling(1) },
				"At":         func(b *rbtree.MapBuilder[int, int]) { b.At(0) },
				"Rank":       func(b *rbtree.MapBuilder[int, int]) { b.Rank(1) },
				"Backward":   func(b *rbtree.MapBuilder[int, int]) { b.Backward()(func(int, int) bool { return false }) },
				"From":       func(b *rbtree.MapBuilder[int, int]) { b.From(1) },
				"Above":      func(b *rbtree.MapBuilder[int, int]) { b.Above(1) },
				"To":         func(b *rbtree.MapBuilder[int, int]) { b.To(1) },
				"Below":      func(b *rbtree.MapBuilder[int, int]) { b.Below(1) },
			}),
		kindOf("rbtree.SetBuilder", rs.Builder, func(b *rbtree.SetBuilder[int], i int) { b.Add(i) }, (*rbtree.SetBuilder[int]).Build,
			map[string]func(b *rbtree.SetBuilder[int]){
				"Len": func(b *rbtree.SetBuilder[int]) { b.Len() }, "Contains": func(b *rbtree.SetBuilder[int]) { b.Contains(1) },
				"All":      func(b *rbtree.SetBuilder[int]) { b.All()(func(int) bool { return false }) },
				"AddAll":   func(b *rbtree.SetBuilder[int]) { b.AddAll(slices.Values([]int{1, 2})) },
				"Lookup":   func(b *rbtree.SetBuilder[int]) { b.Lookup(1) },
				"Replace":  func(b *rbtree.SetBuilder[int]) { b.Replace(1) },
				"Min":      func(b *rbtree.SetBuilder[int]) { b.Min() },
				"Max":      func(b *rbtree.SetBuilder[int]) { b.Max() },
				"Floor":    func(b *rbtree.SetBuilder[int]) { b.Floor(1) },
				"Ceiling":  func(b *rbtree.SetBuilder[int]) { b.Ceiling(1) },
				"At":       func(b *rbtree.SetBuilder[int]) { b.At(0) },
				"Rank":     func(b *rbtree.SetBuilder[int]) { b.Rank(1) },
				"Backward": func(b *rbtree.SetBuilder[int]) { b.Backward()(func(int) bool { return false }) },
				"From":     func(b *rbtree.SetBuilder[int]) { b.From(1) },
				"Above":    func(b *rbtree.SetBuilder[int]) { b.Above(1) },
				"To":       func(b *rbtree.SetBuilder[int]) { b.To(1) },
				"Below":    func(b *rbtree.SetBuilder[int]) { b.Below(1) },
				"Add":      func(b *rbtree.SetBuilder[int]) { b.Add(1) }, "Delete": func(b *rbtree.SetBuilder[int]) { b.Delete(1) },
				"Clear": func(b *rbtree.SetBuilder[int]) { b.Clear() },
			}),
		kindOf("ordered.MapBuilder", om.Builder, func(b *ordered.MapBuilder[int, int], i int) { b.Set(i, i) }, (*ordered.MapBuilder[int, int]).Build,
			map[string]func(b *ordered.MapBuilder[int, int]){
				"Len": func(b *ordered.MapBuilder[int, int]) { b.Len() }, "Get": func(b *ordered.MapBuilder[int, int]) { b.Get(1) },
				"Lookup": func(b *ordered.MapBuilder[int, int]) { b.Lookup(1) }, "Contains": func(b *ordered.MapBuilder[int, int]) { b.Contains(1) },
				"All":         func(b *ordered.MapBuilder[int, int]) { b.All()(func(int, int) bool { return false }) },
				"Keys":        func(b *ordered.MapBuilder[int, int]) { b.Keys()(func(int) bool { return false }) },
				"Values":      func(b *ordered.MapBuilder[int, int]) { b.Values()(func(int) bool { return false }) },
				"Backward":    func(b *ordered.MapBuilder[int, int]) { b.Backward()(func(int, int) bool { return false }) },
				"Set":         func(b *ordered.MapBuilder[int, int]) { b.Set(1, 7) },
				"Delete":      func(b *ordered.MapBuilder[int, int]) { b.Delete(1) },
				"Swap":        func(b *ordered.MapBuilder[int, int]) { b.Swap(1, 7) },
				"Take":        func(b *ordered.MapBuilder[int, int]) { b.Take(1) },
				"Update":      func(b *ordered.MapBuilder[int, int]) { b.Update(1, update) },
				"SetAll":      func(b *ordered.MapBuilder[int, int]) { b.SetAll(entries) },
				"DeleteFunc":  func(b *ordered.MapBuilder[int, int]) { b.DeleteFunc(func(k, _ int) bool { return k%2 == 0 }) },
				"Clear":       func(b *ordered.MapBuilder[int, int]) { b.Clear() },
				"First":       func(b *ordered.MapBuilder[int, int]) { b.First() },
				"Last":        func(b *ordered.MapBuilder[int, int]) { b.Last() },
				"At":          func(b *ordered.MapBuilder[int, int]) { b.At(0) },
				"Index":       func(b *ordered.MapBuilder[int, int]) { b.Index(1) },
				"MoveToEnd":   func(b *ordered.MapBuilder[int, int]) { b.MoveToEnd(1) },
				"MoveToFront": func(b *ordered.MapBuilder[int, int]) { b.MoveToFront(2) },
			}),
		kindOf("vector.Builder", v.Builder, func(b *vector.Builder[int], i int) { b.Append(i) }, (*vector.Builder[int]).Build,
			map[string]func(b *vector.Builder[int]){
				"Len": func(b *vector.Builder[int]) { b.Len() }, "At": func(b *vector.Builder[int]) { b.At(0) },
				"All":      func(b *vector.Builder[int]) { b.All()(func(int, int) bool { return false }) },
				"Values":   func(b *vector.Builder[int]) { b.Values()(func(int) bool { return false }) },
				"Set":      func(b *vector.Builder[int]) { b.Set(0, 7); b.Set(b.Len()/2, 7); b.Set(b.Len()-1, 7) },
				"First":    func(b *vector.Builder[int]) { b.First() },
				"Last":     func(b *vector.Builder[int]) { b.Last() },
				"Backward": func(b *vector.Builder[int]) { b.Backward()(func(int, int) bool { return false }) },
				"Update":   func(b *vector.Builder[int]) { b.Update(1, func(x int) int { return -x }) },
				"SortFunc": func(b *vector.Builder[int]) { b.SortFunc(func(a, b int) int { return cmp.Compare(b, a) }) },
				"Append":   func(b *vector.Builder[int]) { b.Append(1) },
				"Append 2": func(b *vector.Builder[int]) { b.Append(1, 2) },
				"Prepend":  func(b *vector.Builder[int]) { b.Prepend(1) },
				"Insert":   func(b *vector.Builder[int]) { b.Insert(1, 7) },
				"Delete":   func(b *vector.Builder[int]) { b.Delete(0, 1) },
				"Concat":   func(b *vector.Builder[int]) { b.Concat(v) },
				"Truncate": func(b *vector.Builder[int]) { b.Truncate(1) },
				"Clear":    func(b *vector.Builder[int]) { b.Clear() },
			}),
	}
}

func pkg(k kind) string { return strings.SplitN(k.name, ".", 2)[0] }

// TestCopiedBuilder panics in every method, from whichever moment the copy is. The original goes on, and what
// it has built does not change.
func TestCopiedBuilder(t *testing.T) {
	for _, k := range kinds() {
		message := pkg(k) + ": a builder was copied after its first use: pass it by pointer"
		moments := map[string]func() any{
			"as it was made": k.derived,
			"zero, and grown by a few": func() any {
				b := k.zero()
				k.grow(b, 1)
				k.grow(b, 2)
				return b
			},
			"grown by many, and read": func() any {
				b := k.derived()
				for i := range 500 {
					k.grow(b, 100+i)
				}
				k.methods["Len"](b)
				return b
			},
			"built": func() any {
				b := k.derived()
				k.grow(b, 100)
				k.build(b)
				return b
			},
			"built and grown": func() any {
				b := k.derived()
				k.build(b)
				k.grow(b, 100)
				return b
			},
		}
		for moment, made := range moments {
			for name, method := range k.methods {
				b := made()
				c := k.copied(b)
				built := k.build(b)
				k.grow(b, -1)
				more := k.build(b)
				assert.PanicsWithValue(t, message, func() { method(c) }, "%s, %s: %s of a copy", k.name, moment, name)
				assert.PanicsWithValue(t, message, func() { method(c) }, "%s, %s: %s of a copy, again", k.name, moment, name)
				require.Equal(t, more, k.build(b), "%s, %s: the original has changed", k.name, moment)
				require.NotEqual(t, built, more)
				require.Contains(t, fmt.Sprint(c), "PANIC=Format method: "+message)
				k.grow(b, -2)
				require.NotEqual(t, more, k.build(b), "%s, %s: the original goes on", k.name, moment)
			}
		}
	}
}

// TestCopyOfAnUnusedBuilder is a builder of its own.
func TestCopyOfAnUnusedBuilder(t *testing.T) {
	for _, k := range kinds() {
		b := k.zero()
		k.methods["Len"](b) // looking is no use
		c := k.copied(b)
		k.grow(b, 1)
		k.grow(c, 2)
		k.grow(b, 3)
		assert.NotEqual(t, k.build(b), k.build(c), k.name)
		assert.Contains(t, k.build(c), "2", k.name)
		assert.NotContains(t, k.build(b), "2", k.name)
	}
}

// TestDeepEqualOfBuilders says that builders which were used are different, whatever they hold.
func TestDeepEqualOfBuilders(t *testing.T) {
	for _, k := range kinds() {
		assert.True(t, reflect.DeepEqual(k.zero(), k.zero()), "%s: not used", k.name)
		assert.False(t, reflect.DeepEqual(k.derived(), k.derived()), "%s: made of the same version", k.name)
		a, b := k.zero(), k.zero()
		k.grow(a, 1)
		k.grow(b, 1)
		assert.False(t, reflect.DeepEqual(a, b), k.name)
		assert.True(t, reflect.DeepEqual(a, a), k.name)
	}
}

// A pauser stops in the middle of a question, while it is told to.
type pauser struct {
	on       bool
	asked    chan bool
	answered chan bool
}

func (p *pauser) pause() {
	if p.on {
		p.on = false
		p.asked <- true
		<-p.answered
	}
}

func (p *pauser) Hash(h *maphash.Hash, k int) { p.pause(); maphash.WriteComparable(h, k) }
func (p *pauser) Equal(a, b int) bool         { return a == b }

// TestSecondGoroutine panics if it uses a builder that another has in use, and the other goes on.
func TestSecondGoroutine(t *testing.T) {
	for _, k := range kinds() {
		p := &pauser{asked: make(chan bool), answered: make(chan bool)}
		asked := "Hasher"
		var b any
		work := func() { k.grow(b, 2) }
		switch k.name {
		case "hamt.MapBuilder":
			b = hamt.NewMap[int, int](p).Builder()
		case "hamt.SetBuilder":
			b = hamt.NewSet[int](p).Builder()
		case "ordered.MapBuilder":
			all := func(yield func(int, int) bool) {
				for i := 0; i < 100 && yield(i, i); i++ {
				}
			}
			b = ordered.NewMap[int, int](p).SetAll(all).Builder() // a map of a few asks for no hash
		case "rbtree.MapBuilder":
			b = rbtree.NewMapFunc[int, int](func(a, b int) int { p.pause(); return cmp.Compare(a, b) }).Builder()
		case "rbtree.SetBuilder":
			b = rbtree.NewSetFunc(func(a, b int) int { p.pause(); return cmp.Compare(a, b) }).Builder()
		case "vector.Builder":
			b = vector.Of(2).Builder()
			work = func() { b.(*vector.Builder[int]).SortFunc(func(a, b int) int { p.pause(); return cmp.Compare(a, b) }) }
		}
		if pkg(k) != "hamt" && pkg(k) != "ordered" {
			asked = "comparator"
		}
		k.grow(b, 1)
		p.on = true
		done := make(chan bool)
		go func() {
			work()
			done <- true
		}()
		<-p.asked
		for name, method := range k.methods {
			assert.PanicsWithValue(t, pkg(k)+": a builder is used while it asks its "+asked+": by that, or by a second goroutine",
				func() { method(b) }, "%s of %s", name, k.name)
		}
		p.answered <- true
		<-done
		k.grow(b, 3)
		text := k.build(b)
		for _, i := range []string{"1", "2", "3"} {
			assert.Contains(t, text, i, k.name)
		}
	}
}

const child = "RAMET_HAMMER"

// TestTwoGoroutinesHammer one builder, and one of them is told so. It happens in other processes, since what
// two goroutines do to a builder until then may break more than the builder. That may come first, and does so more often
// the busier the machine is, so there are some more tries; without a guard nobody is ever told.
func TestTwoGoroutinesHammer(t *testing.T) {
	if name := os.Getenv(child); name != "" {
		hammer(name)
		return
	}
	if invariants.Enabled {
		t.Skip("the race detector, or the checks, are faster")
	}
	for _, k := range kinds() {
		const tries = 50
		told, want := false, pkg(k)+": a builder is used by two goroutines at once"
		for i := 0; i < tries && !told; i++ {
			cmd := exec.Command(os.Args[0], "-test.run=^TestTwoGoroutinesHammer$")
			cmd.Env = append(os.Environ(), child+"="+k.name)
			out, err := cmd.CombinedOutput()
			if err != nil && len(out) == 0 {
				t.Skip("no process can be started here:", err)
			}
			if told = strings.Contains(string(out), want); !told {
				t.Logf("%s: %.300s", k.name, out)
			}
		}
		assert.True(t, told, k.name)
	}
}

// hammer prints what the first of two goroutines that use a builder at once panics with.
func hammer(name string) {
	for _, k := range kinds() {
		if k.name != name {
			continue
		}
		b := k.zero()
		k.grow(b, 0)
		var wg sync.WaitGroup
		for g := range 2 {
			wg.Go(func() {
				defer func() {
					if r := recover(); r != nil {
						fmt.Println(r)
						os.Exit(0)
					}
				}()
				for i := range 1 << 26 {
					k.grow(b, 2*i+g)
				}
			})
		}
		wg.Wait()
	}
}
