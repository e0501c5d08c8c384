package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/storefile"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

// A journal keeps a past in a file of package store, where it outlives the program. Each moment is a version, with what
// led to it as its message, made from the moment before. What is undone is not taken away: the branch "list" is reset
// to the version before.
//
//	list       the moment that is now
//	redo       the last of those that can be redone, if there are any
//	undone/N   the end of what was undone before something else was done, which moment N is
//
// A journal is for one goroutine at a time.
type journal struct {
	path  string
	st    *store.Store
	list  *store.Branch[stored]
	kept  map[int]keptMoment                // by number
	heads map[string]*store.Version[stored] // of the branches
	doubt bool                              // whether they are as heads says, since a write has failed
	keeps int                               // how often something was kept
	ctx   context.Context                   // ends when the journal is closed
	end   func()
}

type keptMoment struct {
	state   state // which Replace may have changed since
	version *store.Version[stored]
}

const (
	listBranch   = "list"
	redoBranch   = "redo"
	undonePrefix = "undone/"
)

// told is an action of an earlier run, of which the file has what it is called.
type told string

func (told) apply(s state) state { return s }
func (t told) String() string    { return string(t) }

// openJournal opens the file, or makes one, and returns the past that it has.
func openJournal(path string) (*journal, past, error) {
	st, err := store.Open(path)
	if err != nil {
		return nil, past{}, storefile.Error(path, err)
	}
	j, p, err := newJournal(path, st)
	if err != nil {
		st.Close()
		return nil, past{}, storefile.Error(path, err)
	}
	return j, p, nil
}

// newJournal returns the journal in a store, and the past that it has.
func newJournal(path string, st *store.Store) (*journal, past, error) {
	j := &journal{path: path, st: st, list: store.NewBranch(st, listBranch, schema), kept: map[int]keptMoment{}}
	j.ctx, j.end = context.WithCancel(context.Background())
	p, err := j.read(context.Background())
	return j, p, err
}

// close ends the use of the file. What was kept is on disk already.
func (j *journal) close() {
	if j != nil {
		j.end()
		j.st.Close()
	}
}

