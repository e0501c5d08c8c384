package bolt

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// An event is what a process did to its folder, or said.
type event struct {
	kind   string // write, size, sync, rename, link, unlink, make, syncdir, said, collect, collected
	inode  int    // of the first four; of link and make: what gets the name
	at     int64  // of write: where; of size: how much
	data   []byte // of write
	name   string // within the folder
	to     string // of rename
	number int    // of said
}

// A tracer reads what strace wrote.
type tracer struct {
	dir    string
	fds    map[string]int    // by descriptor → inode; -1: the folder
	names  map[string]int    // what is called so now
	begun  map[string]string // by process: a call that was not finished when another one was printed
	inodes int
	events []event
}

var (
	lineForm   = regexp.MustCompile(`^(\d+) +(.*)$`)
	resumeForm = regexp.MustCompile(`^<\.\.\. \w+ resumed>(.*)$`)
	callForm   = regexp.MustCompile(`^(\w+)\((.*)\) += (-?\d+)`)
)

// readTrace returns what happened in dir.
func readTrace(path, dir string) ([]event, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t := &tracer{dir: dir, fds: map[string]int{}, names: map[string]int{}, begun: map[string]string{}}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		m := lineForm.FindStringSubmatch(lines.Text())
		if m == nil {
			return nil, fmt.Errorf("what is %.100q?", lines.Text())
		}
		if err := t.line(m[1], m[2]); err != nil {
			return nil, fmt.Errorf("%w: %.200q", err, lines.Text())
		}
	}
	return t.events, lines.Err()
}

func (t *tracer) line(process, text string) error {
	if begun, ok := strings.CutSuffix(text, "<unfinished ...>"); ok {
		t.begun[process] = begun
		return nil
	}
	if m := resumeForm.FindStringSubmatch(text); m != nil {
		text = t.begun[process] + m[1]
	}
	m := callForm.FindStringSubmatch(text)
	if m == nil {
		return nil // a signal, an exit
	}
	if strings.HasPrefix(m[3], "-") {
		return nil // it failed
	}
	return t.call(m[1], splitArguments(m[2]), m[3])
}

// splitArguments splits at commas that are in no string. In the strings there are only hexadecimal digits.
func splitArguments(s string) (args []string) {
	for _, arg := range strings.Split(s, ",") {
		args = append(args, strings.TrimSpace(arg))
	}
	return args
}

func unquote(s string) ([]byte, error) {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return nil, fmt.Errorf("no whole string: %.40q", s)
	}
	return hex.DecodeString(strings.ReplaceAll(s[1:len(s)-1], `\x`, ""))
}

// within returns the name in the folder that a path stands for.
func (t *tracer) within(arg string) (name string, ok bool, err error) {
	path, err := unquote(arg)
	if err != nil {
		return "", false, err
	}
	if string(path) == t.dir {
		return "", true, nil
	}
	return filepath.Base(string(path)), filepath.Dir(string(path)) == t.dir, nil
}

func (t *tracer) call(name string, args []string, result string) error {
	add := func(e event) error { t.events = append(t.events, e); return nil }
	number := func(i int) int64 { n, _ := strconv.ParseInt(args[i], 0, 64); return n }
	switch name {
	case "openat":
		file, ok, err := t.within(args[1])
		delete(t.fds, result)
		if err != nil || !ok {
			return err
		}
		if file == "" {
			t.fds[result] = -1
			return nil
		}
		inode, there := t.names[file]
		if !there {
			t.inodes++
			inode = t.inodes
			t.names[file] = inode
			t.events = append(t.events, event{kind: "make", inode: inode, name: file})
		}
		t.fds[result] = inode
	case "close":
		delete(t.fds, args[0])
	case "pwrite64":
		inode, ok := t.fds[args[0]]
		if !ok {
			return nil
		}
		data, err := unquote(args[1])
		if err != nil {
			return err
		}
		if result != strconv.Itoa(len(data)) {
			return fmt.Errorf("%d bytes of %s were printed", len(data), result)
		}
		return add(event{kind: "write", inode: inode, at: number(3), data: data})
	case "write":
		if args[0] != "1" {
			if _, ours := t.fds[args[0]]; ours {
				return fmt.Errorf("a write to no place")
			}
			return nil
		}
		data, err := unquote(args[1])
		if err != nil {
			return err
		}
		if ack, ok := strings.CutPrefix(string(data), "ack "); ok {
			n, err := strconv.Atoi(strings.TrimSpace(ack))
			if err != nil {
				return err
			}
			return add(event{kind: "said", number: n})
		}
		if what := strings.TrimSpace(string(data)); what == "collect" || what == "collected" {
			return add(event{kind: what})
		}
	case "ftruncate":
		if inode, ok := t.fds[args[0]]; ok {
			return add(event{kind: "size", inode: inode, at: number(1)})
		}
	case "fsync", "fdatasync":
		if inode, ok := t.fds[args[0]]; ok && inode < 0 {
			return add(event{kind: "syncdir"})
		} else if ok {
			return add(event{kind: "sync", inode: inode})
		}
	case "rename", "renameat", "renameat2", "linkat", "unlinkat":
		from, to := 0, 1
		switch name {
		case "renameat", "renameat2", "linkat":
			from, to = 1, 3
		case "unlinkat":
			from, to = 1, 1
		}
		a, ok, err := t.within(args[from])
		if err != nil || !ok {
			return err
		}
		b, _, err := t.within(args[to])
		if err != nil {
			return err
		}
		switch name {
		case "linkat":
			t.names[b] = t.names[a]
			return add(event{kind: "link", inode: t.names[a], name: b})
		case "unlinkat":
			delete(t.names, a)
			return add(event{kind: "unlink", name: a})
		}
		t.names[b] = t.names[a]
		delete(t.names, a)
		return add(event{kind: "rename", name: a, to: b})
	}
	return nil
}
