package list_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/list"
)

func Example() {
	todo := list.Of("eat", "sleep")
	more := todo.Push("code")

	fmt.Println(todo)
	fmt.Println(more)
	fmt.Println(more.Rest() == todo)
	// Output:
	// [eat sleep]
	// [code eat sleep]
	// true
}

func ExampleList() {
	var stack list.List[int]
	stack = stack.Push(1).Push(2).Push(3)
	for stack.Len() > 0 {
		top, _ := stack.First()
		fmt.Println(top)
		stack = stack.Rest()
	}
	// Output:
	// 3
	// 2
	// 1
}

func ExampleList_Append() {
	tail := list.Of("c", "d")
	fmt.Println(list.Of("a", "b").Append(tail)) // shares c and d
	// Output: [a b c d]
}

func ExampleList_Reverse() {
	fmt.Println(list.Of(1, 2, 3).Reverse())
	// Output: [3 2 1]
}

func ExampleList_All() {
	for x := range list.Of("ash", "elm").All() {
		fmt.Println(x)
	}
	// Output:
	// ash
	// elm
}

func ExampleCollect() {
	fmt.Println(list.Collect(slices.Values([]int{1, 2, 3})))
	// Output: [1 2 3]
}

func ExampleMap() {
	fmt.Println(list.Map(list.Of("ash", "elm"), strings.ToUpper))
	// Output: [ASH ELM]
}

func ExampleEqual() {
	a, b := list.Of(1, 2), list.Of(1, 2)
	fmt.Println(a == b, list.Equal(a, b))
	// Output: false true
}

func ExampleQueue() {
	q := list.QueueOf("ash", "elm")
	later := q.Push("oak")
	for q := later; q.Len() > 0; q = q.Rest() {
		tree, _ := q.First()
		fmt.Println(tree)
	}
	fmt.Println(q, later)
	// Output:
	// ash
	// elm
	// oak
	// [ash elm] [ash elm oak]
}

func ExampleEqualQueues() {
	fmt.Println(list.EqualQueues(list.QueueOf(0, 1).Rest(), list.QueueOf(1)))
	// Output: true
}

func ExampleQueue_PushAll() {
	q := list.QueueOf("ash").PushAll(slices.Values([]string{"elm", "oak"}))
	fmt.Println(q)
	// Output: [ash elm oak]
}

func ExampleQueue_Take() {
	jobs := list.QueueOf(1, 2, 3, 4, 5)
	for jobs.Len() > 0 {
		var batch []int
		batch, jobs = jobs.Take(2)
		fmt.Println(batch, jobs)
	}
	// Output:
	// [1 2] [3 4 5]
	// [3 4] [5]
	// [5] []
}

func ExampleQueue_Drop() {
	fmt.Println(list.QueueOf(1, 2, 3).Drop(2), list.QueueOf(1).Drop(2))
	// Output: [3] []
}
