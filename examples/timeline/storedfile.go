package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/ramet-go/ramet/examples/internal/report"
	"github.com/ramet-go/ramet/examples/internal/storefile"
	"github.com/ramet-go/ramet/store"
)

// A storedFile is a file with a version for each release, on the branch "go". What is asked is read from there, and
// nothing is loaded.
type storedFile struct {
	path   string
	st     *store.Store
	at     []storedRelease // oldest first
	wrote  int             // of these, in this run
	writes time.Duration   // what that took
	start  time.Time       // of the answer
}

type storedRelease struct {
	release release
	version *store.Version[stored]
}

const branchName = "go"

// openStored opens the file that -store names, and writes the releases into it that it does not have. If it has all, it
// is opened for reading only, so that several programs may do so at once.
func openStored(o options) (_ opened, err error) {
	from, list, err := find(o)
	if err != nil {
		return opened{}, err
	}
	f := &storedFile{path: o.store}
	defer func() {
		if err != nil && f.st != nil {
			f.st.Close()
		}
	}()
	_, err = os.Stat(o.store)
	there := !errors.Is(err, fs.ErrNotExist)
	var missing []apiFile
	if there {
		if missing, err = f.open(from, list, store.ReadOnly()); err != nil {
			return opened{}, err
		}
	}
	if !there || len(missing) > 0 {
		if f.st != nil {
			f.st.Close()
		}
		if missing, err = f.open(from, list); err != nil { // again, as somebody may have written meanwhile
			return opened{}, err
		}
		if err := f.write(from, missing, o); err != nil {
			return opened{}, err
		}
	}
	f.start = time.Now()
	return opened{record: f, from: from, file: f}, nil
}

// open opens the file and finds the releases that it has, and returns those that it does not have.
func (f *storedFile) open(from source, list []apiFile, opts ...store.Option) (missing []apiFile, err error) {
	if f.st, err = store.Open(f.path, opts...); err != nil {
		return nil, storefile.Error(f.path, err)
	}
	f.at = nil
	for v, err := range f.branch().Log(context.Background()) {
		if errors.Is(err, store.ErrNoBranch) {
			break
		}
		if err != nil {
			return nil, storefile.Error(f.path, err)
		}
		r, ok := parseRelease(v.Message())
		if n := len(f.at); !ok || n > 0 && f.at[0].release <= r {
			return nil, fmt.Errorf("%s: version %s of branch %q, %q, is not what timeline writes", f.path, v.ID().Short(), branchName, v.Message())
		}
		f.at = append([]storedRelease{{r, v}}, f.at...)
	}
	return f.missing(from, list)
}

func (f *storedFile) branch() *store.Branch[stored] { return store.NewBranch(f.st, branchName, schema) }

// missing returns which of the files are of releases that are not stored. Those that are must be what was stored.
func (f *storedFile) missing(from source, list []apiFile) ([]apiFile, error) {
	if len(f.at) == 0 {
		return list, nil
	}
	var missing []apiFile
	texts := map[release]string{}
	for e, err := range storedTexts.View(f.newest().Part("texts")).All(context.Background()) {
		if err != nil {
			return nil, storefile.Error(f.path, err)
		}
		texts[e.Key] = e.Value
	}
	last := f.at[len(f.at)-1].release
	for _, file := range list {
		sum, ok := texts[file.release]
		switch {
		case ok:
			if err := from.same(file, sum); err != nil {
				return nil, fmt.Errorf("%s: %w", f.path, err)
			}
		case file.release < last:
			return nil, fmt.Errorf("%s goes to Go %s without Go %s, which %s has: it cannot be put in between", f.path, last, file.release, from.name)
		default:
			missing = append(missing, file)
		}
	}
	return missing, nil
}

// newest returns the newest version.
func (f *storedFile) newest() *store.Version[stored] { return f.at[len(f.at)-1].version }

// write stores releases that are not stored yet: each is a commit, and what was committed stays if the next is not.
func (f *storedFile) write(from source, files []apiFile, o options) error {
	start := time.Now()
	ctx, branch := context.Background(), f.branch()
	var on *store.Version[stored]
	var now stored
	if len(f.at) > 0 {
		var err error
		if on, err = branch.Head(ctx); err == nil {
			now, err = on.Load(ctx)
		}
		if err != nil {
			return storefile.Error(f.path, err)
		}
	}
	o.meter.Begin("writing the releases", len(files))
	for i, file := range files {
		text, err := from.text(file)
		if err != nil {
			return err
		}
		parsed, err := from.parse(file, text)
		if err != nil {
			return err
		}
		now = now.extend(parsed, from.sum(text))
		if on, err = branch.Commit(ctx, on, now, store.Message(file.release.String())); err != nil {
			return storefile.Error(f.path, fmt.Errorf("release %s cannot be written: %w", file.release, err))
		}
		f.at = append(f.at, storedRelease{file.release, on})
		o.meter.At(i + 1)
	}
	f.wrote, f.writes = len(files), time.Since(start)
	return nil
}

// print says what was written, and what it took to answer.
func (f *storedFile) print(w *bufio.Writer) {
	size := ""
	if info, err := os.Stat(f.path); err == nil {
		size = fmt.Sprintf(" (%s)", report.Size(info.Size()))
	}
	took := report.Took(time.Since(f.start))
	text := fmt.Sprintf("Answered from %s%s in %s. It had all %s, so nothing was written.", f.path, size, took, report.Plural(len(f.at), "release"))
	if f.wrote > 0 {
		text = fmt.Sprintf("Wrote %s to %s%s in %s. Answered from there in %s.", f.news(), f.path, size, report.Took(f.writes), took)
	}
	w.WriteString("\n" + report.Wrap("", 0, text))
}

// news names what was written.
func (f *storedFile) news() string {
	text := report.Plural(f.wrote, "release")
	if n := len(f.at) - f.wrote; n > 0 {
		text += fmt.Sprintf(", besides %s that it had,", report.Count(n))
	}
	return text
}

// official is what stands in place of the sum of a text of Go's own, which does not change after the release.
const official = "go"

// sum is what is stored of a text, to tell later whether it is the same.
func (s source) sum(text string) string {
	if !s.chosen {
		return official
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// same returns an error if a file is not what a sum was stored of.
func (s source) same(f apiFile, sum string) error {
	if !s.chosen {
		if sum != official {
			return fmt.Errorf("it was written from another folder, and not from %s; -dir names the folder", s.name)
		}
		return nil
	}
	text, err := s.text(f)
	if err == nil && s.sum(text) != sum {
		err = fmt.Errorf("its Go %s is not the one in %s; another file has room for that", f.release, s.name)
	}
	return err
}
