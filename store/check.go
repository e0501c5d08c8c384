package store

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// A Problem is something that Check has found.
type Problem struct {
	Ref       string     // the branch or tag that leads there, as "heads/main"; "": none
	Version   chunk.Addr // that has it; zero: none
	Part      string
	Chunk     chunk.Addr // that is wrong, or missing; zero: it is the file
	Invariant int        // which of those in the package's documentation of the formats; 0: it cannot be read
	Err       error
}

// String says it in one line.
func (p Problem) String() string {
	s := "chunk " + p.Chunk.String()
	if p.Chunk.IsZero() {
		s = "the file"
	}
	if p.Part != "" {
		s = fmt.Sprintf("part %q, %s", p.Part, s)
	}
	if !p.Version.IsZero() {
		s = "version " + p.Version.Short() + ", " + s
	}
	if p.Ref != "" {
		s = p.Ref + ", " + s
	}
	if p.Invariant > 0 {
		s = fmt.Sprintf("%s, invariant %d", s, p.Invariant)
	}
	return fmt.Sprintf("%s: %v", s, p.Err)
}

// Check reads the whole store and yields what is wrong: chunks whose bytes are not those of their addresses, trees that
// are not as they should be, versions that lead to what is not there, and signs that a damaged file has lost its last
// commit. Each chunk is looked at once. It goes on after a problem; an error means that it could not go on, and is the
// last.
func (s *Store) Check(ctx context.Context) iter.Seq2[Problem, error] {
	return func(yield func(Problem, error) bool) {
		c := checker{s: s, src: newCache(s.engine, s.cache.limit), yield: yield, seen: map[chunk.Addr]struct{}{}}
		err := c.engine(ctx)
		if err == nil {
			err = c.chunks(ctx)
		}
		if err == nil {
			err = c.refs(ctx)
		}
		if err != nil && !errors.Is(err, errStop) {
			yield(Problem{}, err)
		}
	}
}

// errStop: the loop that Check is ranged over in has ended.
var errStop = errors.New("stop")

type checker struct {
	s     *Store
	src   tree.Source
	yield func(Problem, error) bool
	seen  map[chunk.Addr]struct{}
}

func (c *checker) report(p Problem) error {
	if !c.yield(p, nil) {
		return errStop
	}
	return nil
}

// ends tells whether an error ends the check: the context has ended, or the store is closed.
func ends(ctx context.Context, err error) bool { return ctx.Err() != nil || errors.Is(err, ErrClosed) }

// engine asks the engine whether it has lost something, as far as it can tell.
func (c *checker) engine(ctx context.Context) error {
	e, ok := c.s.engine.(interface {
		Doubt(ctx context.Context) error
	})
	if !ok {
		return nil
	}
	err := e.Doubt(ctx)
	if errors.Is(err, ErrDamaged) && !ends(ctx, err) {
		return c.report(Problem{Err: err})
	}
	return err
}

// chunks looks at the bytes of all chunks, of those also that nothing leads to.
func (c *checker) chunks(ctx context.Context) error {
	for a, err := range c.s.engine.Addrs(ctx) {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := c.src.Get(ctx, a)
		if err == nil {
			err = parses(data)
		}
		if err != nil {
			if ends(ctx, err) {
				return err
			}
			if err := c.report(Problem{Chunk: a, Invariant: 1, Err: err}); err != nil {
				return err
			}
		}
	}
	return nil
}

// parses fails if a chunk is of no known kind, or not as those of its kind are.
func parses(data []byte) error {
	if isCommit(data) {
		_, err := history.Parse(data)
		return err
	}
	if isMark(data) {
		_, err := history.ParseMark(data)
		return err
	}
	_, err := tree.Children(data)
	return err
}

// refs looks at what branches and tags lead to.
func (c *checker) refs(ctx context.Context) error {
	commits := map[chunk.Addr]bool{}
	for n, err := range c.s.engine.Refs(ctx, "") {
		if err != nil {
			return err
		}
		head := true // whose data are there
		todo := []chunk.Addr{n.Target}
		for len(todo) > 0 {
			id := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if commits[id] && !head {
				continue
			}
			again := commits[id]
			commits[id] = true
			got, err := history.Read(ctx, c.src, id)
			if err != nil {
				if ends(ctx, err) {
					return err
				}
				if err := c.report(Problem{Ref: n.Name, Chunk: id, Invariant: 10, Err: err}); err != nil {
					return err
				}
				head = false
				continue
			}
			if err := c.version(ctx, n.Name, history.Node{ID: id, Commit: got}, head); err != nil {
				return err
			}
			if head = false; !again {
				todo = append(todo, got.Parents...)
			}
			if err := c.generation(ctx, n.Name, id, got); err != nil {
				return err
			}
		}
	}
	return nil
}

