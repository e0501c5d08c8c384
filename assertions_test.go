package ramet_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/ramet-go/ramet/"

// TestNoAssertionComparesCollections: what compares by reflect.DeepEqual sees of a collection only which version
// it is. A test that means the version says so with ==, and one that means the contents calls Equal, or collects them.
func TestNoAssertionComparesCollections(t *testing.T) {
	w := listWorkspace(t)
	packages, calls := 0, 0
	for path, p := range w.listed {
		if strings.HasPrefix(path, strings.TrimSuffix(module, "/")) && p.hasTests() {
			n, wrong := w.assertions(t, p)
			assert.Empty(t, wrong, "they compare which version it is: use == if that is meant, or else Equal")
			packages++
			calls += n
		}
	}
	assert.Greater(t, packages, 10, "the packages were not found")
	assert.Greater(t, calls, 500, "the assertions were not found")
}

// comparers are the functions that compare by reflect.DeepEqual, or as it does.
var comparers = map[string][]string{
	"reflect":                             {"DeepEqual"},
	"github.com/stretchr/testify/assert":  comparing,
	"github.com/stretchr/testify/require": comparing,
}

var comparing = []string{"Equal", "NotEqual", "EqualValues", "NotEqualValues", "EqualExportedValues", "Exactly",
	"ObjectsAreEqual", "Contains", "NotContains", "ElementsMatch", "NotElementsMatch", "Subset", "NotSubset", "Zero", "NotZero", "Empty", "NotEmpty"}

// A workspace is the packages of all its modules, with what they depend on, and those that have been type-checked.
type workspace struct {
	fset    *token.FileSet
	listed  map[string]*listedPackage // by import path
	checked map[string]*types.Package
}

// A listedPackage is what the go command says of a package. That of a package with its tests has them among its
// GoFiles.
type listedPackage struct {
	ImportPath, Dir string
	GoFiles         []string
	ImportMap       map[string]string
}

func listWorkspace(t *testing.T) workspace {
	cmd := exec.Command("go", "list", "-deps", "-test", "-json=ImportPath,Dir,GoFiles,ImportMap", "./...", "./examples/...", "./property_test/...")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // sources that can be read as they are
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	w := workspace{token.NewFileSet(), map[string]*listedPackage{}, map[string]*types.Package{"unsafe": types.Unsafe}}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(listedPackage)
		err := d.Decode(p)
		if errors.Is(err, io.EOF) {
			return w
		}
		require.NoError(t, err)
		w.listed[p.ImportPath] = p
	}
}

func (p *listedPackage) hasTests() bool {
	return slices.ContainsFunc(p.GoFiles, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
}

// check type-checks p. It looks into functions, and reads comments, only if there is an info to be filled.
func (w workspace) check(p *listedPackage, info *types.Info) ([]*ast.File, *types.Package, error) {
	mode := parser.SkipObjectResolution
	if info != nil {
		mode |= parser.ParseComments
	}
	var files []*ast.File
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(w.fset, filepath.Join(p.Dir, name), nil, mode)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, f)
	}
	imported := importer(func(path string) (*types.Package, error) {
		if other, ok := p.ImportMap[path]; ok {
			path = other
		}
		if known := w.checked[path]; known != nil {
			return known, nil
		}
		_, found, err := w.check(w.listed[path], nil)
		w.checked[path] = found
		return found, err
	})
	path, _, _ := strings.Cut(p.ImportPath, " ")
	conf := types.Config{Importer: imported, IgnoreFuncBodies: info == nil, Sizes: types.SizesFor("gc", runtime.GOARCH)}
	checked, err := conf.Check(path, w.fset, files, info)
	return files, checked, err
}

type importer func(path string) (*types.Package, error)

func (f importer) Import(path string) (*types.Package, error) { return f(path) }

// assertions returns how many calls of a comparer there are in p's tests, and those that compare collections.
func (w workspace) assertions(t *testing.T, p *listedPackage) (calls int, wrong []string) {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}}
	files, _, err := w.check(p, info)
	require.NoError(t, err)
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !compares(info, call) {
				return true
			}
			calls++
			for _, arg := range compared(info, call) {
				if what := collectionIn(info.TypeOf(arg), map[types.Type]bool{}); what != nil {
					at := w.fset.Position(call.Pos())
					wrong = append(wrong, fmt.Sprintf("%s, %s:%d: %s of a %v", p.ImportPath, filepath.Base(at.Filename), at.Line,
						types.ExprString(call.Fun), what))
					break
				}
			}
			return true
		})
	}
	return calls, wrong
}

// compares reports whether call is one of a comparer.
func compares(info *types.Info, call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	f, ok := info.Uses[sel.Sel].(*types.Func)
	if !ok || f.Pkg() == nil {
		return false
	}
	for _, name := range comparers[f.Pkg().Path()] {
		if f.Name() == name || f.Name() == name+"f" {
			return true
		}
	}
	return false
}

// compared returns the arguments of a comparer's call that it compares, which are of type any.
func compared(info *types.Info, call *ast.CallExpr) (args []ast.Expr) {
	params := info.TypeOf(call.Fun).(*types.Signature).Params()
	for i, arg := range call.Args {
		if i < params.Len() && types.Identical(params.At(i).Type(), types.Universe.Lookup("any").Type()) {
			args = append(args, arg)
		}
	}
	return args
}

// collectionIn returns the collection that a t is or has in it, or nil. seen are types that have been looked into.
func collectionIn(t types.Type, seen map[types.Type]bool) types.Type {
	if t == nil || seen[t] {
		return nil
	}
	seen[t] = true
	if n, ok := types.Unalias(t).(*types.Named); ok && isCollection(n.Obj()) {
		return n
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return collectionIn(u.Elem(), seen)
	case *types.Slice:
		return collectionIn(u.Elem(), seen)
	case *types.Array:
		return collectionIn(u.Elem(), seen)
	case *types.Map:
		if k := collectionIn(u.Key(), seen); k != nil {
			return k
		}
		return collectionIn(u.Elem(), seen)
	case *types.Struct:
		for f := range u.Fields() {
			if c := collectionIn(f.Type(), seen); c != nil {
				return c
			}
		}
	}
	return nil
}

// isCollection reports whether name is that of a collection, of a part of one, or of a builder.
func isCollection(name *types.TypeName) bool {
	if name.Pkg() == nil || !strings.HasPrefix(name.Pkg().Path(), module) {
		return false
	}
	switch strings.TrimPrefix(name.Pkg().Path(), module) {
	case "hamt", "rbtree", "vector", "ordered", "list", "history", "cell":
	default:
		return false
	}
	switch name.Name() {
	case "Map", "Set", "Span", "SetSpan", "Vector", "List", "Queue", "History", "Cell", "MapBuilder", "SetBuilder", "Builder":
		return true
	}
	return false
}
