package main

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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

// TestPage drives the page: it shows what others write, writes, steps back, and merges two edited versions.
func TestPage(t *testing.T) {
	c, s := newClient(t, 10)
	b := startBrowser(t) // ends before the server does
	b.open(c.url)
	b.await(`document.getElementById("status")?.textContent === "version 0, 1 kept"`)
	const rows = `[...document.querySelectorAll("#entries tr")].map((r) => r.cells[0].textContent + "=" + r.cells[1].textContent).join()`

	// What somebody else writes appears, and is text whatever it looks like.
	c.entries()
	c.must("PUT", "/api/entries/%3Cimg%20src=x%20onerror=alert(1)%3E", `"<script>document.title='owned'</script>"`)
	b.await(rows + ` === "<img src=x onerror=alert(1)>=\"<script>document.title='owned'</script>\""`)
	assert.Zero(t, b.eval(`document.querySelectorAll("#entries img, #entries script").length`))
	b.click("#entries button")
	b.await(rows + ` === ""`)

	// The page writes.
	for _, e := range [][2]string{{"ash", "1"}, {"elm", "tall"}} {
		b.enter("key", e[0])
		b.enter("value", e[1])
		b.click("#put button")
		b.await(`document.getElementById("key").value === "" && ` + rows + `.includes("` + e[0] + `=")`)
	}
	assert.Equal(t, `{"ash":1,"elm":"tall"}`, c.entries())

	// It steps back, stays there while others write, and restores.
	b.enter("time", "3")
	b.await(rows + ` === "ash=1"`)
	assert.Equal(t, "Added ash: (none) → 1", b.eval(`document.getElementById("changes").textContent`))
	c.must("PUT", "/api/entries/ash", "7")
	b.await(`document.getElementById("status").textContent === "version 5, 6 kept"`)
	assert.Equal(t, "ash=1", b.eval(rows))
	b.click("#live")
	b.await(rows + ` === "ash=7,elm=\"tall\""`)
	b.enter("time", "4")
	b.await(rows + ` === "ash=1,elm=\"tall\""`)
	b.click("#restore")
	b.await(`document.getElementById("title").textContent === "Entries, version 6"`)

	// It merges two edited versions, with a conflict.
	b.enter("base", "6")
	b.click("#take")
	b.await(`document.getElementById("theirs").value.includes("tall")`)
	b.enter("ours", `{"ash": 2, "elm": "tall", "oak": 1}`)
	b.enter("theirs", `{"ash": 3}`)
	b.click("#merge")
	b.await(`document.querySelectorAll("#conflicts input").length === 3`)
	assert.Equal(t, "ash 1 2 3", b.eval(`document.querySelector("#conflicts tbody tr").innerText.replace(/\s+/g, " ").trim()`))
	b.click("#save")
	b.await(`document.getElementById("error").textContent.includes("not resolved")`)
	b.click(`#conflicts input[value="theirs"]`)
	b.click("#save")
	b.await(rows + ` === "ash=3,oak=1"`)
	assert.Equal(t, `{"ash":3,"oak":1}`, c.entries())
	assert.Equal(t, 7, s.store.now.Load().Now().number)
	assert.Equal(t, "live", b.eval("document.title"))
	b.enter("ours", "{")
	b.click("#merge")
	b.await(`document.getElementById("error").textContent.startsWith("ours is no JSON")`)
}
