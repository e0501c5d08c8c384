package bolt

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"
)

// transaction returns the number of the last transaction that wrote.
func (e *Engine) transaction(t *testing.T) (n int) {
	require.NoError(t, e.view(t.Context(), func(tx *bbolt.Tx) error { n = tx.ID(); return nil }))
	return n
}
