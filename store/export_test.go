package store

import "github.com/ramet-go/ramet/store/chunk"

// EngineOf returns the engine of a store.
func EngineOf(s *Store) chunk.Engine { return s.engine }
