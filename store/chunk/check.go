package chunk

import "fmt"

// CheckSizes returns an error if a chunk is longer than [MaxSize], or has the zero address. Every engine checks with it
// what it is given.
func CheckSizes(cs []Chunk) error {
	for _, c := range cs {
		if len(c.Data) > MaxSize {
			return fmt.Errorf("chunk %v has %d bytes, and not at most %d", c.Addr, len(c.Data), MaxSize)
		}
		if c.Addr.IsZero() {
			return fmt.Errorf("a chunk of %d bytes has no address", len(c.Data))
		}
	}
	return nil
}
