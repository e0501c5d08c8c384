package testkit

import "time"

// shrinkFor bounds the time spent on shortening a program.
const shrinkFor = 30 * time.Second

// shrink returns a program that fails as well as p does, with fewer commands and with
// smaller numbers in them.
func (ms *Maps[K, V, M, B]) shrink(p Program) Program {
	s := shrinker{time.Now().Add(shrinkFor), func(q Program) (Program, bool) {
		_, err := ms.Run(q)
		if f, ok := err.(*Failure); ok {
			return f.Program, true
		}
		return nil, false
	}}
	p, ok := s.fails(p)
	if !ok {
		return p
	}
	for {
		before := len(p)
		p = s.simplify(s.drop(p))
		if len(p) == before || s.late() {
			return p
		}
	}
}

type shrinker struct {
	deadline time.Time
	fails    func(Program) (Program, bool) // returns what of a program it takes to fail
}

func (s *shrinker) late() bool { return time.Now().After(s.deadline) }

// drop takes commands out of p, large parts first.
func (s *shrinker) drop(p Program) Program {
	for size := max(1, len(p)/2); ; size = max(1, size/2) {
		shorter := false
		for end := len(p); end > 0 && !s.late(); end = min(end-size, len(p)) {
			q := append(append(Program{}, p[:max(0, end-size)]...), p[end:]...)
			if q, ok := s.fails(q); ok {
				p, shorter = q, true
			}
		}
		if size == 1 && !shorter || s.late() {
			return p
		}
	}
}

// simplify turns the commands of p into single writes where it can, and makes their
// operands smaller.
func (s *shrinker) simplify(p Program) Program {
	for i := 0; i < len(p); i++ {
		try := func(change func(c *Command)) {
			q := append(Program{}, p...)
			if change(&q[i]); q[i] != p[i] && !s.late() {
				if q, ok := s.fails(q); ok && len(q) > i {
					p = q
				}
			}
		}
		for _, op := range []Op{BuilderSet, Set, Copy} {
			if p[i].Op != Set && p[i].Op != Copy {
				try(func(c *Command) { c.Op = op })
			}
		}
		try(func(c *Command) { c.Op %= numOps })
		try(func(c *Command) { c.Dst %= slotCount })
		try(func(c *Command) { c.A %= slotCount })
		try(func(c *Command) { c.B %= slotCount })
		for _, field := range []func(*Command) *uint8{
			func(c *Command) *uint8 { return &c.Dst },
			func(c *Command) *uint8 { return &c.A },
			func(c *Command) *uint8 { return &c.B },
			func(c *Command) *uint8 { return &c.Key },
			func(c *Command) *uint8 { return &c.Val },
		} {
			for _, less := range []func(uint8) uint8{
				func(uint8) uint8 { return 0 },
				func(x uint8) uint8 { return x / 2 },
				func(x uint8) uint8 { return x - min(x, 8) },
				func(x uint8) uint8 { return x - min(x, 1) },
			} {
				for old := *field(&p[i]); old > 0; old = *field(&p[i]) {
					try(func(c *Command) { *field(c) = less(old) })
					if *field(&p[i]) == old {
						break
					}
				}
			}
		}
	}
	return p
}
