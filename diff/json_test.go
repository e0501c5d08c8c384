package diff_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

type (
	change   = diff.Change[string, int]
	toggle   = diff.Change[string, struct{}] // of a set
	splice   = diff.Splice[string]
	conflict = diff.Conflict[string, int]
	overlap  = diff.Overlap[string]
)

func TestKindText(t *testing.T) {
	for k, word := range map[diff.Kind]string{diff.Added: "added", diff.Removed: "removed", diff.Updated: "updated"} {
		text, err := k.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, word, string(text))
		var back diff.Kind
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, k, back)
	}
	for _, k := range []diff.Kind{0, 4, 255} {
		_, err := k.MarshalText()
		assert.ErrorContains(t, err, "unknown kind")
	}
	for _, word := range []string{"", "Added", "ADDED", "add", "added ", "Kind(1)", "1", strings.Repeat("x", 10000)} {
		k := diff.Removed
		err := k.UnmarshalText([]byte(word))
		if assert.ErrorContains(t, err, "unknown kind", word) {
			assert.Less(t, len(err.Error()), 200)
		}
		assert.Equal(t, diff.Removed, k, "after %q", word)
	}
}

// roundTrips checks that x is encoded as text, by itself and within something, and decoded to want from it.
func roundTrips[X any](t *testing.T, x, want X, text string) {
	t.Helper()
	got, err := json.Marshal(x)
	require.NoError(t, err)
	require.Equal(t, text, string(got))
	got, err = any(x).(json.Marshaler).MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, text, string(got))
	got, err = json.Marshal(map[string]any{"a": []*X{&x}})
	require.NoError(t, err)
	require.Equal(t, `{"a":[`+text+`]}`, string(got))

	spaced := new(bytes.Buffer)
	require.NoError(t, json.Indent(spaced, []byte(text), "\r\n", "\t"))
	for _, in := range []string{text, " " + spaced.String() + "\n"} {
		var back X
		require.NoError(t, json.Unmarshal([]byte(in), &back))
		require.Equal(t, want, back)
		back = *new(X)
		require.NoError(t, any(&back).(json.Unmarshaler).UnmarshalJSON([]byte(in)))
		require.Equal(t, want, back)
	}
	var list []X
	require.NoError(t, json.Unmarshal([]byte("["+text+","+text+"]"), &list))
	require.Equal(t, []X{want, want}, list)
}

func TestJSONForms(t *testing.T) {
	same := func(c change, text string) { t.Helper(); roundTrips(t, c, c, text) }
	same(change{diff.Added, "ash", 0, 1}, `{"kind":"added","key":"ash","new":1}`)
	same(change{diff.Removed, "ash", 1, 0}, `{"kind":"removed","key":"ash","old":1}`)
	same(change{diff.Updated, "ash", 0, 2}, `{"kind":"updated","key":"ash","old":0,"new":2}`)
	same(change{diff.Added, "", 0, 0}, `{"kind":"added","key":"","new":0}`)
	roundTrips(t, change{diff.Added, "a", 7, 1}, change{diff.Added, "a", 0, 1}, `{"kind":"added","key":"a","new":1}`)

	roundTrips(t, toggle{Kind: diff.Added, Key: "a"}, toggle{Kind: diff.Added, Key: "a"}, `{"kind":"added","key":"a"}`)
	roundTrips(t, toggle{Kind: diff.Removed, Key: "a"}, toggle{Kind: diff.Removed, Key: "a"}, `{"kind":"removed","key":"a"}`)

	null := diff.Change[*int, any]{Kind: diff.Updated}
	roundTrips(t, null, null, `{"kind":"updated","key":null,"old":null,"new":null}`)

	roundTrips(t, splice{7, []string{"a"}, []string{"b", "c"}}, splice{7, []string{"a"}, []string{"b", "c"}},
		`{"at":7,"old":["a"],"new":["b","c"]}`)
	roundTrips(t, splice{0, []string{}, []string{"b"}}, splice{0, nil, []string{"b"}}, `{"at":0,"new":["b"]}`)
	roundTrips(t, splice{1, []string{"b"}, nil}, splice{1, []string{"b"}, nil}, `{"at":1,"old":["b"]}`)
	roundTrips(t, splice{At: 1}, splice{At: 1}, `{"at":1}`)
	raw := diff.Splice[byte]{At: 1, New: []byte{1, 255}}
	roundTrips(t, raw, raw, `{"at":1,"new":[1,255]}`)
	nulls := diff.Splice[any]{At: 1, Old: []any{nil}, New: []any{nil, "x"}}
	roundTrips(t, nulls, nulls, `{"at":1,"old":[null],"new":[null,"x"]}`)

	for _, c := range []conflict{
		{Key: "k", Base: 1, Ours: 2, Theirs: 3, InBase: true, InOurs: true, InTheirs: true},
		{Key: "k", Ours: 2, Theirs: 3, InOurs: true, InTheirs: true},
		{Key: "k", Base: 1, Theirs: 3, InBase: true, InTheirs: true},
		{Key: "k", Base: 1, Ours: 2, InBase: true, InOurs: true},
	} {
		text := `{"key":"k"`
		if c.InBase {
			text += `,"base":1`
		}
		if c.InOurs {
			text += `,"ours":2`
		}
		if c.InTheirs {
			text += `,"theirs":3`
		}
		roundTrips(t, c, c, text+"}")
	}
	roundTrips(t, conflict{Key: "k", Base: 9}, conflict{Key: "k"}, `{"key":"k"}`)

	roundTrips(t, overlap{2, []string{"b"}, []string{"B"}, []string{"b", "c"}}, overlap{2, []string{"b"}, []string{"B"}, []string{"b", "c"}},
		`{"at":2,"base":["b"],"ours":["B"],"theirs":["b","c"]}`)
	roundTrips(t, overlap{At: 2, Ours: []string{}}, overlap{At: 2}, `{"at":2}`)
}

