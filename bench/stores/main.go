// Command stores measures package store beside what people use to keep a map on disk: bbolt in place, which has one
// version; the whole map as gob or JSON in a file; and git, if it is installed.
//
//	GOWORK=off go run ./stores            1,000,000 entries; a minute
//	GOWORK=off go run ./stores -n 10000   a quick look
package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/vector"
)

func main() {
	n := flag.Int("n", 1_000_000, "entries")
	rounds := flag.Int("rounds", 5, "rounds, of which medians are taken")
	flag.Parse()
	if err := run(*n, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "stores:", err)
		os.Exit(1)
	}
}

// A table collects samples by row.
type table struct {
	rows    []string
	samples map[string][]float64
	units   map[string]string
}

func (t *table) add(row, unit string, x float64) {
	if _, ok := t.samples[row]; !ok {
		t.rows = append(t.rows, row)
	}
	t.samples[row] = append(t.samples[row], x)
	t.units[row] = unit
}

// time adds how long f takes, divided by n, in microseconds, on a heap that was just collected.
func (t *table) time(row string, n int, f func() error) error {
	runtime.GC()
	return t.lap(row, n, f)
}

// lap is time for what takes less than a collection and what it leaves to be swept: collections come when they come.
func (t *table) lap(row string, n int, f func() error) error {
	begin := time.Now()
	err := f()
	t.add(row, "µs", float64(time.Since(begin).Nanoseconds())/1000/float64(n))
	return err
}

func (t *table) median(row string) float64 {
	s := slices.Sorted(slices.Values(t.samples[row]))
	if len(s) == 0 {
		return 0
	}
	return s[len(s)/2]
}

func (t *table) print() {
	for _, r := range t.rows {
		s := slices.Sorted(slices.Values(t.samples[r]))
		fmt.Printf("%-60s %12.4g %-4s  (%.4g to %.4g, %d samples)\n", r, t.median(r), t.units[r], s[0], s[len(s)-1], len(s))
	}
}

func run(n, rounds int) error {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "stores-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	t := &table{samples: map[string][]float64{}, units: map[string]string{}}
	r := rand.New(rand.NewPCG(1, 1))
	var base hamt.Map[int64, int64]
	{
		b := base.Builder()
		for i := range n {
			b.Set(int64(i), int64(r.IntN(1<<30)))
		}
		base = b.Build()
	}
	schema := store.HashMap[int64, int64](nil, nil)
	fmt.Printf("int64 to int64, %d entries; %s, %s/%s, %d cores\n", n, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	for round := range rounds {
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, rounds)
		if err := oneRound(ctx, t, r, filepath.Join(dir, fmt.Sprint(round)), base, schema); err != nil {
			return err
		}
	}
	if err := small(ctx, t, r, dir, schema, rounds); err != nil {
		return err
	}
	if err := vectors(ctx, t, r, dir, n); err != nil {
		return err
	}
	if err := versions(ctx, t, r, dir, base, schema); err != nil {
		return err
	}
	if err := besideGit(ctx, t, r, dir, min(n, 10_000), 100); err != nil {
		return err
	}
	t.print()
	fmt.Println()
	m := t.median
	for _, g := range []struct {
		what      string
		got, goal float64
		least     bool
	}{
		{"chunks per edit ÷ depth, map", m("chunks of 1 edit") / m("depth"), 1.1, false},
		{"chunks per edit ÷ depth, vector", m("vector: chunks of 1 edit") / m("vector: depth"), 1.2, false},
		{"chunk bytes of 1 edit, kB", m("chunk bytes of 1 edit") / 1000, 6, false},
		{"chunk bytes of 1,000 edits, kB", m("chunk bytes of 1000 edits") / 1000, 2200, false},
		{"save of 1 edit ÷ bbolt in place", m("save 1 edit") / m("bbolt in place: 1 edit"), 1.6, false},
		{"gob of the whole ÷ save of 1 edit", m("gob: encode") / m("save 1 edit"), 500, true},
		{"gob of the hamt.Map ÷ save of 1 edit", m("gob of the hamt.Map: encode") / m("save 1 edit"), 500, true},
		{"save of 1,000 edits ÷ bbolt in place", m("save 1000 edits") / m("bbolt in place: 1000 edits"), 3, false},
		{"open and get ÷ the same at 10,000", m("open and get") / m("open and get, 10,000"), 1.5, false},
		{"load by difference after 1 edit, µs", m("load after 1 edit"), 100, false},
		{"load all ÷ gob decode", m("load all") / m("gob: decode"), 1.2, false},
		{"load all ÷ gob decode of the hamt.Map", m("load all") / m("gob of the hamt.Map: decode"), 1.2, false},
		{"stored diff, 1,000 edits apart, ms", m("stored diff, 1000 edits") / 1000, 10, false},
		{"first save ÷ gob encode", m("first save") / m("gob: encode"), 1.2, false},
		{"first save ÷ gob encode of the hamt.Map", m("first save") / m("gob of the hamt.Map: encode"), 1.2, false},
		{"1,000 versions × 10 edits: file, MB", m("1,000 versions: file") / 1e6, 65, false},
		{"pull of 1 edit: chunks", m("pull of 1 edit: chunks"), 5, false},
		{"pull of 1 edit: kB", m("pull of 1 edit: bytes") / 1000, 10, false},
	} {
		met := "met"
		if g.least && g.got < g.goal || !g.least && g.got > g.goal {
			met = "MISSED"
		}
		fmt.Printf("%-40s %10.3g   goal %g  %s\n", g.what, g.got, g.goal, met)
	}
	return nil
}

