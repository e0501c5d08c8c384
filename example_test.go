package ramet_test

import (
	"fmt"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/transient"
)

// The example of README.md, to which TestReadmeShowsTheExample compares it.
func Example() {
	monday := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	tuesday := monday.Set("oak", 8) // a new version; monday is what it was

	fmt.Println(monday)
	fmt.Println(tuesday, tuesday.Get("oak"))
	for c := range hamt.Diff(monday, tuesday) { // skips what the two share
		fmt.Println(c.Kind, c.Key, c.New)
	}
	// Output:
	// {ash: 3, elm: 5}
	// {ash: 3, elm: 5, oak: 8} 8
	// Added oak 8
}

// Many changes in a row go through a builder, which changes in place what it alone owns.
func Example_builder() {
	var counts hamt.Map[string, int]
	counts = transient.Update(counts, func(b *hamt.MapBuilder[string, int]) {
		for _, tree := range []string{"ash", "elm", "ash", "oak", "ash"} {
			b.Set(tree, b.Get(tree)+1)
		}
	})
	fmt.Println(counts)
	// Output: {ash: 3, elm: 1, oak: 1}
}

// Two versions that went separate ways are merged with the one they stem from.
func Example_merge() {
	base := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	ours := base.Set("ash", 4).Set("oak", 8)
	theirs := base.Set("ash", 2).Delete("elm")

	merged, conflicts := hamt.Merge(base, ours, theirs)
	fmt.Println(merged)
	for _, c := range conflicts {
		fmt.Println(c.Key, "was", c.Base, "is", c.Ours, "here and", c.Theirs, "there")
	}
	// Output:
	// {ash: 4, oak: 8}
	// ash was 3 is 4 here and 2 there
}

// A diff is a sequence of changes, and each has an inverse: applying these undoes it.
func Example_undo() {
	before := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
	after := before.Delete("elm").Set("ash", 4)

	undone := hamt.Apply(after, func(yield func(diff.Change[string, int]) bool) {
		for c := range hamt.Diff(before, after) {
			if !yield(c.Inverse()) {
				return
			}
		}
	})
	fmt.Println(after, undone, hamt.Equal(undone, before))
	// Output: {ash: 4} {ash: 3, elm: 5} true
}
