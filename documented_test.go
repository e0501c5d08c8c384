package ramet_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// notImported has the modules beside this one that are programs and tests. The others are packages.
var notImported = map[string]bool{"bench": true, "examples": true, "interop_test": true, "property_test": true}

// TestEveryExportedNameIsDocumented looks at the packages that users can import, of this module and of those beside it.
func TestEveryExportedNameIsDocumented(t *testing.T) {
	packages, modules := 0, 0
	err := filepath.WalkDir(".", func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		switch name := d.Name(); {
		case dir == ".":
		case strings.HasPrefix(name, "."), name == "internal", name == "testdata", notImported[filepath.ToSlash(dir)]:
			return filepath.SkipDir
		case hasFiles(dir, "go.mod"):
			modules++
		}
		if hasFiles(dir, "*.go") {
			packages++
			for _, name := range undocumented(t, dir) {
				assert.Fail(t, name+" has no documentation")
			}
		}
		return nil
	})
	require.NoError(t, err)
	assert.GreaterOrEqual(t, packages, 4, "the packages were not found")
	if hasFiles(".", "go.work") { // not in a copy of this module alone
		assert.Equal(t, 2, modules, "store and natsstore")
	}
}

func hasFiles(dir, pattern string) bool {
	found, _ := filepath.Glob(filepath.Join(dir, pattern))
	return len(found) > 0
}

// undocumented returns the exported names of the package in dir that have no documentation.
func undocumented(t *testing.T, dir string) (names []string) {
	sources, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	fset := token.NewFileSet()
	var files []*ast.File
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, source, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, dir)
	require.NoError(t, err)

	note := func(text string, words ...string) {
		if text == "" {
			names = append(names, dir+": "+strings.Join(words, " "))
		}
	}
	values := func(vs []*doc.Value) {
		for _, v := range vs {
			for _, spec := range v.Decl.Specs {
				s := spec.(*ast.ValueSpec)
				for _, name := range s.Names {
					if name.IsExported() {
						note(v.Doc+s.Doc.Text()+s.Comment.Text(), name.Name)
					}
				}
			}
		}
	}
	funcs := func(fs []*doc.Func) {
		for _, f := range fs {
			note(f.Doc, f.Recv, f.Name)
		}
	}
	note(p.Doc, "package", p.Name)
	values(p.Consts)
	values(p.Vars)
	funcs(p.Funcs)
	for _, typ := range p.Types {
		note(typ.Doc, typ.Name)
		values(typ.Consts)
		values(typ.Vars)
		funcs(typ.Funcs)
		funcs(typ.Methods)
	}
	return names
}
