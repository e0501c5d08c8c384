package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// Export writes versions with all that led to them, and the names of branches and tags that stand for them, as one
// stream: a backup, which [Store.Import] reads. Without ids it writes all branches and tags. It may go on while others
// commit: what it writes is as it was when it began.
//
// It holds the addresses of what it has written in memory, 32 bytes for each chunk of about 2 kB.
func (s *Store) Export(ctx context.Context, w io.Writer, ids ...chunk.Addr) error {
	wanted := map[chunk.Addr]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	var refs []chunk.Named
	var from []chunk.Addr
	defer func() {
		for _, id := range from {
			s.guard.unpin(id)
		}
	}()
	for n, err := range s.engine.Refs(ctx, "") {
		if err != nil {
			return fmt.Errorf("store: export: %w", err)
		}
		if len(ids) > 0 && !wanted[n.Target] {
			continue
		}
		if n.Ref, err = s.pinNamed(ctx, n.Name, s.engine.Ref); err != nil {
			return fmt.Errorf("store: export of %s: %w", n.Name, err)
		}
		if n.Revision == 0 {
			continue // it was deleted meanwhile
		}
		from = append(from, n.Target)
		if len(ids) == 0 || wanted[n.Target] {
			refs = append(refs, n)
		}
	}
	for _, id := range ids {
		from = append(from, id)
		if err := s.pin(ctx, id); err != nil {
			return fmt.Errorf("store: export: %w", err)
		}
	}
	p := newPackWriter(w)
	reached := from
	if len(ids) > 0 {
		reached = ids
	}
	err := s.reached(ctx, reached, p.chunk)
	if err == nil {
		err = p.close(refs)
	}
	if err != nil {
		return fmt.Errorf("store: export: %w", err)
	}
	return nil
}

