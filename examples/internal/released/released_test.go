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
	storeModule    = rootModule + "/store"
	natsModule     = storeModule + "/natsstore"
	examplesModule = rootModule + "/examples"
)

// required returns the version of a module that a go.mod requires.
func required(t *testing.T, mod, modulePath string) string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^(?:require)?\s*` + regexp.QuoteMeta(modulePath) + ` (v\S+)(?: // indirect)?$`).FindStringSubmatch(mod)
	require.NotNil(t, m, modulePath)
	return m[1]
}

// forUsers are the modules that people use at a version, with what they require of the others.
var forUsers = map[string][]string{
	"examples":        {rootModule, storeModule, natsModule},
	"store":           {rootModule},
	"store/natsstore": {rootModule, storeModule},
}

// TestModuleIsForUsers: the go command refuses pkg@version if the go.mod there replaces anything, and a version of
// zeros is one that nobody can fetch.
func TestModuleIsForUsers(t *testing.T) {
	versions := map[string]string{}
	for dir, modules := range forUsers {
		text, err := os.ReadFile(filepath.Join("../../..", dir, "go.mod"))
		require.NoError(t, err)
		mod := string(text)
		assert.NotRegexp(t, `(?m)^\s*(replace|exclude)\b`, mod, dir)
		for _, m := range modules {
			version := required(t, mod, m)
			assert.NotContains(t, version, "v0.0.0", dir)
			assert.Regexp(t, `^v\d+\.\d+\.\d+$`, version, dir)
			if of, ok := versions[m]; ok {
				assert.Equal(t, of, version, "all require the same version of %s", m)
			}
			versions[m] = version
		}
	}
	// In a checkout these are found by their versions, since the examples require some that nobody can fetch yet.
	work, err := os.ReadFile("../../../go.work")
	require.NoError(t, err)
	assert.Contains(t, string(work), "\n\t"+storeModule+" "+versions[storeModule]+" => ./store\n")
	assert.Contains(t, string(work), "\n\t"+natsModule+" "+versions[natsModule]+" => ./store/natsstore\n")
}

// TestRunWithoutACheckout publishes the modules, as they are here, in a proxy of files, and does what README.md says: go run of
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
	version := required(t, string(mod), rootModule)

	proxy := t.TempDir()
	publish(t, proxy, root, rootModule, version)
	publish(t, proxy, filepath.Join(root, "store"), storeModule, required(t, string(mod), storeModule))
	publish(t, proxy, filepath.Join(root, "store", "natsstore"), natsModule, required(t, string(mod), natsModule))
	publish(t, proxy, filepath.Join(root, "examples"), examplesModule, version)
	empty := t.TempDir()
	env := append(os.Environ(),
		"GOPROXY="+fileURL(proxy)+","+fileURL(filepath.Join(goEnv(t, "GOMODCACHE"), "cache", "download"))+","+goEnv(t, "GOPROXY"),
		"GOMODCACHE="+t.TempDir(), // or the version of today would be taken for that of tomorrow
		"GONOPROXY=none", "GOSUMDB=off", "GOWORK=off", "GOTOOLCHAIN=local",
		"GOFLAGS=-mod=mod -modcacherw -trimpath") // with -trimpath, what is compiled is found in the build cache the next time
	dir := empty
	run := func(command string, args ...string) string {
		cmd := exec.Command(command, args...)
		cmd.Dir, cmd.Env = dir, env
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s %v: %s", command, args, out)
		return string(out)
	}
	timeline := examplesModule + "/timeline@" + version
	assert.Contains(t, run(goCommand, "run", timeline, "at", "1.21", "slices"), "func ContainsFunc[")
	file := filepath.Join(t.TempDir(), "go.ramet")
	for _, note := range []string{"Wrote ", "Answered from "} {
		out := run(goCommand, "run", timeline, "-store", file, "at", "1.21", "slices")
		assert.Contains(t, out, "func ContainsFunc[")
		assert.Contains(t, out, "\n"+note)
	}

	// All packages of live are found, which needs the most of others. To compile them would take long.
	dir = t.TempDir()
	run(goCommand, "mod", "init", "example.com/user")
	run(goCommand, "get", examplesModule+"/live@"+version)
	assert.Contains(t, run(goCommand, "list", "-deps", examplesModule+"/live"), "\n"+natsModule+"\n")
	dir = empty

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
