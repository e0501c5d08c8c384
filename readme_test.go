package ramet_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadmeShowsTheExample fails if the code of README.md is not that of Example, which is
// compiled and run.
func TestReadmeShowsTheExample(t *testing.T) {
	source := between(t, "example_test.go", "func Example() {\n", "\t// Output:")
	shown := between(t, "README.md", "```go\n", "```")
	var body strings.Builder
	for line := range strings.Lines(source) {
		body.WriteString(strings.TrimPrefix(line, "\t"))
	}
	assert.Equal(t, body.String(), shown)
}

// TestCommandsExist looks up what README.md and CONTRIBUTING.md tell people to run.
func TestCommandsExist(t *testing.T) {
	if !hasFiles("examples", "go.mod") {
		t.Skip("the examples are a module of their own, which is not part of this copy of the sources")
	}
	documents := read(t, "README.md") + read(t, "CONTRIBUTING.md")
	found := func(expr string) (words []string) {
		for _, m := range regexp.MustCompile(expr).FindAllStringSubmatch(documents, -1) {
			words = append(words, strings.Fields(m[1])...)
		}
		slices.Sort(words)
		return slices.Compact(words)
	}

	makefile, ci := read(t, "Makefile"), read(t, ".ci/run")
	targets := found(`(?:    |` + "`" + `)make ([a-z0-9-]+)`)
	assert.Contains(t, targets, "check")
	for _, target := range targets {
		assert.True(t, strings.Contains(makefile, "\n"+target+":"), "there is no make %s", target)
	}
	parts := found(`\.ci/run ((?:[a-z0-9]+ )*[a-z0-9]+)(?:  |` + "`" + `)`)
	assert.NotEmpty(t, parts)
	for _, part := range parts {
		assert.True(t, strings.Contains(ci, "\npart_"+part+"() {"), "there is no .ci/run %s", part)
	}

	// Every example is shown, and every one that is shown is there.
	var programs []string
	mains, err := filepath.Glob("examples/*/main.go")
	require.NoError(t, err)
	for _, main := range mains {
		programs = append(programs, filepath.Base(filepath.Dir(main)))
	}
	assert.Equal(t, programs, found(`go run \./examples/([a-z]+)`))
}

func read(t *testing.T, file string) string {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}

// between returns what stands in the named file between the first start and the next end.
func between(t *testing.T, file, start, end string) string {
	_, rest, ok := strings.Cut(read(t, file), start)
	require.True(t, ok, "%s has no %q", file, start)
	found, _, ok := strings.Cut(rest, end)
	require.True(t, ok, "%s has no %q after %q", file, end, start)
	return found
}
