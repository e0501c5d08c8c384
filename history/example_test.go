package history_test

import (
	"fmt"
	"slices"
	"time"

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

// A text of at most a million runes in all that were typed or deleted.
func ExampleHistory_LimitFunc() {
	type edit struct {
		Text    string
		Changed int
	}
	h := history.New(edit{}).LimitFunc(func(e edit) int { return e.Changed }, 10)
	h = h.Do(edit{"an ash", 6}).Do(edit{"an ash, an oak", 8}).Do(edit{"an ash, an oak.", 1})
	fmt.Println(h.UndoLen())
	// Output: 1
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

// A label for each step: it is what Undo takes back, and what Redo does again.
func Example_labels() {
	type edit struct {
		Label string
		Text  string
	}
	h := history.New(edit{Text: "ash"})
	h = h.Do(edit{"Paste", "ash, oak"}).Do(edit{"Sort", "oak, ash"})

	menu := func() {
		if h.UndoLen() > 0 {
			fmt.Println("Undo", h.Now().Label)
		}
		for next := range h.Future() {
			fmt.Println("Redo", next.Label)
			break
		}
	}
	menu()
	h, _ = h.Undo()
	menu()
	// Output:
	// Undo Sort
	// Undo Paste
	// Redo Sort
}

// Steps of the same kind that follow each other within a second are one.
func Example_group() {
	type edit struct {
		Text string
		Kind string
		At   time.Time
	}
	do := func(h history.History[edit], e edit) history.History[edit] {
		last := h.Now()
		if h.UndoLen() > 0 && h.RedoLen() == 0 && e.Kind == last.Kind && e.At.Sub(last.At) < time.Second {
			return h.Replace(e)
		}
		return h.Do(e)
	}

	start := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	h := history.New(edit{})
	for i, text := range []string{"o", "oa", "oak"} {
		h = do(h, edit{text, "type", start.Add(time.Duration(i) * 300 * time.Millisecond)})
	}
	h = do(h, edit{"oak!", "type", start.Add(time.Minute)})
	h = do(h, edit{"oak", "delete", start.Add(time.Minute)})
	fmt.Println(h.UndoLen(), "steps")
	for e := range h.Past() {
		fmt.Printf("%q\n", e.Text)
	}
	// Output:
	// 3 steps
	// "oak!"
	// "oak"
	// ""
}

// A transaction of many steps that becomes one, or none.
func Example_transaction() {
	h := history.New(1)

	begin := h
	h = h.Do(2).Do(3).Do(4) // each can be undone on the way
	h = begin.Do(h.Now())   // commit
	fmt.Println(h)

	begin = h
	h = h.Do(5).Do(6)
	h = begin // roll back
	fmt.Println(h)
	// Output:
	// {undo: 1, now: 4, redo: 0}
	// {undo: 1, now: 4, redo: 0}
}
