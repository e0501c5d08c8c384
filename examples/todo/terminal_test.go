package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// asProgram makes the test program be the program.
const asProgram = "RAMET_TODO_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// A screen collects what a terminal is sent, without escape sequences.
type screen struct {
	mu   sync.Mutex
	sent strings.Builder
	seen int // what awaits have passed
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent.Write(p)
}

// await waits until the terminal has been sent text, after what earlier calls waited for.
func (s *screen) await(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		s.mu.Lock()
		all := ansi.Strip(s.sent.String())
		at := strings.Index(all[min(s.seen, len(all)):], text)
		if at >= 0 {
			s.seen += at + len(text)
		}
		s.mu.Unlock()
		if at >= 0 {
			return
		}
		require.False(t, time.Now().After(end), "%q does not come; there is %q", text, all)
	}
}

// A session is the program in a terminal.
type session struct {
	t      *testing.T
	screen screen
	tty    *os.File
	cmd    *exec.Cmd
	copied chan struct{} // closed when all that was sent is in screen
}

// start runs the program on a file, in a terminal of 80 x 24.
func start(t *testing.T, path string) *session {
	t.Helper()
	s := &session{t: t, cmd: exec.Command(os.Args[0], "-file", path), copied: make(chan struct{})}
	// A terminal of this name is not asked for its colours, which nobody would answer here.
	s.cmd.Env = append(os.Environ(), asProgram+"=1", "TERM=screen-256color", "GOCOVERDIR="+t.TempDir())
	var err error
	s.tty, err = pty.StartWithSize(s.cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if errors.Is(err, pty.ErrUnsupported) {
		t.Skip("there are no pseudo-terminals on this system")
	}
	require.NoError(t, err)
	t.Cleanup(func() {
		s.cmd.Process.Kill()
		s.tty.Close()
	})
	go func() {
		defer close(s.copied)
		buf := make([]byte, 4096)
		for {
			n, err := s.tty.Read(buf)
			s.screen.Write(buf[:n])
			if err != nil { // on Linux, an error is how the end is told
				return
			}
		}
	}()
	return s
}

func (s *session) press(keys string) {
	s.t.Helper()
	_, err := s.tty.WriteString(keys)
	require.NoError(s.t, err)
}

func (s *session) await(text string) {
	s.t.Helper()
	s.screen.await(s.t, text)
}

// ended waits for the end of the program, and returns its error and what was sent behind the last screen.
func (s *session) ended() (after string, err error) {
	s.t.Helper()
	end := make(chan error)
	go func() { end <- s.cmd.Wait() }()
	select {
	case err = <-end:
	case <-time.After(30 * time.Second):
		s.t.Fatal("the program does not end")
	}
	<-s.copied
	_, after, ok := strings.Cut(s.screen.sent.String(), "\x1b[?1049l")
	assert.True(s.t, ok, "the screen of before is back")
	return ansi.Strip(after), err
}

// TestInATerminal drives the program itself: keys go in, the screen comes out, and the file is there when it has ended.
func TestInATerminal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.json")
	s := start(t, path)
	s.await("nothing here; press a to add something")
	s.press("a")
	s.await("add:")
	s.press("Water the ash\r")
	s.await(" > [ ] Water the ash")
	s.press("a")
	s.await("add:")
	s.press("Burn the leaves\r")
	s.await(" > [ ] Burn the leaves")
	s.press("d")
	s.await(" > [ ] Water the ash")
	s.press("\x1b[A ") // up, space
	s.await(" > [x] Water the ash")
	s.press("uu")
	s.await(`undone: delete "Burn the leaves"`)
	require.NoError(t, pty.Setsize(s.tty, &pty.Winsize{Rows: 12, Cols: 40}))
	s.press("q")
	_, err := s.ended()
	assert.NoError(t, err)
	_, kept, err := open(path)
	require.NoError(t, err)
	assert.Equal(t, []string{"Water the ash", "Burn the leaves"}, kept.texts())
}

// TestLeavingATerminal: what is lost is said when the screen is gone, and nothing of a file gets there as it is.
func TestLeavingATerminal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a \x1b]0;title\x07 folder")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Skipf("there are no such names on this system: %v", err)
	}
	s := start(t, filepath.Join(dir, "list\x1b[31m.json"))
	s.await("nothing here; press a to add something")
	require.NoError(t, os.Remove(dir))
	s.press("a")
	s.await("add:")
	s.press("Water the ash\r")
	s.await("not saved: ")
	s.press("q")
	s.await("q again: leave without saving")
	s.press("q")
	after, err := s.ended()
	assert.Error(t, err)
	assert.Contains(t, strings.ReplaceAll(after, "\r\n", ""), "is not as you left it: 1 item is not saved (")
	assert.NotContains(t, s.screen.sent.String(), "title\x07")
	assert.NotContains(t, s.screen.sent.String(), "[31m.json\"")
	assert.NotContains(t, s.screen.sent.String(), "list\x1b")
}
