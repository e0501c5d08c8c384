package hamt_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/transient"
)

func Example() {
	monday := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	tuesday := monday.Set("oak", 8).Delete("elm")

	fmt.Println(monday)
	fmt.Println(tuesday)
	// Output:
	// {ash: 3, elm: 5}
	// {ash: 3, oak: 8}
}

func ExampleMap() {
	var m hamt.Map[string, int] // the zero map is empty and ready to use
	m1 := m.Set("ash", 3)
	m2 := m1.Set("elm", 5)

	v, ok := m1.Lookup("elm")
	fmt.Println(m1.Len(), v, ok)
	fmt.Println(m2.Len(), m2.Get("elm"), m2.Contains("oak"))
	fmt.Println(m1 == m2.Delete("oak"), m2 == m2.Delete("oak"))
	// Output:
	// 1 0 false
	// 2 5 false
	// false true
}

// foldCase treats strings that differ only in case as the same key.
type foldCase struct{}

func (foldCase) Hash(h *maphash.Hash, key string) { h.WriteString(strings.ToLower(key)) }
func (foldCase) Equal(a, b string) bool           { return strings.EqualFold(a, b) }

func ExampleNewMap() {
	headers := hamt.NewMap[string, string](foldCase{})
	headers = headers.Set("Content-Type", "text/plain")
	headers = headers.Set("CONTENT-TYPE", "text/html") // keeps the first spelling
	fmt.Println(headers, headers.Get("content-type"))
	// Output: {Content-Type: text/html} text/html
}

func ExampleMapOf() {
	built := map[string]int{"ash": 3}
	m := hamt.MapOf(built)
	built["ash"] = 4 // m has a copy
	fmt.Println(m)
	// Output: {ash: 3}
}

func ExampleCollectMap() {
	m := hamt.CollectMap(slices.All([]string{"ash", "elm"}))
	fmt.Println(m)
	// Output: {0: ash, 1: elm}
}

func ExampleMap_Update() {
	count := func(n int, _ bool) (int, bool) { return n + 1, true }
	var words hamt.Map[string, int]
	for _, w := range strings.Fields("to be or not to be") {
		words = words.Update(w, count)
	}
	fmt.Println(words)
	// Output: {be: 2, not: 1, or: 1, to: 2}
}

func ExampleMap_SetAll() {
	m := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	fmt.Println(m.SetAll(maps.All(map[string]int{"elm": 6, "oak": 8})))
	// Output: {ash: 3, elm: 6, oak: 8}
}

func ExampleMap_Filter() {
	m := hamt.MapOf(map[string]int{"ash": 3, "elm": 5, "oak": 8})
	tall := m.Filter(func(_ string, height int) bool { return height >= 5 })
	fmt.Println(tall)
	fmt.Println(tall == tall.Filter(func(string, int) bool { return true }))
	// Output:
	// {elm: 5, oak: 8}
	// true
}

func ExampleMap_Union() {
	defaults := hamt.MapOf(map[string]string{"color": "auto", "pager": "less"})
	user := hamt.MapOf(map[string]string{"pager": "more"})
	fmt.Println(defaults.Union(user))
	// Output: {color: auto, pager: more}
}

func ExampleMap_UnionFunc() {
	a := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	b := hamt.MapOf(map[string]int{"elm": 2, "oak": 8})
	fmt.Println(a.UnionFunc(b, func(_ string, x, y int) int { return x + y }))
	// Output: {ash: 3, elm: 7, oak: 8}
}

func ExampleMap_Difference() {
	a := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	b := hamt.MapOf(map[string]int{"elm": 2, "oak": 8})
	fmt.Println(a.Difference(b), a.Intersection(b))
	// Output: {ash: 3} {elm: 5}
}

func ExampleMap_Builder() {
	m := hamt.MapOf(map[string]int{"ash": 3})
	b := m.Builder() // O(1)
	for i, name := range []string{"elm", "fir", "oak"} {
		b.Set(name, i)
	}
	built := b.Build() // O(1), and b may go on
	b.Clear()
	fmt.Println(m, built, b.Len())
	// Output: {ash: 3} {ash: 3, elm: 0, fir: 1, oak: 2} 0
}

func ExampleMapBuilder_DeleteFunc() {
	m := hamt.MapOf(map[string]int{"ash": 3, "elm": 5, "oak": 8})
	m = transient.Update(m, func(b *hamt.MapBuilder[string, int]) {
		b.DeleteFunc(func(_ string, height int) bool { return height < 5 })
	})
	fmt.Println(m)
	// Output: {elm: 5, oak: 8}
}

func ExampleMapValues() {
	m := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	fmt.Println(hamt.MapValues(m, func(_ string, n int) string { return strings.Repeat("*", n) }))
	// Output: {ash: ***, elm: *****}
}

func ExampleSetIfChanged() {
	m := hamt.MapOf(map[string]int{"ash": 3})
	fmt.Println(hamt.SetIfChanged(m, "ash", 3) == m, hamt.SetIfChanged(m, "ash", 4) == m)
	// Output: true false
}

