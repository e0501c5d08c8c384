package history_test

import (
	"fmt"
	"slices"

	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/vector"
)

func Example() {
	h := history.New(vector.Of("once", "upon", "a", "time"))
	h = h.Do(h.Now().Set(2, "some"))
	h = h.Do(h.Now().Append("ago"))

	h, _ = h.Undo()
	fmt.Println(h.Now())
	h, _ = h.Redo()
	fmt.Println(h.Now())
	// Output:
	// [once upon some time]
	// [once upon some time ago]
}

func ExampleHistory_Do() {
	h := history.New("a").Do("b").Do("c")
	h, _ = h.Undo()
	h = h.Do("d")
	fmt.Println(slices.Collect(h.Past()), h.Now(), slices.Collect(h.Future()))
	// Output: [b a] d []
}

func ExampleHistory_Undo() {
	h, ok := history.New("a").Undo()
	fmt.Println(h.Now(), ok)
	// Output: a false
}

func ExampleHistory_Jump() {
	h := history.New("a").Do("b").Do("c").Do("d")
	h, _ = h.Jump(-2)
	fmt.Println(h)
	_, ok := h.Jump(-2)
	fmt.Println(ok)
	// Output:
	// {undo: 1, now: b, redo: 2}
	// false
}

func ExampleHistory_Limit() {
	h := history.New("a").Limit(1).Do("b").Do("c")
	fmt.Println(h.Now(), slices.Collect(h.Past()))
	// Output: c [b]
}

func ExampleHistory_Branches() {
	h := history.New("a").Branching(true).Do("b").Do("c")
	h, _ = h.Jump(-2)
	h = h.Do("d")
	for branch := range h.Branches() {
		fmt.Println(slices.Collect(branch.Past()), branch.Now(), slices.Collect(branch.Future()))
	}
	// Output: [a] b [c]
}

func ExampleHistory_Replace() {
	h := history.New("").Do("o")
	for _, typed := range []string{"oa", "oak"} {
		h = h.Replace(typed)
	}
	fmt.Println(h)
	h, _ = h.Undo()
	fmt.Println(h)
	// Output:
	// {undo: 1, now: oak, redo: 0}
	// {undo: 0, now: , redo: 1}
}

func ExampleHistory_SameNow() {
	h := history.New("ash").Do("oak")
	saved := h
	h = h.Do("elm")
	fmt.Println(h.SameNow(saved))
	h, _ = h.Undo()
	fmt.Println(h.SameNow(saved))
	h = h.Do("oak")
	fmt.Println(h.SameNow(saved), "though the value is equal")
	// Output:
	// false
	// true
	// false though the value is equal
}
