package tree

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/ramet-go/ramet/store/chunk"
)

// An Op sets a key, whether or not it is there, or deletes one that is there.
type Op struct {
	Key    []byte
	Value  Value
	Delete bool
}

// A Splice puts Insert in the place of Delete entries that begin at position At.
type Splice struct {
	At, Delete uint64
	Insert     []Value
}

// Edit applies ops, whose keys ascend strictly, to the map r of shape s, and returns the result. The tree r stays as it is, and is
// shared with the result wherever that is the same: a few chunks for each op go to the sink. The result is the tree that Build makes of
// the same entries, byte for byte, if r is such a tree. To delete a key that is not there is an error. An error among the
// ops is returned as it is. The bytes of an op are needed until the next one is asked for, no longer.
//
// It takes O(d log n) time, and memory, for d ops.
func Edit(ctx context.Context, s Shape, from Source, r Root, ops iter.Seq2[Op, error], to Sink) (Root, error) {
	if s.Kind != Map {
		return Root{}, fmt.Errorf("tree: Edit of a tree of kind %d", s.Kind)
	}
	var l edits
	var last []byte
	for o, err := range ops {
		if err == nil && !o.Delete {
			err = s.checkItem(o.Key, o.Value)
		}
		if err == nil && len(l.ops) > 0 && bytes.Compare(last, o.Key) >= 0 {
			err = fmt.Errorf("tree: key %x after key %x", o.Key, last)
		}
		if err != nil {
			return Root{}, err
		}
		last = l.own(o.Key)
		l.begin(op{key: last, byKey: true})
		if !o.Delete {
			l.insert(entry{last, o.Value.Tag, l.own(o.Value.Data), 1})
		}
	}
	return edit(ctx, s, from, r, &l, to)
}

// EditSeq applies splices to the sequence r of shape s, and returns the result. Their positions are those of r. They ascend, and do not
// overlap; they may touch each other. For all else see Edit. What a splice deletes is read.
func EditSeq(ctx context.Context, s Shape, from Source, r Root, splices []Splice, to Sink) (Root, error) {
	if s.Kind != Seq {
		return Root{}, fmt.Errorf("tree: EditSeq of a tree of kind %d", s.Kind)
	}
	var l edits
	end := uint64(0)
	for _, p := range splices {
		if p.At < end || p.At > r.Total || p.Delete > r.Total-p.At {
			return Root{}, fmt.Errorf("tree: a splice of %d entries at %d, where %d to %d are", p.Delete, p.At, end, r.Total)
		}
		end = p.At + p.Delete
		if p.Delete == 0 && len(p.Insert) == 0 {
			continue
		}
		l.begin(op{at: p.At, gone: p.Delete})
		for _, v := range p.Insert {
			if err := s.checkItem(nil, v); err != nil {
				return Root{}, err
			}
			l.insert(entry{nil, v.Tag, v.Data, 1})
		}
	}
	return edit(ctx, s, from, r, &l, to)
}

// An op is an edit of one level: some items come before a place, and some that begin there go. The place is an item of the old level,
// or the end of the level.
type op struct {
	at     uint64 // position of the first entry of the item
	gone   uint64 // the number of items that go
	key    []byte // if byKey, in place of both: the first item whose key is not below key, which goes if its key is key
	byKey  bool
	lo, hi int // the items that come: these entries of the edits
}

// An entry is an item that comes.
type entry struct {
	key     []byte
	tag     byte
	data    []byte
	entries uint64
}

// edits are all the ops of one level, in order, with what they need. They own the bytes of their keys.
type edits struct {
	ops     []op
	entries []entry
	arena   []byte
}

// own returns a copy of b. The copies share large pieces of memory.
func (l *edits) own(b []byte) []byte {
	if len(b) > cap(l.arena)-len(l.arena) {
		l.arena = make([]byte, 0, max(len(b), min(1<<16, 256+2*cap(l.arena))))
	}
	n := len(l.arena)
	l.arena = append(l.arena, b...)
	return l.arena[n:len(l.arena):len(l.arena)]
}

