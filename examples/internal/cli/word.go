package cli

import "strings"

// Word returns s as one word of a shell, and false if there is no way to write it. The system is a GOOS: the shells of
// Windows, of which there are two, have other quotes than those of all others.
func Word(system, s string) (string, bool) {
	plain, windows := "/._-", system == "windows"
	if windows {
		plain = `\/:._-`
	}
	simple := func(c rune) bool {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune(plain, c)
	}
	switch {
	case s != "" && strings.IndexFunc(s, func(c rune) bool { return !simple(c) }) < 0:
		return s, true
	case !windows:
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'", true
	case strings.ContainsAny(s, "\"$%!`^") || strings.HasSuffix(s, `\`): // no quotes keep these from both
		return "", false
	}
	return `"` + s + `"`, true
}
