package vector_test

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/transient"
	"github.com/ramet-go/ramet/vector"
)

func Example() {
	draft := vector.Of("once", "upon", "a", "time")
	final := draft.Set(2, "some").Append("ago")

	fmt.Println(draft)
	fmt.Println(final)
	// Output:
	// [once upon a time]
	// [once upon some time ago]
}

func ExampleVector() {
	var v vector.Vector[int] // the zero vector is empty and ready to use
	one := v.Append(1)
	two := one.Append(2)

	fmt.Println(v.Len(), one, two, two.At(1))
	fmt.Println(one == two, one == one.Slice(0, 1)) // that slice is no change
	// Output:
	// 0 [1] [1 2] 2
	// false true
}

func ExampleOf() {
	s := []string{"ash", "elm"}
	v := vector.Of(s...)
	s[0] = "oak" // v has a copy
	fmt.Println(v)
	// Output: [ash elm]
}

func ExampleCollect() {
	v := vector.Collect(slices.Values([]int{3, 1, 2}))
	fmt.Println(v, v.Len())
	// Output: [3 1 2] 3
}

func ExampleVector_Set() {
	v := vector.Of("a", "b", "c")
	fmt.Println(v.Set(1, "x"), v)
	// Output: [a x c] [a b c]
}

func ExampleVector_Append() {
	v := vector.Of(1, 2)
	a := v.Append(3)
	b := v.Append(4, 5) // another future of v
	fmt.Println(v, a, b)
	// Output: [1 2] [1 2 3] [1 2 4 5]
}

func ExampleVector_Prepend() {
	v := vector.Of(3, 4)
	fmt.Println(v.Prepend(1, 2))
	// Output: [1 2 3 4]
}

func ExampleVector_Insert() {
	v := vector.Of("a", "d")
	fmt.Println(v.Insert(1, "b", "c"), v.Insert(v.Len(), "e"))
	// Output: [a b c d] [a d e]
}

func ExampleVector_Delete() {
	v := vector.Of("a", "b", "c", "d")
	fmt.Println(v.Delete(1, 3))
	// Output: [a d]
}

func ExampleVector_Slice() {
	v := vector.Of(0, 1, 2, 3, 4, 5)
	middle := v.Slice(2, 4) // shares the elements, and copies none
	fmt.Println(middle, middle.Append(9), v)
	// Output: [2 3] [2 3 9] [0 1 2 3 4 5]
}

func ExampleVector_Concat() {
	v := vector.Of(1, 2, 3)
	for v.Len() < 3_000_000 {
		v = v.Concat(v) // O(log n), and the two halves share their memory
	}
	fmt.Println(v.Len(), v.At(0), v.At(v.Len()-1))
	// Output: 3145728 1 3
}

func ExampleVector_All() {
	for i, word := range vector.Of("ready", "steady", "go").All() {
		fmt.Println(i, word)
	}
	// Output:
	// 0 ready
	// 1 steady
	// 2 go
}

func ExampleVector_Backward() {
	for i, word := range vector.Of("ready", "steady", "go").Backward() {
		fmt.Println(i, word)
	}
	// Output:
	// 2 go
	// 1 steady
	// 0 ready
}

func ExampleVector_AppendTo() {
	v := vector.Of(2, 3)
	fmt.Println(v.AppendTo([]int{1}), v.AppendTo(nil))
	// Output: [1 2 3] [2 3]
}

func ExampleVector_Filter() {
	even := vector.Of(1, 2, 3, 4).Filter(func(i int) bool { return i%2 == 0 })
	fmt.Println(even)
	// Output: [2 4]
}

