package testkit

import (
	"fmt"
	"strings"
)

// draft is a live builder and what it must contain.
type draft[K, V comparable, M Map[K, V, M, B], B Builder[K, V, M]] struct {
	b     B
	model Model[K, V]
	empty int
	// origin is what Build must return as long as clean holds: nothing has changed
	// since the builder was made, or built.
	origin M
	clean  bool
}

// draftOf returns builder i, made of the version in slot s if there is none yet.
func (mc *machine[K, V, M, B]) draftOf(i, s uint8) *draft[K, V, M, B] {
	i %= builderCount
	if mc.builders[i] == nil {
		v := mc.at(s)
		mc.emitUnarmed("b[%d] = v[%d].Builder()", i, s%slotCount)
		mc.builders[i] = &draft[K, V, M, B]{v.m.Builder(), v.model, v.empty, v.m, true}
	}
	return mc.builders[i]
}

// execBuilder runs a command on a builder.
func (mc *machine[K, V, M, B]) execBuilder(op Op, c Command) {
	i := c.Dst % builderCount
	switch op {
	case BuilderOf:
		mc.builders[i] = nil
		mc.draftOf(i, c.A)
		mc.examine(i)
		return
	case BuilderZero:
		mc.emitUnarmed("b[%d] = new(%s)", i, strings.TrimPrefix(typeName[B](mc.Home), "*"))
		mc.builders[i] = &draft[K, V, M, B]{b: mc.NewBuilder(), model: Model[K, V]{}, empty: -1}
		mc.examine(i)
		return
	}

	d := mc.draftOf(i, c.A)
	k, val := mc.key(int(c.Key)), mc.Value(int(c.Val))
	old, had := d.model[k]
	switch op {
	case BuilderSet:
		mc.emit("b[%d].Set(%v, %v)", i, mc.lit(k), mc.lit(val))
		var added bool
		mc.write(i, d.model.With(k, val), true, func() { added = d.b.Set(k, val) })
		if !mc.faulted && added == had {
			mc.fail("b[%d].Set returns added = %t", i, added)
		}
	case BuilderDelete:
		mc.emit("b[%d].Delete(%v)", i, mc.lit(k))
		var deleted bool
		mc.write(i, d.model.Without(k), had, func() { deleted = d.b.Delete(k) })
		if !mc.faulted && deleted != had {
			mc.fail("b[%d].Delete returns deleted = %t", i, deleted)
		}
	case BuilderUpdate:
		u := mc.updater(c)
		mc.emit("b[%d].Update(%v, %v)", i, mc.lit(k), u)
		calls := 0
		mc.write(i, u.apply(d.model, k), had || u.mode == updateSet, func() { d.b.Update(k, mc.checked(u, old, had, &calls)) })
	case BuilderReenter:
		mc.reenter(c, d)
	case BuilderSetAll:
		ks, vs := mc.span(c)
		mc.emit("b[%d].SetAll(%v)", i, mc.seq(ks, vs))
		mc.write(i, d.model.Union(zip(ks, vs), second), len(ks) > 0, func() { d.b.SetAll(Ticking(mc.faults, Zip(ks, vs))) })
	case BuilderDeleteFunc:
		del := mc.predicate(c)
		model := d.model
		mc.emit("b[%d].DeleteFunc(%v)", i, mc.is(mc.members(model, del, true)))
		rest := model.Filter(func(k K, v V) bool { return !del(k, v) })
		calls := map[K]int{}
		mc.write(i, rest, len(rest) < len(model), func() {
			d.b.DeleteFunc(func(k K, v V) bool { mc.faults.Tick(); calls[k]++; return del(k, v) })
		})
		mc.onceEach("DeleteFunc", calls, model)
	case BuilderClear:
		mc.emit("b[%d].Clear()", i)
		mc.write(i, Model[K, V]{}, len(d.model) > 0, func() { d.b.Clear() })
	case BuilderRange:
		mc.rangeAndChange(c, d)
		mc.examine(i)
	}
}

// write runs one call on builder i, after which it must be model, or after a fault
// what it was or refusing.
func (mc *machine[K, V, M, B]) write(i uint8, model Model[K, V], changed bool, do func()) {
	d := mc.builders[i]
	if !mc.call(do) {
		d.clean = false
		if mc.refuses(d) {
			mc.report.Poisoned++
			mc.builders[i] = nil
			return
		}
	} else {
		d.model = model
		d.clean = d.clean && !changed
	}
	mc.examine(i)
}

