package testkit

import (
	"fmt"
	"go/format"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// script collects the Go statements of a program as it runs.
type script struct {
	lines []line
	// kept are the steps whose results a later statement refers to.
	kept map[int]bool
}

type line struct {
	step int
	text string
	made bool // names the step's result, and is printed only if that is kept
}

// Source runs p and returns it as a Go test, to be put into the package Home. The test
// ends with a comparison of what the run found wrong, or else of every slot. It returns
// the run's failure too.
func (ms *Maps[K, V, M, B]) Source(p Program) (string, error) {
	mc := newMachine(ms)
	mc.script = &script{kept: map[int]bool{}}
	err := mc.run(p)

	var end strings.Builder
	compare := func(name string, want any) {
		fmt.Fprintf(&end, "assert.NoError(t, testkit.Compare(%s, %s))\n", name, clean(fmt.Sprintf("%#v", want), ms.Home))
	}
	if f, _ := err.(*Failure); f == nil {
		for i, v := range mc.slots {
			compare(fmt.Sprintf("v[%d]", i), map[K]V(v.model))
		}
	} else {
		fmt.Fprintf(&end, "// Failed: %s\n", strings.ReplaceAll(f.message, "\n", " "))
		if f.about == "old" {
			mc.refer(f.born)
			f.about = fmt.Sprintf("made[%d]", f.born)
		}
		if f.about != "" {
			compare(f.about, f.want)
		}
	}

	var body strings.Builder
	for _, l := range mc.script.lines {
		if !l.made || mc.script.kept[l.step] {
			body.WriteString(l.text + "\n")
		}
	}
	source := mc.wrap(body.String() + "\n" + end.String())
	if pretty, err := format.Source([]byte(source)); err == nil {
		source = string(pretty)
	}
	return source, err
}

// wrap puts the imports and declarations that body needs around it.
func (mc *machine[K, V, M, B]) wrap(body string) string {
	m := typeName[M](mc.Home)
	empties := fmt.Sprintf("empties := []%s{\n", m)
	for _, e := range mc.Empties {
		empties += clean(e.Go, mc.Home) + ",\n"
	}
	var head strings.Builder
	declare := func(name, format string, args ...any) {
		if strings.Contains(empties+body, name) {
			fmt.Fprintf(&head, format, args...)
		}
	}
	declare("&f", "var f testkit.Faults\n")
	fmt.Fprintf(&head, "%s}\nvar v [%d]%s // versions\nfor i := range v {\nv[i] = empties[0]\n}\n", empties, slotCount, m)
	declare("b[", "var b [%d]%s // builders\n", builderCount, typeName[B](mc.Home))
	declare("made[", "made := map[int]%s{0: empties[0]} // versions by step\n", m)

	text := head.String() + "\n" + body
	text = fmt.Sprintf("func TestReproducer(t *testing.T) {\n%s}\n", text)
	var imports strings.Builder
	for _, group := range [][]string{{"slices", "testing"}, {"github.com/stretchr/testify/assert"}, mc.imports()} {
		for _, p := range group {
			if strings.Contains(text, path.Base(p)+".") {
				fmt.Fprintf(&imports, "%q\n", p)
			}
		}
		imports.WriteString("\n")
	}
	return fmt.Sprintf("package %s\n\nimport (\n%s)\n\n%s", mc.Home, imports.String(), text)
}

// imports returns the paths of this project that a printed program may need, sorted.
func (mc *machine[K, V, M, B]) imports() []string {
	paths := append([]string{"github.com/ramet-go/ramet/diff", "github.com/ramet-go/ramet/internal/testkit"}, mc.Imports...)
	slices.Sort(paths)
	return slices.Compact(paths)
}

// emit adds a statement to the script. In a command that is to panic the statement is
// attempted.
func (mc *machine[K, V, M, B]) emit(format string, args ...any) {
	if mc.script == nil {
		return
	}
	text := fmt.Sprintf(format, args...)
	if mc.armed > 0 {
		text = fmt.Sprintf("(&f).Attempt(%d, func() { %s })", mc.armed, text)
	}
	mc.script.lines = append(mc.script.lines, line{mc.step, text, false})
}

// emitUnarmed is emit for a statement that calls nothing of the caller's.
func (mc *machine[K, V, M, B]) emitUnarmed(format string, args ...any) {
	armed := mc.armed
	mc.armed = 0
	mc.emit(format, args...)
	mc.armed = armed
}

// emitMade names the version that the current step put into a slot.
func (mc *machine[K, V, M, B]) emitMade(slot uint8) {
	if mc.script != nil {
		text := fmt.Sprintf("made[%d] = v[%d]", mc.step, slot)
		mc.script.lines = append(mc.script.lines, line{mc.step, text, true})
	}
}

// refer notes that a statement refers to the result of a step.
func (mc *machine[K, V, M, B]) refer(step int) {
	if mc.script != nil {
		mc.script.kept[step] = true
	}
}

// emitRange prints a range over builder i whose body makes one change a turn.
func (mc *machine[K, V, M, B]) emitRange(i uint8, k K, val V, body []string, leave int) {
	if mc.script == nil {
		return
	}
	mc.emit("{")
	mc.emit("seq := b[%d].All()", i)
	mc.emit("b[%d].Set(%v, %v)", i, mc.lit(k), mc.lit(val))
	mc.emit("turn := 0")
	mc.emit("for range seq {")
	mc.emit("switch turn++; turn {")
	for n, stmt := range body {
		if stmt == "" {
			continue
		}
		mc.emit("case %d:\n%s", n+1, stmt)
	}
	mc.emit("}")
	if leave > 0 {
		mc.emit("if turn == %d { break }", leave)
	}
	mc.emit("}")
	mc.emit("}")
}

// lazy is text that is made only if it is printed.
type lazy func() string

func (l lazy) String() string { return l() }

func (mc *machine[K, V, M, B]) lit(x any) lazy {
	return func() string { return clean(fmt.Sprintf("%#v", x), mc.Home) }
}
func (mc *machine[K, V, M, B]) list(ks []K) lazy   { return mc.lit(ks) }
func (mc *machine[K, V, M, B]) values(vs []V) lazy { return mc.lit(vs) }

// seq is the sequence that SetAll takes.
func (mc *machine[K, V, M, B]) seq(ks []K, vs []V) lazy {
	tick := mc.armed > 0
	return func() string {
		if len(ks) == 0 {
			ks, vs = []K{}, []V{}
		}
		zip := fmt.Sprintf("testkit.Zip(%v, %v)", mc.list(ks), mc.values(vs))
		if tick {
			return "testkit.Ticking(&f, " + zip + ")"
		}
		return zip
	}
}

// members is the list of m's keys that are, or are not, chosen.
func (mc *machine[K, V, M, B]) members(m Model[K, V], chosen func(K, V) bool, are bool) lazy {
	return func() string {
		ks := []K{}
		for _, k := range mc.keys {
			if v, ok := m[k]; ok && chosen(k, v) == are {
				ks = append(ks, k)
			}
		}
		return mc.list(ks)()
	}
}

// is and not are predicates on the membership in a list.
func (mc *machine[K, V, M, B]) is(list lazy) lazy  { return mc.test("", list) }
func (mc *machine[K, V, M, B]) not(list lazy) lazy { return mc.test("!", list) }

func (mc *machine[K, V, M, B]) test(not string, list lazy) lazy {
	tick := mc.tick()
	return func() string {
		return fmt.Sprintf("func(k %s, _ %s) bool { %sreturn %sslices.Contains(%v, k) }", mc.k(), mc.v(), tick, not, list)
	}
}

// choose is a function of a key and params, in which V stands for the value type, that
// returns one expression for the keys in a list and another for the rest.
func (mc *machine[K, V, M, B]) choose(list lazy, params string, in any, out string) lazy {
	tick := mc.tick()
	return func() string {
		return fmt.Sprintf("func(k %s, %s) %s { %sif slices.Contains(%v, k) { return %v }; return %s }",
			mc.k(), strings.TrimSuffix(params, "V")+mc.v(), mc.v(), tick, list, in, out)
	}
}

func (mc *machine[K, V, M, B]) eq() lazy {
	tick := mc.tick()
	return func() string { return fmt.Sprintf("func(a, b %s) bool { %sreturn a == b }", mc.v(), tick) }
}

func (mc *machine[K, V, M, B]) tick() string {
	if mc.armed > 0 {
		return "f.Tick(); "
	}
	return ""
}

func (mc *machine[K, V, M, B]) k() string { return typeName[K](mc.Home) }
func (mc *machine[K, V, M, B]) v() string { return typeName[V](mc.Home) }

// importPath matches the path before the package name in a type's name.
var importPath = regexp.MustCompile(`[\w.\-]+/[\w.\-/]*/`)

// typeName returns the name of a type as it is written in package home.
func typeName[T any](home string) string {
	return clean(unqualify(reflect.TypeFor[T]().String()), home)
}

// unqualify cuts import paths down to the package's name.
func unqualify(text string) string { return importPath.ReplaceAllString(text, "") }

// clean removes the qualifier of package home.
func clean(text, home string) string {
	if home == "" {
		return text
	}
	return strings.ReplaceAll(text, path.Base(home)+".", "")
}
