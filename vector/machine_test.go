package vector

import (
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The interpreter runs programs, strings of bytes, on several live vectors and builders, each
// beside a slice that says what it has to hold. All versions that there ever were are verified
// again at the end, the last few of them after every command.

// A machine runs programs on vectors of T.
type machine[T comparable] struct {
	elem     func(int) T
	slots    [6]version[T]
	builders [3]draft[T]
	old      []version[T]
	next     int // the number of the next new element
	log      []string
	shape    shape
}

type version[T comparable] struct {
	v     Vector[T]
	model []T
	by    int // the command that made it
}

type draft[T comparable] struct {
	b     *Builder[T]
	model []T
}

// A shape is what a run has met.
type shape struct {
	steps, maxLen, maxLevel, relaxed, strict, holes int
}

func (s *shape) add(o shape) {
	s.steps += o.steps
	s.maxLen, s.maxLevel = max(s.maxLen, o.maxLen), max(s.maxLevel, o.maxLevel)
	s.relaxed += o.relaxed
	s.strict += o.strict
	s.holes += o.holes
}

func (s *shape) see(t *tree) {
	s.maxLevel = max(s.maxLevel, int(t.level))
	if t.root == nil {
		return
	}
	if t.strict {
		s.strict++
	} else {
		s.relaxed++
	}
	if t.root.first() > 0 {
		s.holes++
	}
}

// A source hands out the bytes of a program; zeros, when it has come to its end.
type source struct{ rest []byte }

func (s *source) byte() int {
	if len(s.rest) == 0 {
		return 0
	}
	b := s.rest[0]
	s.rest = s.rest[1:]
	return int(b)
}

// upTo returns a number in [0, n], mostly near one of the ends, or of a shape's boundaries.
func (s *source) upTo(n int, leaf int) int {
	kind, x := s.byte(), s.byte()<<8|s.byte()
	switch kind % 8 {
	case 0:
		return 0
	case 1:
		return n
	case 2:
		return min(n, x%4)
	case 3:
		return max(0, n-x%4)
	case 4: // about a multiple of the size of a leaf
		return min(n, max(0, x%(n/leaf+1)*leaf+kind/8%3-1))
	}
	return int(int64(x) * int64(n) / 0xffff)
}

func (m *machine[T]) fresh(n int) []T {
	s := make([]T, n)
	for i := range s {
		m.next++
		s[i] = m.elem(m.next)
	}
	return s
}

// count returns how many elements a command adds.
func (m *machine[T]) count(s *source, leaf int) int {
	switch x := s.byte(); x % 8 {
	default:
		return 1
	case 4:
		return x / 8 % 4
	case 5:
		return leaf + x/8%3 - 1
	case 6:
		return x / 8 % (2*leaf + 2)
	case 7:
		return x * leaf / 16
	}
}

const maxModel = 6000

// run runs a program and returns the first thing that is wrong.
func (m *machine[T]) run(program []byte) (err error) {
	src := &source{program}
	leaf := 1 << leafBits[T]()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, strings.Join(m.log[max(0, len(m.log)-40):], "\n"))
		}
	}()
	for len(src.rest) > 0 {
		if err := m.step(src, leaf); err != nil {
			return err
		}
		m.shape.steps++
		for _, o := range m.old[max(0, len(m.old)-4):] {
			if err := o.verify(1); err != nil {
				return err
			}
		}
	}
	for _, o := range m.old {
		if err := o.verify(0); err != nil {
			return err
		}
	}
	versions := make([]Vector[T], len(m.old))
	for i, o := range m.old {
		versions[i] = o.v
	}
	for i, d := range m.builders {
		if d.b != nil {
			if err := d.b.check(versions...); err != nil {
				return fmt.Errorf("builder %d: %w", i, err)
			}
			if err := (version[T]{v: d.b.Build(), model: d.model}).verify(0); err != nil {
				return fmt.Errorf("builder %d: %w", i, err)
			}
		}
	}
	return nil
}

func (m *machine[T]) note(format string, args ...any) {
	m.log = append(m.log, fmt.Sprintf(format, args...))
}

// put stores a result, after it has been verified.
func (m *machine[T]) put(slot int, v Vector[T], model []T) error {
	n := version[T]{v, model, len(m.log)}
	m.slots[slot] = n
	m.old = append(m.old, n)
	m.shape.maxLen = max(m.shape.maxLen, len(model))
	if v.base() != nil && !v.base().small() {
		m.shape.see(&v.base().core().tree)
	}
	return n.verify(0)
}