// read returns the past that the file has. Versions are loaded by their difference to the one before.
func (j *journal) read(ctx context.Context) (past, error) {
	if err := j.readHeads(ctx); err != nil {
		return past{}, err
	}
	names := []string{listBranch, redoBranch} // the line to what is now comes first: the others begin there
	for name := range j.heads {
		if strings.HasPrefix(name, undonePrefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names[2:])
	now := j.heads[listBranch]
	if now == nil {
		return newPast(state{}), nil
	}
	r := reader{j: j, at: map[chunk.Addr]*node{}, tree: tree{nodes: map[int]*node{}}}
	for _, name := range names {
		if v := j.heads[name]; v != nil {
			if err := r.add(ctx, v); err != nil {
				return past{}, err
			}
		}
	}
	r.tree.sort()
	at := r.at[now.ID()]
	end := at
	if redo := j.heads[redoBranch]; redo != nil {
		if n := r.at[redo.ID()]; n != nil && n.isAfter(at) {
			end = n
		}
	}
	return r.tree.standing(at, end), nil
}

// readHeads finds what the branches stand for.
func (j *journal) readHeads(ctx context.Context) error {
	j.heads = map[string]*store.Version[stored]{}
	for h, err := range j.st.Heads(ctx) {
		if err != nil {
			return err
		}
		if h.Name == listBranch || h.Name == redoBranch || strings.HasPrefix(h.Name, undonePrefix) {
			v, err := j.list.At(ctx, h.ID)
			if err != nil {
				return err
			}
			j.heads[h.Name] = v
		}
	}
	return nil
}

// A reader makes a tree of the versions in a file.
type reader struct {
	j    *journal
	at   map[chunk.Addr]*node // by the address of the version
	tree tree
}

// add adds the versions that lead to v, up to one that is there. Of the first line, which goes to what is now, so many
// are read as can be undone; what branches off before that is left out.
func (r *reader) add(ctx context.Context, v *store.Version[stored]) error {
	var line []*store.Version[stored] // newest first
	var before *node
	gone := false
	for len(line) <= undoSteps {
		if before = r.at[v.ID()]; before != nil {
			break
		}
		if _, err := v.Load(ctx); errors.Is(err, store.ErrCollected) {
			gone = true // somebody has collected the file: this far it can be undone
			break
		} else if err != nil {
			return err
		}
		line = append(line, v)
		parents := v.Parents()
		if len(parents) == 0 {
			break
		}
		var err error
		if v, err = r.j.list.At(ctx, parents[0]); err != nil {
			return err
		}
	}
	if len(line) == 0 && before == nil {
		return fmt.Errorf("what is now has been collected: %w", store.ErrCollected)
	}
	if r.tree.root != nil && before == nil {
		return nil
	}
	for _, v := range slices.Backward(line) {
		m, err := r.moment(ctx, v)
		if err != nil {
			return err
		}
		if before != nil {
			before = r.tree.add(before, m)
		} else {
			if gone {
				m.by = told(m.label() + ", and what was before it is gone")
			}
			before = &node{moment: m}
			r.tree.root, r.tree.nodes[m.n] = before, before
		}
		r.at[v.ID()] = before
	}
	return nil
}

// moment returns a version as a moment.
func (r *reader) moment(ctx context.Context, v *store.Version[stored]) (moment, error) {
	value, err := v.Load(ctx)
	if err != nil {
		return moment{}, err
	}
	m := moment{n: value.step, state: value.state(), by: told(clean(v.Message()))}
	if err := m.state.check(); err != nil {
		return m, fmt.Errorf("version %s: %w", v.ID().Short(), err)
	}
	if len(v.Parents()) == 0 {
		m.by = nil
	}
	if _, taken := r.tree.nodes[m.n]; taken { // a moment that was replaced, and whose end a crash has left
		m.n = r.tree.newest() + 1
	}
	r.j.kept[m.n] = keptMoment{m.state, v}
	return m, nil
}

// keep writes what the file does not have of a past, and then gives up what it has too much. That this went wrong is no failure to keep the
// past: it is untidy.
func (j *journal) keep(p past) (untidy, err error) {
	ctx := context.Background()
	if j.doubt {
		if err := j.readHeads(ctx); err != nil {
			return nil, storefile.Error(j.path, err)
		}
	}
	err = j.write(ctx, p)
	if j.doubt = err != nil; err == nil {
		untidy = j.tidy(j.ctx)
	}
	return untidy, storefile.Error(j.path, err)
}

// write commits the moments that are new, and then makes the branches stand for what they are to: first those that
// something is reached by, and last those that nothing is. So whatever happens in between, every moment is there.
func (j *journal) write(ctx context.Context, p past) error {
	want := map[string]*store.Version[stored]{}
	first := true
	for end := range ends(p) {
		v, err := j.commitLine(ctx, end)
		if err != nil {
			return err
		}
		if !first {
			want[undonePrefix+strconv.Itoa(end.Now().n)] = v
		} else if p.RedoLen() > 0 {
			want[redoBranch] = v
		}
		first = false
	}
	for name, v := range want {
		if err := j.reset(ctx, name, v); err != nil {
			return err
		}
	}
	if err := j.reset(ctx, listBranch, j.kept[p.Now().n].version); err != nil {
		return err
	}
	for name := range j.heads {
		if want[name] == nil && name != listBranch {
			if err := j.reset(ctx, name, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// ends yields a past where there is nothing to redo, and so its branches, and theirs.
func ends(p past) iter.Seq[past] {
	return func(yield func(past) bool) {
		var each func(p past) bool
		each = func(p past) bool {
			end, _ := p.Jump(p.RedoLen())
			if !yield(end) {
				return false
			}
			for b := range p.Branches() {
				if !each(b) {
					return false
				}
			}
			return true
		}
		each(p)
	}
}

// commitLine commits the moments that lead to what p is now, as far as they are new, and returns the version of the
// last.
func (j *journal) commitLine(ctx context.Context, p past) (*store.Version[stored], error) {
	var fresh []moment // newest first
	var on *store.Version[stored]
	look := func(m moment) bool {
		k, ok := j.kept[m.n]
		if ok && k.state == m.state {
			on = k.version
			return false
		}
		fresh = append(fresh, m)
		return true
	}
	if look(p.Now()) {
		for m := range p.Past() {
			if !look(m) {
				break
			}
		}
	}
	for _, m := range slices.Backward(fresh) {
		v, err := j.commit(ctx, on, m)
		if err != nil {
			return nil, err
		}
		j.kept[m.n] = keptMoment{m.state, v}
		on = v
	}
	return on, nil
}

// commit makes a version of a moment on top of another, or, if on is nil, the first one. If the list is not at on, it
// is made on a branch of its own.
func (j *journal) commit(ctx context.Context, on *store.Version[stored], m moment) (*store.Version[stored], error) {
	name, branch := listBranch, j.list
	if list := j.heads[listBranch]; list != on && (list == nil || on == nil || on.ID() != list.ID()) {
		name = undonePrefix + strconv.Itoa(m.n)
		branch = store.NewBranch(j.st, name, schema)
		if err := j.reset(ctx, name, on); err != nil {
			return nil, err
		}
	}
	v, err := branch.Commit(ctx, on, storedOf(m), store.Message(m.label()))
	if err == nil {
		j.heads[name] = v
	}
	return v, err
}

// reset makes a branch stand for a version; nil: there is to be no such branch.
func (j *journal) reset(ctx context.Context, name string, v *store.Version[stored]) error {
	old := j.heads[name]
	switch {
	case old == v, old != nil && v != nil && old.ID() == v.ID():
		return nil
	case v == nil:
		err := j.st.Delete(ctx, name)
		if err == nil {
			delete(j.heads, name)
		}
		return err
	}
	err := store.NewBranch(j.st, name, schema).Reset(ctx, old, v)
	if err == nil {
		j.heads[name] = v
	}
	return err
}
