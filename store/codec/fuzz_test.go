package codec_test

import (
	"bytes"
	"errors"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store/codec"
)

// seeds adds the bytes of testdata/golden.txt.
func seeds(f *testing.F) {
	text, err := os.ReadFile("testdata/golden.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		f.Add(unhex(f, strings.TrimSpace(line[strings.LastIndexByte(line, '\t')+1:])))
	}
	f.Add([]byte(`{"a":[1.50,{"b":null}],"a":"\ud83c\udf33"}`))
}

// FuzzKey decodes bytes as a key of each codec. What is one has these bytes and no others.
func FuzzKey(f *testing.F) {
	seeds(f)
	str, num := codec.String[string](), codec.Int[int]()
	checks := []func(*testing.T, []byte){
		fuzzKey(codec.Int[int8]()), fuzzKey(codec.Int[int64]()), fuzzKey(keyOf[celsius](f)),
		fuzzKey(codec.Uint[uint16]()), fuzzKey(codec.Uint[uint64]()), fuzzKey(keyOf[port](f)),
		fuzzKey(codec.Float[float32]()), fuzzKey(codec.Float[float64]()), fuzzKey(keyOf[ratio](f)),
		fuzzKey(codec.Bool[bool]()), fuzzKey(keyOf[flag](f)),
		fuzzKey(str), fuzzKey(keyOf[label](f)), fuzzKey(codec.Bytes[[]byte]()), fuzzKey(keyOf[hash](f)),
		fuzzKey(codec.Time()), fuzzKey(codec.Text[netip.Addr]()), fuzzKey(codec.Text[netip.Prefix]()), fuzzKey(folded()),
		fuzzKey(codec.Descending(str)), fuzzKey(codec.Descending(num)), fuzzKey(codec.Descending(codec.Descending(str))),
		fuzzKey(pairs(str, str)), fuzzKey(pairs(str, num)), fuzzKey(pairs(num, str)), fuzzKey(pairs(codec.Descending(str), codec.Time())),
		fuzzKey(pairs(pairs(str, str), str)), fuzzKey(entries(str, str, num)), fuzzKey(entries(codec.Descending(str), str, num)),
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, check := range checks {
			check(t, data)
		}
	})
}

func fuzzKey[K any](c codec.Key[K]) func(*testing.T, []byte) {
	return func(t *testing.T, data []byte) {
		k, ok := try(t, c, data)
		if !ok {
			return
		}
		if again, err := c.Append(nil, k); err != nil || !bytes.Equal(again, data) {
			t.Fatalf("%s: %x is %v, whose bytes are %x (%v)", c.Name(), data, k, again, err)
		}
	}
}

// try decodes data, of which nothing must be kept or changed.
func try[V any](t *testing.T, c codec.Value[V], data []byte) (V, bool) {
	given := bytes.Clone(data)
	v, err := c.Decode(given)
	if !bytes.Equal(data, given) {
		t.Fatalf("%s: Decode has changed %x to %x", c.Name(), data, given)
	}
	if err != nil && !errors.Is(err, codec.Err) {
		t.Fatalf("%s: %v is no Err", c.Name(), err)
	}
	clear(given)
	return v, err == nil
}

// FuzzValue decodes bytes as a value of each codec. What is one has the same bytes whenever it is encoded and decoded again.
func FuzzValue(f *testing.F) {
	seeds(f)
	checks := []func(*testing.T, []byte){
		exactly(codec.Varint[int8]()), exactly(codec.Varint[int64]()), exactly(codec.ValueOf[celsius]()),
		exactly(codec.Uvarint[uint8]()), exactly(codec.Uvarint[uint64]()), exactly(codec.ValueOf[port]()),
		exactly(codec.FloatValue[float32]()), exactly(codec.FloatValue[float64]()), exactly(codec.ValueOf[ratio]()),
		exactly(codec.BoolValue[bool]()), exactly(codec.StringValue[string]()), exactly(codec.BytesValue[[]byte]()), exactly(codec.Empty()),
		exactly(codec.ValueOf[hash]()), exactly(codec.ValueOf[netip.Addr]()),
		settled(codec.JSON[any]()), settled(codec.JSON[map[string]any]()), settled(codec.JSON[person]()), settled(codec.JSON[[]string]()),
		settled(codec.JSON[time.Time]()), settled(codec.JSON[hamt.Map[string, int]]()),
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, check := range checks {
			check(t, data)
		}
	})
}

// exactly is for codecs that give a value one form.
func exactly[V any](c codec.Value[V]) func(*testing.T, []byte) {
	return func(t *testing.T, data []byte) {
		if v, ok := try(t, c, data); ok {
			if again, err := c.Append(nil, v); err != nil || !bytes.Equal(again, data) {
				t.Fatalf("%s: %x is %v, whose bytes are %x (%v)", c.Name(), data, v, again, err)
			}
		}
	}
}

// settled is for JSON, which is read in many forms and written in one.
func settled[V any](c codec.Value[V]) func(*testing.T, []byte) {
	return func(t *testing.T, data []byte) {
		v, ok := try(t, c, data)
		if !ok {
			return
		}
		once, err := c.Append(nil, v)
		if err != nil {
			t.Fatalf("%T: %q is %v, which cannot be encoded: %v", v, data, v, err)
		}
		w, err := c.Decode(once)
		if err != nil {
			t.Fatalf("%T: %q is %v, and %q, which cannot be decoded: %v", v, data, v, once, err)
		}
		if again, err := c.Append(nil, w); err != nil || !bytes.Equal(once, again) {
			t.Fatalf("%T: %q is written as %q, then as %q (%v)", v, data, once, again, err)
		}
	}
}
