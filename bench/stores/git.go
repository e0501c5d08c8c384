package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store"
)

// besideGit measures versions of 10 edits each beside git, which has the same entries in a file of JSON, one to a line and in the
// order of their keys: the form in which it finds what two versions have in common. It does nothing if there is no git.
func besideGit(ctx context.Context, t *table, r *rand.Rand, dir string, n, versions int) error {
	if _, err := exec.LookPath("git"); err != nil {
		fmt.Fprintln(os.Stderr, "no git: its rows are left out")
		return nil
	}
	repo := filepath.Join(dir, "git")
	if err := os.MkdirAll(repo, 0o700); err != nil {
		return err
	}
	git := func(args ...string) error {
		c := exec.CommandContext(ctx, "git", append([]string{"-c", "user.name=b", "-c", "user.email=b@localhost", "-c", "gc.auto=0"}, args...)...)
		c.Dir = repo
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("git %v: %w\n%s", args, err, out)
		}
		return nil
	}
	if err := git("init", "-q"); err != nil {
		return err
	}
	var m hamt.Map[int64, int64]
	for i := range int64(n) {
		m = m.Set(i, int64(r.IntN(1<<30)))
	}
	st, err := store.Open(filepath.Join(dir, "beside-git.ramet"))
	if err != nil {
		return err
	}
	defer st.Close()
	b := store.NewBranch(st, "main", store.HashMap[int64, int64](nil, nil))
	var v *store.Version[hamt.Map[int64, int64]]
	what := fmt.Sprintf("%d entries, %d versions of 10 edits: ", n, versions)
	for range versions {
		if err := t.lap(what+"git commit", 1, func() error {
			if err := writeLines(filepath.Join(repo, "entries.json"), m, n*2); err != nil {
				return err
			}
			if err := git("add", "entries.json"); err != nil {
				return err
			}
			return git("commit", "-q", "-m", "x")
		}); err != nil {
			return err
		}
		if err := t.lap(what+"save", 1, func() (err error) { v, err = b.Commit(ctx, v, m); return err }); err != nil {
			return err
		}
		m = edit(r, m, 10)
	}
	t.add(what+"git's folder", "B", float64(sizeOf(filepath.Join(repo, ".git"))))
	if err := git("gc", "-q", "--prune=now"); err != nil {
		return err
	}
	t.add(what+"git's folder after gc", "B", float64(sizeOf(filepath.Join(repo, ".git"))))
	s, err := st.Stats(ctx)
	t.add(what+"file", "B", float64(s.File))
	return err
}

// writeLines writes the entries with keys below end.
func writeLines(path string, m hamt.Map[int64, int64], end int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	for k := range int64(end) {
		if v, ok := m.Lookup(k); ok {
			line, err := json.Marshal(map[int64]int64{k: v})
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "%s\n", line)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// sizeOf returns the size of all files in a folder.
func sizeOf(dir string) (n int64) {
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return n
}
