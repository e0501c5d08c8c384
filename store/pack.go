package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/ramet-go/ramet/store/chunk"
)

// A pack is chunks in a stream, what they refer to before them, and names:
//
//	"rametpack1\n" · for each chunk: uvarint length, bytes · 0 · uvarint number of names, for each: uvarint length, name, 32 address · u64 number of chunks · SHA-256 of all before
//
// Integers are little-endian.
const packMagic = "rametpack1\n"

// maxRefs is how many names a pack has at most.
const maxRefs = 1 << 20

// A packWriter writes a pack.
type packWriter struct {
	w   *bufio.Writer
	sum hash.Hash
	n   uint64
	err error
}

func newPackWriter(w io.Writer) *packWriter {
	p := &packWriter{w: bufio.NewWriterSize(w, 1<<16), sum: sha256.New()}
	p.write([]byte(packMagic))
	return p
}

func (p *packWriter) write(b []byte) {
	if p.err != nil {
		return
	}
	p.sum.Write(b)
	_, p.err = p.w.Write(b)
}

func (p *packWriter) uvarint(n uint64) {
	var room [binary.MaxVarintLen64]byte
	p.write(binary.AppendUvarint(room[:0], n))
}

func (p *packWriter) chunk(c chunk.Chunk) error {
	p.uvarint(uint64(len(c.Data)))
	p.write(c.Data)
	p.n++
	return p.err
}

func (p *packWriter) close(refs []chunk.Named) error {
	p.uvarint(0)
	p.uvarint(uint64(len(refs)))
	for _, r := range refs {
		p.uvarint(uint64(len(r.Name)))
		p.write([]byte(r.Name))
		p.write(r.Target[:])
	}
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], p.n)
	p.write(n[:])
	if p.err != nil {
		return p.err
	}
	if _, err := p.w.Write(p.sum.Sum(nil)); err != nil {
		return err
	}
	return p.w.Flush()
}

// A packReader reads a pack of anybody's: it takes no length for granted and holds one chunk at a time.
type packReader struct {
	r   *bufio.Reader
	sum hash.Hash
	n   uint64
}

// ReadByte and read feed the sum.
func (p *packReader) ReadByte() (byte, error) {
	b, err := p.r.ReadByte()
	if err == nil {
		p.sum.Write([]byte{b})
	}
	return b, err
}

func (p *packReader) read(b []byte) error {
	if _, err := io.ReadFull(p.r, b); err != nil {
		return packError(err)
	}
	p.sum.Write(b)
	return nil
}

// packError says of a pack that ends too early that it is damaged.
func packError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("store: a pack that ends too early: %w", ErrDamaged)
	}
	return err
}

// readPack calls each for each chunk of a pack, and returns its names, after the sum was found right.
func readPack(ctx context.Context, from io.Reader, each func(chunk.Chunk) error) ([]chunk.Named, error) {
	p := &packReader{r: bufio.NewReaderSize(from, 1<<16), sum: sha256.New()}
	damaged := func(format string, args ...any) error {
		return fmt.Errorf("store: a pack %s: %w", fmt.Sprintf(format, args...), ErrDamaged)
	}
	magic := make([]byte, len(packMagic))
	if err := p.read(magic); err != nil {
		return nil, err
	}
	if string(magic) != packMagic {
		return nil, fmt.Errorf("store: this begins with %q, and is no pack: %w", magic, ErrFormat)
	}
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := binary.ReadUvarint(p)
		if err != nil {
			return nil, packError(err)
		}
		if n == 0 {
			break
		}
		if n > chunk.MaxSize {
			return nil, damaged("with a chunk of %d bytes", n)
		}
		data := make([]byte, n)
		if err := p.read(data); err != nil {
			return nil, err
		}
		p.n++
		if err := each(chunk.Of(data)); err != nil {
			return nil, err
		}
	}
	count, err := binary.ReadUvarint(p)
	if err != nil {
		return nil, packError(err)
	}
	if count > maxRefs {
		return nil, damaged("with %d names", count)
	}
	var refs []chunk.Named
	for range count {
		n, err := binary.ReadUvarint(p)
		if err != nil {
			return nil, packError(err)
		}
		if n > 1024 {
			return nil, damaged("with a name of %d bytes", n)
		}
		b := make([]byte, n+32)
		if err := p.read(b); err != nil {
			return nil, err
		}
		refs = append(refs, chunk.Named{Name: string(b[:n]), Ref: chunk.Ref{Target: chunk.Addr(b[n:])}})
	}
	var last [8]byte
	if err := p.read(last[:]); err != nil {
		return nil, err
	}
	if got := binary.LittleEndian.Uint64(last[:]); got != p.n {
		return nil, damaged("that says it has %d chunks, and has %d", got, p.n)
	}
	want := p.sum.Sum(nil)
	var got [sha256.Size]byte
	if _, err := io.ReadFull(p.r, got[:]); err != nil {
		return nil, packError(err)
	}
	if string(got[:]) != string(want) {
		return nil, damaged("whose sum is wrong")
	}
	return refs, nil
}
