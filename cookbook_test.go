package ramet_test

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

// The examples of docs/cookbook.md, to which TestCookbookShowsTheExamples compares it.

func Example_nested() {
	type card struct {
		Title string
		Tags  hamt.Set[string]
	}
	type board struct {
		Columns hamt.Map[string, vector.Vector[card]]
	}

	addTag := func(b board, column string, i int, tag string) board {
		b.Columns = hamt.UpdateIfChanged(b.Columns, column, func(cards vector.Vector[card]) vector.Vector[card] {
			return vector.UpdateIfChanged(cards, i, func(c card) card {
				c.Tags = c.Tags.Add(tag)
				return c
			})
		})
		return b
	}

	var b board
	b.Columns = b.Columns.Set("to do", vector.Of(card{Title: "Rake"}, card{Title: "Prune"}))
	tagged := addTag(b, "to do", 1, "urgent")
	again := addTag(tagged, "to do", 1, "urgent")
	fmt.Println(tagged.Columns)
	fmt.Println(b == tagged, tagged == again, b == addTag(b, "done", 0, "urgent"))
	// Output:
	// {to do: [{Rake []} {Prune [urgent]}]}
	// false true true
}

func Example_step() {
	h := history.New(hamt.SetOf("urgent"))
	add := func(tag string) {
		if tags := h.Now().Add(tag); tags != h.Now() {
			h = h.Do(tags)
		}
	}
	add("urgent")
	add("home")
	fmt.Println(h)
	// Output: {undo: 1, now: [home urgent], redo: 0}
}

func Example_typing() {
	h := history.New("").Do("o") // the first letter is a step
	h = h.Replace("oa").Replace("oak")
	saved := h

	h = h.Do("oak ").Replace("oak a")
	h, _ = h.Undo()
	fmt.Println(h.Now(), h.SameNow(saved))
	// Output: oak true
}

func Example_builtIn() {
	m := hamt.MapOf(map[string]int{"elm": 5, "ash": 3})
	builtIn := maps.Collect(m.All())
	sorted := slices.Sorted(m.Keys())
	set := hamt.CollectSet(m.Keys())
	inOrder := rbtree.CollectMap(m.All())

	v := vector.Collect(slices.Values(sorted))
	slice := v.AppendTo(nil)
	fmt.Println(builtIn, sorted, set, inOrder, slice)
	// Output: map[ash:3 elm:5] [ash elm] [ash elm] {ash: 3, elm: 5} [ash elm]
}

func Example_edit() {
	counts := cell.New(rbtree.MapOf(map[string]int{"ash": 3}))
	cell.Edit(counts, func(b *rbtree.MapBuilder[string, int]) {
		for _, tree := range []string{"elm", "ash", "elm"} {
			b.Set(tree, b.Get(tree)+1)
		}
	})
	fmt.Println(counts.Load())
	// Output: {ash: 4, elm: 2}
}

func Example_watchAPart() {
	type config struct {
		Name  string
		Hosts hamt.Set[string]
	}
	c := cell.New(config{Name: "a"})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	hosts := func(c config) hamt.Set[string] { return c.Hosts }
	for old, now := range cell.WatchFunc(ctx, c, hosts, hamt.Set[string].Equal) {
		fmt.Println(old, "->", now)
		if now.Len() > 0 {
			break
		}
		c.Update(func(c config) config { c.Name = "b"; return c }) // of no interest
		c.Update(func(c config) config { c.Hosts = c.Hosts.Add("alder"); return c })
	}
	// Output:
	// [] -> []
	// [] -> [alder]
}

func Example_refuse() {
	type account struct{ Balance int }
	c, err := cell.NewChecked(account{Balance: 50}, func(a account) error {
		if a.Balance < 0 {
			return fmt.Errorf("%d too little", -a.Balance)
		}
		return nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = c.TryUpdate(func(a account) (account, error) { a.Balance -= 80; return a, nil })
	fmt.Println(err, c.Load())
	// Output: 30 too little {50}
}

// TestCookbookShowsTheExamples fails if the code of docs/cookbook.md is not that of the examples here, in their order.
func TestCookbookShowsTheExamples(t *testing.T) {
	var bodies []string
	for _, m := range regexp.MustCompile(`(?s)\nfunc Example_\w+\(\) \{\n(.*?)\n\}\n`).FindAllStringSubmatch(read(t, "cookbook_test.go"), -1) {
		var body strings.Builder
		for line := range strings.Lines(m[1]) {
			body.WriteString(strings.TrimPrefix(line, "\t"))
		}
		bodies = append(bodies, body.String())
	}
	var shown []string
	for _, m := range regexp.MustCompile("(?s)\n```go\n(.*?)\n```\n").FindAllStringSubmatch(read(t, "docs/cookbook.md"), -1) {
		shown = append(shown, m[1])
	}
	assert.NotEmpty(t, bodies)
	assert.Equal(t, bodies, shown)
}