func (l *edits) begin(o op) {
	o.lo, o.hi = len(l.entries), len(l.entries)
	l.ops = append(l.ops, o)
}

func (l *edits) insert(e entry) {
	l.entries = append(l.entries, e)
	l.ops[len(l.ops)-1].hi++
}

// An editor does the levels of one edit, from the leaves to the root. Each level is done by level, whatever it is of.
type editor struct {
	ctx   context.Context
	shape Shape
	from  Source
	to    Sink
	root  chunk.Addr
	cursor
	*splitter

	olds []chunk.Addr // nodes of the run under way that are replaced
	news []made       // what comes in their place, without the bytes; at the level of the root the first may wait for its Put
	made []made       // the newest node of each level
	key  []byte       // buffer
}

func edit(ctx context.Context, s Shape, from Source, r Root, l *edits, to Sink) (Root, error) {
	if err := s.check(); err != nil {
		return Root{}, err
	}
	e := editor{ctx: ctx, shape: s, from: from, to: to, root: r.Addr, cursor: cursor{ctx: ctx, from: from}}
	if err := e.cursor.root(r, s.Kind); err != nil {
		return Root{}, err
	}
	top := e.path[0].Level()
	for level := 0; len(l.ops) > 0; level++ {
		if level > top {
			return e.finish(top)
		}
		var err error
		if l, err = e.level(level, top, l); err != nil {
			return Root{}, err
		}
	}
	return r, nil
}

// level does the ops of one level and returns those of the next one.
//
// It goes to the node with the first op, and feeds a splitter with what becomes of its items, and of those of the nodes to the right, until the
// splitter ends a node exactly where an old one ends: from there on it would make the old nodes again. That is a run.
func (e *editor) level(level, top int, l *edits) (*edits, error) {
	e.made = append(e.made, made{})
	e.splitter = newSplitter(e.shape, level, func(m made) error { return e.emit(m, level == top) })
	e.path = e.path[:1]
	next := &edits{}
	for k := 0; k < len(l.ops); {
		if err := e.goTo(level, &l.ops[k]); err != nil {
			return nil, err
		}
		start := e.top().start
		e.olds, e.news = e.olds[:0], e.news[:0]
		gone := uint64(0)
		for {
			e.olds = append(e.olds, e.addr())
			var err error
			if k, gone, err = e.feed(l, k, gone); err != nil {
				return nil, err
			}
			if e.rightmost() || gone == 0 && e.empty() {
				break
			}
			if err := e.seek(level, e.top().end()); err != nil {
				return nil, err
			}
		}
		if gone > 0 {
			return nil, fmt.Errorf("tree: %d items fewer than an edit deletes", gone)
		}
		if err := e.flush(); err != nil {
			return nil, err
		}
		if slices.EqualFunc(e.olds, e.news, func(a chunk.Addr, m made) bool { return a == m.chunk.Addr }) {
			continue
		}
		next.begin(op{at: start, gone: uint64(len(e.olds))})
		for _, m := range e.news {
			e.key = appendRef(e.key[:0], m.chunk.Addr, m.total)
			next.insert(entry{m.key, inline, next.own(e.key), m.total})
		}
	}
	return next, nil
}

// goTo goes to the node with the place of an op.
func (e *editor) goTo(level int, o *op) error {
	if o.byKey {
		_, err := e.seekKey(o.key)
		return err
	}
	return e.seek(level, o.at)
}

// addr is the address of the node on top.
func (e *editor) addr() chunk.Addr {
	if len(e.path) == 1 {
		return e.root
	}
	f := &e.path[len(e.path)-2]
	return f.child(f.i).Addr
}