// Values with methods on their pointers, which elements of a slice have called as well.
type celsius struct{ degrees int }

func (c *celsius) MarshalJSON() ([]byte, error)    { return json.Marshal(c.degrees) }
func (c *celsius) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &c.degrees) }

func TestJSONCallsMethodsOfPointers(t *testing.T) {
	c := diff.Change[celsius, celsius]{Kind: diff.Added, Key: celsius{1}, New: celsius{2}}
	roundTrips(t, c, c, `{"kind":"added","key":1,"new":2}`)
	s := diff.Splice[celsius]{Old: []celsius{{1}}, New: []celsius{{2}}}
	roundTrips(t, s, s, `{"at":0,"old":[1],"new":[2]}`)
}

// Collections inside changes come back with their contents.
func TestJSONOfCollectionsInChanges(t *testing.T) {
	type team = hamt.Map[string, vector.Vector[int]]
	before := rbtree.Map[int, team]{}.Set(1, team{}.Set("a", vector.Of(1, 2)).Set("b", vector.Of[int]()))
	after := before.Set(1, before.Get(1).Set("c", vector.Of(3))).Set(2, team{})

	eq := func(a, b team) bool {
		return hamt.EqualFunc(a, b, func(v, w vector.Vector[int]) bool { return vector.Equal(v, w) })
	}
	var sent, got []diff.Change[int, team]
	for c := range rbtree.DiffFunc(before, after, eq) {
		sent = append(sent, c)
	}
	text, err := json.Marshal(sent)
	require.NoError(t, err)
	assert.Equal(t, `[{"kind":"updated","key":1,"old":{"a":[1,2],"b":[]},"new":{"a":[1,2],"b":[],"c":[3]}},`+
		`{"kind":"added","key":2,"new":{}}]`, string(text))
	require.NoError(t, json.Unmarshal(text, &got))
	require.Len(t, got, len(sent))
	for i, c := range got {
		assert.Equal(t, sent[i].Kind, c.Kind)
		assert.Equal(t, sent[i].Key, c.Key)
		assert.True(t, eq(sent[i].Old, c.Old), "old of %d: %v", i, c.Old)
		assert.True(t, eq(sent[i].New, c.New), "new of %d: %v", i, c.New)
	}
}

// Whoever encodes decides about HTML, inside as well.
func TestJSONEscapes(t *testing.T) {
	c := diff.Change[string, string]{Kind: diff.Added, Key: "<&>", New: "<\u2028>"}
	raw, err := c.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, `{"kind":"added","key":"<&>","new":"<\u2028>"}`, string(raw))

	text, err := json.Marshal(c)
	require.NoError(t, err)
	assert.Equal(t, `{"kind":"added","key":"\u003c\u0026\u003e","new":"\u003c\u2028\u003e"}`, string(text))

	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	require.NoError(t, enc.Encode([]any{c, diff.Splice[string]{New: []string{"<"}}}))
	assert.Equal(t, `[{"kind":"added","key":"<&>","new":"<\u2028>"},{"at":0,"new":["<"]}]`+"\n", b.String())
}

