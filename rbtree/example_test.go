package rbtree_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/transient"
)

func Example() {
	monday := rbtree.MapOf(map[string]int{"elm": 5, "ash": 3})
	tuesday := monday.Set("birch", 8).Delete("elm")

	fmt.Println(monday)
	fmt.Println(tuesday)
	// Output:
	// {ash: 3, elm: 5}
	// {ash: 3, birch: 8}
}

func ExampleMap() {
	var m rbtree.Map[string, int] // the zero map is empty and ready to use
	m1 := m.Set("elm", 5)
	m2 := m1.Set("ash", 3)

	v, ok := m1.Lookup("ash")
	fmt.Println(m1.Len(), v, ok)
	fmt.Println(m2, m2.Contains("oak"))
	fmt.Println(m1 == m2.Delete("oak"), m2 == m2.Delete("oak"))
	// Output:
	// 1 0 false
	// {ash: 3, elm: 5} false
	// false true
}

func ExampleNewMapFunc() {
	fold := func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) }
	headers := rbtree.NewMapFunc[string, string](fold)
	headers = headers.Set("Content-Type", "text/plain").Set("Accept", "*/*")
	headers = headers.Set("CONTENT-TYPE", "text/html") // keeps the first spelling
	fmt.Println(headers)
	// Output: {Accept: */*, Content-Type: text/html}
}

func ExampleCollectMap() {
	m := rbtree.CollectMap(slices.All([]string{"ash", "elm"}))
	fmt.Println(m)
	// Output: {0: ash, 1: elm}
}

func ExampleMap_Update() {
	count := func(n int, _ bool) (int, bool) { return n + 1, true }
	var words rbtree.Map[string, int]
	for _, w := range strings.Fields("to be or not to be") {
		words = words.Update(w, count)
	}
	fmt.Println(words)
	// Output: {be: 2, not: 1, or: 1, to: 2}
}

func ExampleMap_Floor() {
	// The price of a quantity is that of the greatest step that is not above it.
	prices := rbtree.MapOf(map[int]string{1: "9.90", 10: "8.90", 100: "6.50"})
	for _, n := range []int{1, 12, 100} {
		_, price, _ := prices.Floor(n)
		fmt.Println(n, price)
	}
	_, _, ok := prices.Floor(0)
	fmt.Println(ok)
	// Output:
	// 1 9.90
	// 12 8.90
	// 100 6.50
	// false
}

func ExampleMap_From() {
	log := rbtree.MapOf(map[int]string{900: "open", 915: "buy", 930: "sell", 1730: "close"})
	morning := log.From(910).Below(1200)
	fmt.Println(morning, morning.Len())
	for t, event := range morning.Backward() {
		fmt.Println(t, event)
	}
	// Output:
	// {915: buy, 930: sell} 2
	// 930 sell
	// 915 buy
}

func ExampleSpan_Map() {
	m := rbtree.CollectMap(slices.All([]string{"a", "b", "c", "d"}))
	middle := m.Above(0).Below(3).Map() // shares m's nodes
	fmt.Println(middle.Set(7, "x"), m)
	// Output: {1: b, 2: c, 7: x} {0: a, 1: b, 2: c, 3: d}
}

func ExampleMap_Rank() {
	times := rbtree.MapOf(map[int]string{102: "Ann", 99: "Bea", 110: "Cleo"})
	place, _ := times.Rank(102)
	fmt.Println("Ann was number", place+1)
	_, winner := times.At(0)
	fmt.Println(winner, "won")
	// Output:
	// Ann was number 2
	// Bea won
}

func ExampleMap_Slice() {
	scores := rbtree.MapOf(map[int]string{310: "Ann", 420: "Bea", 150: "Cleo", 280: "Dora", 90: "Eve"})
	second := scores.Slice(2, 4) // the second page, of two
	fmt.Println(second)
	fmt.Println(second.Slice(1, 2))
	// Output:
	// {280: Dora, 310: Ann}
	// {310: Ann}
}

func ExampleSpan_At() {
	log := rbtree.MapOf(map[int]string{900: "open", 915: "buy", 930: "sell", 1730: "close"})
	morning := log.To(1200)
	fmt.Println(morning.At(morning.Len() - 1))
	fmt.Println(morning.Rank(915))
	// Output:
	// 930 sell
	// 1 true
}

