package released

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	rootModule     = "github.com/ramet-go/ramet"
	examplesModule = rootModule + "/examples"
)

// required matches the line of go.mod that requires the root module, and finds the version.
var required = regexp.MustCompile(`(?m)^\s*github\.com/ramet-go/ramet (v\S+)$`)

// TestModuleIsForUsers: the go command refuses pkg@version if the go.mod there replaces anything, and a version of
// zeros is one that nobody can fetch.
func TestModuleIsForUsers(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	require.NoError(t, err)
	assert.NotRegexp(t, `(?m)^\s*(replace|exclude)\b`, string(mod))
	m := required.FindStringSubmatch(string(mod))
	require.NotNil(t, m)
	assert.NotContains(t, m[1], "v0.0.0")
	assert.Regexp(t, `^v\d+\.\d+\.\d+$`, m[1])
}

// TestRunWithoutACheckout publishes both modules, as they are here, in a proxy of files, and does what README.md says: go run of
// a package at a version, in an empty folder.
func TestRunWithoutACheckout(t *testing.T) {
	if testing.Short() {
		t.Skip("what timeline needs is compiled anew")
	}
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Skipf("there is no go command: %v", err)
	}
	root, err := filepath.Abs("../../..")
	require.NoError(t, err)
	mod, err := os.ReadFile(filepath.Join(root, "examples", "go.mod"))
	require.NoError(t, err)
	m := required.FindStringSubmatch(string(mod))
	require.NotNil(t, m)
	version := m[1]

	proxy := t.TempDir()
	publish(t, proxy, root, rootModule, version)
	publish(t, proxy, filepath.Join(root, "examples"), examplesModule, version)
	empty := t.TempDir()
	env := append(os.Environ(),
		"GOPROXY="+fileURL(proxy)+","+fileURL(filepath.Join(goEnv(t, "GOMODCACHE"), "cache", "download"))+","+goEnv(t, "GOPROXY"),
		"GOMODCACHE="+t.TempDir(), // or the version of today would be taken for that of tomorrow
		"GONOPROXY=none", "GOSUMDB=off", "GOWORK=off", "GOTOOLCHAIN=local",
		"GOFLAGS=-mod=mod -modcacherw -trimpath") // with -trimpath, what is compiled is found in the build cache the next time
	run := func(command string, args ...string) string {
		cmd := exec.Command(command, args...)
		cmd.Dir, cmd.Env = empty, env
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s %v: %s", command, args, out)
		return string(out)
	}
	timeline := examplesModule + "/timeline@" + version
	assert.Contains(t, run(goCommand, "run", timeline, "at", "1.21", "slices"), "func ContainsFunc[")

	// The files of the releases are in the zip: the program finds no others if it finds no go command to ask.
	bin := t.TempDir()
	env = append(env, "GOBIN="+bin)
	run(goCommand, "install", timeline)
	env = append(env, "PATH="+empty)
	out := run(filepath.Join(bin, "timeline"+goEnv(t, "GOEXE")), "at", "1.21", "slices")
	assert.Contains(t, out, "func ContainsFunc[")
	assert.Contains(t, out, "that timeline carries")
}

// goEnv returns a setting of the go command.
func goEnv(t *testing.T, name string) string {
	t.Helper()
	cmd := exec.Command("go", "env", name)
	cmd.Env = append(os.Environ(), "GOFLAGS=") // of which one may be -json, which go env has as well
	out, err := cmd.Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}

func fileURL(dir string) string {
	dir = filepath.ToSlash(dir)
	if runtime.GOOS == "windows" {
		dir = "/" + dir
	}
	return "file://" + dir
}
