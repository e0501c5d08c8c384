// Package notify tells those who wait for a name that it has changed.
package notify

import "sync"

// Names has a channel for each name that somebody waits for. There is no goroutine, and nothing is kept for a name that
// nobody waits for. The zero Names is ready to use.
type Names struct {
	mu     sync.Mutex
	topics map[string]*topic
	closed bool
}

type topic struct {
	changed   chan struct{} // closed and replaced at each change
	listeners int
}

// A Listener waits for changes of one name.
type Listener struct {
	names *Names
	name  string
}

// Listen returns a Listener. Stop has to be called when it is not used any more.
func (n *Names) Listen(name string) Listener {
	n.mu.Lock()
	defer n.mu.Unlock()
	t := n.topics[name]
	if t == nil {
		t = &topic{changed: make(chan struct{})}
		if n.closed {
			close(t.changed)
		}
		if n.topics == nil {
			n.topics = map[string]*topic{}
		}
		n.topics[name] = t
	}
	t.listeners++
	return Listener{n, name}
}

// Changed returns a channel that is closed at the next change of the name. Whoever waits takes the channel, looks at
// the name, and then waits: so no change is missed.
func (l Listener) Changed() <-chan struct{} {
	l.names.mu.Lock()
	defer l.names.mu.Unlock()
	return l.names.topics[l.name].changed
}

// Stop says that l is not used any more.
func (l Listener) Stop() {
	l.names.mu.Lock()
	defer l.names.mu.Unlock()
	t := l.names.topics[l.name]
	if t.listeners--; t.listeners == 0 {
		delete(l.names.topics, l.name)
	}
}

// Tell wakes those who wait for a name.
func (n *Names) Tell(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if t := n.topics[name]; t != nil && !n.closed {
		close(t.changed)
		t.changed = make(chan struct{})
	}
}

// Close wakes all, now and for ever.
func (n *Names) Close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return
	}
	n.closed = true
	for _, t := range n.topics {
		close(t.changed)
	}
}