// feed feeds the splitter with what becomes of the items of the node on top, where the ops from k on apply, and the first gone items go because
// of an earlier op. It returns what of both is left for the nodes to the right.
func (e *editor) feed(l *edits, k int, gone uint64) (int, uint64, error) {
	n, start, last := &e.top().Node, e.top().start, e.rightmost()
	for i := 0; ; {
		d := int(min(gone, uint64(n.count-i)))
		i, gone = i+d, gone-uint64(d)
		stop, here, fits := n.count, false, true
		if k < len(l.ops) && gone == 0 {
			o := &l.ops[k]
			if o.byKey {
				var found bool
				if stop, found = n.search(o.key); found {
					o.gone = 1
				}
			} else {
				stop, fits = n.place(o.at - start)
			}
			here = stop < n.count || last
			if here && !fits { // all ops begin where items do, if the source gives twice the same
				return k, 0, violated(5, "an edit at %d, within an item", o.at)
			}
			if here && o.byKey && o.gone == 0 && o.lo == o.hi {
				return k, 0, fmt.Errorf("tree: delete of key %x, which is not there", o.key)
			}
		}
		for ; i < stop; i++ {
			if err := e.keep(n, i); err != nil {
				return k, 0, err
			}
		}
		if !here {
			return k, gone, nil
		}
		for _, t := range l.entries[l.ops[k].lo:l.ops[k].hi] {
			if err := e.add(t.key, t.tag, t.data, t.entries); err != nil {
				return k, 0, err
			}
		}
		gone = l.ops[k].gone
		k++
	}
}

// keep feeds an item of an old node.
func (e *editor) keep(n *Node, i int) error {
	if n.kind == uint8(Map) {
		e.key = n.appendKey(e.key[:0], i)
	}
	if n.level > 0 {
		return e.add(e.key, inline, n.raw(i), n.below(i))
	}
	v := n.value(i)
	return e.add(e.key, v.Tag, v.Data, 1)
}

// emit takes a node from the splitter. It stores it, but not yet if it may be the root: a root with one item only is none.
func (e *editor) emit(m made, root bool) error {
	e.made[len(e.made)-1] = m
	if root && len(e.news) == 0 {
		e.news = append(e.news, m)
		return nil
	}
	if root && len(e.news) == 1 {
		if err := put(e.ctx, e.to, e.news[0].chunk); err != nil {
			return err
		}
	}
	if !slices.Contains(e.olds, m.chunk.Addr) {
		if err := put(e.ctx, e.to, m.chunk); err != nil {
			return err
		}
	}
	m.chunk.Data = nil
	e.news = append(e.news, m)
	return nil
}

// finish makes the root of what is at the level where the old root was.
func (e *editor) finish(top int) (Root, error) {
	switch len(e.news) {
	case 0:
		return putEmpty(e.ctx, e.shape, e.to)
	case 1:
		m := e.news[0]
		if top > 0 && m.count == 1 {
			return e.only(m)
		}
		return stored(e.ctx, e.to, Root{m.chunk.Addr, m.total}, m.chunk)
	}
	b := builder{ctx: e.ctx, shape: e.shape, to: e.to, base: top + 1}
	for _, m := range e.news {
		if err := b.refer(0, m); err != nil {
			return Root{}, err
		}
	}
	return b.finish()
}

// only returns the root below m, an inner node with one item: the highest node that is a leaf or has more items.
func (e *editor) only(m made) (Root, error) {
	n, err := Open(m.chunk.Data)
	if err != nil {
		return Root{}, err
	}
	for {
		r := n.child(0)
		var c Node
		if t := e.made[n.level-1]; t.chunk.Addr == r.Addr { // the source need not have it yet
			c, err = Open(t.chunk.Data)
		} else {
			c, err = loadChild(e.ctx, e.from, &n, 0, nil, 0)
		}
		if err != nil {
			return Root{}, err
		}
		if c.level == 0 || c.count > 1 {
			return r, nil
		}
		n = c
	}
}
