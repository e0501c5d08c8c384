package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"

	"github.com/ramet-go/ramet/store/chunk"
)

// made returns a file with a name and some chunks in it.
func made(t testing.TB) (path string, cs []chunk.Chunk) {
	path = filepath.Join(t.TempDir(), "store")
	e, err := Open(path, Options{noSync: true})
	require.NoError(t, err)
	for n := range 200 {
		cs = append(cs, chunk.Of(fmt.Append(bytes.Repeat([]byte{byte(n)}, 700), n)))
	}
	_, err = e.Commit(context.Background(), cs, chunk.Swap{Name: "main", Target: cs[0].Addr, Time: time.Unix(1, 2)})
	require.NoError(t, err)
	require.NoError(t, e.Close())
	return path, cs
}

func TestOpenWhatIsNoStore(t *testing.T) {
	good, _ := made(t)
	whole, err := os.ReadFile(good)
	require.NoError(t, err)
	otherBolt := filepath.Join(t.TempDir(), "other")
	db, err := bbolt.Open(otherBolt, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("etcd")); return err }))
	require.NoError(t, db.Close())
	other, err := os.ReadFile(otherBolt)
	require.NoError(t, err)
	version := bytes.Clone(whole)
	for _, page := range []int{0, os.Getpagesize()} {
		binary.NativeEndian.PutUint32(version[page+20:], 99)
	}
	sums := bytes.Clone(whole)
	for _, page := range []int{0, os.Getpagesize()} {
		sums[page+16+40] ^= 1
	}
	for name, test := range map[string]struct {
		content []byte
		want    error
	}{
		"empty":                  {nil, chunk.ErrFormat},
		"one byte":               {[]byte("x"), chunk.ErrFormat},
		"text":                   {bytes.Repeat([]byte("no store\n"), 1000), chunk.ErrFormat},
		"zeros":                  {make([]byte, 1<<16), chunk.ErrFormat},
		"another file of bbolt":  {other, chunk.ErrFormat},
		"another version of it":  {version, chunk.ErrFormat},
		"both sums are wrong":    {sums, chunk.ErrDamaged},
		"the first 100 bytes":    {whole[:100], chunk.ErrDamaged},
		"the first page":         {whole[:os.Getpagesize()], chunk.ErrDamaged},
		"the first two pages":    {whole[:2*os.Getpagesize()], chunk.ErrDamaged},
		"the first ten pages":    {whole[:10*os.Getpagesize()], chunk.ErrDamaged},
		"half":                   {whole[:len(whole)/2], chunk.ErrDamaged},
		"half a page too little": {whole[:sizeInUse(t, good)-100], chunk.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file")
			require.NoError(t, os.WriteFile(path, test.content, 0o600))
			for _, readOnly := range []bool{false, true} {
				_, err := Open(path, Options{ReadOnly: readOnly})
				assert.ErrorIs(t, err, test.want)
				assert.Equal(t, 1, strings.Count(err.Error(), path), "%v", err)
				assert.Equal(t, len(test.content) == 0, strings.Contains(err.Error(), "is empty"))
				now, err := os.ReadFile(path)
				require.NoError(t, err)
				assert.True(t, bytes.Equal(test.content, now), "the file was changed")
			}
			// Nobody has it locked, and nothing was left.
			f, err := bbolt.Open(filepath.Join(t.TempDir(), "x"), 0o600, nil)
			require.NoError(t, err)
			require.NoError(t, f.Close())
			assertAlone(t, path)
			require.NoError(t, os.WriteFile(path, whole, 0o600))
			e, err := Open(path, Options{LockTimeout: -1})
			require.NoError(t, err)
			require.NoError(t, e.Close())
		})
	}
}

// sizeInUse returns how much of a file bbolt counts as its own.
func sizeInUse(t testing.TB, path string) (size int64) {
	db, err := bbolt.Open(path, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.View(func(tx *bbolt.Tx) error { size = tx.Size(); return nil }))
	require.NoError(t, db.Close())
	return size
}

// assertAlone fails if there is something else in the folder of a file.
func assertAlone(t testing.TB, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	for _, entry := range entries {
		assert.Equal(t, filepath.Base(path), entry.Name())
	}
}

func TestOpenWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	_, err := Open(dir, Options{})
	assert.ErrorIs(t, err, chunk.ErrFormat)
	_, err = Open(filepath.Join(dir, "none", "store"), Options{})
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = Open(filepath.Join(dir, "store"), Options{ReadOnly: true})
	assert.ErrorIs(t, err, fs.ErrNotExist)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, entries)
}