func ExampleEqual() {
	a := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	b := a.Set("oak", 8).Delete("oak")
	fmt.Println(a == b, hamt.Equal(a, b))
	// Output: false true
}

func ExampleDiff() {
	before := hamt.MapOf(map[string]int{"ash": 3, "elm": 5, "fir": 1})
	after := before.Set("elm", 6).Set("oak", 8).Delete("ash")

	changes := slices.SortedFunc(hamt.Diff(before, after), func(a, b diff.Change[string, int]) int {
		return cmp.Compare(a.Key, b.Key)
	})
	for _, c := range changes {
		fmt.Println(c.Kind, c.Key, c.Old, c.New)
	}
	// Output:
	// Removed ash 3 0
	// Updated elm 5 6
	// Added oak 0 8
}

func ExampleApply() {
	before := hamt.MapOf(map[string]int{"ash": 3})
	after := before.Set("ash", 4).Set("oak", 8)

	patch := slices.Collect(hamt.Diff(before, after))
	other := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	fmt.Println(hamt.Apply(other, slices.Values(patch)))

	for i, c := range patch {
		patch[i] = c.Inverse()
	}
	fmt.Println(hamt.Apply(after, slices.Values(patch)))
	// Output:
	// {ash: 4, elm: 5, oak: 8}
	// {ash: 3}
}

func ExampleMerge() {
	base := hamt.MapOf(map[string]int{"ash": 3, "elm": 5, "fir": 1})
	ours := base.Set("ash", 4).Set("elm", 6)
	theirs := base.Set("elm", 7).Delete("fir").Set("oak", 8)

	merged, conflicts := hamt.Merge(base, ours, theirs)
	fmt.Println(merged)
	for _, c := range conflicts {
		fmt.Println(c.Key, c.Base, c.Ours, c.Theirs)
	}
	// Output:
	// {ash: 4, elm: 6, oak: 8}
	// elm 5 6 7
}

func ExampleMergeFunc() {
	base := hamt.MapOf(map[string]int{"elm": 5})
	ours, theirs := base.Set("elm", 6), base.Set("elm", 7)

	same := func(a, b int) bool { return a == b }
	higher := func(c diff.Conflict[string, int]) (int, bool) { return max(c.Ours, c.Theirs), true }
	fmt.Println(hamt.MergeFunc(base, ours, theirs, same, higher))
	// Output: {elm: 7}
}

func ExampleMap_Equal() {
	type state struct{ prices hamt.Map[string, []int] }
	a := state{hamt.Map[string, []int]{}.Set("ash", []int{3})}
	b := a
	fmt.Println(a.prices.Equal(b.prices), a.prices.Equal(b.prices.Delete("ash")))
	// Output: true false
}

func ExampleSet() {
	a := hamt.SetOf(1, 2, 3)
	b := a.Delete(2).Add(4, 5)

	fmt.Println(a, b, b.Contains(2))
	fmt.Println(a.Union(b), a.Intersection(b), a.Difference(b), a.SymmetricDifference(b))
	fmt.Println(hamt.SetOf(1, 3).SubsetOf(a), a.Disjoint(hamt.SetOf(7)))
	// Output:
	// [1 2 3] [1 3 4 5] false
	// [1 2 3 4 5] [1 3] [2] [2 4 5]
	// true true
}

func ExampleDiffSets() {
	before, after := hamt.SetOf("ash", "elm"), hamt.SetOf("elm", "oak")
	for _, c := range slices.SortedFunc(hamt.DiffSets(before, after), func(a, b diff.Change[string, struct{}]) int {
		return cmp.Compare(a.Key, b.Key)
	}) {
		fmt.Println(c.Kind, c.Key)
	}
	fmt.Println(hamt.ApplySet(before, hamt.DiffSets(before, after)).Equal(after))
	// Output:
	// Removed ash
	// Added oak
	// true
}

func ExampleSetBuilder() {
	var seen hamt.SetBuilder[string]
	for _, w := range strings.Fields("to be or not to be") {
		if !seen.Add(w) {
			fmt.Println("again:", w)
		}
	}
	fmt.Println(seen.Build())
	// Output:
	// again: to
	// again: be
	// [be not or to]
}

// One field of a card, in a map of columns of cards. What turns out to change nothing leaves no trace, however deep it is.
func ExampleUpdateIfChanged() {
	type tags = hamt.Set[string]
	type column = hamt.Map[string, tags]
	board := hamt.MapOf(map[string]column{
		"doing": hamt.MapOf(map[string]tags{"write": hamt.SetOf("docs")}),
	})
	tag := func(col, card, tag string) hamt.Map[string, column] {
		return hamt.UpdateIfChanged(board, col, func(c column) column {
			return hamt.UpdateIfChanged(c, card, func(t tags) tags { return t.Add(tag) })
		})
	}
	fmt.Println(tag("doing", "write", "urgent"))
	fmt.Println(tag("doing", "write", "docs") == board, tag("done", "write", "docs") == board)
	// Output:
	// {doing: {write: [docs urgent]}}
	// true true
}

