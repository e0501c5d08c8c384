package testkit

import (
	"iter"
	"math/rand/v2"

	"github.com/ramet-go/ramet/diff"
)

// exec runs one command. Each case says what is to come out, in terms of the model, and
// prints itself, before it calls the library.
func (mc *machine[K, V, M, B]) exec(c Command) {
	op := c.Op % numOps
	if mc.lacks(op) {
		return
	}
	mc.report.Ops[op]++
	if op >= BuilderOf && op < Build {
		mc.execBuilder(op, c)
		return
	}
	a, b := mc.at(c.A), mc.at(c.B)
	am, bm := Model[K, V](a.model), Model[K, V](b.model)
	k, val := mc.key(int(c.Key)), mc.Value(int(c.Val))
	old, had := am[k]
	want := result[K, V]{from: c.A}
	d, s, o := c.Dst%slotCount, c.A%slotCount, c.B%slotCount

	switch op {
	case New:
		e := int(c.A) % len(mc.Empties)
		mc.emitUnarmed("v[%d] = empties[%d]", d, e)
		mc.put(d, version[K, V, M]{m: mc.Empties[e].Map, model: Model[K, V]{}, empty: e})
	case Copy:
		mc.emitUnarmed("v[%d] = v[%d]", d, s)
		mc.put(d, a)
	case Revive:
		if len(mc.old) > 0 {
			v := mc.old[int(c.A)%len(mc.old)]
			mc.emitUnarmed("v[%d] = made[%d]", d, v.born)
			mc.refer(v.born)
			mc.put(d, v)
		}
	case Panic:
		mc.next = 1 + int(c.Val)%4
		if c.Val >= 128 {
			mc.next = 1 + int(c.Val)%48
		}

	case Set:
		mc.emit("v[%d] = v[%d].Set(%v, %v)", d, s, mc.lit(k), mc.lit(val))
		want.model = am.With(k, val)
		mc.into(d, want, func() M { return a.m.Set(k, val) })
	case SetIfChanged:
		mc.emit("v[%d] = %s.SetIfChanged(v[%d], %v, %v)", d, mc.Package, s, mc.lit(k), mc.lit(val))
		want.model, want.same = am.With(k, val), had && old == val
		mc.into(d, want, func() M { return mc.SetIfChanged(a.m, k, val) })
	case Delete:
		mc.emit("v[%d] = v[%d].Delete(%v)", d, s, mc.lit(k))
		want.model, want.same = am.Without(k), !had
		mc.into(d, want, func() M { return a.m.Delete(k) })
	case Update:
		u := mc.updater(c)
		mc.emit("v[%d] = v[%d].Update(%v, %v)", d, s, mc.lit(k), u)
		want.model, want.same = u.apply(am, k), !had && u.mode != updateSet
		calls := 0
		mc.into(d, want, func() M { return a.m.Update(k, mc.checked(u, old, had, &calls)) })
	case SetAll:
		ks, vs := mc.span(c)
		mc.emit("v[%d] = v[%d].SetAll(%v)", d, s, mc.seq(ks, vs))
		want.model, want.same = am.Union(zip(ks, vs), second), len(ks) == 0
		mc.into(d, want, func() M { return a.m.SetAll(Ticking(mc.faults, Zip(ks, vs))) })
	case Filter:
		keep := mc.predicate(c)
		mc.emit("v[%d] = v[%d].Filter(%v)", d, s, mc.not(mc.members(am, keep, false)))
		want.model = am.Filter(keep)
		want.same = len(want.model) == len(am)
		calls := map[K]int{}
		mc.into(d, want, func() M {
			return a.m.Filter(func(k K, v V) bool { mc.faults.Tick(); calls[k]++; return keep(k, v) })
		})
		mc.onceEach("Filter", calls, am)
	case MapValues:
		mine := mc.predicate(c)
		mc.emit("v[%d] = %s.MapValues(v[%d], %v)", d, mc.Package, s, mc.choose(mc.members(am, mine, true), "v V", mc.lit(val), "v"))
		f := func(k K, v V) V {
			if mine(k, v) {
				return val
			}
			return v
		}
		want.model = am.MapValues(f)
		mc.into(d, want, func() M { return mc.MapValues(a.m, func(k K, v V) V { mc.faults.Tick(); return f(k, v) }) })

	case Union:
		mc.emit("v[%d] = v[%d].Union(v[%d])", d, s, o)
		want.model = am.Union(bm, second)
		want.same = len(bm) == 0 || a.m == b.m || mc.IsSet && len(want.model) == len(am)
		mc.into(d, want, func() M { return a.m.Union(b.m) })
	case UnionFunc:
		mine := mc.predicate(c)
		mc.emit("v[%d] = v[%d].UnionFunc(v[%d], %v)", d, s, o, mc.choose(mc.members(am, mine, true), "a, b V", "a", "b"))
		both := func(k K, a, b V) V {
			if mine(k, a) {
				return a
			}
			return b
		}
		want.model, want.same = am.Union(bm, both), len(bm) == 0
		calls := map[K]int{}
		mc.into(d, want, func() M {
			return a.m.UnionFunc(b.m, func(k K, x, y V) V {
				mc.faults.Tick()
				if calls[k]++; x != am[k] || y != bm[k] {
					mc.fail("UnionFunc calls its function with %#v, %#v, %#v, want values %#v, %#v", k, x, y, am[k], bm[k])
				}
				return both(k, x, y)
			})
		})
		mc.onceEach("UnionFunc", calls, am.Intersection(bm))
	case Intersection:
		mc.emit("v[%d] = v[%d].Intersection(v[%d])", d, s, o)
		want.model = am.Intersection(bm)
		want.same = len(want.model) == len(am)
		mc.into(d, want, func() M { return a.m.Intersection(b.m) })
	case Difference:
		mc.emit("v[%d] = v[%d].Difference(v[%d])", d, s, o)
		want.model = am.Difference(bm)
		want.same = len(want.model) == len(am)
		mc.into(d, want, func() M { return a.m.Difference(b.m) })
	case Equal:
		equal := len(am.Diff(bm)) == 0
		mc.emit("assert.Equal(t, %t, %s.Equal(v[%d], v[%d]))", equal, mc.Package, s, o)
		var got bool
		if mc.call(func() { got = mc.Equal(a.m, b.m) }) && got != equal {
			mc.fail("Equal(v[%d], v[%d]) is %t", s, o, got)
		}

	case Apply:
		mc.checkDiff(a, b, s, o)
		if c.Val%2 == 0 {
			mc.emit("v[%d] = %[2]s.Apply(v[%[3]d], %[2]s.Diff(v[%[3]d], v[%[4]d]))", d, mc.Package, s, o)
			want.model, want.same = bm, len(am.Diff(bm)) == 0
			mc.into(d, want, func() M { return mc.Apply(a.m, mc.Diff(a.m, b.m)) })
		} else {
			mc.emit("v[%d] = %[2]s.Apply(v[%[4]d], testkit.Inverses(%[2]s.Diff(v[%[3]d], v[%[4]d])))", d, mc.Package, s, o)
			want = result[K, V]{model: am, from: c.B, same: len(am.Diff(bm)) == 0}
			mc.into(d, want, func() M { return mc.Apply(b.m, Inverses(mc.Diff(a.m, b.m))) })
		}
	case Merge:
		base := mc.at(c.Key)
		mc.emit("v[%d], _ = %s.Merge(v[%d], v[%d], v[%d])", d, mc.Package, c.Key%slotCount, s, o)
		merged, conflicts := Model[K, V](base.model).Merge(am, bm, nil)
		mc.report.Conflicts += len(conflicts)
		var got []diff.Conflict[K, V]
		want.model, want.same = merged, base.m == b.m
		mc.into(d, want, func() (m M) { m, got = mc.Merge(base.m, a.m, b.m); return m })
		if !mc.faulted {
			mc.sameConflicts(got, conflicts)
		}
	case MergeFunc:
		base := mc.at(c.Key)
		r := mc.resolver(c)
		mc.emit("v[%d] = %s.MergeFunc(v[%d], v[%d], v[%d], %v, %v)", d, mc.Package, c.Key%slotCount, s, o, mc.eq(), r)
		merged, conflicts := Model[K, V](base.model).Merge(am, bm, r.resolve)
		want.model, want.same = merged, base.m == b.m
		var got []diff.Conflict[K, V]
		mc.into(d, want, func() M {
			eq := func(a, b V) bool { mc.faults.Tick(); return a == b }
			if r.mode == resolveNil {
				return mc.MergeFunc(base.m, a.m, b.m, eq, nil)
			}
			return mc.MergeFunc(base.m, a.m, b.m, eq, func(c diff.Conflict[K, V]) (V, bool) {
				mc.faults.Tick()
				got = append(got, c)
				return r.resolve(c)
			})
		})
		if !mc.faulted && r.mode != resolveNil {
			mc.sameConflicts(got, conflicts)
		}

	case Iterate:
		n := int(c.Val) % (len(am) + 2)
		mc.emit("assert.NoError(t, testkit.Exercise(v[%d].All(), %d, %d))", s, n, len(am))
		if err := Exercise(a.m.All(), n, len(am)); err != nil {
			mc.fail("v[%d].All(): %v", s, err)
		}
	case Rebuild:
		mc.rebuild(c, a)
	case Build:
		mc.build(c)
	}
}

