package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// TestPageIsServed, with a policy under which nothing of elsewhere is loaded; and the page has no way to read text as HTML.
func TestPageIsServed(t *testing.T) {
	c, _ := newClient(t, 10)
	for path, want := range map[string]string{"/": "text/html", "/page.js": "javascript", "/page.css": "text/css"} {
		answer, err := http.Get(c.url + path)
		require.NoError(t, err)
		answer.Body.Close()
		assert.Equal(t, http.StatusOK, answer.StatusCode)
		assert.Contains(t, answer.Header.Get("Content-Type"), want)
		assert.Contains(t, answer.Header.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self'")
		assert.Equal(t, "nosniff", answer.Header.Get("X-Content-Type-Options"))
		text := c.must("GET", path, "")
		assert.NotRegexp(t, `innerHTML|outerHTML|insertAdjacentHTML|document\.write|https?://`, text)
	}
}

// TestPageIsForEverybody, as far as its text tells: what is entered has a label and a place for its errors, what the page says stands in elements
// that screen readers read out, and there are colours for the dark.
func TestPageIsForEverybody(t *testing.T) {
	c, _ := newClient(t, 10)
	html, css := c.must("GET", "/", ""), c.must("GET", "/page.css", "")
	inputs := regexp.MustCompile(`<(?:input|textarea) id="(\w+)"[^>]*>`).FindAllStringSubmatch(html, -1)
	assert.Len(t, inputs, 8)
	for _, m := range inputs {
		labelled := strings.Contains(html, `<label for="`+m[1]+`"`) || strings.Contains(m[0], "aria-label=")
		assert.True(t, labelled, "%s has no label", m[1])
		described := regexp.MustCompile(`aria-describedby="(\w+)"`).FindStringSubmatch(m[0])
		if assert.NotNil(t, described, m[1]) && m[1] != "time" {
			assert.Contains(t, html, `id="`+described[1]+`" class="error" role="alert"`)
		}
	}
	assert.Len(t, regexp.MustCompile(`<h1`).FindAllString(html, -1), 1)
	assert.Contains(t, html, `name="viewport" content="width=device-width`)
	assert.Contains(t, html, `role="status"`)
	for _, want := range []string{"prefers-color-scheme: dark", "overflow-wrap: anywhere", "color-scheme: light dark", "max-width: 36rem", ":focus-visible"} {
		assert.Contains(t, css, want)
	}
	assert.NotRegexp(t, `[^-]width: *\d{3,}px|min-width: *[4-9]\d\dpx`, css, "wider than a phone")
}

// The entries that the page shows.
const rows = `[...document.querySelectorAll("#entries li")].map((r) => r.querySelector(".key").textContent + "=" + r.querySelector(".text")?.textContent).join()`

// settled says that the page shows a version, which is the newest, with the cost of each. For a moment it may show a version
// with the costs of those before it, which it asked for earlier.
func settled(version string) string {
	return `document.getElementById("status").textContent.startsWith("version ` + version + `,") &&
		document.getElementById("what").textContent.startsWith("Version ` + version + `:") &&
		document.getElementById("time").max === "` + version + `"`
}

// TestPage drives the page: it shows what others write, writes, edits in place, steps back, and merges two edited versions.
func TestPage(t *testing.T) {
	c, s := newClient(t, 20)
	b := startBrowser(t) // ends before the server does
	b.open(c.url)
	b.await(`document.getElementById("status")?.textContent === "version 0, 1 kept"`)
	hidden := func(id string) any { return b.eval(`document.getElementById("` + id + `").hidden`) }

	// What somebody else writes appears, and is text whatever it looks like.
	c.entries()
	c.must("PUT", "/api/entries/%3Cimg%20src=x%20onerror=alert(1)%3E", `"<script>document.title='owned'</script>"`)
	b.await(rows + ` === "<img src=x onerror=alert(1)>=\"<script>document.title='owned'</script>\""`)
	assert.Zero(t, b.eval(`document.querySelectorAll("#entries img, #entries script").length`))
	b.click("#entries button[aria-label^=Delete]")
	b.await(rows + ` === ""`)

	// The page writes, and says at the field what is wrong with it.
	for _, e := range [][2]string{{"ash", "1"}, {"elm", "tall"}} {
		b.enter("key", e[0])
		b.enter("value", e[1])
		b.click("#put button")
		b.await(`document.getElementById("key").value === "" && ` + rows + `.includes("` + e[0] + `=")`)
	}
	assert.Equal(t, `{"ash":1,"elm":"tall"}`, c.entries())
	for _, e := range []struct{ key, value, field, want string }{
		{"", "1", "key", "A key is needed."},
		{"ash", "1", "key", "There is an entry with this key"},
		{"..", "1", "key", "part of a path"},
		{"oak", "", "value", "A value is needed"},
		{"oak", "[1", "value", "This is no JSON"},
		{"oak", strings.Repeat("x", maxValue), "value", "longer than 4096 bytes"},
	} {
		b.enter("key", e.key)
		b.enter("value", e.value)
		b.click("#put button")
		b.await(`document.getElementById("` + e.field + `Error").textContent.includes("` + e.want + `")`)
		assert.Equal(t, false, hidden(e.field+"Error"))
		assert.Equal(t, e.field, b.eval(`document.activeElement.id`), e.want)
		assert.Equal(t, e.field, b.eval(`[...document.querySelectorAll("[aria-invalid=true]")].map((e) => e.id).join()`), e.want)
	}
	assert.Equal(t, `{"ash":1,"elm":"tall"}`, c.entries())

	// It edits in place. What others do meanwhile does not take the edit away, and is not overwritten unseen.
	const area, problem = `document.querySelector("#entries textarea")`, `document.querySelector("#entries form .error")`
	edit := func(value string) { b.eval(area + `.value = ` + strconv.Quote(value)) }
	save := func() { b.click("#entries form .main") }
	b.click("[aria-label='Edit ash']")
	assert.Equal(t, "1", b.eval(area+".value"))
	edit("{2")
	save()
	b.await(problem + `.textContent.startsWith("This is no JSON")`)
	edit("12345678901234567890")
	c.must("PUT", "/api/entries/elm", "5", "If-Match", "*")
	b.await(rows + `.includes("elm=5")`)
	assert.Equal(t, "12345678901234567890", b.eval(area+".value"))
	c.must("PUT", "/api/entries/ash", "7", "If-Match", "*")
	b.await(settled("6"))
	save()
	b.await(problem + `.textContent.includes("set it to 7 meanwhile")`)
	assert.Equal(t, "Save mine,Keep theirs", b.eval(`[...document.querySelectorAll("#entries form button")].map((b) => b.textContent).join()`))
	assert.Equal(t, `{"ash":7,"elm":5}`, c.entries())
	save()
	b.await(rows + ` === "ash=12345678901234567890,elm=5"`)
	assert.Equal(t, `{"ash":12345678901234567890,"elm":5}`, c.entries(), "digits are kept")
	assert.Equal(t, "Edit ash", b.eval(`document.activeElement.getAttribute("aria-label")`))
	b.click("[aria-label='Edit elm']")
	b.eval(area + `.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}))`)
	b.await(rows + ` === "ash=12345678901234567890,elm=5"`)

	// It steps back, stays there while others write, and restores.
	b.enter("time", "3")
	b.await(rows + ` === "ash=1"`)
	assert.Equal(t, "ash added1", b.eval(`document.getElementById("changes").textContent`))
	assert.Equal(t, float64(0), b.eval(`document.querySelectorAll("#entries button").length`), "the past is not edited")
	c.must("PUT", "/api/entries/ash", "8")
	b.await(`document.getElementById("status").textContent === "version 8, 9 kept"`)
	assert.Equal(t, "ash=1", b.eval(rows))
	b.click("#live")
	b.await(rows + ` === "ash=8,elm=5"`)
	b.enter("time", "4")
	b.await(rows + ` === "ash=1,elm=\"tall\""`)
	b.click("#restore")
	b.await(`document.getElementById("title").textContent === "Entries, version 9"`)

	// It merges two edited versions, with a conflict, and says at the side that it is no JSON.
	b.enter("base", "99")
	b.click("#take")
	b.await(`document.getElementById("baseError").textContent.includes("the newest is 9")`)
	b.enter("base", "9")
	b.click("#take")
	b.await(`document.getElementById("theirs").value.includes("tall")`)
	b.enter("theirs", `{"ash": 3}`)
	b.enter("ours", "{")
	b.click("#merge")
	b.await(`document.getElementById("oursError").textContent.startsWith("This is no JSON")`)
	b.enter("ours", `{"ash": 2, "elm": "tall", "oak": 1}`)
	b.click("#merge")
	b.await(`document.querySelectorAll("#conflicts input").length === 3`)
	assert.Equal(t, "Both have changed ash base 1 ours 2 theirs 3",
		b.eval(`document.querySelector("#conflicts").innerText.replace(/\s+/g, " ").trim()`))
	b.click("#save")
	b.await(`document.getElementById("saveError").textContent.includes("Not resolved")`)
	b.click(`#conflicts input[value="theirs"]`)
	b.click("#save")
	b.await(rows + ` === "ash=3,oak=1"`)
	assert.Equal(t, `{"ash":3,"oak":1}`, c.entries())
	assert.Equal(t, 10, s.versions.now.Load().Now().number)
	assert.Equal(t, true, hidden("notice"))
	assert.Contains(t, b.eval("document.title"), "live: ")
}

// TestPageFits a phone and a desk, in light and dark, with long keys, long values and many changes, and tells screen readers what is what.
func TestPageFits(t *testing.T) {
	c, _ := newClient(t, 100)
	c.entries()
	long := strings.Repeat("k", maxKey)
	c.must("PUT", "/api/entries/"+long, `"`+strings.Repeat("long", 900)+`"`)
	var many []string
	for i := range 60 {
		many = append(many, fmt.Sprintf(`"%s%d":"%s"`, long[:90], i, strings.Repeat("x", 200)))
	}
	c.must("POST", "/api/merge", `{"base":1,"ours":{"version":1,"entries":{`+strings.Join(many, ",")+`}},"theirs":{"version":1},"save":true}`)
	b := startBrowser(t)
	b.open(c.url)
	b.look(390, 844, "light")
	b.await(`document.querySelector("#status")?.textContent.startsWith("version 2,") && document.querySelectorAll("#changes li").length > 0`)
	assert.Equal(t, float64(20), b.eval(`document.querySelectorAll("#changes li").length`))
	b.click("#allChanges")
	assert.Equal(t, float64(61), b.eval(`document.querySelectorAll("#changes li").length`))
	b.click("#entries .acts button")
	b.await(`document.querySelector("#entries textarea")`)
	b.enter("base", "1")
	b.click("#take")
	b.await(`document.getElementById("theirs").value.length > 1000`)
	b.enter("ours", `{"`+long+`": 1}`)
	b.enter("theirs", `{"`+long+`": 2}`)
	b.click("#merge")
	b.await(`document.querySelectorAll("#conflicts input").length > 2`)
	b.click("#put button")
	b.click("#save")
	b.await(`document.getElementById("saveError").textContent`)

	// contrast of what is written with what is behind it, the least of all
	const contrast = `(() => {
		const light = (c) => { const [r, g, b] = c.match(/[\d.]+/g).slice(0, 3).map((v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
			return .2126 * r + .7152 * g + .0722 * b; };
		const behind = (e) => { const c = getComputedStyle(e).backgroundColor; return /, 0\)$/.test(c) ? behind(e.parentElement) : c; };
		return Math.min(...["h1", "h1 .says", "#status", ".error:not([hidden])", ".quiet", "#entries .key", "#put .main", "#key", "ins.text", "#entries button", "pre"].map((s) => {
			const e = document.querySelector(s), [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((a, b) => b - a);
			return (a + .05) / (b + .05); }));
	})()`
	grounds := map[any]bool{}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{320, 390, 800, 1280} {
			b.look(width, 844, scheme)
			assert.LessOrEqual(t, b.eval(`document.documentElement.scrollWidth`), float64(width), "%s", scheme)
			assert.LessOrEqual(t, b.eval(`Math.max(...[...document.querySelectorAll("main *")].map((e) => e.getBoundingClientRect().right))`), float64(width))
			assert.LessOrEqual(t, b.eval(`Math.max(...[...document.querySelectorAll("button")].map((e) => e.getBoundingClientRect().height))`), float64(60), "a label in several lines")
		}
		assert.GreaterOrEqual(t, b.eval(contrast), 4.5, scheme)
		grounds[b.eval(`getComputedStyle(document.body).backgroundColor`)] = true
	}
	assert.Len(t, grounds, 2)
	assert.Empty(t, b.nameless())
}

