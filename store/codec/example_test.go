package codec_test

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/ramet-go/ramet/store/codec"
)

func ExampleKeyOf() {
	type UserID int32
	k, err := codec.KeyOf[UserID]()
	if err != nil {
		panic(err)
	}
	b, _ := k.Append(nil, -5)
	id, _ := k.Decode(b)
	fmt.Printf("%s, ordered: %v\n%x is %d\n", k.Name(), k.Ordered(), b, id)

	_, err = codec.KeyOf[struct{ X, Y int }]()
	fmt.Println(err)
	// Output:
	// int, ordered: true
	// 7ffffffffffffffb is -5
	// codec: no key codec for struct { X int; Y int }: use Tuple2 or Tuple3 for a key of several fields, or KeyFunc
}

func ExampleValueOf() {
	fmt.Println(codec.ValueOf[int]().Name(), codec.ValueOf[string]().Name(), codec.ValueOf[time.Time]().Name())

	type User struct {
		Name string
		Mail string `json:",omitempty"`
	}
	users := codec.ValueOf[User]()
	b, _ := users.Append(nil, User{Name: "Ada <3"})
	fmt.Printf("%s: %s\n", users.Name(), b)
	// Output:
	// varint string json
	// json: {"Name":"Ada <3"}
}

// The newest message of each room comes first.
func ExampleTuple2() {
	type Key struct {
		Room string
		Sent time.Time
	}
	keys := codec.Tuple2(codec.String[string](), codec.Descending(codec.Time()),
		func(k Key) (string, time.Time) { return k.Room, k.Sent },
		func(room string, sent time.Time) Key { return Key{room, sent} })
	fmt.Println(keys.Name())

	noon := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	older, _ := keys.Append(nil, Key{"kitchen", noon})
	newer, _ := keys.Append(nil, Key{"kitchen", noon.Add(time.Hour)})
	attic, _ := keys.Append(nil, Key{"attic", noon})
	fmt.Println(bytes.Compare(newer, older) < 0, bytes.Compare(attic, newer) < 0)
	// Output:
	// tuple(string,descending(time))
	// true true
}

// A map that does not tell upper from lower case needs a codec that does not either.
func ExampleKeyFunc() {
	folded := codec.KeyFunc("lower-case", true,
		func(b []byte, k string) ([]byte, error) { return append(b, strings.ToLower(k)...), nil },
		func(b []byte) (string, error) { return string(b), nil })

	b, _ := folded.Append(nil, "Ada")
	fmt.Printf("%s\n", b)
	_, err := folded.Decode([]byte("Ada")) // which it never writes
	fmt.Println(err)
	// Output:
	// ada
	// codec: lower-case: 416461 reads as a key whose bytes are 616461
}

func ExampleDescending() {
	k := codec.Descending(codec.String[string]())
	a, _ := k.Append(nil, "a")
	ab, _ := k.Append(nil, "ab")
	fmt.Println(k.Name(), bytes.Compare(a, ab))
	// Output: descending(string) 1
}
