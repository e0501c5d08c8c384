package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseLine(t *testing.T) {
	for _, c := range []struct {
		in   string
		want line
	}{
		{"pkg bytes, func Clone([]uint8) []uint8 #45038",
			line{"bytes", "func Clone", "([]uint8) []uint8", false, 45038}},
		{"pkg slices, func Clip[$0 interface{ ~[]$1 }, $1 interface{}]($0) $0",
			line{"slices", "func Clip", "[$0 interface{ ~[]$1 }, $1 interface{}]($0) $0", false, 0}},
		{"pkg os, var Args []string",
			line{"os", "var Args", " []string", false, 0}},
		{"pkg os, const ModeSticky FileMode",
			line{"os", "const ModeSticky", " FileMode", false, 0}},
		{"pkg os, const ModeSticky = 1048576",
			line{"os", "const ModeSticky =", " 1048576", false, 0}},
		{"pkg math, const E = 2.71828  // 27182/10000",
			line{"math", "const E =", " 2.71828  // 27182/10000", false, 0}},
		{`pkg mime, const Odd = "issue #none"`,
			line{"mime", "const Odd =", ` "issue #none"`, false, 0}},
		{"pkg syscall (windows-386), const O_CLOEXEC = 524288",
			line{"syscall", "(windows-386), const O_CLOEXEC =", " 524288", false, 0}},
		{"pkg bytes, method (*Buffer) Peek(int) ([]uint8, error) #73794",
			line{"bytes", "method (*Buffer) Peek", "(int) ([]uint8, error)", false, 73794}},
		{"pkg sync/atomic, method (*Pointer[$0]) Load() *$0",
			line{"sync/atomic", "method (*Pointer[$0]) Load", "() *$0", false, 0}},
		{"pkg os, type File struct",
			line{"os", "type File", " struct", false, 0}},
		{"pkg os, type FileMode = fs.FileMode",
			line{"os", "type FileMode", " = fs.FileMode", false, 0}},
		{"pkg sync/atomic, type Pointer[$0 interface{}] struct",
			line{"sync/atomic", "type Pointer", "[$0 interface{}] struct", false, 0}},
		{"pkg x, type T[$0 interface{ ~[]$1 }, $1 []int] struct, Field []$1",
			line{"x", "type T[$0 interface{ ~[]$1 }, $1 []int] struct, Field", " []$1", false, 0}},
		{"pkg net/http, type Cookie struct, Quoted bool #46443",
			line{"net/http", "type Cookie struct, Quoted", " bool", false, 46443}},
		{"pkg go/ast, type File struct, embedded Node",
			line{"go/ast", "type File struct, embedded Node", "", false, 0}},
		{"pkg hash, type Hash interface, Reset()",
			line{"hash", "type Hash interface, Reset", "()", false, 0}},
		{"pkg reflect, type Type interface, unexported methods",
			line{"reflect", "type Type interface, unexported methods", "", false, 0}},
		{"pkg go/ast, func NewPackage //deprecated #52463",
			line{"go/ast", "func NewPackage", "", true, 52463}},
		{"pkg crypto/tls, type ConnectionState struct, TLSUnique //deprecated",
			line{"crypto/tls", "type ConnectionState struct, TLSUnique", "", true, 0}},
		{"pkg syscall (freebsd-arm64), func BpfBuflen //deprecated",
			line{"syscall", "(freebsd-arm64), func BpfBuflen", "", true, 0}},
		{"pkg x, func Größe() int",
			line{"x", "func Größe", "() int", false, 0}},
	} {
		got, err := parseLine(c.in)
		require.NoError(t, err, c.in)
		assert.Equal(t, c.want, got, c.in)
	}
}

