// Package chunk has what a store is made of: chunks of bytes that are known by their hash, and names for some of them.
// An [Engine] keeps both; [NewMemory] is one for tests. Whoever writes an engine tests it with package storetest.
package chunk

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// MaxSize is the length of the longest chunk.
const MaxSize = 1 << 16

// An Addr is the address of a chunk: the SHA-256 of its bytes. The zero Addr is that of no chunk.
type Addr [sha256.Size]byte

// Sum returns the address of a chunk with these bytes.
func Sum(data []byte) Addr { return sha256.Sum256(data) }

// IsZero tells whether a is the zero Addr, which is the address of nothing.
func (a Addr) IsZero() bool { return a == Addr{} }

// Compare orders addresses by their bytes.
func (a Addr) Compare(b Addr) int { return bytes.Compare(a[:], b[:]) }

// String returns the 64 hexadecimal digits of a.
func (a Addr) String() string { return hex.EncodeToString(a[:]) }

// Short returns the first 12 hexadecimal digits of a, for people.
func (a Addr) Short() string { return hex.EncodeToString(a[:6]) }

// MarshalText returns what String returns.
func (a Addr) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (a *Addr) UnmarshalText(text []byte) error {
	got, err := Parse(string(text))
	if err == nil {
		*a = got
	}
	return err
}

// Parse reads what String returns.
func Parse(text string) (a Addr, err error) {
	if len(text) != 2*len(a) {
		return a, fmt.Errorf("chunk: an address has %d hexadecimal digits, not %d", 2*len(a), len(text))
	}
	if _, err := hex.Decode(a[:], []byte(text)); err != nil {
		return Addr{}, fmt.Errorf("chunk: no address: %w", err)
	}
	return a, nil
}

// A Chunk is bytes with their address. Whoever makes one sees to it that Addr is Sum(Data), and nobody changes Data.
type Chunk struct {
	Addr Addr
	Data []byte
}

// Of returns the chunk with these bytes.
func Of(data []byte) Chunk { return Chunk{Sum(data), data} }