// TestPageKeepsUp: while others write quickly, the page asks for a few versions, not for each, and is there when they stop.
func TestPageKeepsUp(t *testing.T) {
	const writes = 300
	c, s := newClient(t, 20) // most are gone before anybody could ask for them
	b := startBrowser(t)
	b.open(c.url)
	b.await(`document.getElementById("status")?.textContent === "version 0, 1 kept"`)
	c.entries()
	before := time.Now()
	for i := range writes {
		c.must("PUT", fmt.Sprint("/api/entries/", i%40), fmt.Sprint(i))
	}
	took, behind := time.Since(before), time.Now()
	b.await(`document.getElementById("title").textContent === "Entries, version 300"`)
	lag := time.Since(behind)
	b.await(settled("300"))
	t.Logf("%d writes took %v, the page was there %v later", writes, took, lag)
	assert.Less(t, lag, 2*time.Second+2*took)
	asked := b.eval(`performance.getEntriesByType("resource").filter((e) => e.name.includes("/api/versions") || e.name.includes("/api/entries")).length`)
	assert.LessOrEqual(t, asked, 2*(took.Seconds()+lag.Seconds())/.2+8)
	assert.Equal(t, float64(0), b.eval(`performance.getEntriesByType("resource").filter((e) => e.responseStatus >= 400).length`))
	assert.Equal(t, true, b.eval(`document.getElementById("notice").hidden`))
	assert.Equal(t, float64(20), b.eval(`document.querySelectorAll("#bars rect").length`))
	for k, v := range s.versions.now.Load().Now().doc.All() {
		assert.Contains(t, ","+b.eval(rows).(string)+",", ","+k+"="+string(v)+",")
	}
}

