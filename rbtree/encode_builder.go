//ramet:layer api

// make generate copies this file to hamt, ordered and vector.

package rbtree

import "github.com/ramet-go/ramet/internal/encode"

// unbuilt is embedded in builders. Its methods return an error to whoever encodes a builder, or decodes into one: it
// would otherwise be taken for a struct without fields.
type unbuilt = encode.Unbuilt
