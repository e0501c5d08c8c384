package vectors

import (
	"slices"
	"testing"

	"github.com/benbjohnson/immutable"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	elvishvector "src.elv.sh/pkg/persistent/vector"

	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/vector"
)

// The contestants must do what the tables say: a loop that skips its work would win.

func ofRamet[T Elem](v vector.Vector[T]) []T { return v.AppendTo(nil) }
func ofSlice[T Elem](s []T) []T              { return s }

func ofBenbjohnson[T Elem](l *immutable.List[T]) (s []T) {
	for i := range l.Len() {
		s = append(s, l.Get(i))
	}
	return s
}

func ofElvish[T Elem](v elvishvector.Vector) (s []T) {
	for i := range v.Len() {
		x, _ := v.Index(i)
		s = append(s, x.(T))
	}
	return s
}

func TestContestants(t *testing.T) {
	t.Run("int64", func(t *testing.T) { testContestants(t, intInput) })
	t.Run("string", func(t *testing.T) { testContestants(t, stringInput) })
	t.Run("byte", func(t *testing.T) { testContestants(t, byteInput) })
	t.Run("struct", func(t *testing.T) { testContestants(t, recordInput) })
}

func testContestants[T Elem](t *testing.T, newInput func(int) *input[T]) {
	for _, size := range []int{1, 10, 1000} {
		in := newInput(size)
		in.elems[size/2] = *new(T) // a zero to be counted

		r := &rametVector[T]{newFixture(in, vector.Of(in.elems...))}
		testReads(t, "ramet", in, r, &r.fixture)
		testWrites(t, "ramet", in, r, &r.fixture, ofRamet[T])
		testWhere(t, "ramet", in, &r.fixture, ofRamet[T], map[string]func(int){
			"prepend": r.prepend, "drop-first": r.dropFirst, "insert": r.insert, "delete": r.delete, "slice": r.slice})

		b := &benbjohnsonList[T]{newFixture(in, immutable.NewList(in.elems...))}
		testReads(t, "benbjohnson", in, b, &b.fixture)
		testWrites(t, "benbjohnson", in, b, &b.fixture, ofBenbjohnson[T])
		testWhere(t, "benbjohnson", in, &b.fixture, ofBenbjohnson[T], map[string]func(int){
			"prepend": b.prepend, "drop-first": b.dropFirst, "slice": b.slice})

		e := &elvishVector[T]{newFixture(in, elvishBuild(in))}
		testReads(t, "elvish", in, e, &e.fixture)
		testWrites(t, "elvish", in, e, &e.fixture, ofElvish[T])
		testWhere(t, "elvish", in, &e.fixture, ofElvish[T], map[string]func(int){"drop-first": e.dropFirst, "slice": e.slice})

		c := &clonedSlice[T]{newFixture(in, slices.Clone(in.elems))}
		testWrites(t, "clone", in, c, &c.fixture, ofSlice[T])
		testWhere(t, "clone", in, &c.fixture, ofSlice[T], map[string]func(int){
			"prepend": c.prepend, "drop-first": c.dropFirst, "insert": c.insert, "delete": c.delete, "slice": c.slice})

		s := &sliceInPlace[T]{newFixture(in, withRoom(in))}
		testReads(t, "slice", in, s, &s.fixture)
		testWhere(t, "slice", in, &s.fixture, ofSlice[T], map[string]func(int){"drop-first": s.dropFirst, "slice": s.slice})
	}
}

func testReads[T Elem, V any](t *testing.T, name string, in *input[T], c interface {
	at(int)
	iterate(int)
}, f *fixture[T, V]) {
	f.count = 0
	c.at(in.size())
	assert.Equal(t, 1, f.count, "%s: at, once round", name)
	c.at(in.size() - 1)
	c.at(1)
	assert.Equal(t, 2, f.count, "%s: at, twice round", name)
	c.iterate(3)
	assert.Equal(t, 5, f.count, "%s: iterate", name)
}

// testWrites checks what all but the slice in place have.
func testWrites[T Elem, V any](t *testing.T, name string, in *input[T], c interface {
	set(int)
	append(int)
	dropLast(int)
}, f *fixture[T, V], elems func(V) []T) {
	size := in.size()
	check := func(op string, want []T) {
		t.Helper()
		assert.Equal(t, want, append([]T{}, elems(f.out)...), "%s %d: %s", name, size, op)
		assert.Equal(t, in.elems, elems(f.base), "%s %d: the base, after %s", name, size, op)
	}
	f.spots.Next = 0
	c.set(size + 1)
	want := slices.Clone(in.elems)
	want[in.spots[0]] = in.fresh[0]
	check("set", want)

	c.append(len(in.fresh) - 1)
	check("append", slices.Concat(in.elems, in.fresh[:len(in.fresh)-1]))
	c.append(len(in.fresh))
	check("append, all round", in.elems)

	c.dropLast(f.half() - 1)
	check("drop-last", in.elems[:size-f.half()+1])
	c.dropLast(f.half())
	check("drop-last, all round", in.elems)
}

