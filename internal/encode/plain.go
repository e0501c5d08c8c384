//go:build !(go1.27 && goexperiment.jsonv2)

package encode

// streams says whether encoding/json/v2 is there; see stream.go.
const streams = false
