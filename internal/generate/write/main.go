// Command write writes the generated files of the module in the folder that is its argument.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ramet-go/ramet/internal/generate"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: write FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(module string) error {
	files, err := generate.Files(module)
	if err != nil {
		return err
	}
	for _, f := range files {
		name := filepath.Join(module, filepath.FromSlash(f.Name))
		if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, f.Content) {
			continue
		}
		if err := os.WriteFile(name, f.Content, 0o644); err != nil {
			return err
		}
		fmt.Println(f.Name)
	}
	return nil
}