func ExampleMap_DeleteMin() {
	tasks := rbtree.MapOf(map[int]string{20: "sweep", 10: "cook", 30: "read"})
	for !tasks.IsZero() {
		var task string
		tasks, _, task, _ = tasks.DeleteMin()
		fmt.Println(task, tasks.Len())
	}
	// Output:
	// cook 2
	// sweep 1
	// read 0
}

func ExampleMap_DeleteSpan() {
	log := rbtree.MapOf(map[int]string{900: "open", 915: "buy", 930: "sell", 1730: "close"})
	fmt.Println(log.DeleteSpan(log.From(910).Below(1200)))
	// Output: {900: open, 1730: close}
}

func ExampleMap_Split() {
	m := rbtree.CollectMap(slices.All([]string{"a", "b", "c", "d"}))
	below, v, ok, above := m.Split(2)
	fmt.Println(below, v, ok, above)
	fmt.Println(below.Join(above))
	// Output:
	// {0: a, 1: b} c true {3: d}
	// {0: a, 1: b, 3: d}
}

func ExampleMap_Union() {
	defaults := rbtree.MapOf(map[string]string{"color": "auto", "pager": "less"})
	user := rbtree.MapOf(map[string]string{"pager": "more"})
	fmt.Println(defaults.Union(user))
	// Output: {color: auto, pager: more}
}

func ExampleMap_UnionFunc() {
	a := rbtree.MapOf(map[string]int{"ash": 3, "elm": 5})
	b := rbtree.MapOf(map[string]int{"elm": 2, "oak": 8})
	fmt.Println(a.UnionFunc(b, func(_ string, x, y int) int { return x + y }))
	// Output: {ash: 3, elm: 7, oak: 8}
}

func ExampleJoinFunc() {
	// Vector clocks: of each process the latest that anybody has heard of.
	a := rbtree.MapOf(map[string]int{"p": 3, "q": 1})
	b := a.Set("q", 4).Set("r", 1)
	a = a.Set("p", 5)
	fmt.Println(rbtree.JoinFunc(a, b, func(_ string, x, y int) int { return max(x, y) }))
	// Output: {p: 5, q: 4, r: 1}
}

func ExampleSet_Cursor() {
	// The words that two texts have in common, without a look at what is between.
	a, b := rbtree.SetOf("ash", "elm", "fir", "oak").Cursor(), rbtree.SetOf("beech", "elm", "oak", "yew").Cursor()
	x, inA := a.Next()
	y, inB := b.Next()
	for inA && inB {
		switch {
		case x < y:
			a.Seek(y)
			x, inA = a.Next()
		case y < x:
			b.Seek(x)
			y, inB = b.Next()
		default:
			fmt.Println(x)
			x, inA = a.Next()
			y, inB = b.Next()
		}
	}
	// Output:
	// elm
	// oak
}

func ExampleMap_Cursor() {
	log := rbtree.MapOf(map[int]string{900: "open", 915: "buy", 930: "sell", 1730: "close"})
	c := log.Cursor()
	c.Seek(920)
	fmt.Println(c.Prev())
	fmt.Println(c.Next())
	fmt.Println(c.Next())
	// Output:
	// 915 buy true
	// 915 buy true
	// 930 sell true
}

func ExamplePrefix() {
	files := rbtree.MapOf(map[string]int{"src/a.go": 10, "src/b.go": 20, "srcs": 3, "doc/a.md": 7})
	fmt.Println(rbtree.Prefix(files, "src/"))
	// Output: {src/a.go: 10, src/b.go: 20}
}

func ExampleLongestPrefix() {
	routes := rbtree.MapOf(map[string]string{"/": "home", "/users/": "users", "/users/admin/": "admin"})
	for _, path := range []string{"/users/7", "/users/admin/log", "/about"} {
		_, handler, _ := rbtree.LongestPrefix(routes, path)
		fmt.Println(path, handler)
	}
	// Output:
	// /users/7 users
	// /users/admin/log admin
	// /about home
}

func ExampleMap_IntersectionFunc() {
	stock := rbtree.MapOf(map[string]int{"ash": 3, "elm": 5})
	prices := rbtree.MapOf(map[string]int{"elm": 20, "oak": 30})
	fmt.Println(stock.IntersectionFunc(prices, func(_ string, n, price int) int { return n * price }))
	// Output: {elm: 100}
}

