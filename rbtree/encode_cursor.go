//ramet:layer api

// make generate copies this file to hamt, ordered and vector.

package rbtree

import "github.com/ramet-go/ramet/internal/encode"

// unencoded is embedded in cursors and orders. Its methods return an error to whoever encodes one, or decodes into one:
// it would otherwise be taken for a struct without fields.
type unencoded = encode.Unencoded