// verify compares v with its model: by iteration in both directions, by position, and by
// structure. quick leaves most positions out.
func (o version[T]) verify(quick int) error {
	v, want := o.v, o.model
	fail := func(what string, got any) error {
		return fmt.Errorf("version %d: %s is %v, of %v", o.by, what, got, want)
	}
	if v.Len() != len(want) {
		return fail("Len", v.Len())
	}
	if err := v.check(); err != nil {
		return err
	}
	step := 1
	if quick > 0 {
		step = max(1, len(want)/16)
	}
	for i := 0; i < len(want); i += step {
		if v.At(i) != want[i] {
			return fail(fmt.Sprintf("At(%d)", i), v.At(i))
		}
	}
	if quick > 0 {
		return nil
	}
	n := 0
	for i, x := range v.All() {
		if i != n || n >= len(want) || x != want[i] {
			return fail(fmt.Sprintf("All at %d", i), x)
		}
		n++
	}
	if n != len(want) {
		return fail("the end of All", n)
	}
	for i, x := range v.Backward() {
		n--
		if i != n || n < 0 || x != want[i] {
			return fail(fmt.Sprintf("Backward at %d", i), x)
		}
	}
	if n != 0 {
		return fail("the end of Backward", n)
	}
	return o.verifyParts()
}

// verifyParts compares what reads v in parts with the model.
func (o version[T]) verifyParts() error {
	v, want := o.v, o.model
	fail := func(what string, got any) error {
		return fmt.Errorf("version %d: %s is %v, of %v", o.by, what, got, want)
	}
	if got := slices.Concat(slices.Collect(v.Chunks())...); !slices.Equal(got, want) {
		return fail("Chunks", got)
	}
	i, j := len(want)/3, len(want)-len(want)/5
	for k, x := range v.Range(i, j) {
		if k != i || k >= j || x != want[k] {
			return fail(fmt.Sprintf("Range at %d", k), x)
		}
		i++
	}
	if i != j {
		return fail("the end of Range", i)
	}
	c := v.Cursor()
	c.Seek(i)
	for ; i > 0; i-- {
		if x, ok := c.Prev(); !ok || x != want[i-1] {
			return fail(fmt.Sprintf("Prev to %d", i-1), x)
		}
	}
	for ; i < len(want); i++ {
		if x, ok := c.Next(); !ok || x != want[i] {
			return fail(fmt.Sprintf("Next at %d", i), x)
		}
	}
	if x, ok := c.Next(); ok {
		return fail("Next at the end", x)
	}
	return nil
}

