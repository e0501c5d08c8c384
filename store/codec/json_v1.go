//go:build !go1.27 || !goexperiment.jsonv2

package codec

import "encoding/json"

// marshal appends the JSON of what v points to. A string that is not valid UTF-8 has an escape \ufffd in it.
func marshal(b []byte, v any) ([]byte, error) {
	w := writer{b}
	e := json.NewEncoder(&w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return b, err
	}
	return w.b[:len(w.b)-1], nil // without the line end
}
