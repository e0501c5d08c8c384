package cell_test

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
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