// lacks reports whether the adapter has no function for op.
func (mc *machine[K, V, M, B]) lacks(op Op) bool {
	switch op {
	case SetIfChanged:
		return mc.Maps.SetIfChanged == nil
	case MapValues:
		return mc.Maps.MapValues == nil
	case Apply:
		return mc.Maps.Apply == nil || mc.Maps.Diff == nil
	case Merge:
		return mc.Maps.Merge == nil
	case MergeFunc:
		return mc.Maps.MergeFunc == nil
	case Equal:
		return mc.Maps.Equal == nil
	case BuilderZero:
		return mc.NewBuilder == nil
	}
	return false
}

// key returns a key of the universe.
func (mc *machine[K, V, M, B]) key(i int) K { return mc.keys[i%len(mc.keys)] }

// span returns the up to 64 keys, and their values, that a bulk command writes. A key
// may come twice.
func (mc *machine[K, V, M, B]) span(c Command) (ks []K, vs []V) {
	for j := range int(c.Val) % 65 {
		ks = append(ks, mc.key(int(c.Key)+j*(1+int(c.B)%8)))
		vs = append(vs, mc.Value((int(c.Val)+j)%256))
	}
	return ks, vs
}

// predicate returns the function of a bulk command that chooses among entries: all, none, a
// residue class, the others, or a range of keys.
func (mc *machine[K, V, M, B]) predicate(c Command) func(K, V) bool {
	mod := 2 + int(c.B)%5
	return func(k K, _ V) bool {
		i := mc.index[k]
		switch c.Key % 8 {
		case 0:
			return true
		case 1:
			return false
		case 2, 3:
			return i%mod == int(c.Val)%mod
		case 4, 5:
			return i%mod != int(c.Val)%mod
		case 6:
			return i < int(c.Val)
		}
		return i >= int(c.Val)
	}
}

