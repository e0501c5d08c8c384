package main

import "github.com/ramet-go/ramet/vector"

// align returns the state with the items of theirs, which know no ids: those that are an item of base, which theirs was made
// of, get its id. That is what has not changed; what has the same text, wherever it has gone; and what stands in the place of
// what is there no longer. What ours has added with the same text is one item. Others get ids that are new to both.
func align(base, ours state, theirs []item) state {
	ids := make([]id, len(theirs)) // 0: not known
	var gone [][]id                // of base, for each place that has changed
	var came [][]int               // in theirs
	i, j := 0, 0                   // up to where base and theirs are looked at
	order := base.order.AppendTo(nil)
	skip := func(to int) {
		for ; j < to; i, j = i+1, j+1 {
			ids[j] = order[i]
		}
	}
	for s := range vector.Diff(vector.Of(base.list()...), vector.Of(theirs...)) {
		skip(s.At)
		gone = append(gone, order[i:i+len(s.Old)])
		var js []int
		for range s.New {
			js = append(js, j)
			j++
		}
		came = append(came, js)
		i += len(s.Old)
	}
	skip(len(theirs))

	// Items that went and came with the same text are the same.
	waiting := map[string][]id{}
	for _, ns := range gone {
		for _, n := range ns {
			text := base.items.Get(n).text
			waiting[text] = append(waiting[text], n)
		}
	}
	taken := map[id]bool{}
	take := func(j int) {
		if ns := waiting[theirs[j].text]; ids[j] == 0 && len(ns) > 0 {
			ids[j], waiting[theirs[j].text], taken[ns[0]] = ns[0], ns[1:], true
		}
	}
	for _, js := range came {
		for _, j := range js {
			take(j)
		}
	}
	// Of the rest, as many as went from a place and came there are edited.
	for k, ns := range gone {
		var left []id
		var fresh []int
		for _, n := range ns {
			if !taken[n] {
				left = append(left, n)
			}
		}
		for _, j := range came[k] {
			if ids[j] == 0 {
				fresh = append(fresh, j)
			}
		}
		if len(left) == len(fresh) {
			for x, j := range fresh {
				ids[j] = left[x]
			}
		}
	}
	// What both have added.
	clear(waiting)
	for n := range ours.order.Values() {
		if !base.items.Contains(n) {
			text := ours.items.Get(n).text
			waiting[text] = append(waiting[text], n)
		}
	}
	s := state{last: max(base.last, ours.last)}
	for j, it := range theirs {
		take(j)
		if ids[j] == 0 {
			s.last++
			ids[j] = s.last
		}
		s.items = s.items.Set(ids[j], it)
	}
	s.order = vector.Of(ids...)
	return s
}
