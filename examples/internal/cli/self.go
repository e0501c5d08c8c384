package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
)

// Self returns how the program called name is run again, as words of a shell: by its name where the shell finds it, or as
// go run of its package. What a program suggests begins with it.
func Self(name string) string {
	exe, err := os.Executable()
	info, ok := debug.ReadBuildInfo()
	if err != nil || !ok {
		return name
	}
	found, _ := exec.LookPath(name)
	return self(name, exe, found, info.Path, info.Main.Version)
}

// self is Self of a program in the file exe, where the shell finds the file found, which was built of a package at a version.
func self(name, exe, found, pkg, version string) string {
	switch {
	case strings.HasSuffix(strings.TrimSuffix(exe, ".exe"), ".test"): // go test has built it
		return name
	case strings.Contains(filepath.ToSlash(exe), "/go-build"): // go run has put it there, and takes it away
		if strings.HasPrefix(version, "v") {
			pkg += "@" + version
		}
		return "go run " + pkg
	case found != "" && same(found, exe):
		return name
	}
	return exe
}

// same reports whether two paths lead to one file.
func same(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}