// testWhere checks what not all have.
func testWhere[T Elem, V any](t *testing.T, name string, in *input[T], f *fixture[T, V], elems func(V) []T, runs map[string]func(int)) {
	size := in.size()
	want := map[string][]T{
		"drop-first": in.elems[f.half()-1:],
		"insert":     slices.Insert(slices.Clone(in.elems), int(in.spots[0]), in.fresh[0]),
		"delete":     slices.Delete(slices.Clone(in.elems), int(in.spots[0]), int(in.spots[0])+1),
		"prepend":    slices.Clone(in.elems),
	}
	for _, x := range in.fresh[:len(in.fresh)-1] {
		want["prepend"] = slices.Insert(want["prepend"], 0, x)
	}
	want["slice"] = in.elems[:in.spots[0]]
	if size > 1 {
		want["slice"] = in.elems[min(in.spots[0], in.spots[1]):max(in.spots[0], in.spots[1])]
	}
	ops := map[string]int{"drop-first": f.half() - 1, "insert": size + 1, "delete": size + 1, "prepend": len(in.fresh) - 1, "slice": 2}
	for op, run := range runs {
		f.spots.Next = 0
		run(ops[op])
		assert.Equal(t, append([]T{}, want[op]...), append([]T{}, elems(f.out)...), "%s %d: %s", name, size, op)
		assert.Equal(t, in.elems, elems(f.base), "%s %d: the base, after %s", name, size, op)
	}
}

func TestSliceIsAsItWasAfterEveryRun(t *testing.T) {
	in := intInput(100)
	f := &sliceInPlace[int64]{newFixture(in, withRoom(in))}
	f.append(50)
	assert.Equal(t, slices.Concat(in.elems, in.fresh[:50]), f.out)
	f.prepend(150)
	f.dropLast(99)
	f.insert(150)
	assert.Equal(t, in.elems, f.base)
	f.spots.Next = 0
	f.delete(100) // puts back others
	for i, spot := range in.spots {
		assert.Equal(t, in.fresh[i], f.base[spot])
	}
	f.base = withRoom(in)
	f.spots.Next = 0
	f.set(1)
	assert.Equal(t, in.fresh[0], f.base[in.spots[0]])
}

func TestVersions(t *testing.T) {
	in := intInput(1000)
	r := newRametVersions(in)
	s := &sliceVersions[int64]{in: in, a: withRoom(in), apart: slices.Clone(in.elems)}
	c := &sliceVersions[int64]{in: in, a: in.elems}
	for i := range 10 {
		want := slices.Concat(in.elems, in.fresh[:in.otherLen(i)])
		r.concat(1)
		s.concat(1)
		c.cloneConcat(1)
		assert.Equal(t, want, ofRamet(r.out))
		assert.Equal(t, want, s.out)
		assert.Equal(t, want, c.out)
	}
	r.equal(20)
	s.equal(20)
	assert.Zero(t, r.count+s.count, "a version one edit apart is equal")
	assert.Equal(t, in.elems, s.apart)
	r.diff(20)
	assert.Equal(t, 20, r.count, "one difference each")
}

func TestEdited(t *testing.T) {
	in := intInput(10_000)
	assert.ElementsMatch(t, in.elems, ofRamet(rametByConcats(in)))
	inserted := ofRamet(rametByInserts(in))
	assert.ElementsMatch(t, in.elems, inserted)
	assert.NotEqual(t, in.elems, inserted)
}

// However a contestant makes a vector, it is of the input's elements.
func TestBuilds(t *testing.T) {
	in := stringInput(1000)
	for _, l := range libraries[string]() {
		for how, f := range map[string]func(*input[string]) any{"append": l.byAppend, "builder": l.byBuilder, "slice": l.bySlice} {
			if f == nil {
				continue
			}
			var got []string
			switch v := f(in).(type) {
			case []string:
				got = v
			case vector.Vector[string]:
				got = ofRamet(v)
			case *immutable.List[string]:
				got = ofBenbjohnson(v)
			case elvishvector.Vector:
				got = ofElvish[string](v)
			}
			assert.Equal(t, in.elems, got, "%s by %s", l.name, how)
		}
	}
	f := &sliceInPlace[string]{}
	assert.Nil(t, f.out)
	for _, l := range libraries[string]()[:2] {
		for name, run := range l.builds(in) {
			assert.NotPanics(t, func() { run(2) }, name)
		}
	}
}

func TestInput(t *testing.T) {
	testInput(t, intInput(1000))
	testInput(t, stringInput(1000))
	testInput(t, byteInput(1000))
	testInput(t, recordInput(1000))
	assert.Len(t, intInput(10).fresh, 1000)
	assert.Equal(t, 500, intInput(1000).thousand())
	assert.Equal(t, 1000, intInput(3000).thousand())
}

func testInput[T Elem](t *testing.T, in *input[T]) {
	assert.Len(t, in.elems, 1000)
	assert.Len(t, in.fresh, 1000)
	assert.NotContains(t, in.elems, *new(T))
	assert.NotEqual(t, in.elems, in.fresh)
	spots := slices.Clone(in.spots)
	assert.False(t, slices.IsSorted(spots))
	slices.Sort(spots)
	for i, spot := range spots {
		assert.Equal(t, int32(i), spot)
	}
	assert.Equal(t, 1000, in.otherLen(0))
	assert.Greater(t, in.otherLen(9), 500)
}

func TestGroups(t *testing.T) {
	require.NoError(t, contest.Check(Groups()))
	cases := map[string]bool{}
	for _, g := range Groups() {
		for _, c := range g.Cases {
			cases[g.Name+"/"+c.Name] = true
		}
	}
	for name := range intTargets {
		assert.True(t, cases["vector/int64/"+name], name)
	}
}
