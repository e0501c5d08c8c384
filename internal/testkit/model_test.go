package testkit_test

import (
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
)

type model = testkit.Model[int, int]

func TestModelOperations(t *testing.T) {
	a, b := model{1: 10, 2: 20, 3: 30}, model{2: 21, 3: 30, 4: 40}
	sum := func(_, x, y int) int { return x + y }
	assert.Equal(t, model{1: 10, 2: 41, 3: 60, 4: 40}, a.Union(b, sum))
	assert.Equal(t, model{2: 20, 3: 30}, a.Intersection(b))
	assert.Equal(t, model{1: 10}, a.Difference(b))
	assert.Equal(t, model{1: 11, 2: 20, 3: 30}, a.With(1, 11))
	assert.Equal(t, model{2: 20, 3: 30}, a.Without(1))
	assert.Equal(t, model{3: 30}, a.Filter(func(k, _ int) bool { return k > 2 }))
	assert.Equal(t, model{1: 11, 2: 22, 3: 33}, a.MapValues(func(k, v int) int { return k + v }))
	assert.Equal(t, map[int]diff.Change[int, int]{
		1: {Kind: diff.Removed, Key: 1, Old: 10},
		2: {Kind: diff.Updated, Key: 2, Old: 20, New: 21},
		4: {Kind: diff.Added, Key: 4, New: 40},
	}, a.Diff(b))
	assert.Equal(t, model{1: 10, 2: 20, 3: 30}, a, "the receiver")
	assert.Equal(t, model{5: 50}, model(nil).With(5, 50))
}

// All combinations of a key that is absent or has one of two values in each version.
func TestModelMerge(t *testing.T) {
	states := []model{{}, {1: 7}, {1: 8}}
	for _, base := range states {
		for _, ours := range states {
			for _, theirs := range states {
				same := func(a, b model) bool { return len(a.Diff(b)) == 0 }
				merged, conflicts := base.Merge(ours, theirs, nil)
				switch {
				case same(ours, theirs), same(base, theirs):
					assert.Equal(t, ours, merged)
					assert.Empty(t, conflicts)
				case same(base, ours):
					assert.Equal(t, theirs, merged)
					assert.Empty(t, conflicts)
				default:
					assert.Equal(t, ours, merged)
					assert.Len(t, conflicts, 1)
					c := conflicts[1]
					assert.Equal(t, []int{base[1], ours[1], theirs[1]}, []int{c.Base, c.Ours, c.Theirs})
					dropped, _ := base.Merge(ours, theirs, func(diff.Conflict[int, int]) (int, bool) { return 0, false })
					assert.Empty(t, dropped)
				}
			}
		}
	}
}

// crooked is a map of which each part can be wrong.
type crooked struct {
	model
	len     int
	get     int
	in      bool
	entries []int // keys and values in turn
}

func (c crooked) Len() int { return c.len }
func (c crooked) Get(k int) int {
	if k == 9 {
		return c.get
	}
	return c.model[k]
}
func (c crooked) Lookup(k int) (int, bool) { v, ok := c.model[k]; return v, ok }
func (c crooked) Contains(k int) bool {
	_, ok := c.model[k]
	return ok || k == 9 && c.in
}
func (c crooked) All() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for e := range slices.Chunk(c.entries, 2) {
			if !yield(e[0], e[1]) {
				return
			}
		}
	}
}

func TestCompare(t *testing.T) {
	want := model{1: 10, 2: 20}
	good := crooked{model: want, len: 2, entries: []int{2, 20, 1, 10}}
	assert.NoError(t, testkit.Compare(good, want, 9, 1))
	for name, bend := range map[string]func(*crooked){
		"Len() is 3, want 2":                          func(c *crooked) { c.len = 3 },
		"Lookup(2) is 0, false, want 20, true":        func(c *crooked) { c.model = model{1: 10} },
		"Lookup(1) is 11, true, want 10, true":        func(c *crooked) { c.model = want.With(1, 11) },
		"Lookup(9) is 90, true, want 0, false":        func(c *crooked) { c.model = want.With(9, 90) },
		"Get(9) is 5, want 0":                         func(c *crooked) { c.get = 5 },
		"Contains(9) is true, want false":             func(c *crooked) { c.in = true },
		"All() does not yield 2":                      func(c *crooked) { c.entries = []int{1, 10} },
		"All() yields 1 twice":                        func(c *crooked) { c.entries = []int{1, 10, 2, 20, 1, 10} },
		"All() yields 1: 11, want 10":                 func(c *crooked) { c.entries = []int{1, 11, 2, 20} },
		"All() yields 9: 90, which is not in the map": func(c *crooked) { c.entries = []int{1, 10, 2, 20, 9, 90} },
	} {
		bad := good
		bend(&bad)
		assert.EqualError(t, testkit.Compare(bad, want, 9, 1), name)
	}
}

func TestExercise(t *testing.T) {
	good := testkit.Zip([]int{1, 2, 3}, []int{4, 5, 6})
	for n := range 6 {
		assert.NoError(t, testkit.Exercise(good, n, 3))
	}
	assert.Error(t, testkit.Exercise(good, 0, 2))

	// The classic faults of iterators: one cursor for all ranges, one that is used
	// up, another order each time.
	shared := 0
	oneCursor := func(yield func(int, int) bool) {
		for shared = 0; shared < 3; shared++ {
			if !yield(shared, 0) {
				return
			}
		}
	}
	assert.Error(t, testkit.Exercise(oneCursor, 1, 3))
	used := false
	once := func(yield func(int, int) bool) {
		if !used {
			used = true
			good(yield)
		}
	}
	assert.Error(t, testkit.Exercise(once, 1, 3))
	turn := 0
	restless := func(yield func(int, int) bool) {
		turn++
		for i := range 3 {
			if !yield((i+turn)%3, 0) {
				return
			}
		}
	}
	assert.Error(t, testkit.Exercise(restless, 3, 3))
}

func TestPrograms(t *testing.T) {
	p := random(1, 20)
	data := p.Encode()
	assert.Equal(t, p, testkit.Decode(data))
	assert.Equal(t, p, testkit.Decode(append(data, 1, 2, 3, 4, 5)), "a rest is ignored")
	assert.Empty(t, testkit.Decode([]byte("short")))
	assert.Equal(t, "Set", testkit.Set.String())
	assert.Equal(t, "testkit.Panic", testkit.Panic.GoString())
	for op := range 256 {
		assert.NotEmpty(t, testkit.Op(op).String())
	}
}

// Any bytes are a program.
func FuzzAnyBytesRun(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("any bytes are a program, though this one does little"))
	f.Add(random(3, 60).Encode())
	ms := cows("")
	ms.Order = nil
	f.Fuzz(func(t *testing.T, data []byte) { ms.Test(t, testkit.Decode(data)) })
}
