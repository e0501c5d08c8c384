package bolt

import (
	"maps"
	"math/rand/v2"
)

// sector is what a disk writes as a whole.
const sector = 512

// A disk has what is durable, and what may or may not be after a power failure.
type disk struct {
	files   map[int]*file
	names   map[string]int // durable
	pending []event        // of names, in their order
}

type file struct {
	content []byte
	pending []event // writes and sizes since the last sync
}

func newDisk() *disk { return &disk{files: map[int]*file{}, names: map[string]int{}} }

func (d *disk) file(inode int) *file {
	if d.files[inode] == nil {
		d.files[inode] = &file{}
	}
	return d.files[inode]
}

// do does an event.
func (d *disk) do(e event) {
	switch e.kind {
	case "write", "size":
		f := d.file(e.inode)
		f.pending = append(f.pending, e)
	case "sync":
		f := d.file(e.inode)
		for _, p := range f.pending {
			f.content = apply(f.content, p, nil)
		}
		f.pending = nil
	case "make", "link", "unlink", "rename":
		d.pending = append(d.pending, e)
	case "syncdir":
		for _, p := range d.pending {
			rename(d.names, p)
		}
		d.pending = nil
	}
}

// apply does a write or a size to content. Of a write, some sectors are left out if there is a rnd.
func apply(content []byte, e event, rnd *rand.Rand) []byte {
	end := e.at + int64(len(e.data))
	if e.kind == "size" && int64(len(content)) > e.at {
		return content[:e.at]
	}
	if grow := end - int64(len(content)); grow > 0 {
		content = append(content, make([]byte, grow)...)
	}
	if rnd == nil {
		copy(content[e.at:], e.data)
		return content
	}
	for i := 0; i < len(e.data); i += sector {
		if rnd.IntN(2) == 0 {
			copy(content[e.at+int64(i):], e.data[i:min(i+sector, len(e.data))])
		}
	}
	return content
}

func rename(names map[string]int, e event) {
	switch e.kind {
	case "make", "link":
		names[e.name] = e.inode
	case "unlink":
		delete(names, e.name)
	case "rename":
		names[e.to] = names[e.name]
		delete(names, e.name)
	}
}

// How much of what was not synced is written.
const (
	allWritten = iota
	nothingWritten
	wholeWritesWritten
	sectorsWritten
	howMuch
)

// image returns the files that may be there after a power failure: of what was not synced any part is written. A file
// system keeps the order of names, so of those that are pending the first few are; and a file may be longer before what
// is written to it is there.
func (d *disk) image(rnd *rand.Rand, pending, how int) map[string][]byte {
	names := maps.Clone(d.names)
	for _, e := range d.pending[:pending] {
		rename(names, e)
	}
	image := map[string][]byte{}
	for name, inode := range names {
		f := d.file(inode)
		content := append([]byte{}, f.content...)
		for _, e := range f.pending {
			switch {
			case how == allWritten, how > nothingWritten && e.kind == "size" && rnd.IntN(2) == 0, how == wholeWritesWritten && rnd.IntN(2) == 0:
				content = apply(content, e, nil)
			case how == sectorsWritten && e.kind == "write":
				content = apply(content, e, rnd)
			}
		}
		image[name] = content
	}
	return image
}