func ExampleMap_KeySet() {
	stock := rbtree.MapOf(map[string]int{"ash": 3, "elm": 5, "oak": 8})
	wanted := rbtree.SetOf("elm", "fir")
	fmt.Println(wanted.Difference(stock.KeySet()))
	fmt.Println(stock.Restrict(wanted), stock.Without(wanted))
	// Output:
	// [fir]
	// {elm: 5} {ash: 3, oak: 8}
}

func ExampleMap_Partition() {
	stock := rbtree.MapOf(map[string]int{"ash": 3, "elm": 0, "oak": 8})
	have, out := stock.Partition(func(_ string, n int) bool { return n > 0 })
	fmt.Println(have, out)
	// Output: {ash: 3, oak: 8} {elm: 0}
}

func ExampleMap_DeleteFunc() {
	stock := rbtree.MapOf(map[string]int{"ash": 3, "elm": 0, "oak": 8})
	fmt.Println(stock.DeleteFunc(func(_ string, n int) bool { return n == 0 }).DeleteAll("oak", "fir"))
	// Output: {ash: 3}
}

func ExampleMapBuilder() {
	var b rbtree.MapBuilder[string, int] // or m.Builder()
	for _, w := range strings.Fields("to be or not to be") {
		b.Set(w, b.Get(w)+1)
	}
	m := b.Build()
	b.Delete("to") // m stays as it is
	fmt.Println(m, b.Len())
	// Output: {be: 2, not: 1, or: 1, to: 2} 3
}

func ExampleMapBuilder_Floor() {
	// Who is on duty, in a plan that changes all the time.
	var plan rbtree.MapBuilder[int, string]
	plan.Set(900, "Ann")
	plan.Set(1300, "Bea")
	plan.Set(1800, "Cleo")
	_, now, _ := plan.Floor(1430)
	before, _ := plan.Swap(1300, "Dora")
	fmt.Println(now, before)
	afternoon := plan.From(1200)
	last, _ := plan.Take(1800)
	fmt.Println(last, afternoon, plan.Len())
	// Output:
	// Bea Bea
	// Cleo {1300: Dora, 1800: Cleo} 2
}

func ExampleMap_Builder() {
	m := rbtree.MapOf(map[string]int{"ash": 3, "elm": 5})
	m = transient.Update(m, func(b *rbtree.MapBuilder[string, int]) {
		b.SetAll(maps.All(map[string]int{"oak": 8, "elm": 6}))
		b.DeleteFunc(func(k string, _ int) bool { return k < "b" })
	})
	fmt.Println(m)
	// Output: {elm: 6, oak: 8}
}

func ExampleSetIfChanged() {
	m := rbtree.MapOf(map[string]int{"ash": 3})
	fmt.Println(rbtree.SetIfChanged(m, "ash", 3) == m, m.Set("ash", 3) == m)
	// Output: true false
}

func ExampleSetIfChangedFunc() {
	m := rbtree.MapOf(map[string][]int{"ash": {1, 2}})
	fmt.Println(rbtree.SetIfChangedFunc(m, "ash", []int{1, 2}, slices.Equal) == m)
	// Output: true
}

func ExampleUpdateIfChanged() {
	// A tag of a card in a column of a board. What is tagged already stays the same board.
	board := rbtree.MapOf(map[string]rbtree.Map[int, rbtree.Set[string]]{
		"todo": rbtree.MapOf(map[int]rbtree.Set[string]{7: rbtree.SetOf("urgent")}),
	})
	tag := func(column string, card int, t string) rbtree.Map[string, rbtree.Map[int, rbtree.Set[string]]] {
		return rbtree.UpdateIfChanged(board, column, func(c rbtree.Map[int, rbtree.Set[string]]) rbtree.Map[int, rbtree.Set[string]] {
			return rbtree.UpdateIfChanged(c, card, func(ts rbtree.Set[string]) rbtree.Set[string] { return ts.Add(t) })
		})
	}
	fmt.Println(tag("todo", 7, "late"))
	fmt.Println(tag("todo", 7, "urgent") == board, tag("done", 7, "late") == board)
	// Output:
	// {todo: {7: [late urgent]}}
	// true true
}

