package chunk

import "fmt"

// MaxName is the length of the longest name, in bytes.
const MaxName = 200

// CheckName returns an error if name cannot be given to anything. A name has at most [MaxName] bytes, which are ASCII
// letters, digits, and the characters - _ . and /. The components between slashes are not empty, and none is "." or
// "..": so a name is also the path of a file, a part of a URL, and a key elsewhere. Every engine checks the names of
// swaps with it.
func CheckName(name string) error {
	if name == "" {
		return fmt.Errorf("chunk: a name is empty")
	}
	if len(name) > MaxName {
		return fmt.Errorf("chunk: a name has %d bytes, and not at most %d: %.20q…", len(name), MaxName, name)
	}
	begin := 0
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			if !inName(name[i]) {
				return fmt.Errorf("chunk: the name %q has another character than letters, digits, and - _ . /", name)
			}
			continue
		}
		switch name[begin:i] {
		case "", ".", "..":
			return fmt.Errorf("chunk: the name %q has the component %q", name, name[begin:i])
		}
		begin = i + 1
	}
	return nil
}

func inName(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.'
}