// refuses reports whether a builder refuses every call, with one message.
func (mc *machine[K, V, M, B]) refuses(d *draft[K, V, M, B]) bool {
	k, v := mc.keys[0], mc.Value(0)
	first := refusal(func() { d.b.Len() })
	for name, call := range map[string]func(){
		"Lookup":     func() { d.b.Lookup(k) },
		"Get":        func() { d.b.Get(k) },
		"Contains":   func() { d.b.Contains(k) },
		"Build":      func() { d.b.Build() },
		"All":        func() { d.b.All()(func(K, V) bool { return false }) },
		"Set":        func() { d.b.Set(k, v) },
		"Delete":     func() { d.b.Delete(k) },
		"SetAll":     func() { d.b.SetAll(Zip([]K{k}, []V{v})) },
		"DeleteFunc": func() { d.b.DeleteFunc(func(K, V) bool { return false }) },
		"Clear":      func() { d.b.Clear() },
	} {
		if first == nil {
			return false
		}
		if r := refusal(call); r != first {
			mc.fail("after a panic, a builder refuses Len with %v and %s with %v", first, name, r)
		}
	}
	if !strings.HasPrefix(fmt.Sprint(first), mc.Package+": ") {
		mc.fail("after a panic, a builder refuses with %v", first)
	}
	return true
}

// refusal returns what do panics with.
func refusal(do func()) (r any) {
	defer func() { r = recover() }()
	do()
	return nil
}

// examine compares builder i with its model.
func (mc *machine[K, V, M, B]) examine(i uint8) {
	d := mc.builders[i]
	if d == nil {
		return
	}
	mc.report.Verified++
	err := Compare(d.b, d.model, mc.keys...)
	if err == nil && mc.CheckBuilder != nil {
		mc.report.Checked++
		err = mc.CheckBuilder(d.b)
	}
	if err != nil {
		name := fmt.Sprintf("b[%d]", i)
		panic(complaint{fmt.Sprintf("%s: %v", name, err), name, 0, map[K]V(d.model)})
	}
}

// build freezes builder B into slot Dst. The builder goes on.
func (mc *machine[K, V, M, B]) build(c Command) {
	i := c.B % builderCount
	d := mc.draftOf(i, c.A)
	mc.emitUnarmed("v[%d] = b[%d].Build()", c.Dst%slotCount, i)
	m := d.b.Build()
	if d.clean {
		if m != d.origin {
			mc.fail("nothing changed, but b[%d].Build() is not the version that it was made from, or built last", i)
		}
		mc.report.NoOps++
	}
	d.origin, d.clean = m, true
	mc.put(c.Dst, version[K, V, M]{m: m, model: d.model, empty: d.empty})
}

// reenter updates a key by a function that changes or builds the same builder. What the
// function does happens first, then the update.
func (mc *machine[K, V, M, B]) reenter(c Command, d *draft[K, V, M, B]) {
	mc.armed = 0
	i := c.Dst % builderCount
	k, val := mc.key(int(c.Key)), mc.Value(int(c.Val))
	k2, val2 := mc.key(int(c.Key)+int(c.A)), mc.Value(int(c.B))
	drop := c.Val%5 == 0

	inner := [...]string{fmt.Sprintf("b[%d].Set(%v, %v)", i, mc.lit(k2), mc.lit(val2)), fmt.Sprintf("b[%d].Delete(%v)", i, mc.lit(k2)),
		fmt.Sprintf("v[%d] = b[%d].Build()", c.B%slotCount, i), fmt.Sprintf("b[%d].Clear()", i)}
	mode := int(c.B) / 16 % len(inner)
	mc.emit("b[%d].Update(%v, func(%s, bool) (%s, bool) { %s; return %v, %t })", i, mc.lit(k), mc.v(), mc.v(), inner[mode], mc.lit(val), !drop)

	d.clean = false
	var built *version[K, V, M]
	calls := 0
	d.b.Update(k, func(old V, ok bool) (V, bool) {
		if w, in := d.model[k]; old != w || ok != in {
			mc.fail("b[%d].Update calls its function with %#v, %t, want %#v, %t", i, old, ok, w, in)
		}
		if calls++; calls > 2 {
			mc.fail("b[%d].Update calls its function again and again", i)
		}
		switch mode {
		case 0:
			d.b.Set(k2, val2)
			d.model = d.model.With(k2, val2)
		case 1:
			d.b.Delete(k2)
			d.model = d.model.Without(k2)
		case 2:
			built = &version[K, V, M]{m: d.b.Build(), model: d.model, empty: d.empty}
		case 3:
			d.b.Clear()
			d.model = Model[K, V]{}
		}
		return val, !drop
	})
	if drop {
		d.model = d.model.Without(k)
	} else {
		d.model = d.model.With(k, val)
	}
	mc.examine(i)
	if built != nil {
		mc.put(c.B, *built)
	}
}