func ExampleSetIfChangedFunc() {
	m := hamt.MapOf(map[string][]int{"ash": {3}})
	fmt.Println(hamt.SetIfChangedFunc(m, "ash", []int{3}, slices.Equal) == m)
	// Output: true
}

func ExampleMap_IsZero() {
	type page struct {
		Title string                   `json:"title"`
		Links hamt.Map[string, string] `json:"links,omitzero"`
	}
	text, _ := json.Marshal(page{Title: "Trees"})
	fmt.Println(string(text))
	// Output: {"title":"Trees"}
}

func ExampleMap_Restrict() {
	m := hamt.MapOf(map[string]int{"ash": 3, "elm": 5, "oak": 8})
	chosen := hamt.SetOf("elm", "oak", "yew")
	fmt.Println(m.Restrict(chosen), m.Without(chosen), m.KeySet().Difference(chosen))
	fmt.Println(m.DeleteAll("ash", "elm"), m.DeleteFunc(func(_ string, height int) bool { return height > 4 }))
	// Output:
	// {elm: 5, oak: 8} {ash: 3} [ash]
	// {oak: 8} {ash: 3}
}

func ExampleMap_IntersectionFunc() {
	stock := hamt.MapOf(map[string]int{"bolt": 10, "nut": 3})
	price := hamt.MapOf(map[string]int{"bolt": 2, "nut": 1, "screw": 5})
	fmt.Println(stock.IntersectionFunc(price, func(_ string, n, each int) int { return n * each }))
	// Output: {bolt: 20, nut: 3}
}

func ExampleMap_Partition() {
	m := hamt.MapOf(map[string]int{"ash": 3, "elm": 5, "oak": 8})
	tall, low := m.Partition(func(_ string, height int) bool { return height >= 5 })
	fmt.Println(tall, low)
	// Output: {elm: 5, oak: 8} {ash: 3}
}

func ExampleSet_AddAll() {
	m := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	fmt.Println(hamt.SetOf("oak").AddAll(m.Keys()))
	// Output: [ash elm oak]
}

func ExampleMergeSets() {
	base := hamt.SetOf("ash", "elm", "fir")
	ours, theirs := base.Add("oak"), base.Delete("elm").Add("yew")
	fmt.Println(hamt.MergeSets(base, ours, theirs))
	// Output: [ash fir oak yew]
}

// A user is the same user under another name.
type user struct {
	ID   int
	Name string
}

type usersByID struct{}

func (usersByID) Hash(h *maphash.Hash, u user) { maphash.WriteComparable(h, u.ID) }
func (usersByID) Equal(a, b user) bool         { return a.ID == b.ID }

func ExampleSet_Replace() {
	users := hamt.NewSet(hamt.Hasher[user](usersByID{})).Add(user{1, "Ann"})
	fmt.Println(users.Add(user{1, "Anna"}))
	users = users.Replace(user{1, "Anna"})
	stored, ok := users.Lookup(user{ID: 1})
	fmt.Println(stored.Name, ok)
	// Output:
	// [{1 Ann}]
	// Anna true
}

func ExampleMapBuilder_Swap() {
	var b hamt.MapBuilder[string, int]
	fmt.Println(b.Swap("ash", 3))
	fmt.Println(b.Swap("ash", 4))
	fmt.Println(b.Take("ash"))
	fmt.Println(b.Len())
	// Output:
	// 0 false
	// 3 true
	// 4 true
	// 0
}

// How far each replica has seen every other: what two replicas know together is the larger of both.
func ExampleJoinFunc() {
	a := hamt.MapOf(map[string]int{"berlin": 7, "lima": 2})
	b := a.Set("lima", 4).Set("oslo", 1)
	a = a.Set("berlin", 8)
	fmt.Println(hamt.JoinFunc(a, b, func(_ string, x, y int) int { return max(x, y) }))
	// Output: {berlin: 8, lima: 4, oslo: 1}
}

// A walk that pauses, and goes on from the same place twice.
func ExampleMap_Cursor() {
	m := hamt.MapOf(map[string]int{"ash": 3, "elm": 5, "oak": 8})
	c := m.Cursor()
	sum := 0
	for range 2 {
		_, height, _ := c.Next()
		sum += height
	}
	saved := c // a copy is a second cursor at the same place
	_, last, ok := c.Next()
	_, again, _ := saved.Next()
	_, _, more := c.Next()
	fmt.Println(sum+last, ok, again == last, more)
	// Output: 16 true true false
}

func ExampleHasherOf() {
	type point struct {
		x, y  int32
		label string
	}
	byPlace := hamt.HasherOf(
		func(p point) uint64 { return uint64(p.x)<<32 | uint64(uint32(p.y)) },
		func(a, b point) bool { return a.x == b.x && a.y == b.y })
	m := hamt.NewMap[point, string](byPlace).Set(point{1, 2, "here"}, "tree")
	fmt.Println(m.Get(point{1, 2, "there"}))
	// Output: tree
}