func TestJSONThatCannotBeWritten(t *testing.T) {
	for want, x := range map[string]any{
		"unknown kind 0":       change{Key: "a"},
		"unknown kind 77":      change{Kind: 77, Key: "a"},
		"splice at -1":         splice{At: -1},
		"overlap at -5":        overlap{At: -5},
		"unsupported type":     diff.Change[string, chan int]{Kind: diff.Added, New: make(chan int)},
		"unsupported type: fu": diff.Splice[func()]{Old: []func(){nil}},
	} {
		_, err := json.Marshal(x)
		assert.ErrorContains(t, err, want)
		_, err = x.(json.Marshaler).MarshalJSON()
		assert.ErrorContains(t, err, want)
	}
}

// refuses checks that text is no X, by an error that says why, and changes nothing.
func refuses[X any](t *testing.T, before X, text, why string) {
	t.Helper()
	x := before
	err := json.Unmarshal([]byte(text), &x)
	assert.ErrorContains(t, err, why, text)
	assert.Equal(t, before, x, text)

	err = any(&x).(json.Unmarshaler).UnmarshalJSON([]byte(text))
	if assert.ErrorContains(t, err, why, text) {
		assert.Less(t, len(err.Error()), 300)
	}
	assert.Equal(t, before, x, text)
}