func ExampleMap_IsZero() {
	var page struct {
		Title string
		Links rbtree.Set[string] `json:",omitzero"`
	}
	data, _ := json.Marshal(page)
	fmt.Println(string(data))
	// Output: {"Title":""}
}

func ExampleMapValues() {
	m := rbtree.MapOf(map[string]int{"ash": 3, "elm": 5})
	fmt.Println(rbtree.MapValues(m, func(k string, v int) string { return strings.Repeat(k[:1], v) }))
	// Output: {ash: aaa, elm: eeeee}
}

func ExampleDiff() {
	before := rbtree.MapOf(map[string]int{"ash": 3, "elm": 5})
	after := before.Set("elm", 6).Set("oak", 8).Delete("ash")
	for c := range rbtree.Diff(before, after) {
		fmt.Println(c.Kind, c.Key, c.Old, c.New)
	}
	fmt.Println(rbtree.Equal(after, rbtree.Apply(before, rbtree.Diff(before, after))))
	// Output:
	// Removed ash 3 0
	// Updated elm 5 6
	// Added oak 0 8
	// true
}

func ExampleMerge() {
	base := rbtree.MapOf(map[string]int{"ash": 3, "elm": 5})
	ours, theirs := base.Set("ash", 4).Delete("elm"), base.Set("oak", 8).Set("elm", 6)
	merged, conflicts := rbtree.Merge(base, ours, theirs)
	fmt.Println(merged)
	for _, c := range conflicts {
		fmt.Println(c.Key, c.InOurs, c.Theirs)
	}
	// Output:
	// {ash: 4, oak: 8}
	// elm false 6
}

func ExampleMergeFunc() {
	base := rbtree.MapOf(map[string]int{"ash": 3})
	sum := func(c diff.Conflict[string, int]) (int, bool) { return c.Ours + c.Theirs - c.Base, true }
	eq := func(a, b int) bool { return a == b }
	fmt.Println(rbtree.MergeFunc(base, base.Set("ash", 5), base.Set("ash", 4), eq, sum))
	// Output: {ash: 6}
}

func ExampleMap_MarshalJSON() {
	m := rbtree.MapOf(map[int]string{10: "ten", 9: "nine"})
	data, _ := json.Marshal(m)
	fmt.Println(string(data)) // in the order of the numbers, not of their text
	// Output: {"9":"nine","10":"ten"}
}

func ExampleSet() {
	s := rbtree.SetOf("oak", "ash", "elm")
	least, _ := s.Min()
	next, _ := s.Ceiling("b")
	fmt.Println(s, least, next, s.At(2))
	fmt.Println(s.SymmetricDifference(rbtree.SetOf("ash", "fir")))
	// Output:
	// [ash elm oak] ash elm oak
	// [elm fir oak]
}

func ExampleSet_From() {
	s := rbtree.SetOf(1, 2, 3, 5, 8, 13)
	fmt.Println(s.From(3).Below(13), s.Above(3).Set().Len())
	// Output: [3 5 8] 3
}

func ExampleSet_Replace() {
	type user struct {
		ID   int
		Name string
	}
	users := rbtree.NewSetFunc(func(a, b user) int { return cmp.Compare(a.ID, b.ID) })
	users = users.Add(user{1, "Ann"}, user{2, "Bea"})
	users = users.Add(user{2, "Beatrice"}) // there already
	users = users.Replace(user{1, "Anna"})
	fmt.Println(users)
	fmt.Println(users.Lookup(user{ID: 1}))
	// Output:
	// [{1 Anna} {2 Bea}]
	// {1 Anna} true
}

func ExampleSet_AddAll() {
	backward := rbtree.NewSetFunc(func(a, b string) int { return cmp.Compare(b, a) })
	fmt.Println(backward.AddAll(slices.Values([]string{"ash", "oak", "elm"})))
	// Output: [oak elm ash]
}

func ExampleMergeSets() {
	base := rbtree.SetOf("ash", "elm", "oak")
	ours, theirs := base.Add("fir").Delete("elm"), base.Add("yew").Delete("elm", "oak")
	fmt.Println(rbtree.MergeSets(base, ours, theirs))
	// Output: [ash fir yew]
}
