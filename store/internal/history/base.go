package history

import (
	"cmp"
	"container/heap"
	"context"
	"iter"

	"github.com/ramet-go/ramet/store/chunk"
)

// A Node is a commit with its address.
type Node struct {
	ID chunk.Addr
	Commit
}

// Newer orders commits so that descendants come before their ancestors: by generation, the clock and then the address.
func Newer(a, b Node) int {
	return cmp.Or(cmp.Compare(b.Generation, a.Generation), b.Time.Compare(a.Time), a.ID.Compare(b.ID))
}

// A queue has commits to visit, the newest first.
type queue []Node

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return Newer(q[i], q[j]) < 0 }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(Node)) }
func (q *queue) Pop() any {
	old := *q
	n := old[len(old)-1]
	*q = old[:len(old)-1]
	return n
}

// Walk yields commits and all that they came from, each once, descendants before ancestors. An error is the last.
func Walk(ctx context.Context, from Source, ids ...chunk.Addr) iter.Seq2[Node, error] {
	return func(yield func(Node, error) bool) {
		var q queue
		seen := map[chunk.Addr]bool{}
		push := func(id chunk.Addr) error {
			if seen[id] {
				return nil
			}
			seen[id] = true
			c, err := Read(ctx, from, id)
			if err != nil {
				return err
			}
			heap.Push(&q, Node{id, c})
			return nil
		}
		for _, id := range ids {
			if err := push(id); err != nil {
				yield(Node{}, err)
				return
			}
		}
		for len(q) > 0 {
			n := heap.Pop(&q).(Node)
			if !yield(n, nil) {
				return
			}
			for _, p := range n.Parents {
				if err := push(p); err != nil {
					yield(Node{}, err)
					return
				}
			}
		}
	}
}

// Colours of the commits that Bases visits: by whom they are reached, and whether a descendant is a base already.
const (
	byA = 1 << iota
	byB
	stale
)

// Bases returns the best common ancestors of two commits: those that are not ancestors of another common one. There are
// several after criss-cross merges, and none if the two have nothing in common. The newest is the first. It visits the
// commits by generation, as git does, and those only that are not older than the oldest base.
func Bases(ctx context.Context, from Source, a, b chunk.Addr) ([]Node, error) {
	var q queue
	colour := map[chunk.Addr]int{}
	undecided := 0 // of those in q, how many are not stale
	paint := func(id chunk.Addr, c int) error {
		old, queued := colour[id]
		if old|c == old && queued {
			return nil
		}
		colour[id] = old | c
		if queued { // descendants come first, so it is in q still
			if old&stale == 0 && c&stale != 0 {
				undecided--
			}
			return nil
		}
		got, err := Read(ctx, from, id)
		if err != nil {
			return err
		}
		heap.Push(&q, Node{id, got})
		if c&stale == 0 {
			undecided++
		}
		return nil
	}
	if err := paint(a, byA); err != nil {
		return nil, err
	}
	if err := paint(b, byB); err != nil {
		return nil, err
	}
	var bases []Node
	for undecided > 0 {
		n := heap.Pop(&q).(Node)
		c := colour[n.ID]
		if c&stale == 0 {
			undecided--
		}
		if c == byA|byB {
			bases = append(bases, n)
			c |= stale
		}
		for _, p := range n.Parents {
			if err := paint(p, c); err != nil {
				return nil, err
			}
		}
	}
	return bases, nil
}
