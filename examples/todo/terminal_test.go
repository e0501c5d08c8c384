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

// TestInATerminal drives the program itself: keys go in, the screen comes out, and the file is there when it has ended.
func TestInATerminal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.json")
	cmd := exec.Command(os.Args[0], "-file", path)
	// A terminal of this name is not asked for its colours, which nobody would answer here.
	cmd.Env = append(os.Environ(), asProgram+"=1", "TERM=screen-256color", "GOCOVERDIR="+t.TempDir())
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if errors.Is(err, pty.ErrUnsupported) {
		t.Skip("there are no pseudo-terminals on this system")
	}
	require.NoError(t, err)
	defer tty.Close()
	defer cmd.Process.Kill()
	var s screen
	copied := make(chan struct{})
	go func() {
		defer close(copied)
		buf := make([]byte, 4096)
		for {
			n, err := tty.Read(buf)
			s.Write(buf[:n])
			if err != nil { // on Linux, an error is how the end is told
				return
			}
		}
	}()
	press := func(keys string) {
		_, err := tty.WriteString(keys)
		require.NoError(t, err)
	}
	s.await(t, "nothing here; press a to add something")
	press("a")
	s.await(t, "add:")
	press("Water the ash\r")
	s.await(t, " > [ ] Water the ash")
	press("a")
	s.await(t, "add:")
	press("Burn the leaves\r")
	s.await(t, " > [ ] Burn the leaves")
	press("d")
	s.await(t, " > [ ] Water the ash")
	press("\x1b[A ") // up, space
	s.await(t, " > [x] Water the ash")
	press("uu")
	s.await(t, `undone: delete "Burn the leaves"`)
	require.NoError(t, pty.Setsize(tty, &pty.Winsize{Rows: 12, Cols: 40}))
	press("q")
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		assert.NoError(t, err)
	case <-time.After(30 * time.Second):
		t.Fatal("q does not end the program")
	}
	<-copied
	assert.Contains(t, s.sent.String(), "\x1b[?1049l", "the screen of before is back")
	_, kept, err := open(path)
	require.NoError(t, err)
	assert.Equal(t, []string{"Water the ash", "Burn the leaves"}, kept.texts())
}