// TestPageAcrossRestart: when the server ends and is started again on its file, the page connects again, shows every version, and goes on: what
// somebody was writing is there, and is saved.
func TestPageAcrossRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.ramet")
	v, err := openVersions(path, 20)
	require.NoError(t, err)
	addr := "127.0.0.1:0"
	start := func() (stop func()) {
		l, err := net.Listen("tcp", addr)
		require.NoError(t, err)
		addr = l.Addr().String()
		s := newServer(v, nil)
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.serve(ctx, l) }()
		return sync.OnceFunc(func() {
			end()
			assert.NoError(t, <-ended)
			assert.NoError(t, v.file.close())
		})
	}
	stop := start()
	t.Cleanup(func() { stop() })
	c := &client{t: t, url: "http://" + addr}
	for i := range 3 {
		c.must("PUT", "/api/entries/ash", fmt.Sprint(i), "If-Match", "*")
	}
	c.must("PUT", "/api/entries/elm", "1", "If-Match", "*")
	b := startBrowser(t)
	b.open(c.url)
	b.await(`document.getElementById("time") && ` + settled("4"))
	b.click("[aria-label='Edit ash']")
	b.eval(`document.querySelector("#entries textarea").value = "7"`)

	stop()
	b.await(`document.getElementById("status").textContent === "not connected, trying again"`)
	b.click("#entries form .main")
	b.await(`document.querySelector("#entries form .error").textContent === "The server does not answer."`)
	assert.Nil(t, b.eval(`document.querySelector("[aria-invalid=true]")`), "nothing is wrong with the value")
	v, err = openVersions(path, 20)
	require.NoError(t, err)
	stop = start()
	t.Cleanup(stop)
	b.await(`document.getElementById("status").textContent === "version 4, 5 kept"`)
	b.await(`document.querySelector("#entries form .error").textContent.startsWith("It works again")`)
	assert.Equal(t, "7", b.eval(`document.querySelector("#entries textarea").value`))
	b.click("#entries form .main")
	b.await(rows + ` === "ash=7,elm=1"`)
	b.await(settled("5"))
	for number, want := range []string{"", "ash=0", "ash=1", "ash=2", "ash=2,elm=1", "ash=7,elm=1"} {
		b.enter("time", strconv.Itoa(number))
		b.await(`document.getElementById("what").textContent.startsWith("Version ` + strconv.Itoa(number) + `: ")`)
		b.await(rows + ` === "` + want + `"`)
	}
	assert.Equal(t, float64(5), b.eval(`document.querySelectorAll("#bars rect").length`))
	assert.Equal(t, true, b.eval(`document.getElementById("notice").hidden`))
}

