//go:build go1.27 && goexperiment.jsonv2

package codec

import (
	"encoding/json"
	"encoding/json/jsontext"
	jsonv2 "encoding/json/v2"
)

var options = jsonv2.JoinOptions(json.DefaultOptionsV1(),
	jsontext.EscapeForHTML(false), jsontext.EscapeForJS(false), jsontext.AllowInvalidUTF8(false))

// marshal appends the JSON of what v points to. With json.Encoder, a string that is not valid UTF-8 would look like one that is.
func marshal(b []byte, v any) ([]byte, error) {
	w := writer{b}
	if err := jsonv2.MarshalWrite(&w, v, options); err != nil {
		return b, err
	}
	return w.b, nil
}