func TestParseLineMalformed(t *testing.T) {
	for in, want := range map[string]string{
		"package x, func F()":                 `does not start with "pkg "`,
		"pkg":                                 `does not start with "pkg "`,
		"pkg x":                               "no package, comma",
		"pkg , func F()":                      "no package, comma",
		"pkg x,func F()":                      "no comma after the package",
		"pkg x func F()":                      "no comma after the package",
		"pkg x (linux, func F()":              "platform does not end",
		"pkg x (), func F()":                  "platform does not end",
		"pkg x, ":                             "none of const, var, func, method, type",
		"pkg x, fun F()":                      "none of const, var, func, method, type",
		"pkg x, func ":                        "without a name",
		"pkg x, func":                         "without a name",
		"pkg x, func 9()":                     "without a name",
		"pkg x, const  = 1":                   "without a name",
		"pkg x, type T struct, ":              "without a name",
		"pkg x, type , F int":                 "without a name",
		"pkg x, method Get()":                 "method without a receiver",
		"pkg x, method":                       "method without a receiver",
		"pkg x, method (*T) ":                 "without a name",
		"pkg x, func F":                       "without a declaration",
		"pkg x, func F() #":                   "no issue number",
		"pkg x, func F() #12x":                "no issue number",
		"pkg x, func F() #-1":                 "no issue number",
		"pkg x, func F() #99999999999":        "no issue number",
		"pkg x, func F(int) //deprecated #12": "deprecation with a declaration",
	} {
		_, err := parseLine(in)
		assert.ErrorContains(t, err, want, in)
	}
}

func TestParseText(t *testing.T) {
	lines, err := parseText("go1.txt", "# comment\r\n\r\n  pkg a, func F()\t\r\npkg a, func G()")
	require.NoError(t, err)
	assert.Equal(t, []line{{pkg: "a", name: "func F", decl: "()"}, {pkg: "a", name: "func G", decl: "()"}}, lines)

	_, err = parseText("go1.2.txt", "# comment\n\npkg a, func F()\npkg a func G()\n")
	assert.EqualError(t, err, "go1.2.txt:4: no comma after the package: pkg a func G()")
	_, err = parseText("go1.2.txt", "pkg a, const \xc3\xbc = \"\u6728\"\npkg a, type \u202eT\x1b[2J struct\n")
	assert.ErrorContains(t, err, "go1.2.txt:2: ")
	_, err = parseText("go1.2.txt", "pkg a, const \xc3\xbc = \"\u6728\"\npkg a, const T = \x1b[2J\n")
	assert.EqualError(t, err, `go1.2.txt:2: a character that cannot be printed: pkg a, const T = \x1b[2J`)
}

func TestParseRelease(t *testing.T) {
	for in, want := range map[string]release{
		"1": 0, "go1": 0, "1.0": 0, "go1.0": 0, "1.9": 9, "go1.18": 18, "1.10": 10,
	} {
		got, ok := parseRelease(in)
		assert.True(t, ok, in)
		assert.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "go", "2", "2.1", "1.", "1.x", "1.01", "1.+5", "1.-5", "1.21.3", "1.99999", "v1.2", "gogo1", " 1.2"} {
		_, ok := parseRelease(in)
		assert.False(t, ok, in)
	}
}

func TestReleaseOfFile(t *testing.T) {
	for in, want := range map[string]release{"go1.txt": 0, "go1.1.txt": 1, "go1.26.txt": 26} {
		got, ok := releaseOfFile(in)
		assert.True(t, ok, in)
		assert.Equal(t, want, got, in)
	}
	for _, in := range []string{"except.txt", "README", "1.2.txt", "go1.2", "go1.0.txt", "go1.2.txt.orig", "go1.2-old.txt", "go2.txt"} {
		_, ok := releaseOfFile(in)
		assert.False(t, ok, in)
	}
}

func TestLoadSortsReleasesByNumber(t *testing.T) {
	files, err := folder("testdata").load()
	require.NoError(t, err)
	var got []release
	for _, f := range files {
		got = append(got, f.release)
	}
	assert.Equal(t, []release{0, 2, 10}, got)
	assert.Len(t, files[0].lines, 13)
	assert.Positive(t, files[0].size)
}

func TestLoadErrors(t *testing.T) {
	dir := t.TempDir()
	_, err := folder(filepath.Join(dir, "none")).load()
	assert.ErrorIs(t, err, errNoHistory)
	assert.ErrorContains(t, err, "no API history in "+filepath.Join(dir, "none"))

	_, err = folder(dir).load()
	assert.ErrorIs(t, err, errNoHistory)
	assert.ErrorContains(t, err, "no API history in "+dir)
	assert.ErrorContains(t, err, "it has no file go1*.txt")

	bad := filepath.Join(dir, "go1.3.txt")
	require.NoError(t, os.WriteFile(bad, []byte("pkg a, func F()\npkg a, func G() #x\n"), 0o600))
	_, err = folder(dir).load()
	assert.EqualError(t, err, bad+":2: no issue number after #: pkg a, func G() #x")
}