// generation looks whether a commit is one younger than its youngest parent, which what walks the history relies on.
func (c *checker) generation(ctx context.Context, ref string, id chunk.Addr, got history.Commit) error {
	most := uint64(0)
	for _, p := range got.Parents {
		parent, err := history.Read(ctx, c.src, p)
		if err != nil {
			return nil // reported where it is visited
		}
		most = max(most, parent.Generation)
	}
	if got.Generation == most+1 {
		return nil
	}
	return c.report(Problem{Ref: ref, Version: id, Chunk: id, Invariant: 10, Err: fmt.Errorf("generation %d above one of %d: %w", got.Generation, most, ErrDamaged)})
}

// version looks at the data of a version. They may have been collected, unless it is a head.
func (c *checker) version(ctx context.Context, ref string, n history.Node, head bool) error {
	problem := Problem{Ref: ref, Version: n.ID, Chunk: n.Directory}
	if !head {
		switch err := c.s.data(ctx, n.ID, n.Directory); {
		case errors.Is(err, ErrCollected):
			return nil
		case errors.Is(err, ErrMissing):
			problem.Invariant, problem.Err = 11, err
			return c.report(problem)
		case err != nil:
			return err
		}
	}
	if _, ok := c.seen[n.Directory]; ok {
		return nil
	}
	dir, err := readDirectory(ctx, c.src, n.Directory)
	if err != nil {
		if ends(ctx, err) {
			return err
		}
		if problem.Err = err; head {
			problem.Invariant = 11
		}
		return c.report(problem)
	}
	root, err := rootAt(ctx, c.src, n.Directory)
	if err != nil {
		return err
	}
	if err := c.tree(ctx, directoryShape, root, problem); err != nil {
		return err
	}
	for _, name := range dir.names() {
		d := dir[name]
		if d.kind == single {
			continue
		}
		problem.Part = name
		if err := c.tree(ctx, d.shape, d.root, problem); err != nil {
			return err
		}
	}
	return nil
}

// tree looks at a tree, and not at what it shares with others that were looked at.
func (c *checker) tree(ctx context.Context, s tree.Shape, r tree.Root, at Problem) error {
	skip := func(a chunk.Addr) bool {
		_, ok := c.seen[a]
		c.seen[a] = struct{}{}
		return ok
	}
	for p := range tree.Check(ctx, s, c.src, r, skip) {
		if ends(ctx, p.Err) {
			return p.Err
		}
		at.Chunk, at.Invariant, at.Err = p.Addr, p.Invariant, p.Err
		if err := c.report(at); err != nil {
			return err
		}
	}
	return nil
}

// Check loads the version as far as it is stored, encodes it again and compares: so it finds codecs that are not
// deterministic, which Store.Check cannot see. It needs the memory of the value.
func (v *Version[T]) Check(ctx context.Context) error {
	defer v.st.guard.unpin(v.id)
	if err := v.pin(ctx); err != nil {
		return err
	}
	dir, err := v.directory(ctx)
	if err != nil {
		return err
	}
	t, err := load(ctx, v.st.cache, v.parts, dir, nil)
	if err != nil {
		return fmt.Errorf("store: version %s: %w", v.id.Short(), err)
	}
	for _, p := range v.parts {
		d, ok := dir[p.name]
		if !ok {
			continue
		}
		again, err := p.part.save(ctx, v.st.newBatch(), &d, nil, p.at(&t))
		if err != nil {
			return fmt.Errorf("store: version %s: part %q: %w", v.id.Short(), p.name, err)
		}
		if !again.same(d) {
			return fmt.Errorf("store: version %s: part %q is stored otherwise when it is stored again, so a codec is not deterministic or has changed: %w", v.id.Short(), p.name, ErrCodec)
		}
	}
	return nil
}
