package testkit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/testkit"
)

// sequences is how many random programs a bug may survive.
const sequences, length = 40, 250

func TestACorrectMapPasses(t *testing.T) {
	ms := cows("")
	ms.Order = nil // its diff has none
	rng := testkit.Rand(t)
	var total testkit.Report
	for range sequences {
		total.Add(ms.Test(t, testkit.Random(rng, length)))
	}
	t.Log(total)
	assert.Empty(t, total.Missing(), "operations that never ran")
	assert.Equal(t, sequences*length, total.Steps)
	assert.Greater(t, total.MaxLen, 60)
	assert.Greater(t, total.NoOps, 100)
	assert.Greater(t, total.Faults, 20)
	assert.Positive(t, total.Poisoned)
	assert.Greater(t, total.Conflicts, 20)
	assert.Greater(t, total.OldestKept, 100)
	assert.GreaterOrEqual(t, total.Old, sequences*32)
}

func TestBugsAreFound(t *testing.T) {
	for _, bug := range []string{
		"miscount", "get of absent", "iteration ends early", "writes in place", "no-op copies", "delete drops another",
		"delete forgets", "update sees zero", "union keeps old values", "union skips what is shared",
		"intersection takes other values", "difference compares values", "builder writes through", "builder keeps ownership",
		"range sees later changes", "torn builder", "equal compares lengths", "diff misses updates", "merge drops their deletions",
		"merge hides conflicts",
	} {
		t.Run(bug, func(t *testing.T) {
			ms := cows(bug)
			ms.Order = nil
			for seed := range uint64(sequences) {
				if _, err := ms.Run(random(seed, length)); err != nil {
					t.Logf("sequence %d: %v", seed, err)
					return
				}
			}
			t.Error("not found")
		})
	}
}

func TestAFailureIsShortAndIsGo(t *testing.T) {
	ms := cows("writes in place")
	ms.Order = nil
	var p testkit.Program
	var err error
	for seed := uint64(0); err == nil; seed++ {
		p = random(seed, length)
		_, err = ms.Run(p)
	}
	f, ok := ms.Explain(p, err).(*testkit.Failure)
	require.True(t, ok)
	assert.LessOrEqual(t, len(f.Program), 6)
	file, err := parser.ParseFile(token.NewFileSet(), "repro_test.go", f.Source, 0)
	require.NoError(t, err, f.Source)
	assert.Equal(t, "testkit_test", file.Name.Name)
	assert.NotEmpty(t, file.Decls[1].(*ast.FuncDecl).Body.List)
	t.Log(f)
}

func TestEverySourceIsGo(t *testing.T) {
	rng := testkit.Rand(t)
	ms := cows("")
	ms.Order = nil
	for range 10 {
		source, err := ms.Source(testkit.Random(rng, length))
		require.NoError(t, err)
		_, err = parser.ParseFile(token.NewFileSet(), "repro_test.go", source, 0)
		require.NoError(t, err, source)
	}
}