// TestPageOfMachines: an edit on the page of one machine is on that of another. Two edits of one key are a conflict there, which is shown and
// settled as between two pages of one server. While the cluster does not answer, the page says so, and keeps what is being written.
func TestPageOfMachines(t *testing.T) {
	remote, paths := chunk.NewMemoryRemote(), files(t, 2)
	m, other := machineAt(t, remote, paths[0], true, hurried), newMachine(t, remote, paths[1], true)
	b := startBrowser(t)
	b.open(m.url)
	b.await(`document.getElementById("status")?.textContent === "version 0, 1 kept"`)
	b.enter("key", "ash")
	b.enter("value", "1")
	b.click("#put button")
	b.await(rows + ` === "ash=1"`)
	other.reaches(1)
	other.must("PUT", "/api/entries/elm", "2", "If-Match", "*")
	b.await(rows + ` === "ash=1,elm=2"`)

	const problem = `document.querySelector("#entries form .error")`
	buttons := `[...document.querySelectorAll("#entries form button")].map((b) => b.textContent).join()`
	edit := func(key, value string) {
		t.Helper()
		b.click("[aria-label='Edit " + key + "']")
		b.eval(`document.querySelector("#entries textarea").value = "` + value + `"`)
	}
	save := func() { b.click("#entries form .main") }
	edit("ash", "3")
	other.must("PUT", "/api/entries/ash", "4", "If-Match", "*")
	m.reaches(3)
	save()
	b.await(problem + `.textContent.includes("Somebody has set it to 4 meanwhile.")`)
	assert.Equal(t, "Save mine,Keep theirs", b.eval(buttons))
	assert.Equal(t, "4", other.must("GET", "/api/entries/ash", ""))
	b.click("#entries form .acts button:not(.main)")
	b.await(rows + ` === "ash=4,elm=2"`)
	edit("ash", "5")
	other.must("DELETE", "/api/entries/ash", "", "If-Match", "*")
	m.reaches(4)
	save()
	b.await(problem + `.textContent.includes("Somebody has deleted it meanwhile.")`)
	assert.Equal(t, "Save it nevertheless,Leave it deleted", b.eval(buttons))
	save()
	b.await(rows + ` === "ash=5,elm=2"`)
	other.reaches(5)

	edit("elm", "6")
	b.enter("key", "oak")
	b.enter("value", "7")
	m.line.down.Store(true)
	b.await(`document.getElementById("trouble").textContent.startsWith("Nothing can be changed now: the cluster does not answer.")`)
	assert.Equal(t, "version 5, 6 kept, read only", b.eval(`document.getElementById("status").textContent`))
	b.click("#put button")
	b.await(`document.getElementById("putError").textContent.startsWith("Nothing was written,")`)
	save()
	b.await(problem + `.textContent.startsWith("Nothing was written,")`)
	assert.Nil(t, b.eval(`document.querySelector("[aria-invalid=true]")`), "nothing is wrong with the value")
	assert.Empty(t, b.nameless())
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{320, 1280} {
			b.look(width, 844, scheme)
			assert.LessOrEqual(t, b.eval(`document.documentElement.scrollWidth`), float64(width), "%s", scheme)
			assert.Equal(t, b.eval(`document.querySelector("main section").getBoundingClientRect().left`), b.eval(`document.getElementById("trouble").getBoundingClientRect().left`))
		}
	}
	m.line.down.Store(false)
	b.await(`document.getElementById("trouble").hidden && document.getElementById("status").textContent === "version 5, 6 kept"`)
	assert.Equal(t, "It works again: look at what there is now, and try again.", b.eval(problem+".textContent"))
	save()
	b.click("#put button")
	b.await(rows + ` === "ash=5,elm=6,oak=7"`)
	other.reaches(7)
	assert.Equal(t, true, b.eval(`document.getElementById("putError").hidden`))
}
