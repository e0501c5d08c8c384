package ramet_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// layers are those of a tree package, from the lowest to the highest. A file says in which one it is by a comment before
// its package clause, //ramet:layer NAME.
var layers = []string{
	"rep",  // the representation, and the casts that reach it
	"node", // makes one node or leaf from others
	"path", // leads from the root to a leaf, and back
	"tree", // works on whole trees
	"api",  // what the package offers
}

// TestLayersCallDownward: a function calls those of its own layer and of lower ones. So a reader of a file has to know
// those below it only. Types and constants are not looked at.
func TestLayersCallDownward(t *testing.T) {
	w := listWorkspace(t)
	for _, engine := range []string{"hamt", "rbtree", "vector"} {
		calls, wrong := w.upwardCalls(t, w.listed[module+engine])
		assert.Empty(t, wrong, engine)
		assert.Greater(t, calls, 500, "the calls within %s were not found", engine)
	}
}

// upwardCalls returns how many uses there are of functions of p in p, and those of a higher layer than the file is in where
// they stand.
func (w workspace) upwardCalls(t *testing.T, p *listedPackage) (calls int, wrong []string) {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	files, pkg, err := w.check(p, info)
	require.NoError(t, err)
	layerOf := map[string]int{} // of files
	for _, f := range files {
		name := w.fset.Position(f.Package).Filename
		layer, err := layerTag(f)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("%s: %v", filepath.Base(name), err))
			continue
		}
		layerOf[name] = layer
	}
	if len(wrong) > 0 {
		return calls, wrong
	}
	for id, use := range info.Uses {
		f, ok := use.(*types.Func)
		if !ok || f.Pkg() != pkg || isOfInterface(f) {
			continue
		}
		calls++
		from, to := w.fset.Position(id.Pos()), w.fset.Position(f.Origin().Pos())
		if a, b := layerOf[from.Filename], layerOf[to.Filename]; a < b {
			wrong = append(wrong, fmt.Sprintf("%s:%d, in layer %s, calls %s of %s, in layer %s", filepath.Base(from.Filename), from.Line, layers[a],
				f.Name(), filepath.Base(to.Filename), layers[b]))
		}
	}
	slices.Sort(wrong)
	return calls, wrong
}

// isOfInterface reports whether f is a method that an interface asks for: it does not say whose is called.
func isOfInterface(f *types.Func) bool {
	recv := f.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// layerTag returns the layer that a file says it is in.
func layerTag(f *ast.File) (int, error) {
	for _, group := range f.Comments {
		for _, c := range group.List {
			name, ok := strings.CutPrefix(c.Text, "//ramet:layer ")
			if !ok || c.Pos() > f.Package {
				continue
			}
			if i := slices.Index(layers, name); i >= 0 {
				return i, nil
			}
			return 0, fmt.Errorf("there is no layer %q", name)
		}
	}
	return 0, fmt.Errorf("there is no comment //ramet:layer before the package clause")
}
