package testkit

import (
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
)

const (
	slotCount    = 8
	builderCount = 4
	keptCount    = 32 // old versions beside those in slots
	auditEvery   = 16 // commands between comparisons of everything alive
)

// Run runs p and reports what it reached. The error is a *[Failure] if the maps did not
// behave as their models say, or panicked.
func (ms *Maps[K, V, M, B]) Run(p Program) (Report, error) {
	mc := newMachine(ms)
	err := mc.run(p)
	return mc.report, err
}

// version is a live version and what it must contain.
type version[K comparable, V, M any] struct {
	m     M
	model map[K]V
	empty int // the index in Empties of the map it descends from; -1: the zero builder
	born  int // the step that made it
	shape Shape
}

// machine runs one program.
type machine[K, V comparable, M Map[K, V, M, B], B Builder[K, V, M]] struct {
	*Maps[K, V, M, B]
	keys   []K
	index  map[K]int
	faults *Faults

	slots    [slotCount]version[K, V, M]
	builders [builderCount]*draft[K, V, M, B]
	old      []version[K, V, M]

	step    int
	armed   int  // the tick at which the current command is to panic; 0: none
	next    int  // armed of the next command
	faulted bool // the current command ended in its fault
	report  Report
	script  *script // nil unless the program is being printed
}

func newMachine[K, V comparable, M Map[K, V, M, B], B Builder[K, V, M]](ms *Maps[K, V, M, B]) *machine[K, V, M, B] {
	mc := &machine[K, V, M, B]{Maps: ms, index: map[K]int{}, faults: ms.Faults}
	mc.report.Ops = map[Op]int{}
	if mc.faults == nil {
		mc.faults = new(Faults)
	}
	for i := range ms.Universe {
		k := ms.Key(i)
		mc.keys = append(mc.keys, k)
		mc.index[k] = i
	}
	if len(mc.index) != ms.Universe || ms.Universe < 1 || ms.Universe > 256 {
		panic("testkit: Key is not injective on a universe of 1 to 256 keys")
	}
	for i := range mc.slots {
		mc.slots[i] = version[K, V, M]{m: ms.Empties[0].Map, model: Model[K, V]{}}
	}
	return mc
}

// complaint is what a machine panics with when a map misbehaves.
type complaint struct {
	message string
	about   string // the variable of a printed program that is wrong, if one is
	born    int    // when about is an old version: the step that made it
	want    any    // what about must contain
}

func (mc *machine[K, V, M, B]) run(p Program) (err error) {
	defer func() {
		mc.faults.Arm(0)
		if r := recover(); r != nil {
			f := &Failure{Program: p[:min(mc.step, len(p))], Step: mc.step}
			switch r := r.(type) {
			case complaint:
				f.complaint = r
			default:
				f.message = fmt.Sprintf("panic: %v", r)
				f.stack = culprit(string(debug.Stack()))
			}
			if mc.step > 0 && mc.step <= len(p) {
				f.Command = p[mc.step-1]
			}
			err = f
		}
	}()
	for _, c := range p {
		mc.step++
		mc.armed, mc.next, mc.faulted = mc.next, 0, false
		mc.exec(c)
		mc.faults.Arm(0)
		if mc.EveryStep || mc.step%auditEvery == 0 {
			mc.audit()
		}
	}
	mc.audit()
	mc.report.Steps += mc.step
	return nil
}

// culprit returns the part of a panic's stack that is above this package.
func culprit(stack string) string {
	if _, above, ok := strings.Cut(stack, "\npanic("); ok {
		_, above, _ = strings.Cut(above, "\n") // the arguments,
		_, above, _ = strings.Cut(above, "\n") // and where panic is
		stack = above
	}
	above, _, _ := strings.Cut(stack, "github.com/ramet-go/ramet/internal/testkit.")
	return above
}

// fail ends the run.
func (mc *machine[K, V, M, B]) fail(format string, args ...any) {
	panic(complaint{message: fmt.Sprintf(format, args...)})
}

// call runs library code with the fault of the current command armed, and reports whether
// it completed. Comparisons with the model come after it, unarmed.
func (mc *machine[K, V, M, B]) call(do func()) (completed bool) {
	if mc.armed == 0 {
		do()
		return true
	}
	if mc.faults.Attempt(mc.armed, do) {
		mc.report.Faults++
		mc.faulted = true
		return false
	}
	return true
}

// result is what an operation is to give, before it is run.
type result[K comparable, V any] struct {
	model map[K]V
	from  uint8 // the slot of the receiver
	same  bool  // the operation changes nothing: the result is the receiver
}