// edit changes d entries: of ten 7 are updated, 2 inserted, 1 deleted.
func edit(r *rand.Rand, m hamt.Map[int64, int64], d int) hamt.Map[int64, int64] {
	n := m.Len()
	b := m.Builder()
	for i := range d {
		k := int64(r.IntN(n))
		switch {
		case i%10 < 7 || d == 1:
			b.Set(k, int64(r.IntN(1<<30)))
		case i%10 < 9:
			b.Set(int64(n)+k, 1)
		default:
			b.Delete(k)
		}
	}
	return b.Build()
}

func oneRound(ctx context.Context, t *table, r *rand.Rand, dir string, base hamt.Map[int64, int64], schema *store.MapSchema[int64, int64]) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "s.ramet")
	st, err := store.Open(path)
	if err != nil {
		return err
	}
	defer func() { st.Close() }()
	b := store.NewBranch(st, "main", schema)
	var v *store.Version[hamt.Map[int64, int64]]
	if err := t.time("first save", 1, func() (err error) { v, err = b.Commit(ctx, nil, base); return err }); err != nil {
		return err
	}
	first, err := st.Stats(ctx)
	if err != nil {
		return err
	}
	t.add("size of the chunks", "B", float64(first.Bytes))
	t.add("size of the file", "B", float64(first.File))
	if err := depth(ctx, t, "depth", st, v.ID()); err != nil {
		return err
	}

	// The whole, in other forms: the map itself, and a built-in one with the same entries.
	var own bytes.Buffer
	if err := t.time("gob of the hamt.Map: encode", 1, func() error { return gob.NewEncoder(&own).Encode(base) }); err != nil {
		return err
	}
	if err := t.time("gob of the hamt.Map: decode", 1, func() error {
		var back hamt.Map[int64, int64]
		return gob.NewDecoder(bytes.NewReader(own.Bytes())).Decode(&back)
	}); err != nil {
		return err
	}
	plain := map[int64]int64{}
	for k, v := range base.All() {
		plain[k] = v
	}
	var g, j bytes.Buffer
	if err := t.time("gob: encode", 1, func() error { return gob.NewEncoder(&g).Encode(plain) }); err != nil {
		return err
	}
	if err := t.time("gob: decode", 1, func() error {
		back := map[int64]int64{}
		return gob.NewDecoder(bytes.NewReader(g.Bytes())).Decode(&back)
	}); err != nil {
		return err
	}
	if err := t.time("JSON: encode", 1, func() error { return json.NewEncoder(&j).Encode(plain) }); err != nil {
		return err
	}
	if err := t.time("JSON: decode", 1, func() error {
		back := map[int64]int64{}
		return json.Unmarshal(j.Bytes(), &back)
	}); err != nil {
		return err
	}
	if err := t.time("gob: encode and write", 1, func() error { return writeSynced(filepath.Join(dir, "gob"), plain) }); err != nil {
		return err
	}

	db, err := bolt.Open(filepath.Join(dir, "inplace.db"), 0o600, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	bucket := []byte("b")
	put := func(ks, vs []int64) error {
		return db.Update(func(tx *bolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists(bucket)
			for i := range ks {
				if err == nil {
					err = b.Put(binary.BigEndian.AppendUint64(nil, uint64(ks[i])), binary.AppendVarint(nil, vs[i]))
				}
			}
			return err
		})
	}
	if err := t.time("bbolt in place: first", 1, func() error {
		var ks, vs []int64
		for k := range int64(base.Len()) {
			ks, vs = append(ks, k), append(vs, plain[k])
		}
		return put(ks, vs)
	}); err != nil {
		return err
	}

	// Edits, in turn with bbolt.
	now := base
	for _, of := range []struct{ edits, times int }{{1, 40}, {10, 20}, {1000, 5}} {
		for range of.times {
			next := edit(r, now, of.edits)
			if err := t.lap(fmt.Sprintf("save %d edits", of.edits), 1, func() (err error) { v, err = b.Commit(ctx, v, next); return err }); err != nil {
				return err
			}
			now = next
			var ks, vs []int64
			for range of.edits {
				ks, vs = append(ks, int64(r.IntN(base.Len()))), append(vs, int64(r.IntN(1<<30)))
			}
			if err := t.lap(fmt.Sprintf("bbolt in place: %d edits", of.edits), 1, func() error { return put(ks, vs) }); err != nil {
				return err
			}
		}
		before, err := st.Stats(ctx)
		if err != nil {
			return err
		}
		next := edit(r, now, of.edits)
		if v, err = b.Commit(ctx, v, next); err != nil {
			return err
		}
		now = next
		after, err := st.Stats(ctx)
		if err != nil {
			return err
		}
		s := ""
		if of.edits > 1 {
			s = "s"
		}
		own := float64(2) // the commit and the directory
		t.add(fmt.Sprintf("chunks of %d edit%s", of.edits, s), "", float64(after.Chunks-before.Chunks)-own)
		t.add(fmt.Sprintf("chunk bytes of %d edit%s", of.edits, s), "B", float64(after.Bytes-before.Bytes))
		t.rename("save 1 edits", "save 1 edit")
		t.rename("bbolt in place: 1 edits", "bbolt in place: 1 edit")
	}

	// Reads.
	if err := t.time("load all", 1, func() error {
		w, err := store.At(ctx, st, v.ID(), schema)
		if err == nil {
			_, err = w.Load(ctx)
		}
		return err
	}); err != nil {
		return err
	}
	if _, err := v.Load(ctx); err != nil {
		return err
	}
	reader := store.NewBranch(st, "main", schema) // which has the version before in memory
	if old, err := reader.Head(ctx); err != nil {
		return err
	} else if _, err := old.Load(ctx); err != nil {
		return err
	}
	for range 20 {
		w, err := b.Commit(ctx, v, edit(r, now, 1))
		if err != nil {
			return err
		}
		if now, err = w.Load(ctx); err != nil {
			return err
		}
		head, err := reader.Head(ctx)
		if err != nil {
			return err
		}
		if err := t.lap("load after 1 edit", 1, func() error { _, err := head.Load(ctx); return err }); err != nil {
			return err
		}
		v = w
	}
	apart := edit(r, now, 1000)
	w, err := b.Commit(ctx, v, apart)
	if err != nil {
		return err
	}
	for range 3 {
		if err := t.time("stored diff, 1000 edits", 1, func() error {
			for _, err := range schema.Diff(ctx, v.Part(""), w.Part("")) {
				if err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	other := store.Memory()
	if err := other.Pull(ctx, st); err != nil {
		return err
	}
	before, err := other.Stats(ctx)
	if err != nil {
		return err
	}
	if _, err := b.Commit(ctx, w, edit(r, apart, 1)); err != nil {
		return err
	}
	if err := t.lap("pull of 1 edit", 1, func() error { return other.Pull(ctx, st) }); err != nil {
		return err
	}
	after, err := other.Stats(ctx)
	if err != nil {
		return err
	}
	t.add("pull of 1 edit: chunks", "", float64(after.Chunks-before.Chunks)-2)
	t.add("pull of 1 edit: bytes", "B", float64(after.Bytes-before.Bytes))
	if err := st.Close(); err != nil {
		return err
	}
	return opened(ctx, t, "open and get", path, schema, int64(base.Len()))
}

func (t *table) rename(from, to string) {
	if s, ok := t.samples[from]; ok {
		delete(t.samples, from)
		if i := slices.Index(t.rows, from); i >= 0 {
			t.rows = slices.Delete(t.rows, i, i+1)
		}
		for _, x := range s {
			t.add(to, t.units[from], x)
		}
	}
}

// depth adds how deep the only part of a version is.
func depth(ctx context.Context, t *table, row string, st *store.Store, id chunk.Addr) error {
	parts, err := st.Parts(ctx, id)
	if err == nil {
		t.add(row, "", float64(parts[0].Depth))
	}
	return err
}

func writeSynced(path string, x any) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := gob.NewEncoder(f).Encode(x); err != nil {
		return err
	}
	return f.Sync()
}

// opened measures opening a file and reading one entry.
func opened(ctx context.Context, t *table, row, path string, schema *store.MapSchema[int64, int64], n int64) error {
	for i := range int64(10) {
		if err := t.lap(row, 1, func() error {
			st, err := store.Open(path, store.ReadOnly())
			if err != nil {
				return err
			}
			defer st.Close()
			v, err := store.NewBranch(st, "main", schema).Head(ctx)
			if err != nil {
				return err
			}
			_, _, err = schema.View(v.Part("")).Lookup(ctx, i*n/11)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// small measures what must not depend on the size at 10,000 entries.
func small(ctx context.Context, t *table, r *rand.Rand, dir string, schema *store.MapSchema[int64, int64], rounds int) error {
	path := filepath.Join(dir, "small.ramet")
	st, err := store.Open(path)
	if err != nil {
		return err
	}
	var m hamt.Map[int64, int64]
	b := m.Builder()
	for i := range int64(10_000) {
		b.Set(i, int64(r.IntN(1<<30)))
	}
	if _, err := store.NewBranch(st, "main", schema).Commit(ctx, nil, b.Build()); err != nil {
		return err
	}
	if err := st.Close(); err != nil {
		return err
	}
	for range rounds {
		if err := opened(ctx, t, "open and get, 10,000", path, schema, 10_000); err != nil {
			return err
		}
	}
	return nil
}

// vectors measures edits of a vector.
func vectors(ctx context.Context, t *table, r *rand.Rand, dir string, n int) error {
	st, err := store.Open(filepath.Join(dir, "vector.ramet"))
	if err != nil {
		return err
	}
	defer st.Close()
	var v vector.Vector[int64]
	vb := v.Builder()
	for range n {
		vb.Append(int64(r.IntN(1 << 30)))
	}
	v = vb.Build()
	b := store.NewBranch(st, "main", store.Vector[int64](nil))
	head, err := b.Commit(ctx, nil, v)
	if err != nil {
		return err
	}
	if err := depth(ctx, t, "vector: depth", st, head.ID()); err != nil {
		return err
	}
	for i := range 60 {
		before, err := st.Stats(ctx)
		if err != nil {
			return err
		}
		at := r.IntN(v.Len())
		if i%2 == 0 {
			v = v.Insert(at, int64(i))
		} else {
			v = v.Set(at, int64(i))
		}
		if head, err = b.Commit(ctx, head, v); err != nil {
			return err
		}
		after, err := st.Stats(ctx)
		if err != nil {
			return err
		}
		t.add("vector: chunks of 1 edit", "", float64(after.Chunks-before.Chunks)-2)
		t.add("vector: chunk bytes of 1 edit", "B", float64(after.Bytes-before.Bytes))
	}
	return nil
}

// versions makes 1,000 versions of 10 edits each.
func versions(ctx context.Context, t *table, r *rand.Rand, dir string, m hamt.Map[int64, int64], schema *store.MapSchema[int64, int64]) error {
	path := filepath.Join(dir, "versions.ramet")
	st, err := store.Open(path)
	if err != nil {
		return err
	}
	defer st.Close()
	b := store.NewBranch(st, "main", schema)
	v, err := b.Commit(ctx, nil, m)
	if err != nil {
		return err
	}
	if err := t.time("1,000 versions: a save of 10 edits", 1000, func() error {
		for range 1000 {
			m = edit(r, m, 10)
			if v, err = b.Commit(ctx, v, m); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	s, err := st.Stats(ctx)
	if err != nil {
		return err
	}
	t.add("1,000 versions: file", "B", float64(info.Size()))
	t.add("1,000 versions: chunks", "B", float64(s.Bytes))
	return nil
}