func (m *machine[T]) step(src *source, leaf int) error {
	op := src.byte()
	arg := src.byte()
	a, dst := m.slots[arg%6], arg/6%6
	n := len(a.model)
	bi := arg / 36 % 3
	d := &m.builders[bi]
	switch op % 32 {
	case 0, 1, 2:
		xs := m.fresh(m.count(src, leaf))
		m.note("v%d = v%d.Append(%d elements)", dst, arg%6, len(xs))
		return m.put(dst, a.v.Append(xs...), slices.Concat(a.model, xs))
	case 3, 4:
		xs := m.fresh(m.count(src, leaf))
		m.note("v%d = v%d.Prepend(%d elements)", dst, arg%6, len(xs))
		return m.put(dst, a.v.Prepend(xs...), slices.Concat(xs, a.model))
	case 5, 6:
		i, xs := src.upTo(n, leaf), m.fresh(m.count(src, leaf))
		m.note("v%d = v%d.Insert(%d, %d elements)", dst, arg%6, i, len(xs))
		return m.put(dst, a.v.Insert(i, xs...), slices.Insert(slices.Clone(a.model), i, xs...))
	case 7, 8:
		i, j := src.upTo(n, leaf), src.upTo(n, leaf)
		if src.byte()%2 == 0 {
			j = min(n, i+j%4)
		}
		i, j = min(i, j), max(i, j)
		m.note("v%d = v%d.Delete(%d, %d)", dst, arg%6, i, j)
		return m.put(dst, a.v.Delete(i, j), slices.Delete(slices.Clone(a.model), i, j))
	case 9, 10, 11:
		i, j := src.upTo(n, leaf), src.upTo(n, leaf)
		i, j = min(i, j), max(i, j)
		m.note("v%d = v%d.Slice(%d, %d)", dst, arg%6, i, j)
		return m.put(dst, a.v.Slice(i, j), slices.Clone(a.model[i:j]))
	case 12, 13, 14:
		o := m.slots[src.byte()%6]
		if n+len(o.model) > maxModel {
			return nil
		}
		m.note("v%d = v%d.Concat(version %d)", dst, arg%6, o.by)
		return m.put(dst, a.v.Concat(o.v), slices.Concat(a.model, o.model))
	case 15, 16:
		if n == 0 {
			return nil
		}
		i, x := min(n-1, src.upTo(n, leaf)), m.fresh(1)[0]
		m.note("v%d = v%d.Set(%d, %v)", dst, arg%6, i, x)
		model := slices.Clone(a.model)
		model[i] = x
		return m.put(dst, a.v.Set(i, x), model)
	case 17:
		xs := m.fresh(m.count(src, leaf) * (1 + arg%7))
		m.note("v%d = Of(%d elements)", dst, len(xs))
		return m.put(dst, Of(xs...), xs)
	case 26:
		if n == 0 {
			return nil
		}
		i, x := min(n-1, src.upTo(n, leaf)), m.fresh(1)[0]
		m.note("v%d = v%d.Update(%d, to %v)", dst, arg%6, i, x)
		model := slices.Clone(a.model)
		model[i] = x
		var old T
		v := a.v.Update(i, func(was T) T { old = was; return x })
		if old != a.model[i] {
			return fmt.Errorf("Update(%d) calls f with %v, of %v", i, old, a.model)
		}
		return m.put(dst, v, model)
	case 27:
		// Of runs of elements every other one, or a few.
		every, from := 2+src.byte()%40, src.upTo(n, leaf)
		m.note("v%d = v%d.DeleteFunc, every %d from %d", dst, arg%6, every, from)
		in := func(i int) bool { return i >= from && i%every < every/2 }
		var model []T
		for i, x := range a.model {
			if !in(i) {
				model = append(model, x)
			}
		}
		i := -1
		v := a.v.DeleteFunc(func(T) bool { i++; return in(i) })
		if len(model) == n && v != a.v {
			return fmt.Errorf("a DeleteFunc of nothing is another version")
		}
		return m.put(dst, v, model)
	case 28:
		xs := m.fresh(m.count(src, leaf))
		m.note("v%d = v%d.AppendSeq(%d elements)", dst, arg%6, len(xs))
		return m.put(dst, a.v.AppendSeq(slices.Values(xs)), slices.Concat(a.model, xs))
	case 29:
		if n == 0 {
			return nil
		}
		i, x := min(n-1, src.upTo(n, leaf)), m.fresh(1)[0]
		m.note("v%d = SetIfChanged and UpdateIfChanged(v%d, %d, to %v)", dst, arg%6, i, x)
		same := func(was T) T { return was }
		if SetIfChanged(a.v, i, a.model[i]) != a.v || UpdateIfChanged(a.v, i, same) != a.v {
			return fmt.Errorf("a Set of the element that is at %d is another version", i)
		}
		model := slices.Clone(a.model)
		model[i] = x
		set, updated := SetIfChanged(a.v, i, x), UpdateIfChanged(a.v, i, func(T) T { return x })
		if err := (version[T]{set, model, len(m.log)}).verify(1); err != nil {
			return err
		}
		return m.put(dst, updated, model)
	case 18:
		m.note("b%d = v%d.Builder()", bi, arg%6)
		*d = draft[T]{a.v.Builder(), slices.Clone(a.model)}
		return nil
	}
	if d.b == nil {
		*d = draft[T]{b: new(Builder[T])}
	}
	n = len(d.model)
	switch op % 32 {
	case 19, 20:
		xs := m.fresh(m.count(src, leaf))
		m.note("b%d.Append(%d elements)", bi, len(xs))
		if n+len(xs) <= maxModel {
			d.b.Append(xs...)
			d.model = append(d.model, xs...)
		}
	case 21:
		if n > 0 {
			i, x := min(n-1, src.upTo(n, leaf)), m.fresh(1)[0]
			m.note("b%d.Set(%d, %v)", bi, i, x)
			d.b.Set(i, x)
			d.model[i] = x
		}
	case 22:
		m.note("v%d = b%d.Build()", dst, bi)
		return m.put(dst, d.b.Build(), slices.Clone(d.model))
	case 23:
		xs := m.fresh(m.count(src, leaf))
		i := src.upTo(n, leaf)
		m.note("b%d.Prepend and Insert(%d) of %d elements", bi, i, len(xs))
		d.b.Prepend(xs...)
		d.b.Insert(i, xs...)
		d.model = slices.Insert(slices.Concat(xs, d.model), i, xs...)
	case 24:
		i, j := src.upTo(n, leaf), src.upTo(n, leaf)
		i, j = min(i, j), max(i, j)
		m.note("b%d.Delete(%d, %d), Truncate", bi, i, j)
		d.b.Delete(i, j)
		d.model = slices.Delete(d.model, i, j)
		k := src.upTo(len(d.model), leaf)
		d.b.Truncate(k)
		d.model = d.model[:k]
	case 30:
		if n > 0 {
			i, x := min(n-1, src.upTo(n, leaf)), m.fresh(1)[0]
			m.note("b%d.Update(%d, to %v)", bi, i, x)
			d.b.Update(i, func(T) T { return x })
			d.model[i] = x
		}
	case 31:
		m.note("b%d.First, Last, Backward", bi)
		first, ok := d.b.First()
		last, _ := d.b.Last()
		if ok != (n > 0) || ok && (first != d.model[0] || last != d.model[n-1]) {
			return fmt.Errorf("builder %d: First %v, Last %v, of %v", bi, first, last, d.model)
		}
		i := n
		for k, x := range d.b.Backward() {
			if i--; k != i || x != d.model[i] {
				return fmt.Errorf("builder %d: Backward at %d is %v at %d, of %v", bi, i, x, k, d.model)
			}
		}
		if i != 0 {
			return fmt.Errorf("builder %d: Backward ends at %d", bi, i)
		}
	case 25:
		m.note("b%d.Concat(v%d)", bi, arg%6)
		if n+len(a.model) <= maxModel {
			d.b.Concat(a.v)
			d.model = append(d.model, a.model...)
		}
	}
	if d.b.Len() != len(d.model) {
		return fmt.Errorf("builder %d has %d elements, not %d", bi, d.b.Len(), len(d.model))
	}
	if n := len(d.model); n > 0 {
		for _, i := range []int{0, n / 3, n - 1} {
			if d.b.At(i) != d.model[i] {
				return fmt.Errorf("builder %d: At(%d) is %v, not %v", bi, i, d.b.At(i), d.model[i])
			}
		}
	}
	return nil
}