// onceEach complains unless calls has every key of want once. After a fault it may
// have fewer.
func (mc *machine[K, V, M, B]) onceEach(method string, calls map[K]int, want map[K]V) {
	for k, n := range calls {
		if _, in := want[k]; n != 1 || !in {
			mc.fail("%s calls its function %d times for %#v", method, n, k)
		}
	}
	if !mc.faulted && len(calls) != len(want) {
		mc.fail("%s calls its function for %d keys, want %d", method, len(calls), len(want))
	}
}

// checkDiff compares the diff of two versions with that of their models.
func (mc *machine[K, V, M, B]) checkDiff(a, b version[K, V, M], s, o uint8) {
	want := Model[K, V](a.model).Diff(b.model)
	seen := 0
	var last K
	for c := range mc.Diff(a.m, b.m) {
		if c != want[c.Key] {
			mc.fail("Diff(v[%d], v[%d]) yields %+v, want %+v", s, o, c, want[c.Key])
		}
		if mc.Order != nil && seen > 0 && mc.Order(last, c.Key) >= 0 {
			mc.fail("Diff(v[%d], v[%d]) yields %#v after %#v", s, o, c.Key, last)
		}
		last = c.Key
		if seen++; seen > len(want) {
			break
		}
	}
	if seen != len(want) {
		mc.fail("Diff(v[%d], v[%d]) yields %d changes or more, want %d", s, o, seen, len(want))
	}
}