func TestJSONThatIsRefused(t *testing.T) {
	old := change{diff.Updated, "k", 1, 2}
	for text, why := range map[string]string{
		`{}`:                                                    `without "kind"`,
		`[]`:                                                    "expected",
		`"added"`:                                               "expected",
		`{"key":"a"}`:                                           `change without "kind"`,
		`{"kind":"ad`:                                           "",
		`{"kind":"a"}`:                                          `unknown kind "a"`,
		`{"kind":"Added","key":"a","new":1}`:                    `unknown kind "Added"`,
		`{"kind":1,"key":"a","new":1}`:                          "diff.Kind",
		`{"kind":null,"key":"a","new":1}`:                       "null is no diff.Kind",
		`{"kind":"added","new":1}`:                              `change without "key"`,
		`{"kind":"added","key":null,"new":1}`:                   "null is no string",
		`{"kind":"added","key":1,"new":1}`:                      "string",
		`{"kind":"added","key":"a"}`:                            `added change without "new"`,
		`{"kind":"added","key":"a","new":null}`:                 "null is no int",
		`{"kind":"added","key":"a","new":"1"}`:                  "int",
		`{"kind":"added","key":"a","new":1.5}`:                  "int",
		`{"kind":"added","key":"a","old":0,"new":1}`:            `added change with "old"`,
		`{"kind":"removed","key":"a"}`:                          `removed change without "old"`,
		`{"kind":"removed","key":"a","old":1,"new":0}`:          `removed change with "new"`,
		`{"kind":"updated","key":"a","old":1}`:                  `updated change without "new"`,
		`{"kind":"updated","key":"a","new":1}`:                  `updated change without "old"`,
		`{"Kind":"added","key":"a","new":1}`:                    `unknown name "Kind"`,
		`{"kind":"added","KEY":"a","new":1}`:                    `unknown name "KEY"`,
		`{"kind":"added","key":"a","new":1,"why":0}`:            `unknown name "why"`,
		`{"kind":"added","key":"a","new":1,"":0}`:               `unknown name ""`,
		`{"kind":"added","key":"a","new":1,"new":1}`:            `"new" is there twice`,
		`{"kind":"added","kind":"added","key":"a","new":1}`:     `"kind" is there twice`,
		`{"kind":"added","\u006bey":"b","key":"a","new":1}`:     `"key" is there twice`,
		`{"` + strings.Repeat("x", 10000) + `":0}`:              "unknown name",
		`{"kind":"` + strings.Repeat("x", 10000) + `"}`:         "unknown kind",
		`{"kind":"added","key":"a","new":1} {}`:                 "",
		`{"kind":"added","key":"a","new":1}]`:                   "",
		`{"kind":"added","key":"a","new":1,}`:                   "",
		`{"kind":"added" "key":"a","new":1}`:                    "",
		`{kind:"added"}`:                                        "",
		`{"kind":"added","key":"a","new":99999999999999999999}`: "int",
		`{"kind":"added","key":"a","new":1` + "\x00" + `}`:      "",
		`null null`: "",
	} {
		refuses(t, old, text, why)
	}
	refuses(t, toggle{Kind: diff.Added, Key: "k"}, `{"kind":"added","key":"a","new":{}}`, `change of a set with "old" or "new"`)
	refuses(t, toggle{Kind: diff.Added, Key: "k"}, `{"kind":"removed","key":"a","old":{}}`, `change of a set with "old" or "new"`)

	for text, why := range map[string]string{
		`{}`:                            `splice without "at"`,
		`{"old":["a"]}`:                 `splice without "at"`,
		`{"at":-1}`:                     "splice at -1, which is negative",
		`{"at":null}`:                   "null is no int",
		`{"at":"1"}`:                    "int",
		`{"at":1.5}`:                    "int",
		`{"at":99999999999999999999}`:   "int",
		`{"At":1}`:                      `unknown name "At"`,
		`{"at":1,"at":2}`:               `"at" is there twice`,
		`{"at":1,"old":null}`:           "expected",
		`{"at":1,"old":"aGk="}`:         "expected",
		`{"at":1,"old":{"a":1}}`:        "expected",
		`{"at":1,"new":["a",null]}`:     "null is no string",
		`{"at":1,"new":["a",1]}`:        "string",
		`{"at":1,"new":["a","b"`:        "",
		`{"at":1,"new":["a","b",]}`:     "",
		`{"at":1,"new":["a"],"new":[]}`: `"new" is there twice`,
	} {
		refuses(t, splice{3, nil, []string{"x"}}, text, why)
	}
	for text, why := range map[string]string{
		`{"ours":1}`:                    `conflict without "key"`,
		`{"key":"a","Ours":1}`:          `unknown name "Ours"`,
		`{"key":"a","inBase":true}`:     `unknown name "inBase"`,
		`{"key":"a","ours":null}`:       "null is no int",
		`{"key":"a","ours":1,"ours":1}`: `"ours" is there twice`,
	} {
		refuses(t, conflict{Key: "k", InOurs: true, Ours: 4}, text, why)
	}
	for text, why := range map[string]string{
		`{"ours":["a"]}`:       `overlap without "at"`,
		`{"at":-3}`:            "overlap at -3",
		`{"at":1,"base":null}`: "expected",
		`{"at":1,"old":[]}`:    `unknown name "old"`,
	} {
		refuses(t, overlap{At: 4, Ours: []string{"x"}}, text, why)
	}
}

// An empty array is as good as none.
func TestJSONEmptyArrays(t *testing.T) {
	var s splice
	require.NoError(t, json.Unmarshal([]byte(`{"new":[],"old":[ ],"at":3}`), &s))
	assert.Equal(t, splice{At: 3}, s)
}

// null changes nothing, as for the collections.
func TestJSONNull(t *testing.T) {
	c := change{diff.Updated, "k", 1, 2}
	require.NoError(t, json.Unmarshal([]byte("null"), &c))
	require.NoError(t, c.UnmarshalJSON([]byte(" null ")))
	assert.Equal(t, change{diff.Updated, "k", 1, 2}, c)
	s := splice{3, nil, []string{"x"}}
	require.NoError(t, json.Unmarshal([]byte("null"), &s))
	assert.Equal(t, splice{3, nil, []string{"x"}}, s)
}

// What is decoded owes nothing to what the destination held.
func TestJSONReplaces(t *testing.T) {
	c := diff.Change[string, map[string]int]{Kind: diff.Updated, Key: "k", Old: map[string]int{"a": 1}, New: map[string]int{"b": 1}}
	kept := c.New
	require.NoError(t, json.Unmarshal([]byte(`{"kind":"added","key":"k","new":{"c":2}}`), &c))
	assert.Equal(t, diff.Change[string, map[string]int]{Kind: diff.Added, Key: "k", New: map[string]int{"c": 2}}, c)
	assert.Equal(t, map[string]int{"b": 1}, kept)

	array := []string{"x", "y"}
	s := splice{1, array, array}
	require.NoError(t, json.Unmarshal([]byte(`{"at":0,"old":["z"]}`), &s))
	assert.Equal(t, splice{0, []string{"z"}, nil}, s)
	assert.Equal(t, []string{"x", "y"}, array)
}

