package cell_test

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
)

func Example() {
	var counts cell.Cell[hamt.Map[string, int]]
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			counts.Update(func(m hamt.Map[string, int]) hamt.Map[string, int] {
				return m.Set("ash", m.Get("ash")+1)
			})
		})
	}
	wg.Wait()
	fmt.Println(counts.Load())
	// Output: {ash: 10}
}

func ExampleNew() {
	c := cell.New("ash")
	fmt.Println(c.Load())
	// Output: ash
}

func ExampleNewChecked() {
	balance, err := cell.NewChecked(50, func(n int) error {
		if n < 0 {
			return fmt.Errorf("%d too little", -n)
		}
		return nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = balance.TryUpdate(func(n int) (int, error) { return n - 80, nil })
	fmt.Println(err, balance.Load())
	// Output: 30 too little 50
}

func ExampleCell_Swap() {
	c := cell.New(1)
	fmt.Println(c.Swap(2), c.Load())
	// Output: 1 2
}

func ExampleCell_Update() {
	c := cell.New(20)
	fmt.Println(c.Update(func(n int) int { return n + 1 }))
	// Output: 21
}

func ExampleCell_TryUpdate() {
	balance := cell.New(50)
	withdraw := func(amount int) (int, error) {
		return balance.TryUpdate(func(have int) (int, error) {
			if have < amount {
				return 0, errors.New("not enough")
			}
			return have - amount, nil
		})
	}
	fmt.Println(withdraw(30))
	fmt.Println(withdraw(30))
	// Output:
	// 20 <nil>
	// 20 not enough
}

func ExampleCompareAndSwap() {
	m := hamt.MapOf(map[string]int{"ash": 3})
	c := cell.New(m)
	c.Store(m.Set("elm", 5))                                // somebody else is faster
	fmt.Println(cell.CompareAndSwap(c, m, m.Set("oak", 8))) // m is not what it holds any more
	// Output: false
}

func ExampleCell_Watch() {
	c := cell.New(0)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for n := range c.Watch(ctx) {
		fmt.Println(n)
		if n == 2 {
			cancel()
		}
		c.Store(n + 1)
	}
	// Output:
	// 0
	// 1
	// 2
}

func ExampleEdit() {
	trees := cell.New(rbtree.MapOf(map[string]int{"ash": 3, "elm": 5}))
	cell.Edit(trees, func(b *rbtree.MapBuilder[string, int]) {
		b.Set("oak", 4)
		b.Delete("elm")
	})
	fmt.Println(trees.Load())
	// Output: {ash: 3, oak: 4}
}

func ExampleUpdateIfChanged() {
	tags := cell.New(hamt.SetOf("urgent"))
	add := func(tag string) bool {
		_, changed := cell.UpdateIfChanged(tags, func(s hamt.Set[string]) hamt.Set[string] { return s.Add(tag) })
		return changed // a watcher is woken, or an undo step made, only then
	}
	fmt.Println(add("urgent"), add("home"))
	// Output: false true
}

func ExampleWatchFunc() {
	type config struct {
		Name  string
		Hosts hamt.Set[string]
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := cell.New(config{Name: "a"})
	hosts := func(c config) hamt.Set[string] { return c.Hosts }
	for _, now := range cell.WatchFunc(ctx, c, hosts, hamt.Set[string].Equal) {
		fmt.Println(now)
		if now.Len() > 0 {
			cancel()
			continue
		}
		c.Store(config{Name: "b"}) // is not seen
		c.Store(config{Name: "b", Hosts: hamt.SetOf("alder", "birch")})
	}
	// Output:
	// []
	// [alder birch]
}

// What takes long to compute from a state is computed once for each state that is asked about, and remembered: with the state
// it was computed from, in a cell of its own.
func Example_computeOnce() {
	type summary struct {
		of  hamt.Map[string, int]
		sum int
	}
	counts := cell.New(hamt.MapOf(map[string]int{"ash": 3, "elm": 5}))
	var known cell.Cell[summary]
	runs := 0
	sum := func() int {
		now := counts.Load()
		if s := known.Load(); s.of == now {
			return s.sum
		}
		runs++
		s := summary{of: now}
		for _, n := range now.All() {
			s.sum += n
		}
		known.Store(s)
		return s.sum
	}
	fmt.Println(sum(), sum(), sum(), runs)
	counts.Update(func(m hamt.Map[string, int]) hamt.Map[string, int] { return m.Set("oak", 1) })
	fmt.Println(sum(), runs)
	// Output:
	// 8 8 8 1
	// 9 2
}
