package harness

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
)

// A Machine is what figures depend on beside the code.
type Machine struct {
	CPU    string  `json:"cpu"`    // the model
	Cores  int     `json:"cores"`  // logical ones
	Memory float64 `json:"memory"` // GiB, rounded: what the system keeps for itself varies
	OS     string  `json:"os"`
	Arch   string  `json:"arch"`
}

// ThisMachine describes the machine that the process runs on. What cannot be found out is "unknown", or 0.
func ThisMachine() Machine {
	m := Machine{Cores: runtime.NumCPU(), Arch: runtime.GOARCH}
	var memory float64 // bytes
	system := ""
	switch runtime.GOOS {
	case "linux":
		m.CPU = field("/proc/cpuinfo", "model name", ":")
		kilobytes, _, _ := strings.Cut(field("/proc/meminfo", "MemTotal", ":"), " ")
		memory, _ = strconv.ParseFloat(kilobytes, 64)
		memory *= 1024
		system = strings.Trim(field("/etc/os-release", "PRETTY_NAME", "="), `"`)
	case "darwin":
		m.CPU = output("sysctl", "-n", "machdep.cpu.brand_string")
		memory, _ = strconv.ParseFloat(output("sysctl", "-n", "hw.memsize"), 64)
		system = output("sw_vers", "-productVersion")
	case "windows":
		m.CPU = os.Getenv("PROCESSOR_IDENTIFIER")
	}
	m.CPU = cmp.Or(m.CPU, "unknown")
	m.Memory = math.Round(memory / (1 << 30))
	m.OS = strings.TrimSpace(runtime.GOOS + " " + system)
	return m
}

func (m Machine) String() string {
	memory := "unknown memory"
	if m.Memory > 0 {
		memory = fmt.Sprintf("%g GiB", m.Memory)
	}
	return fmt.Sprintf("%s, %d cores, %s, %s/%s", m.CPU, m.Cores, memory, m.OS, m.Arch)
}

// field returns what follows name in the first line of a file that begins with it; nothing, if there is none.
func field(path, name, separator string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(data)) {
		key, value, ok := strings.Cut(line, separator)
		if ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// output returns what a command prints; nothing, if it fails.
func output(name string, args ...string) string {
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// Commit returns the commit that the process was built from, as the build or else git says. Where
// Go files differ from it, a digest of the differences follows a "+": figures of other code are other figures.
func Commit() string {
	var revision, modified string
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				revision = s.Value
			case "vcs.modified":
				modified = s.Value
			}
		}
	}
	if revision != "" && modified == "false" {
		return revision
	}
	head := output("git", "rev-parse", "HEAD")
	if head == "" || revision != "" && revision != head {
		if revision != "" {
			return revision + "+unknown"
		}
		return "unknown"
	}
	code := []string{":(top)*.go", ":(top)*go.mod", ":(top)*go.sum"}
	changes := output("git", append([]string{"diff", "HEAD", "--"}, code...)...)
	for name := range strings.Lines(output("git", append([]string{"ls-files", "--others", "--exclude-standard", "--full-name", "--"}, code...)...)) {
		name = strings.TrimSpace(name)
		content, _ := os.ReadFile(output("git", "rev-parse", "--show-toplevel") + "/" + name)
		changes += name + string(content)
	}
	if changes == "" {
		return head
	}
	return fmt.Sprintf("%s+%x", head, sha256.Sum256([]byte(changes)))[:len(head)+9]
}