// Import reads what Export wrote, of anybody's: it looks at every chunk before it stores it, and takes nothing from
// what is incomplete. Then it sets the branches and tags of the stream. A branch that exists is moved if the version it
// stands for is one that led to the new one; else, and for a tag that exists and is another, Import returns ErrMoved
// after the rest is done. It returns the names that the stream has. If it fails earlier, no name was changed; what was
// stored stays until a Collect.
func (s *Store) Import(ctx context.Context, r io.Reader) ([]chunk.Named, error) {
	t := s.guard.transferOnAll()
	defer s.guard.end(t)
	in := newImporter(s, t)
	refs, err := readPack(ctx, r, func(c chunk.Chunk) error { return in.add(ctx, c) })
	if err == nil {
		err = in.flush(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("store: import: %w", err)
	}
	for _, n := range refs {
		if err := chunk.CheckName(n.Name); err != nil || !strings.HasPrefix(n.Name, branches) && !strings.HasPrefix(n.Name, tags) {
			return nil, fmt.Errorf("store: import: %q is the name of no branch and no tag: %w", n.Name, ErrDamaged)
		}
		if err := s.whole(ctx, t, n.Target); err != nil {
			return nil, fmt.Errorf("store: import of %s: %w", n.Name, err)
		}
	}
	var moved error
	for _, n := range refs {
		err := s.forward(ctx, n.Name, n.Target, "import")
		if errors.Is(err, ErrMoved) {
			moved = errors.Join(moved, err)
		} else if err != nil {
			return refs, fmt.Errorf("store: import: %w", err)
		}
	}
	return refs, moved
}

// whole fails if a version, which is to be a head, is not there with its data.
func (s *Store) whole(ctx context.Context, t *transfer, id chunk.Addr) error {
	c, err := history.Read(ctx, s.cache, id)
	if err != nil {
		return err
	}
	gone, err := s.missingVersion(ctx, t, id, c.Directory)
	if err == nil && len(gone) > 0 {
		err = fmt.Errorf("version %s has no data: %w", id.Short(), ErrDamaged)
	}
	return err
}

// forward moves a branch to a version that it led to, or makes it; and makes a tag.
func (s *Store) forward(ctx context.Context, name string, to chunk.Addr, why string) error {
	for tries := 0; ; tries++ {
		r, err := s.ref(ctx, name)
		if err != nil {
			return err
		}
		if r.Target == to {
			return nil
		}
		if r.Revision != 0 {
			if strings.HasPrefix(name, tags) {
				return fmt.Errorf("%s is %s, not %s: %w", name, r.Target.Short(), to.Short(), ErrMoved)
			}
			bases, err := history.Bases(ctx, s.cache, r.Target, to)
			if err != nil {
				return err
			}
			if len(bases) == 1 && bases[0].ID == to {
				return nil // it is ahead
			}
			if len(bases) != 1 || bases[0].ID != r.Target {
				return fmt.Errorf("%s is at %s, which did not lead to %s: %w", name, r.Target.Short(), to.Short(), ErrMoved)
			}
		}
		_, err = s.swap(ctx, chunk.Swap{Name: name, Old: r.Revision, Target: to, Time: s.now(), Why: why})
		if !errors.Is(err, ErrMoved) {
			return err
		}
		if err := pause(ctx, tries); err != nil {
			return err
		}
	}
}

// An importer stores chunks of anybody's, children before what refers to them.
type importer struct {
	s      *Store
	t      *transfer
	chunks []chunk.Chunk // not stored yet
	at     map[chunk.Addr]int
	bytes  int
	marks  map[chunk.Addr]bool // commits that are said to be hollow
}

func newImporter(s *Store, t *transfer) *importer {
	return &importer{s: s, t: t, at: map[chunk.Addr]int{}, marks: map[chunk.Addr]bool{}}
}

func (in *importer) Get(ctx context.Context, a chunk.Addr) ([]byte, error) {
	if i, ok := in.at[a]; ok {
		return in.chunks[i].Data, nil
	}
	return in.s.cache.Get(ctx, a)
}

// add takes a chunk, if all that it refers to is there.
func (in *importer) add(ctx context.Context, c chunk.Chunk) error {
	if _, ok := in.at[c.Addr]; ok {
		return nil
	}
	var err error
	switch {
	case isMark(c.Data):
		var id chunk.Addr
		if id, err = history.ParseMark(c.Data); err == nil {
			in.marks[id] = true // it is stored with its commit, if that needs it
			return nil
		}
	case isCommit(c.Data):
		err = in.commit(ctx, c)
	default:
		var children []tree.Child
		if children, err = tree.Children(c.Data); err == nil {
			as := make([]chunk.Addr, len(children))
			for i, x := range children {
				as[i] = x.Addr
			}
			err = in.present(ctx, as)
		}
	}
	if err != nil {
		return fmt.Errorf("chunk %s: %w", c.Addr.Short(), err)
	}
	in.take(c)
	if in.bytes >= 1<<20 {
		return in.flush(ctx)
	}
	return nil
}

func (in *importer) take(c chunk.Chunk) {
	in.at[c.Addr] = len(in.chunks)
	in.chunks = append(in.chunks, c)
	in.bytes += len(c.Data)
}

// commit looks at a commit: its parents are there, it is one younger than the youngest, and its directory is there with
// the parts, or a mark that says that it was collected.
func (in *importer) commit(ctx context.Context, c chunk.Chunk) error {
	n, err := history.Parse(c.Data)
	if err != nil {
		return err
	}
	in.s.guard.relyOnVersion(in.t, n.Parents...)
	if err := in.present(ctx, n.Parents); err != nil {
		return err
	}
	most := uint64(0)
	for _, p := range n.Parents {
		parent, err := history.Read(ctx, in, p)
		if err != nil {
			return err
		}
		most = max(most, parent.Generation)
	}
	if n.Generation != most+1 {
		return fmt.Errorf("generation %d above one of %d: %w", n.Generation, most, ErrDamaged)
	}
	in.s.guard.relyOn(in.t, n.Directory)
	switch err := in.present(ctx, []chunk.Addr{n.Directory}); {
	case errors.Is(err, errHole): // its data were collected where it comes from
		mark := history.Mark(c.Addr)
		if in.marks[c.Addr] {
			delete(in.marks, c.Addr)
			in.take(mark)
			return nil
		}
		if in.present(ctx, []chunk.Addr{mark.Addr}) == nil {
			return nil
		}
		return fmt.Errorf("its directory: %w", err)
	case err != nil:
		return err
	}
	dir, err := readDirectory(ctx, in, n.Directory)
	if err != nil {
		return err
	}
	for name, d := range dir {
		if d.kind == single {
			continue
		}
		if err := in.present(ctx, []chunk.Addr{d.root.Addr}); err != nil {
			return fmt.Errorf("part %q: %w", name, err)
		}
	}
	return nil
}

// errHole: what a chunk refers to is not before it.
var errHole = errors.New("what it refers to is missing")

// present fails with errHole unless all addresses are of chunks that are stored, or about to be.
func (in *importer) present(ctx context.Context, as []chunk.Addr) error {
	var ask []chunk.Addr
	for _, a := range as {
		if _, ok := in.at[a]; !ok {
			ask = append(ask, a)
		}
	}
	if len(ask) == 0 {
		return nil
	}
	gone, err := in.s.missing(ctx, in.t, ask)
	if err == nil && len(gone) > 0 {
		err = fmt.Errorf("%w: %s: %w", errHole, gone[0].Short(), ErrDamaged)
	}
	return err
}

func (in *importer) flush(ctx context.Context) error {
	if len(in.chunks) == 0 {
		return nil
	}
	err := in.s.put(ctx, in.t, in.chunks)
	in.chunks, in.bytes = nil, 0
	clear(in.at)
	return err
}