// into stores in slot dst what compute returns, and compares it with its model.
func (mc *machine[K, V, M, B]) into(dst uint8, want result[K, V], compute func() M) {
	var m M
	receiver := mc.at(want.from)
	if !mc.call(func() { m = compute() }) {
		mc.verify(fmt.Sprintf("v[%d]", want.from%slotCount), receiver)
		return
	}
	if want.same {
		if m != receiver.m {
			mc.fail("nothing changed, but the result is not v[%d] itself", want.from%slotCount)
		}
		mc.report.NoOps++
	}
	mc.put(dst, version[K, V, M]{m: m, model: want.model, empty: receiver.empty})
	before, after := receiver.shape, mc.at(dst).shape
	switch d := after.Inner + after.Leaves - before.Inner - before.Leaves; {
	case d > 0 && before.Entries > 0:
		mc.report.Splits++
	case d < 0 && after.Entries > 0:
		mc.report.Merges++
	}
}

// at returns the version in a slot.
func (mc *machine[K, V, M, B]) at(slot uint8) version[K, V, M] { return mc.slots[slot%slotCount] }

// put stores a new version in a slot, keeps the one that was there, and examines the new
// one.
func (mc *machine[K, V, M, B]) put(dst uint8, v version[K, V, M]) {
	dst %= slotCount
	mc.keep(mc.slots[dst])
	v.born = mc.step
	if mc.Shape != nil {
		v.shape = mc.Shape(v.m)
		mc.report.MaxShape.raise(v.shape)
	}
	mc.slots[dst] = v
	mc.emitMade(dst)
	mc.report.MaxLen = max(mc.report.MaxLen, len(v.model))
	name := fmt.Sprintf("v[%d]", dst)
	mc.verify(name, v)
	if err := mc.iterates(v); err != nil {
		mc.blame(name, v, err)
	}
}

// keep retains an old version. Once the pool is full it takes the place of one chosen
// by the step, so that versions of all ages stay.
func (mc *machine[K, V, M, B]) keep(v version[K, V, M]) {
	if len(mc.old) < keptCount {
		mc.old = append(mc.old, v)
		return
	}
	mc.old[scramble(uint64(mc.step))%keptCount] = v
}

// audit compares everything alive with its model.
func (mc *machine[K, V, M, B]) audit() {
	for i, v := range mc.slots {
		mc.verify(fmt.Sprintf("v[%d]", i), v)
		for j, w := range mc.slots[:i] {
			if v.m == w.m && len(Model[K, V](v.model).Diff(w.model)) > 0 {
				mc.fail("v[%d] == v[%d] but their contents differ", i, j)
			}
		}
	}
	for _, v := range mc.old {
		mc.verify("old", v)
		mc.report.Old++
		mc.report.OldestKept = max(mc.report.OldestKept, mc.step-v.born)
	}
	for i := range mc.builders {
		mc.examine(uint8(i))
	}
}

// verify compares a version with its model and checks its structure.
func (mc *machine[K, V, M, B]) verify(name string, v version[K, V, M]) {
	mc.report.Verified++
	if err := Compare(v.m, v.model, mc.keys...); err != nil {
		mc.blame(name, v, err)
	}
	if mc.Check != nil {
		mc.report.Checked++
		if err := mc.Check(v.m); err != nil {
			mc.blame(name, v, fmt.Errorf("check: %w", err))
		}
	}
}

func (mc *machine[K, V, M, B]) blame(name string, v version[K, V, M], err error) {
	panic(complaint{fmt.Sprintf("%s, made in step %d: %v", name, v.born, err), name, v.born, v.model})
}

// iterates compares the ways of iterating over v with each other.
func (mc *machine[K, V, M, B]) iterates(v version[K, V, M]) error {
	var keys []K
	var values []V
	for k, x := range v.m.All() {
		keys, values = append(keys, k), append(values, x)
	}
	if !slices.Equal(keys, slices.Collect(v.m.Keys())) {
		return errors.New("Keys() has another order than All()")
	}
	if !slices.Equal(values, slices.Collect(v.m.Values())) {
		return errors.New("Values() has another order than All()")
	}
	if mc.Order != nil && !slices.IsSortedFunc(keys, mc.Order) {
		return errors.New("All() is not in order")
	}
	return nil
}

// A Failure is a program whose maps did not behave.
type Failure struct {
	complaint
	Program Program // up to the command that failed
	Step    int     // that command's number, from 1
	Command Command
	Source  string // the program as a Go test, if it was printed
	stack   string
}

// Error describes the failure and has the program's source, if it was printed.
func (f *Failure) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "step %d (%v): %s", f.Step, f.Command, f.message)
	if f.stack != "" {
		fmt.Fprintf(&b, "\n%s", f.stack)
	}
	if f.Source != "" {
		fmt.Fprintf(&b, "\n\nTo reproduce, as a test of the package:\n\n%s", f.Source)
	}
	return b.String()
}
