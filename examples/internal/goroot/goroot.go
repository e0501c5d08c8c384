// Package goroot finds the Go distribution, which the examples take their input from.
package goroot

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Find returns the folder of the Go distribution that the go command belongs to. It may lack what
// programs do not need to be built (api, doc, test): one that the go command has fetched does.
func Find() (string, error) {
	cmd := exec.Command("go", "env", "GOROOT")
	cmd.Env = append(os.Environ(), "GOFLAGS=") // one of them can change how the answer is written
	root, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("cannot ask the go command for its folder: %w", err)
	}
	return strings.TrimSpace(string(root)), nil
}
