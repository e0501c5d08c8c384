package storetest

import (
	"testing"

	"github.com/ramet-go/ramet/store/chunk"
)

func TestMemory(t *testing.T) {
	TestEngine(t, func(testing.TB) (chunk.Engine, func() chunk.Engine) { return chunk.NewMemory(), nil })
}
