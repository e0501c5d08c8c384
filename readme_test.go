package ramet_test

import (
	"os"
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

// between returns what stands in the named file between the first start and the next end.
func between(t *testing.T, file, start, end string) string {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	_, rest, ok := strings.Cut(string(text), start)
	require.True(t, ok, "%s has no %q", file, start)
	found, _, ok := strings.Cut(rest, end)
	require.True(t, ok, "%s has no %q after %q", file, end, start)
	return found
}
