package encode

import (
	"errors"
	"fmt"
)

// A splitter cuts a JSON array or object into its parts. The parts are pieces of the input,
// not copies, so collections nested in collections do not multiply the memory.
//
// It checks the structure, and where a part ends only as far as needed to find the next: that
// each part is valid is left to json.Unmarshal, which is called with every one. A mistake
// that the splitter lets pass always leaves an invalid part. It does not recurse.
type splitter struct {
	data   []byte
	at     int
	broken bool // an error has said where
}

// list reads an array or object, calling item where each item begins.
func (s *splitter) list(open, end byte, item func() error) error {
	if err := s.expect(open); err != nil {
		return err
	}
	if s.take(end) {
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		if s.take(end) {
			return nil
		}
		if err := s.expect(','); err != nil {
			return err
		}
	}
}

// part reads one value and returns its text. It is never empty.
func (s *splitter) part() ([]byte, error) {
	s.space()
	start := s.at
	s.skip()
	if s.at == start {
		return nil, s.unexpected("a value")
	}
	return s.data[start:s.at], nil
}

// skip moves to the end of the value that begins here, or as far as it is one.
func (s *splitter) skip() {
	for depth := 0; s.at < len(s.data); {
		switch s.data[s.at] {
		case '"':
			s.skipString()
			if depth == 0 {
				return
			}
			continue
		case '[', '{':
			depth++
		case ']', '}':
			if depth == 0 {
				return
			}
			if depth--; depth == 0 {
				s.at++
				return
			}
		case ',', ':', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return
			}
		}
		s.at++
	}
}

// skipString moves behind the string that begins here, or to the end of the input.
func (s *splitter) skipString() {
	for s.at++; s.at < len(s.data); s.at++ {
		switch s.data[s.at] {
		case '\\':
			s.at++
		case '"':
			s.at++
			return
		}
	}
	s.at = len(s.data) // a backslash at the end would step over it
}

// end reports an error if anything is left.
func (s *splitter) end() error {
	if s.space(); s.at < len(s.data) {
		return s.unexpected("the end")
	}
	return nil
}

// null reports whether the input is null and nothing else.
func (s splitter) null() bool {
	part, err := s.part()
	return err == nil && string(part) == "null" && s.end() == nil
}

// take reports whether the next byte that is not space is c, and if so moves behind it.
func (s *splitter) take(c byte) bool {
	if s.space(); s.at < len(s.data) && s.data[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *splitter) expect(c byte) error {
	if !s.take(c) {
		return s.unexpected(fmt.Sprintf("%q", c))
	}
	return nil
}

func (s *splitter) space() {
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return
		}
	}
}

// unexpected says that the byte here is not what it should be.
func (s *splitter) unexpected(want string) error {
	s.broken = true
	if s.at == len(s.data) {
		return errors.New("ramet: JSON ends where " + want + " is expected")
	}
	return fmt.Errorf("ramet: JSON has %q at offset %d where %s is expected", s.data[s.at], s.at, want)
}