func (mc *machine[K, V, M, B]) sameConflicts(got []diff.Conflict[K, V], want map[K]diff.Conflict[K, V]) {
	if len(got) != len(want) {
		mc.fail("%d conflicts, want %d", len(got), len(want))
	}
	seen := map[K]bool{}
	for _, c := range got {
		if w, ok := want[c.Key]; !ok || c != w || seen[c.Key] {
			mc.fail("conflict %+v, want %+v", c, w)
		}
		seen[c.Key] = true
	}
}

// rebuild makes the contents of a again in another order, with detours, and compares
// the two.
func (mc *machine[K, V, M, B]) rebuild(c Command, a version[K, V, M]) {
	e := max(a.empty, 0)
	rng := rand.New(rand.NewPCG(uint64(c.Key), uint64(c.Val)))
	var ks, detour []K
	var vs []V
	for _, i := range rng.Perm(len(mc.keys)) {
		k := mc.keys[i]
		if v, ok := a.model[k]; ok {
			ks, vs = append(ks, k), append(vs, v)
		} else if len(detour) < int(c.B)%64 {
			detour = append(detour, k)
		}
	}
	value := mc.Value(0)
	mc.emit("v[%d] = testkit.Remake(empties[%d], %d, %v, %v, %v, %v)", c.Dst%slotCount, e, c.Val, mc.list(ks), mc.values(vs), mc.list(detour), mc.lit(value))
	var m M
	if !mc.call(func() { m = Remake(mc.Empties[e].Map, int(c.Val), ks, vs, detour, value) }) {
		return
	}
	mc.put(c.Dst, version[K, V, M]{m: m, model: a.model, empty: e})
	if mc.Equal != nil && !mc.Equal(a.m, m) {
		mc.fail("v[%d] is not Equal to the same contents rebuilt", c.A%slotCount)
	}
	if mc.SameShape != nil && a.empty == e && !mc.SameShape(a.m, m) {
		mc.fail("v[%d] has another shape than the same contents rebuilt", c.A%slotCount)
	}
}

// Remake adds the keys ks with the values vs to empty, in one of several ways, and
// adds and deletes those of detour on the way.
func Remake[K, V comparable, M Map[K, V, M, B], B Builder[K, V, M]](empty M, way int, ks []K, vs []V, detour []K, v V) M {
	if way%2 == 0 {
		m := empty
		for i, k := range ks {
			if i < len(detour) {
				m = m.Set(detour[i], v)
			}
			m = m.Set(k, vs[i])
		}
		for _, k := range detour {
			m = m.Set(k, v).Delete(k)
		}
		return m
	}
	b := empty.Builder()
	for _, k := range detour {
		b.Set(k, v)
	}
	if way%4 == 1 {
		b.SetAll(Zip(ks, vs))
	} else {
		for i, k := range ks {
			b.Set(k, vs[i])
		}
	}
	for _, k := range detour {
		b.Delete(k)
	}
	return b.Build()
}

// Zip yields the pairs of ks and vs.
func Zip[K, V any](ks []K, vs []V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for i, k := range ks {
			if !yield(k, vs[i]) {
				return
			}
		}
	}
}

// Inverses yields the inverse of each change.
func Inverses[K, V any](changes iter.Seq[diff.Change[K, V]]) iter.Seq[diff.Change[K, V]] {
	return func(yield func(diff.Change[K, V]) bool) {
		for c := range changes {
			if !yield(c.Inverse()) {
				return
			}
		}
	}
}

func zip[K, V comparable](ks []K, vs []V) Model[K, V] {
	m := Model[K, V]{}
	for k, v := range Zip(ks, vs) {
		m[k] = v
	}
	return m
}

func second[K, V any](_ K, _, b V) V { return b }
