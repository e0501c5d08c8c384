//go:build !(go1.27 && goexperiment.jsonv2)

package encode_test

import "fmt"

// inner returns the beginning of the error about element i of a value that is inside of another.
func inner(_ string, i int) string { return fmt.Sprintf("element %d: json: cannot unmarshal ", i) }