func TestOpenAnotherFormat(t *testing.T) {
	path, _ := made(t)
	db, err := bbolt.Open(path, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte(meta)).Put([]byte(formatKey), []byte("2")) }))
	require.NoError(t, db.Close())
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = Open(path, Options{})
	assert.ErrorIs(t, err, chunk.ErrFormat)
	assert.ErrorContains(t, err, `"2"`)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(before, after))
}

// A chunk, or an entry of the log, of a form that a later version of the program writes is neither damage nor nothing.
func TestOtherForms(t *testing.T) {
	path, cs := made(t)
	db, err := bbolt.Open(path, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(logs))
		key, value := b.Cursor().First()
		value = append([]byte{1}, value[1:]...)
		if err := b.Put(key, value); err != nil {
			return err
		}
		b = tx.Bucket([]byte(chunks))
		if err := b.Put(cs[1].Addr[:], nil); err != nil {
			return err
		}
		return b.Put(cs[0].Addr[:], append([]byte{1}, cs[0].Data...))
	}))
	require.NoError(t, db.Close())
	e, err := Open(path, Options{noSync: true})
	require.NoError(t, err)
	defer e.Close()
	_, err = e.Get(t.Context(), cs[0].Addr)
	assert.ErrorIs(t, err, chunk.ErrFormat)
	_, err = e.Get(t.Context(), cs[1].Addr)
	assert.ErrorIs(t, err, chunk.ErrDamaged)
	for _, err := range e.Log(t.Context(), "") {
		assert.ErrorIs(t, err, chunk.ErrFormat)
	}
}

func TestReadOnly(t *testing.T) {
	ctx := t.Context()
	path, cs := made(t)
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path+collectSuffix, nil, 0o600))
	require.NoError(t, os.Chmod(path, 0o400))
	e, err := Open(path, Options{ReadOnly: true})
	require.NoError(t, err)
	other, err := Open(path, Options{ReadOnly: true})
	require.NoError(t, err, "several may read")
	got, err := other.Get(ctx, cs[3].Addr)
	require.NoError(t, err)
	assert.Equal(t, cs[3].Data, got)
	assert.ErrorIs(t, e.Put(ctx, cs), chunk.ErrReadOnly)
	_, err = e.Commit(ctx, cs, chunk.Swap{Name: "a", Target: cs[0].Addr})
	assert.ErrorIs(t, err, chunk.ErrReadOnly)
	_, err = e.Swap(ctx, chunk.Swap{Name: "a", Target: cs[0].Addr})
	assert.ErrorIs(t, err, chunk.ErrReadOnly)
	assert.ErrorIs(t, e.Collect(ctx, time.Time{}, nil), chunk.ErrReadOnly)
	require.NoError(t, os.Chmod(path, 0o600))
	_, err = Open(path, Options{LockTimeout: -1})
	assert.ErrorIs(t, err, chunk.ErrLocked, "nobody writes meanwhile")
	require.NoError(t, e.Close())
	require.NoError(t, other.Close())
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(before, after))
	assert.FileExists(t, path+collectSuffix, "not even remains are removed")
}

func TestLocked(t *testing.T) {
	path, _ := made(t)
	e, err := Open(path, Options{})
	require.NoError(t, err)
	start := time.Now()
	_, err = Open(path, Options{LockTimeout: 150 * time.Millisecond})
	assert.ErrorIs(t, err, chunk.ErrLocked)
	assert.Greater(t, time.Since(start), 50*time.Millisecond)
	_, err = Open(path, Options{ReadOnly: true, LockTimeout: -1})
	assert.ErrorIs(t, err, chunk.ErrLocked)

	// Who waits long enough gets it.
	opened := make(chan error)
	go func() {
		second, err := Open(path, Options{LockTimeout: time.Minute})
		if err == nil {
			err = second.Close()
		}
		opened <- err
	}()
	time.Sleep(100 * time.Millisecond)
	require.NoError(t, e.Close())
	assert.NoError(t, <-opened)
}

