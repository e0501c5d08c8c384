package generate

import "strings"

// Comments are wrapped anew in copies, whose words have other lengths. In between a paragraph is one line, in which a
// phrase is found wherever the source has broken it.

const (
	width    = 120 // of a line, tabs included
	tabWidth = 4
)

// unwrap returns text with each paragraph of a comment in one line.
func unwrap(text string) string {
	var lines []string
	last := "" // the indentation of the paragraph that the line before belongs to
	in := false
	for line := range strings.SplitSeq(text, "\n") {
		indent, words, ok := prose(line)
		if ok && in && indent == last {
			lines[len(lines)-1] += " " + words
			continue
		}
		in, last = ok, indent
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// wrap returns text with each line of a comment broken where it is too long.
func wrap(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		indent, words, ok := prose(line)
		if !ok {
			lines = append(lines, line)
			continue
		}
		begin := indent + "//"
		room := width - len(begin) - (tabWidth-1)*strings.Count(indent, "\t")
		line, n := begin, 0
		for w := range strings.FieldsSeq(words) {
			if n > 0 && n+1+len([]rune(w)) > room {
				lines = append(lines, line)
				line, n = begin, 0
			}
			line += " " + w
			n += 1 + len([]rune(w))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// prose returns the indentation and the words of a line that is part of a comment's paragraph. Directives, headings,
// items of lists, and what is indented, such as code and tables, stay lines as they are.
func prose(line string) (indent, words string, ok bool) {
	trimmed := strings.TrimLeft(line, "\t")
	words, ok = strings.CutPrefix(trimmed, "// ")
	if !ok || strings.HasPrefix(words, " ") || strings.HasPrefix(words, "\t") || strings.HasPrefix(words, "# ") {
		return "", "", false
	}
	return line[:len(line)-len(trimmed)], words, true
}
