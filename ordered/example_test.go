package ordered_test

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/ordered"
)

// A configuration file is read, edited and written back: what was not edited is as it was.
func Example_configuration() {
	file := []byte(`{
  "version": "1.10.0",
  "scripts": {
    "test": "node --test && echo ok",
    "build": "tsc"
  },
  "limits": {"ratio": 1.0, "id": 12345678901234567890}
}`)

	var config ordered.Map[string, any]
	if err := json.Unmarshal(file, &config); err != nil {
		fmt.Println(err)
		return
	}
	edited := config.Update("scripts", func(old any, ok bool) (any, bool) {
		scripts, _ := old.(ordered.Map[string, any])
		return scripts.Set("build", "tsc -p ."), true
	})

	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // leaves & as it is
	enc.SetIndent("", "  ")
	if err := enc.Encode(edited); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(out.String())
	// Output:
	// {
	//   "version": "1.10.0",
	//   "scripts": {
	//     "test": "node --test && echo ok",
	//     "build": "tsc -p ."
	//   },
	//   "limits": {
	//     "ratio": 1.0,
	//     "id": 12345678901234567890
	//   }
	// }
}

func ExampleMap() {
	var m ordered.Map[string, int]
	m1 := m.Set("width", 80).Set("height", 24)
	m2 := m1.Set("depth", 8).Set("width", 132)
	fmt.Println(m1)
	fmt.Println(m2)
	fmt.Println(m2.Delete("width").Set("width", 132))
	// Output:
	// {width: 80, height: 24}
	// {width: 132, height: 24, depth: 8}
	// {height: 24, depth: 8, width: 132}
}

// A cache that forgets what was not used for longest.
func ExampleMap_MoveToEnd() {
	var cache ordered.Map[string, int]
	use := func(k string) {
		cache = cache.Set(k, len(k)).MoveToEnd(k)
		if cache.Len() > 2 {
			cache, _, _, _ = cache.DeleteFirst()
		}
	}
	use("ash")
	use("elm")
	use("ash")
	use("oak")
	fmt.Println(cache)
	// Output: {ash: 3, oak: 3}
}

func ExampleMap_Index() {
	m := ordered.Map[string, int]{}.Set("b", 1).Set("a", 2)
	fmt.Println(m.Index("a"))
	fmt.Println(m.At(0))
	// Output:
	// 1 true
	// b 1
}

func ExampleDiff() {
	was := ordered.Map[string, int]{}.Set("b", 1).Set("a", 2)
	for c := range ordered.Diff(was, was.Set("b", 7).Delete("a").Set("c", 3)) {
		fmt.Println(c.Kind, c.Key, c.Old, c.New)
	}
	// Output:
	// Updated b 1 7
	// Removed a 2 0
	// Added c 0 3
}

func ExampleMerge() {
	base := ordered.Map[string, int]{}.Set("b", 1).Set("a", 2)
	ours := base.Set("x", 3)
	theirs := base.MoveToFront("a").Set("y", 4)
	fmt.Println(ordered.Merge(base, ours, theirs))
	// Output: {a: 2, b: 1, y: 4, x: 3} []
}

func ExampleMergeFunc() {
	base := ordered.Map[string, int]{}.Set("a", 1)
	merged := ordered.MergeFunc(base, base.Set("a", 2), base.Set("a", 3), func(a, b int) bool { return a == b },
		func(c diff.Conflict[string, int]) (int, bool) { return max(c.Ours, c.Theirs), true })
	fmt.Println(merged)
	// Output: {a: 3}
}