// encoding/gob writes the kind as the number that it is, as it did before there were words: these bytes are from
// then.
func TestGobKeepsNumbers(t *testing.T) {
	const recorded = "\r\xff\x81\x02\x01\x02\xff\x82\x00\x01\xff\x80\x00\x00@\x7f\x03\x01\x01\x12Change[string,int]" +
		"\x01\xff\x80\x00\x01\x04\x01\x04Kind\x01\x06\x00\x01\x03Key\x01\f\x00\x01\x03Old\x01\x04\x00\x01\x03New\x01\x04\x00\x00\x00" +
		"\x1e\xff\x82\x00\x03\x01\x01\x01\x01a\x02\x02\x00\x01\x02\x01\x01b\x01\x04\x00\x01\x03\x01\x01c\x01\x06\x01\b\x00"
	want := []change{{diff.Added, "a", 0, 1}, {diff.Removed, "b", 2, 0}, {diff.Updated, "c", 3, 4}}
	var got, again []change
	require.NoError(t, gob.NewDecoder(strings.NewReader(recorded)).Decode(&got))
	assert.Equal(t, want, got)
	var b bytes.Buffer
	require.NoError(t, gob.NewEncoder(&b).Encode(want))
	require.NoError(t, gob.NewDecoder(&b).Decode(&again))
	assert.Equal(t, want, again)
}

// fuzzRecord decodes text into an X. What is accepted is decoded from its own encoding to the same; what is
// not changes nothing.
func fuzzRecord[X any](t *testing.T, before X, text []byte) {
	x := before
	if err := json.Unmarshal(text, &x); err != nil {
		require.Equal(t, before, x)
		require.Error(t, any(&x).(json.Unmarshaler).UnmarshalJSON(text))
		require.Equal(t, before, x)
		return
	}
	direct := before
	require.NoError(t, any(&direct).(json.Unmarshaler).UnmarshalJSON(text))
	require.True(t, reflect.DeepEqual(x, direct))
	if string(bytes.TrimSpace(text)) == "null" {
		require.Equal(t, before, x)
		return
	}
	form, err := json.Marshal(x)
	require.NoError(t, err)
	own, err := any(x).(json.Marshaler).MarshalJSON()
	require.NoError(t, err)
	var escaped bytes.Buffer
	json.HTMLEscape(&escaped, own)
	require.Equal(t, string(form), escaped.String())
	y := before
	require.NoError(t, json.Unmarshal(form, &y))
	require.Equal(t, x, y, "%s", form)
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`null`, `{}`, `{"kind":"added","key":"a","new":1}`, `{"kind":"removed","key":"a<","old":1}`,
		`{"kind":"updated","key":1,"old":null,"new":{"a":[1,"\ud800"]}}`, `{"kind":"added","key":"a"}`, `{"Kind":1}`,
		`{"at":1,"old":["a"],"new":[]}`, `{"at":1,"new":[1,2,255]}`, `{"at":-1}`, `{"\u0061t":0}`, `{"at":0,"at":0}`,
		`{"key":"k","base":1,"ours":2}`, `{"key":"k","theirs":null}`, `{"at":2,"base":["b"],"ours":[],"theirs":["b","c"]}`, `{"at":1}x`, "{\"\xff\":1}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		fuzzRecord(t, change{diff.Updated, "k", 1, 2}, text)
		fuzzRecord(t, toggle{Kind: diff.Added, Key: "k"}, text)
		fuzzRecord(t, diff.Change[any, any]{Kind: diff.Removed, Key: "k", Old: 1.0}, text)
		fuzzRecord(t, splice{3, []string{"o"}, []string{"x"}}, text)
		fuzzRecord(t, diff.Splice[byte]{At: 3, New: []byte{1}}, text)
		fuzzRecord(t, diff.Splice[any]{At: 3, New: []any{"x"}}, text)
		fuzzRecord(t, conflict{Key: "k", InOurs: true, Ours: 4}, text)
		fuzzRecord(t, overlap{At: 4, Ours: []string{"x"}}, text)
	})
}
