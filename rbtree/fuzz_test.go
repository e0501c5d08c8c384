package rbtree_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	tk "github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// FuzzMapOps runs data as operations on maps of one of the orders.
func FuzzMapOps(f *testing.F) {
	for i := range intOrders() {
		for _, p := range seeds() {
			f.Add(uint8(i), p.Encode())
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		os := intOrders()
		interpreter(rbtree.Map[int, int]{}, intKey, intValue, nil, os[int(which)%len(os)], os[0]).Test(t, short(data))
	})
}

// FuzzMapFaults is FuzzMapOps with a comparator that panics when it is told to.
func FuzzMapFaults(f *testing.F) {
	for _, p := range seeds() {
		for j := range p {
			if j%3 == 0 {
				p = slices.Insert(p, j, tk.Command{Op: tk.Panic, Val: uint8(j)})
			}
		}
		f.Add(p.Encode())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		faults := new(tk.Faults)
		ms := interpreter(rbtree.Map[int, int]{}, intKey, intValue, cmp.Compare[int], faulty(faults))
		ms.Faults = faults
		ms.Test(t, short(data))
	})
}

// FuzzSetOps is FuzzMapOps for sets.
func FuzzSetOps(f *testing.F) {
	for i := range intOrders() {
		for _, p := range seeds() {
			f.Add(uint8(i), p.Encode())
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		os := intOrders()
		setInterpreter(intKey, os[int(which)%len(os)], os[0]).Test(t, short(data))
	})
}

// short is the program of data, cut where it would only cost time.
func short(data []byte) tk.Program {
	p := tk.Decode(data)
	return p[:min(len(p), 200)]
}

// seeds are programs to start fuzzing from, each for a reason.
func seeds() []tk.Program {
	// Up to a divided leaf, over it, and back below it, one key at a time.
	var grow, shrink tk.Program
	for k := range uint8(40) {
		grow = append(grow, tk.Command{Op: tk.Set, Key: k, Val: k})
		shrink = append(shrink, tk.Command{Op: tk.Delete, Key: k * 7 % 40})
	}
	// The same in a builder, building now and then.
	var build tk.Program
	for k := range uint8(40) {
		build = append(build, tk.Command{Op: tk.BuilderSet, Key: k, Val: k})
		if k%8 == 0 {
			build = append(build, tk.Command{Op: tk.Build, Dst: k / 8})
		}
	}
	for k := range uint8(40) {
		build = append(build, tk.Command{Op: tk.BuilderDelete, Key: 39 - k})
		if k%8 == 0 {
			build = append(build, tk.Command{Op: tk.Build, Dst: k / 8})
		}
	}
	// Versions that share most of their nodes, then every operation on two of them.
	algebra := tk.Program{
		{Op: tk.SetAll, Dst: 0, A: 0, Key: 0, Val: 64},
		{Op: tk.SetAll, Dst: 0, A: 0, Key: 64, Val: 64},
		{Op: tk.Set, Dst: 1, A: 0, Key: 5, Val: 200},
		{Op: tk.Delete, Dst: 2, A: 0, Key: 6},
		{Op: tk.SetAll, Dst: 3, A: 1, B: 2, Key: 100, Val: 40},
		{Op: tk.Filter, Dst: 4, A: 0, B: 1, Key: 2, Val: 1},
	}
	for _, op := range []tk.Op{tk.Union, tk.UnionFunc, tk.Intersection, tk.Difference, tk.Apply, tk.Merge, tk.MergeFunc, tk.Equal} {
		for a := range uint8(5) {
			algebra = append(algebra, tk.Command{Op: op, Dst: 5 + a%3, A: a, B: (a + 1 + uint8(op)) % 5, Key: a + 2, Val: a})
		}
	}
	// Every operation once, on something that is there.
	every := tk.Program{{Op: tk.SetAll, Val: 60}, {Op: tk.BuilderOf}}
	for _, op := range tk.Ops() {
		every = append(every, tk.Command{Op: op, Dst: 1, A: uint8(op) % 2, Key: 3 * uint8(op), Val: 90 + uint8(op)})
	}
	ps := []tk.Program{slices.Concat(grow, shrink), build, algebra, every}
	// And what the weights of Random make likely.
	for seed := range uint64(2) {
		ps = append(ps, tk.Random(rand.New(rand.NewPCG(seed, 0)), 100))
	}
	return ps
}
