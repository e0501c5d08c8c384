//ramet:layer api

package vector

import "github.com/ramet-go/ramet/internal/encode"

// unencoded is embedded in cursors. Its methods return an error to whoever encodes a cursor, or decodes into one: it
// would otherwise be taken for a struct without fields.
type unencoded = encode.Unencoded
