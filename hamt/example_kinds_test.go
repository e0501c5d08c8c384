//go:build !race && !smallnodes && !invariants

package hamt_test

import (
	"encoding/json"
	"fmt"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/vector"
)

// These examples have kinds of keys and values of their own: see kinds_test.go.

// Values that are maps are merged, too, key by key, and the conflicts within them are collected.
func ExampleMergeFunc_nested() {
	type stock = hamt.Map[string, int]
	base := hamt.MapOf(map[string]stock{"oslo": hamt.MapOf(map[string]int{"ash": 3, "elm": 5})})
	ours := base.Set("oslo", base.Get("oslo").Set("ash", 4).Set("elm", 6))
	theirs := base.Set("oslo", base.Get("oslo").Set("fir", 1).Set("elm", 7)).Set("rome", stock{}.Set("oak", 8))

	var conflicts []string
	merged := hamt.MergeFunc(base, ours, theirs, hamt.Equal, func(c diff.Conflict[string, stock]) (stock, bool) {
		if !c.InOurs || !c.InTheirs { // one side removed the whole of what the other changed
			conflicts = append(conflicts, c.Key)
			return c.Ours, c.InOurs
		}
		both, inside := hamt.Merge(c.Base, c.Ours, c.Theirs) // where base has none, c.Base is the empty map
		for _, i := range inside {
			conflicts = append(conflicts, fmt.Sprint(c.Key, "/", i.Key, ": ", i.Ours, " or ", i.Theirs))
		}
		return both, true
	})
	fmt.Println(merged)
	fmt.Println(conflicts)
	// Output:
	// {oslo: {ash: 4, elm: 6, fir: 1}, rome: {oak: 8}}
	// [oslo/elm: 6 or 7]
}

// Values that are vectors are merged with vector.Merge, which reports overlaps.
func ExampleMergeFunc_vectors() {
	base := hamt.Map[string, vector.Vector[string]]{}.Set("todo", vector.Of("eat", "work", "sleep"))
	ours := base.Set("todo", base.Get("todo").Set(0, "dine"))
	theirs := base.Set("todo", base.Get("todo").Append("dream"))

	merged := hamt.MergeFunc(base, ours, theirs, vector.Equal,
		func(c diff.Conflict[string, vector.Vector[string]]) (vector.Vector[string], bool) {
			both, overlaps := vector.Merge(c.Base, c.Ours, c.Theirs)
			if len(overlaps) > 0 || !c.InOurs || !c.InTheirs {
				return c.Ours, c.InOurs // or ask somebody
			}
			return both, true
		})
	fmt.Println(merged)
	// Output: {todo: [dine work sleep dream]}
}

func ExampleContentHasher() {
	byVersion := hamt.Map[list.List[int], string]{}.Set(list.Of(1, 2), "one two")
	fmt.Println(byVersion.Contains(list.Of(1, 2)))

	byContents := hamt.NewMap[list.List[int], string](hamt.ContentHasher[list.List[int]]{}).Set(list.Of(1, 2), "one two")
	fmt.Println(byContents.Get(list.Of(1, 2)))
	// Output:
	// false
	// one two
}

func ExampleMap_MarshalJSON() {
	m := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	data, err := json.Marshal(m)
	fmt.Println(string(data), err)

	type point struct{ X, Y int }
	pairs := hamt.MapOf(map[point]bool{{1, 2}: true})
	data, err = json.Marshal(pairs)
	fmt.Println(string(data), err)
	// Output:
	// {"ash":3,"elm":5} <nil>
	// [[{"X":1,"Y":2},true]] <nil>
}
