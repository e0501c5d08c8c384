package chunk

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCheckName(t *testing.T) {
	for _, name := range []string{
		"a", "main", "tags/v1.2.3", "a/b/c", "-", "_", "...", ".a", "a.", "..a", "A-Z_0/9",
		strings.Repeat("x", MaxName),
	} {
		assert.NoError(t, CheckName(name), "%q", name)
	}
	for _, name := range []string{
		"", ".", "..", "/", "a/", "/a", "a//b", "a/./b", "a/../b", "../a", "a/..", "a b", "a\x00", "ä", "a\\b", "a:b", "a\n", "a*", "~a", "a@b", "\xff",
		strings.Repeat("x", MaxName+1),
	} {
		assert.Error(t, CheckName(name), "%q", name)
	}
	// Every byte alone: those of the documentation, and no other.
	for c := range 256 {
		allowed := strings.IndexByte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.", byte(c)) >= 0
		assert.Equal(t, allowed || c == '/', CheckName("x"+string([]byte{byte(c)})+"x") == nil, "%q", c)
	}
}
