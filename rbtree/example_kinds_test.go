//go:build !race && !smallnodes && !invariants

package rbtree_test

import (
	"fmt"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/rbtree"
)

// This example has kinds of values of its own: see kinds_test.go.

// Values that are maps are merged, too, key by key, and the conflicts within them are collected.
func ExampleMergeFunc_nested() {
	type day = rbtree.Map[int, string]
	base := rbtree.Map[string, day]{}.Set("mon", day{}.Set(9, "walk").Set(12, "eat"))
	ours := base.Set("mon", base.Get("mon").Set(9, "run"))
	theirs := base.Set("mon", base.Get("mon").Set(9, "swim").Set(22, "sleep"))

	var conflicts []string
	merged := rbtree.MergeFunc(base, ours, theirs, rbtree.Equal, func(c diff.Conflict[string, day]) (day, bool) {
		if !c.InOurs || !c.InTheirs { // one side removed the whole of what the other changed
			conflicts = append(conflicts, c.Key)
			return c.Ours, c.InOurs
		}
		both, inside := rbtree.Merge(c.Base, c.Ours, c.Theirs)
		for _, i := range inside {
			conflicts = append(conflicts, fmt.Sprint(c.Key, " at ", i.Key, ": ", i.Ours, " or ", i.Theirs))
		}
		return both, true
	})
	fmt.Println(merged)
	fmt.Println(conflicts)
	// Output:
	// {mon: {9: run, 12: eat, 22: sleep}}
	// [mon at 9: run or swim]
}
