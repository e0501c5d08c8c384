package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/vector"
)

func Example() {
	type State struct {
		Stock hamt.Map[string, int]
		Log   vector.Vector[string]
	}
	stock := store.HashMap[string, int](nil, nil)
	schema := store.Struct(
		store.Part("stock", func(s *State) *hamt.Map[string, int] { return &s.Stock }, stock),
		store.Part("log", func(s *State) *vector.Vector[string] { return &s.Log }, store.Vector[string](nil)),
	)

	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	st, err := store.Open(filepath.Join(dir, "state.ramet"))
	if err != nil {
		panic(err)
	}
	defer st.Close()
	ctx := context.Background()
	main := store.NewBranch(st, "main", schema)
	monday, err := main.Update(ctx, func(s State) (State, error) {
		s.Stock = s.Stock.Set("ash", 3).Set("elm", 5)
		s.Log = s.Log.Append("opened")
		return s, nil
	}, store.Message("monday"))
	if err != nil {
		panic(err)
	}
	tuesday, err := main.Update(ctx, func(s State) (State, error) {
		s.Stock = s.Stock.Set("oak", 8).Delete("elm")
		return s, nil
	}, store.Message("tuesday"))
	if err != nil {
		panic(err)
	}

	// One entry of an older version, without loading the rest.
	n, ok, err := stock.View(monday.Part("stock")).Lookup(ctx, "elm")
	fmt.Println(n, ok, err)
	for c, err := range stock.Diff(ctx, monday.Part("stock"), tuesday.Part("stock")) {
		fmt.Println(c.Kind, c.Key, c.Old, c.New, err)
	}

	// Undo, which lasts as well.
	if err := main.Reset(ctx, tuesday, monday); err != nil {
		panic(err)
	}
	head, err := main.Head(ctx)
	if err != nil {
		panic(err)
	}
	s, err := head.Load(ctx)
	fmt.Println(head.Message(), s.Stock.Len(), s.Log, err)
	// Output:
	// 5 true <nil>
	// Removed elm 5 0 <nil>
	// Added oak 0 8 <nil>
	// monday 2 [opened] <nil>
}

func ExampleBranch_Merge() {
	ctx := context.Background()
	st := store.Memory()
	prices := store.SortedMap[string, int](nil, nil)
	main, side := store.NewBranch(st, "main", prices), store.NewBranch(st, "side", prices)
	base, _ := main.Commit(ctx, nil, rbtree.MapOf(map[string]int{"ash": 1, "elm": 1, "oak": 1}))
	m, _ := base.Load(ctx)
	if err := side.Reset(ctx, nil, base); err != nil { // a branch of any version
		panic(err)
	}
	ours, _ := main.Commit(ctx, base, m.Set("ash", 2).Set("oak", 2))
	theirs, _ := side.Commit(ctx, base, m.Set("elm", 3).Set("oak", 3))

	merged, conflicts, err := main.Merge(ctx, theirs)
	if err != nil {
		panic(err)
	}
	m, _ = merged.Load(ctx)
	for _, c := range conflicts {
		fmt.Println(c.Key, c.Base, c.Ours, c.Theirs)
		m = m.Set(c.Key.(string), max(c.Ours.(int), c.Theirs.(int)))
	}
	v, err := main.Commit(ctx, ours, m, store.MergeOf(theirs.ID()))
	fmt.Println(m, len(v.Parents()), err)
	// Output:
	// oak 1 2 3
	// {ash: 2, elm: 3, oak: 3} 2 <nil>
}

func ExampleStore_Pull() {
	ctx := context.Background()
	st, backup := store.Memory(), store.Memory()
	notes := store.NewBranch(st, "notes", store.Vector[string](nil))
	for _, s := range []string{"a", "b"} {
		_, err := notes.Update(ctx, func(v vector.Vector[string]) (vector.Vector[string], error) { return v.Append(s), nil })
		if err != nil {
			panic(err)
		}
		if err := backup.Pull(ctx, st); err != nil { // only what is missing
			panic(err)
		}
	}
	v, err := store.NewBranch(backup, "notes", store.Vector[string](nil)).Head(ctx)
	if err != nil {
		panic(err)
	}
	s, err := v.Load(ctx)
	fmt.Println(s, err)
	// Output:
	// [a b] <nil>
}
