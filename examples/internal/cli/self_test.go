package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSelf(t *testing.T) {
	exe := filepath.Join(t.TempDir(), "echo")
	other := filepath.Join(t.TempDir(), "echo")
	for _, path := range []string{exe, other} {
		require.NoError(t, os.WriteFile(path, nil, 0o700))
	}
	const pkg = "example.com/x/echo"
	temp := filepath.Join(t.TempDir(), "go-build123", "b001", "exe", "echo") // where go run puts a program
	assert.Equal(t, "echo", self("echo", exe, exe, pkg, "(devel)"))
	assert.Equal(t, exe, self("echo", exe, other, pkg, "(devel)"), "another program of that name is found")
	assert.Equal(t, exe, self("echo", exe, "", pkg, "(devel)"))
	assert.Equal(t, "go run "+pkg, self("echo", temp, "", pkg, "(devel)"))
	assert.Equal(t, "go run "+pkg, self("echo", temp, "", pkg, ""))
	assert.Equal(t, "go run "+pkg+"@v0.1.0", self("echo", temp, other, pkg, "v0.1.0"))
	assert.Equal(t, "echo", self("echo", temp+".test", "", pkg, "v0.1.0"))
	assert.Equal(t, "echo", Self("echo"))
}

func TestWord(t *testing.T) {
	for s, want := range map[string][2]string{ // "": none
		"a/b.c-d_e": {"a/b.c-d_e", "a/b.c-d_e"},
		`C:\new`:    {`'C:\new'`, `C:\new`},
		"":          {"''", `""`},
		"-x":        {"-x", "-x"},
		"func F":    {"'func F'", `"func F"`},
		"it's":      {`'it'\''s'`, `"it's"`},
		"$0":        {"'$0'", ""},
		`"`:         {`'"'`, ""},
		"100%":      {"'100%'", ""},
		`a b\`:      {`'a b\'`, ""},
	} {
		for i, system := range []string{"linux", "windows"} {
			got, ok := Word(system, s)
			assert.Equal(t, want[i], got, "%s: %s", system, s)
			assert.Equal(t, want[i] != "", ok, "%s: %s", system, s)
		}
	}
}