// Who waits for the lock of a file that is replaced meanwhile must not become the owner of the one that was replaced.
func TestLockedWhileCollected(t *testing.T) {
	path, _ := made(t)
	e, err := Open(path, Options{})
	require.NoError(t, err)
	opened := make(chan error, 1)
	go func() {
		second, err := Open(path, Options{LockTimeout: 400 * time.Millisecond})
		if err == nil {
			second.Close()
		}
		opened <- err
	}()
	time.Sleep(100 * time.Millisecond) // it waits
	require.NoError(t, e.Collect(t.Context(), time.Time{}, keepAll(e)))
	assert.ErrorIs(t, <-opened, chunk.ErrLocked)

	third := make(chan error, 1)
	go func() {
		engine, err := Open(path, Options{LockTimeout: time.Minute})
		if err == nil {
			if r, rerr := engine.Ref(context.Background(), "after"); rerr != nil || r.Revision == 0 {
				err = errors.Join(errors.New("it has a file that was replaced"), rerr)
			}
			engine.Close()
		}
		third <- err
	}()
	time.Sleep(100 * time.Millisecond)
	require.NoError(t, e.Collect(t.Context(), time.Time{}, keepAll(e)))
	_, err = e.Swap(t.Context(), chunk.Swap{Name: "after", Target: chunk.Addr{1}})
	require.NoError(t, err)
	require.NoError(t, e.Close())
	assert.NoError(t, <-third)
	assertAlone(t, path)
}

func keepAll(e *Engine) func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
	return func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
		for a, err := range e.Addrs(ctx) {
			if err == nil {
				err = copy(chunk.Chunk{Addr: a})
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// Many make the same file: one does, and all others wait for him and find what he wrote.
func TestMadeByMany(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store")
	var wg sync.WaitGroup
	const many = 8
	for n := range many {
		wg.Go(func() {
			e, err := Open(path, Options{LockTimeout: time.Minute})
			if !assert.NoError(t, err) {
				return
			}
			_, err = e.Swap(context.Background(), chunk.Swap{Name: fmt.Sprint("n", n), Target: chunk.Addr{1}})
			assert.NoError(t, err)
			assert.NoError(t, e.Close())
		})
	}
	wg.Wait()
	e, err := Open(path, Options{})
	require.NoError(t, err)
	defer e.Close()
	n := 0
	for _, err := range e.Refs(t.Context(), "") {
		require.NoError(t, err)
		n++
	}
	assert.Equal(t, many, n)
	assertAlone(t, path)
}

func TestRemains(t *testing.T) {
	path, _ := made(t)
	theirs := []string{path + ".new", path + ".new-1a", path + ".new-", path + ".other", path + "2.new-1"}
	for _, name := range append([]string{path + collectSuffix, path + ".new-123"}, theirs...) {
		require.NoError(t, os.WriteFile(name, []byte("x"), 0o600))
	}
	e, err := Open(path, Options{})
	require.NoError(t, err)
	defer e.Close()
	assert.NoFileExists(t, path+collectSuffix)
	assert.NoFileExists(t, path+".new-123")
	for _, name := range theirs {
		assert.FileExists(t, name)
	}
	// The owner alone removes: another's collection may be under way.
	require.NoError(t, os.WriteFile(path+collectSuffix, []byte("x"), 0o600))
	_, err = Open(path, Options{LockTimeout: -1})
	assert.ErrorIs(t, err, chunk.ErrLocked)
	assert.FileExists(t, path+collectSuffix)
	require.NoError(t, e.Collect(t.Context(), time.Time{}, keepAll(e)), "what is left does not hinder a collection")
	assert.NoFileExists(t, path+collectSuffix)
}

func TestLinks(t *testing.T) {
	path, _ := made(t)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Skip("no symbolic links:", err)
	}
	require.NoError(t, os.Chmod(path, 0o640))
	e, err := Open(link, Options{})
	require.NoError(t, err)
	require.NoError(t, e.Collect(t.Context(), time.Time{}, keepAll(e)))
	require.NoError(t, e.Close())
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.Equal(t, fs.ModeSymlink, info.Mode().Type(), "a link stays one")
	info, err = os.Lstat(path)
	require.NoError(t, err)
	assert.Equal(t, fs.FileMode(0o640), info.Mode(), "a file keeps its mode")
	require.NoError(t, os.Remove(path))
	_, err = Open(link, Options{})
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// The name that a file was opened by may stand for something else later.
func TestAnotherFolder(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	e, err := Open("store", Options{})
	require.NoError(t, err)
	defer e.Close()
	t.Chdir(t.TempDir())
	require.NoError(t, e.Collect(t.Context(), time.Time{}, keepAll(e)))
	assert.FileExists(t, filepath.Join(dir, "store"))
	assert.NoFileExists(t, "store")
}
