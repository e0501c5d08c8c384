package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

const (
	maxFile = 1 << 20         // bytes of a configuration
	young   = 2 * time.Second // the coarsest clock of a file system in use, that of FAT
)

// A file is a file that is looked at again and again.
//
// Notifications by the system would come sooner. But they are different on each system, need a library, watch a folder and not a file
// (for an editor saves by renaming, and a cluster by changing a symbolic link), and do not come over a network. A look each
// second costs some microseconds, and is the same everywhere.
type file struct {
	path string
	text []byte      // what was there last
	err  error       // or why it could not be read
	info fs.FileInfo // of text; nil if the file must be read again
}

// poll looks at the file, and returns what it holds, or an error if it cannot be read, if that is something else than last time.
//
// A file with the identity, the size and the time of last time is not read again. But two writes within one tick of the file system's clock
// leave the same time, so a file that is young when it is read is read again next time, and what it holds decides. (Git
// treats its index so.) Who sets back the time of a file, and keeps its size, is not seen.
//
// A file that is being written may be read half. Half a JSON object is none, so it is refused, and the rest is seen next time.
func (f *file) poll() (text []byte, changed bool, err error) {
	began := time.Now()
	info, err := os.Stat(f.path)
	switch {
	case err != nil:
	case !info.Mode().IsRegular():
		err = fmt.Errorf("%q is no regular file", f.path) // reading a pipe could take forever
	case f.info != nil && os.SameFile(f.info, info) && f.info.Size() == info.Size() && f.info.ModTime().Equal(info.ModTime()):
		return nil, false, nil
	default:
		text, err = read(f.path)
	}
	if f.info = info; err != nil || began.Sub(info.ModTime()) < young {
		f.info = nil
	}
	if err != nil {
		changed = f.err == nil || f.err.Error() != err.Error()
		f.text, f.err = nil, err
		return nil, changed, err
	}
	changed = f.text == nil || !bytes.Equal(f.text, text)
	f.text, f.err = text, nil
	return text, changed, nil
}

// read returns what a file holds, which is not nil.
func read(path string) ([]byte, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = fmt.Errorf("%q has more than %d bytes", path, maxFile)
	}
	return text, err
}
