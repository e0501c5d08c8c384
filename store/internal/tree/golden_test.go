//go:build !smallnodes

package tree

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

var update = flag.Bool("update", false, "write the golden files anew: only for a new format")

// Format 1 is a promise: what was written once is read for ever, and the same contents have the same address on all machines. The
// files have the root and the bytes of all chunks, what is referred to first.
func TestFormat1StaysAsItIs(t *testing.T) {
	for name, trees := range map[string]func(*chunks) Root{
		"empty_map":      func(c *chunks) Root { return build(t, c, salted, nil) },
		"empty_sequence": func(c *chunks) Root { return build(t, c, salted.of(Seq), nil) },
		"one": func(c *chunks) Root {
			return build(t, c, salted, []Item{{Key: []byte("k"), Value: Value{Data: []byte("v")}}})
		},
		"map": func(c *chunks) Root {
			var items []Item
			for i := range 900 {
				items = append(items, Item{fmt.Appendf(nil, "key/%06d", i*i), Value{Data: fmt.Appendf(nil, "%d", i)}})
			}
			return build(t, c, salted, items)
		},
		"set": func(c *chunks) Root {
			var items []Item
			for i := range 700 {
				items = append(items, Item{Key: fmt.Appendf(nil, "%d", 1000+i)})
			}
			return build(t, c, Shape{Kind: Map, Bits: 9}, items)
		},
		"sequence": func(c *chunks) Root {
			var items []Item
			for i := range 1500 {
				items = append(items, Item{Value: Value{Data: fmt.Appendf(nil, "%d", i*7%40)}})
			}
			return build(t, c, salted.of(Seq), items)
		},
		"blobs": func(c *chunks) Root {
			var items []Item
			for i, n := range []int{0, MaxInline, MaxInline + 1, piece, piece + 1, 45 * piece} {
				v, err := NewValue(ctx, c, bytes.Repeat([]byte{byte(i)}, n))
				require.NoError(t, err)
				items = append(items, Item{[]byte{byte(i)}, v})
			}
			return build(t, c, Shape{Kind: Map, Bits: MaxBits}, items)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChunks()
			r := trees(c)
			var got bytes.Buffer
			fmt.Fprintf(&got, "root %s total %d\n", r.Addr, r.Total)
			require.NoError(t, Walk(ctx, c, r.Addr, nil, func(k chunk.Chunk) error {
				fmt.Fprintf(&got, "chunk %s %d bytes\n", k.Addr, len(k.Data))
				if k.Data[1] == kindBlob {
					k.Data = k.Data[:2*header] // the address says the rest
				}
				for b := k.Data; len(b) > 0; b = b[min(64, len(b)):] {
					fmt.Fprintf(&got, "%x\n", b[:min(64, len(b))])
				}
				return nil
			}))
			file := filepath.Join("testdata", "format1", name+".txt")
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
				require.NoError(t, os.WriteFile(file, got.Bytes(), 0o666))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			if !bytes.Equal(want, got.Bytes()) {
				t.Fatalf("not what %s says, but\n%.400s", file, got.Bytes())
			}
		})
	}
}
