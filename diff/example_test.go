package diff_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/rbtree"
)

// Changes are sent as JSON, and applied only if the receiver has what they were made for.
func Example_send() {
	before := rbtree.MapOf(map[string]int{"ash": 1, "elm": 4})
	after := before.Set("ash", 2).Delete("elm").Set("oak", 3)
	sent, err := json.Marshal(slices.Collect(rbtree.Diff(before, after)))
	fmt.Println(string(sent), err)

	var changes []diff.Change[string, int]
	if err := json.Unmarshal(sent, &changes); err != nil {
		fmt.Println(err)
	}
	got, err := rbtree.TryApply(before, slices.Values(changes))
	fmt.Println(got, err)

	other := before.Set("elm", 5)
	got, err = rbtree.TryApply(other, slices.Values(changes))
	fmt.Println(got == other, err)
	var m *diff.Mismatch
	if errors.As(err, &m) {
		fmt.Println(m.Reason, m.Index, m.Key, m.Expected, m.Found)
	}
	// Output:
	// [{"kind":"updated","key":"ash","old":1,"new":2},{"kind":"removed","key":"elm","old":4},{"kind":"added","key":"oak","new":3}] <nil>
	// {ash: 2, oak: 3} <nil>
	// true rbtree: change 1: removed key "elm" is 5, not 4
	// Different 1 elm 4 5
}
