package hamt

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
)

// TestEntriesFollowTheHeader, which entryAt relies on: whatever they are, nothing is between.
func TestEntriesFollowTheHeader(t *testing.T) {
	assert.Equal(t, unsafe.Sizeof(leaf{}), unsafe.Offsetof(sizedLeaf[[1]entry[int8, struct{}]]{}.entries))
	assert.Equal(t, unsafe.Sizeof(leaf{}), unsafe.Offsetof(sizedLeaf[[3]entry[string, complex128]]{}.entries))
	assert.Equal(t, unsafe.Sizeof(leaf{}), unsafe.Offsetof(sizedLeaf[[16]entry[any, *int]]{}.entries))
}
