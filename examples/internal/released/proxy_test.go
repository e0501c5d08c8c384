package released

import (
	"archive/zip"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// publish puts the module in dir into the module proxy in the folder proxy, in the layout that GOPROXY=file://… reads. The
// zip has what the go command would put there: not the modules within it, which are published on their own.
func publish(t *testing.T, proxy, dir, modulePath, version string) {
	t.Helper()
	at := filepath.Join(proxy, filepath.FromSlash(modulePath), "@v")
	require.NoError(t, os.MkdirAll(at, 0o777))
	put := func(name, content string) {
		require.NoError(t, os.WriteFile(filepath.Join(at, name), []byte(content), 0o666))
	}
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	require.NoError(t, err)
	put("list", version+"\n")
	put(version+".mod", string(mod))
	put(version+".info", `{"Version": "`+version+`", "Time": "`+time.Now().UTC().Format(time.RFC3339)+`"}`)

	f, err := os.Create(filepath.Join(at, version+".zip"))
	require.NoError(t, err)
	defer f.Close()
	w := zip.NewWriter(f)
	root := os.DirFS(dir)
	require.NoError(t, fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != ".":
			if _, err := fs.Stat(root, path.Join(name, "go.mod")); err == nil || strings.HasPrefix(e.Name(), ".") || e.Name() == "vendor" {
				return fs.SkipDir
			}
			return nil
		case !e.Type().IsRegular():
			return nil
		}
		out, err := w.Create(modulePath + "@" + version + "/" + name)
		if err != nil {
			return err
		}
		in, err := root.Open(name)
		if err != nil {
			return err
		}
		defer in.Close()
		_, err = io.Copy(out, in)
		return err
	}))
	require.NoError(t, w.Close())
}
