package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A browser is a Chromium without a window, which is told by the DevTools protocol, through a pair of pipes, what to do.
type browser struct {
	t       *testing.T
	to      io.Writer
	from    *bufio.Reader
	session string // of the page
	last    int
}

// startBrowser starts one, or skips the test where none is installed.
func startBrowser(t *testing.T) *browser {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "chromium-headless-shell", "google-chrome", "google-chrome-stable", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	switch {
	case path == "":
		t.Skip("no Chromium is installed: the page is not driven, only what it asks the server for is tested")
	case runtime.GOOS == "windows":
		t.Skip("a process cannot be given more pipes on Windows: the page is not driven")
	}
	profile, err := os.MkdirTemp("", "live-test-")
	require.NoError(t, err)
	cmd := exec.Command(path, "--headless", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run", "--user-data-dir="+profile)
	if os.Geteuid() == 0 {
		cmd.Args = append(cmd.Args, "--no-sandbox") // which it refuses to have as root
	}
	toRead, toWrite, err := os.Pipe()
	require.NoError(t, err)
	fromRead, fromWrite, err := os.Pipe()
	require.NoError(t, err)
	cmd.ExtraFiles = []*os.File{toRead, fromWrite} // it reads 3 and writes 4
	require.NoError(t, cmd.Start())
	toRead.Close()
	fromWrite.Close()
	b := &browser{t: t, to: toWrite, from: bufio.NewReader(fromRead)}
	overdue := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() }) // which ends what waits for it
	t.Cleanup(func() {
		b.session = ""
		b.try("Browser.close", nil, nil)
		cmd.Wait()
		overdue.Stop()
		toWrite.Close()
		fromRead.Close()
		for range 50 { // what it has started may still be writing
			if os.RemoveAll(profile) == nil {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
	})
	if err := b.try("Browser.getVersion", nil, nil); err != nil {
		t.Skipf("%s does not start (%v): the page is not driven", path, err)
	}
	return b
}

// call calls a method of the protocol and stores its result.
func (b *browser) call(method string, params map[string]any, result any) {
	b.t.Helper()
	require.NoError(b.t, b.try(method, params, result), method)
}

func (b *browser) try(method string, params map[string]any, result any) error {
	b.last++
	message := map[string]any{"id": b.last, "method": method, "params": params}
	if b.session != "" {
		message["sessionId"] = b.session
	}
	text, err := json.Marshal(message)
	if err != nil {
		return err
	}
	if _, err := b.to.Write(append(text, 0)); err != nil {
		return err
	}
	for {
		text, err := b.from.ReadBytes(0)
		if err != nil {
			return err
		}
		var answer struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := json.Unmarshal(text[:len(text)-1], &answer); err != nil {
			return err
		}
		switch {
		case answer.ID != b.last: // an event
		case answer.Error != nil:
			return errors.New(answer.Error.Message)
		case result != nil:
			return json.Unmarshal(answer.Result, result)
		default:
			return nil
		}
	}
}

// open opens a page, which the other methods then are about.
func (b *browser) open(url string) {
	b.t.Helper()
	var target struct{ TargetID string }
	b.call("Target.createTarget", map[string]any{"url": url}, &target)
	var attached struct{ SessionID string }
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
}

// look makes the window so wide and high, and the person prefer a scheme of colours: light or dark.
func (b *browser) look(width, height int, scheme string) {
	b.t.Helper()
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}, nil)
	b.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]any{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// nameless returns what a screen reader would have no name for, of all that can be used.
func (b *browser) nameless() (found []string) {
	b.t.Helper()
	var tree struct {
		Nodes []struct {
			Ignored    bool
			Role, Name struct{ Value any }
		}
	}
	b.call("Accessibility.getFullAXTree", nil, &tree)
	used := 0
	for _, n := range tree.Nodes {
		switch role, _ := n.Role.Value.(string); role {
		case "textbox", "button", "slider", "radio", "spinbutton", "image", "group", "region":
			if n.Ignored {
				continue
			}
			if used++; n.Name.Value == nil || n.Name.Value == "" {
				found = append(found, role)
			}
		}
	}
	require.Greater(b.t, used, 10)
	return found
}

// eval evaluates JavaScript in the page and returns its value.
func (b *browser) eval(script string) any {
	b.t.Helper()
	var got struct {
		Result           struct{ Value any }
		ExceptionDetails any
	}
	b.call("Runtime.evaluate", map[string]any{"expression": script, "returnByValue": true}, &got)
	require.Nil(b.t, got.ExceptionDetails, script)
	return got.Result.Value
}

// await waits until the JavaScript is true.
func (b *browser) await(condition string) {
	b.t.Helper()
	for end := time.Now().Add(30 * time.Second); b.eval("!!("+condition+")") != true; time.Sleep(10 * time.Millisecond) {
		require.False(b.t, time.Now().After(end), "%s does not come; the page is %v", condition, b.eval("document.body && document.body.innerText"))
	}
}

// click clicks what the selector finds.
func (b *browser) click(selector string) {
	b.t.Helper()
	b.eval(fmt.Sprintf("document.querySelector(%q).click()", selector))
}

// enter enters a value, as a person does.
func (b *browser) enter(id, value string) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`{const e = document.getElementById(%q); e.value = %q;
		for (const kind of ["input", "change"]) e.dispatchEvent(new Event(kind, {bubbles: true}));}`, id, value))
}
