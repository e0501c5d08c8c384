package main

import tea "github.com/charmbracelet/bubbletea"

// A prompt is what a text is typed for.
type prompt int

const (
	addPrompt prompt = iota
	editPrompt
	filePrompt
)

func (p prompt) String() string { return [...]string{"add", "change to", "save to the file"}[p] }

// ask returns a with a text to be typed, which begins with what is there.
func (a app) ask(p prompt, target id, there string) app {
	a.mode, a.prompt, a.target, a.input = typingMode, p, target, line{before: there}
	return a
}

// write returns the app after a key while a text is being typed.
func (a app) write(k tea.KeyMsg) (app, tea.Cmd) {
	switch k.String() {
	case "esc":
		a.mode = listMode
	case "enter":
		a.mode = listMode
		text := a.input.text()
		switch a.prompt {
		case editPrompt:
			return a.do(edit{a.target, text}), nil
		case filePrompt:
			return a.saveAs(text)
		}
		before := a.now()
		if a = a.do(add{text}); a.now() != before {
			a = a.goTo(a.now().last)
		}
	default:
		a.input = a.input.key(k)
	}
	return a, nil
}