// rangeAndChange ranges over a builder while the body changes it: the range must see what
// was there when it began.
func (mc *machine[K, V, M, B]) rangeAndChange(c Command, d *draft[K, V, M, B]) {
	mc.armed = 0
	i := c.Dst % builderCount
	seq := d.b.All() // before a change that the range must see
	k, val := mc.key(int(c.Key)), mc.Value(int(c.Val))
	before := d.model
	d.b.Set(k, val)
	d.model = d.model.With(k, val)
	d.clean = false

	// The body's changes, one a turn, as far as the range goes.
	var built *version[K, V, M]
	var body []string
	turn := 0
	begun := d.model
	leave := -1
	if c.A%4 == 0 {
		leave = int(c.A / 4)
	}
	mc.visit(seq, begun, leave, func(at K) {
		k := mc.key(int(c.Key) + turn*(1+int(c.B)%7))
		val := mc.Value((int(c.Val) + turn) % 256)
		switch kind := (int(c.Val) + turn) % 8; {
		case turn >= 16:
		case kind <= 2:
			body = append(body, fmt.Sprintf("b[%d].Set(%v, %v)", i, mc.lit(k), mc.lit(val)))
			d.b.Set(k, val)
			d.model = d.model.With(k, val)
		case kind <= 4:
			body = append(body, fmt.Sprintf("b[%d].Delete(%v)", i, mc.lit(at)))
			d.b.Delete(at)
			d.model = d.model.Without(at)
		case kind == 5:
			body = append(body, fmt.Sprintf("b[%d].Delete(%v)", i, mc.lit(k)))
			d.b.Delete(k)
			d.model = d.model.Without(k)
		case kind == 6 && built == nil:
			body = append(body, fmt.Sprintf("v[%d] = b[%d].Build()", c.B%slotCount, i))
			built = &version[K, V, M]{m: d.b.Build(), model: d.model, empty: d.empty}
		case c.Val%4 == 0:
			body = append(body, fmt.Sprintf("b[%d].Clear()", i))
			d.b.Clear()
			d.model = Model[K, V]{}
		default:
			body = append(body, "")
		}
		turn++
	}, func(err error) {
		mc.emitRange(i, k, val, body, leave)
		panic(complaint{fmt.Sprintf("a range over b[%d], which held %d entries: %v", i, len(before), err), fmt.Sprintf("b[%d]", i), 0, map[K]V(d.model)})
	})
	mc.emitRange(i, k, val, body, leave)
	if built != nil {
		mc.put(c.B, *built)
	}
	if err := sameEntries(seq, d.model); err != nil {
		mc.fail("a second range over b[%d].All(): %v", i, err)
	}
}

// visit ranges over seq, which must yield want, and runs body with every key. With leave
// ≥ 0 it breaks off after so many.
func (mc *machine[K, V, M, B]) visit(seq func(func(K, V) bool), want Model[K, V], leave int, body func(K), fail func(error)) {
	seen := map[K]bool{}
	for k, v := range seq {
		if w, in := want[k]; !in || v != w || seen[k] {
			fail(fmt.Errorf("yields %#v: %#v, want %#v, %t, the first time: %t", k, v, w, in, !seen[k]))
		}
		seen[k] = true
		body(k)
		if len(seen) == leave {
			return
		}
	}
	if len(seen) != len(want) {
		fail(fmt.Errorf("yields %d entries, want %d", len(seen), len(want)))
	}
}