func ExampleVector_SortFunc() {
	trees := vector.Of("willow", "oak", "elm", "birch")
	byLength := trees.SortFunc(func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	fmt.Println(byLength) // oak stays before elm
	fmt.Println(trees)
	// Output:
	// [oak elm birch willow]
	// [willow oak elm birch]
}

func ExampleVector_Reverse() {
	fmt.Println(vector.Of(1, 2, 3).Reverse())
	// Output: [3 2 1]
}

func ExampleMap() {
	fmt.Println(vector.Map(vector.Of("ash", "elm"), strings.ToUpper))
	// Output: [ASH ELM]
}

func ExampleIndex() {
	v := vector.Of("ash", "elm", "oak")
	fmt.Println(vector.Index(v, "elm"), vector.Index(v, "fir"), vector.Contains(v, "oak"))
	// Output: 1 -1 true
}

func ExampleBinarySearchFunc() {
	v := vector.Of(10, 20, 30)
	fmt.Println(vector.BinarySearchFunc(v, 20, cmp.Compare[int]))
	fmt.Println(vector.BinarySearchFunc(v, 25, cmp.Compare[int]))
	// Output:
	// 1 true
	// 2 false
}

func ExampleEqual() {
	a, b := vector.Of(1, 2), vector.Of(1).Append(2)
	fmt.Println(a == b, vector.Equal(a, b))
	// Output: false true
}

func ExampleBuilder() {
	v := vector.Of(1, 2, 3)
	b := v.Builder() // never changes v
	for i := range b.Len() {
		b.Set(i, b.At(i)*10) // in place, once a leaf is the builder's own
	}
	b.Append(40)
	w := b.Build() // O(1)
	b.Truncate(1)  // the builder can go on
	fmt.Println(v, w, b.Build())
	// Output: [1 2 3] [10 20 30 40] [10]
}

func ExampleVector_Builder() {
	v := vector.Of("b", "c")
	v = transient.Update(v, func(b *vector.Builder[string]) {
		b.Prepend("a")
		b.Append("d", "e")
	})
	fmt.Println(v)
	// Output: [a b c d e]
}

func ExampleDiff() {
	v := vector.Of("a", "b", "c", "d")
	for s := range vector.Diff(v, v.Set(1, "B").Set(3, "D")) {
		fmt.Printf("at %d: %q for %q\n", s.At, s.New, s.Old)
	}
	for s := range vector.Diff(v, v.Insert(2, "x", "y")) {
		fmt.Printf("at %d: %q for %q\n", s.At, s.New, s.Old)
	}
	// Output:
	// at 1: ["B"] for ["b"]
	// at 3: ["D"] for ["d"]
	// at 2: ["x" "y"] for []
}

func ExampleApply() {
	before := vector.Of(1, 2, 3, 4)
	after := before.Set(0, 9).Delete(2, 3)
	splices := slices.Collect(vector.Diff(before, after))

	redone := vector.Apply(before, slices.Values(splices))
	undone := vector.Apply(after, func(yield func(diff.Splice[int]) bool) {
		for _, s := range slices.Backward(splices) { // the last one first
			if !yield(s.Inverse()) {
				return
			}
		}
	})
	fmt.Println(redone, undone)
	// Output: [9 2 4] [1 2 3 4]
}

func ExampleVector_MarshalJSON() {
	data, _ := json.Marshal(vector.Of("ash", "elm"))
	fmt.Println(string(data))
	var v vector.Vector[string]
	fmt.Println(json.Unmarshal(data, &v), v)
	// Output:
	// ["ash","elm"]
	// <nil> [ash elm]
}

func ExampleMerge() {
	base := vector.Of("ash", "elm", "fir", "oak")
	ours := base.Set(1, "ELM").Append("yew")
	theirs := base.Delete(0, 1).Set(2, "OAK")
	merged, overlaps := vector.Merge(base, ours, theirs)
	fmt.Println(merged)
	for _, o := range overlaps {
		fmt.Printf("at %d: %q is %q, theirs %q\n", o.At, o.Base, o.Ours, o.Theirs)
	}
	for _, o := range slices.Backward(overlaps) { // the last one first
		merged = vector.Apply(merged, slices.Values([]diff.Splice[string]{o.Resolve(o.Theirs)}))
	}
	fmt.Println(merged)
	// Output:
	// [ash ELM fir oak yew]
	// at 0: ["ash" "elm"] is ["ash" "ELM"], theirs ["elm"]
	// at 3: ["oak"] is ["oak" "yew"], theirs ["OAK"]
	// [elm fir OAK]
}

func ExampleVector_Update() {
	counts := vector.Of(3, 0, 5)
	fmt.Println(counts.Update(1, func(n int) int { return n + 1 }), counts)
	// Output: [3 1 5] [3 0 5]
}

func ExampleSetIfChanged() {
	v := vector.Of("ash", "elm")
	fmt.Println(vector.SetIfChanged(v, 1, "elm") == v, v.Set(1, "elm") == v)
	// Output: true false
}

func ExampleSetIfChangedFunc() {
	v := vector.Of("ash", "elm")
	fmt.Println(vector.SetIfChangedFunc(v, 1, "ELM", strings.EqualFold) == v)
	fmt.Println(vector.SetIfChangedFunc(v, 1, "oak", strings.EqualFold))
	// Output:
	// true
	// [ash oak]
}

func ExampleVector_Chunks() {
	sum := sha256.New()
	for chunk := range vector.Of([]byte("a long text")...).Chunks() {
		sum.Write(chunk) // which only reads it
	}
	fmt.Printf("%.4x\n", sum.Sum(nil))
	// Output: 3593f87b
}

func ExampleCursor_Seek() {
	c := vector.Of("ash", "elm", "oak", "yew").Cursor()
	c.Seek(2)
	next, _ := c.Next()
	fmt.Println(next, c.Index())
	c.Seek(2)
	prev, _ := c.Prev()
	fmt.Println(prev, c.Index())
	// Output:
	// oak 3
	// elm 1
}

func ExampleVector_AppendSeq() {
	v := vector.Of(1, 2)
	fmt.Println(v.AppendSeq(slices.Values([]int{3, 4})))
	// Output: [1 2 3 4]
}

func ExampleVector_DeleteFunc() {
	fmt.Println(vector.Of(1, 2, 3, 4).DeleteFunc(func(i int) bool { return i%2 == 0 }))
	// Output: [1 3]
}

func ExampleIndexFunc() {
	v := vector.Of("ash", "elm", "oak")
	isShort := func(s string) bool { return len(s) < 3 }
	fmt.Println(vector.IndexFunc(v, func(s string) bool { return s > "b" }), vector.IndexFunc(v, isShort), vector.ContainsFunc(v, isShort))
	// Output: 1 -1 false
}

func ExampleVector_Cursor() {
	// Two sorted vectors are merged, each at its own pace.
	a, b := vector.Of(1, 4, 6).Cursor(), vector.Of(2, 3, 7).Cursor()
	x, more := a.Next()
	y, others := b.Next()
	for more || others {
		if more && (!others || x < y) {
			fmt.Print(x, " ")
			x, more = a.Next()
		} else {
			fmt.Print(y, " ")
			y, others = b.Next()
		}
	}
	fmt.Println()
	// Output: 1 2 3 4 6 7
}

func ExampleVector_Range() {
	lines := vector.Of("ash", "beech", "elm", "oak", "yew")
	for i, line := range lines.Range(1, 3) { // what a window shows
		fmt.Println(i, line)
	}
	// Output:
	// 1 beech
	// 2 elm
}

func ExampleUpdateIfChanged() {
	columns := vector.Of(hamt.SetOf("ash"), hamt.SetOf("elm"))
	again := vector.UpdateIfChanged(columns, 1, func(s hamt.Set[string]) hamt.Set[string] { return s.Add("elm") })
	fmt.Println(again == columns)
	// Output: true
}

func ExampleSort() {
	fmt.Println(vector.Sort(vector.Of("oak", "Ash", "elm")))
	fmt.Println(vector.Of("oak", "Ash", "elm").SortFunc(func(a, b string) int {
		return cmp.Compare(strings.ToLower(a), strings.ToLower(b))
	}))
	// Output:
	// [Ash elm oak]
	// [Ash elm oak]
}

func ExampleDiffFunc() {
	old := vector.Of("Ash", "Elm", "Oak")
	now := vector.Of("ASH", "fir", "oak")
	for s := range vector.DiffFunc(old, now, strings.EqualFold) {
		fmt.Printf("at %d: %q for %q\n", s.At, s.New, s.Old)
	}
	// Output: at 1: ["fir"] for ["Elm"]
}

func ExampleMergeFunc() {
	// Rows are slices, which == does not compare.
	base := vector.Of([]int{1}, []int{2, 2}, []int{3})
	ours := base.Set(0, []int{-1})
	theirs := base.Append([]int{4, 4})
	merged, overlaps := vector.MergeFunc(base, ours, theirs, slices.Equal)
	fmt.Println(merged, len(overlaps))
	// Output: [[-1] [2 2] [3] [4 4]] 0
}

func ExampleBuilder_SortFunc() {
	var b vector.Builder[string]
	b.Append("willow", "oak", "elm")
	b.Update(1, strings.ToUpper)
	b.SortFunc(func(a, b string) int { return cmp.Compare(len(a), len(b)) }) // OAK stays before elm
	first, _ := b.First()
	last, _ := b.Last()
	fmt.Println(first, last)
	for i, tree := range b.Backward() {
		fmt.Println(i, tree)
	}
	// Output:
	// OAK willow
	// 2 willow
	// 1 elm
	// 0 OAK
}