func program(rng *rand.Rand, n int) []byte {
	p := make([]byte, n)
	for i := range p {
		p[i] = byte(rng.Uint32())
	}
	return p
}

var programs = 200

// point is an element of 48 bytes with a pointer.
type point struct {
	X, Y, Z, A, B int
	Name          *int
}

func TestModel(t *testing.T) {
	t.Run("int", func(t *testing.T) { testModel(t, func(i int) int { return i }) })
	t.Run("string", func(t *testing.T) { testModel(t, func(i int) string { return fmt.Sprint(i) }) })
	t.Run("byte", func(t *testing.T) { testModel(t, func(i int) byte { return byte(i) }) })
	t.Run("struct", func(t *testing.T) { testModel(t, func(i int) point { return point{X: i, Name: new(int)} }) })
	t.Run("large", func(t *testing.T) { testModel(t, func(i int) [40]int { return [40]int{i, 39: -i} }) })
	t.Run("empty", func(t *testing.T) { testModel(t, func(int) struct{} { return struct{}{} }) })
}

func testModel[T comparable](t *testing.T, elem func(int) T) {
	var all shape
	for seed := range uint64(times(programs)) {
		m := &machine[T]{elem: elem}
		if err := m.run(program(rand.New(rand.NewPCG(seed, 1)), 800)); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		all.add(m.shape)
	}
	t.Logf("%+v", all)
	assert.Greater(t, all.strict, 100)
	assert.Greater(t, all.relaxed, 100)
	assert.Greater(t, all.holes, 10)
	assert.GreaterOrEqual(t, all.maxLevel, 2)
	assert.Greater(t, all.maxLen, maxModel/4)
}
