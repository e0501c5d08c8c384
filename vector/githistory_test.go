package vector_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/vector"
)

// lines returns the lines of a text.
func lines(text string) vector.Vector[string] {
	return vector.Of(strings.SplitAfter(text, "\n")...)
}

// historyEnd is where the history that is tested ends: what is committed today must not decide whether a test passes tomorrow.
const historyEnd = "--until=2026-11-30T03:00:00Z"

// gitHistory returns the versions of each file of this repository that has at least three, the latest of which
// are no more than most, from the oldest on.
func gitHistory(t *testing.T, most int) map[string][]string {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("NOT TESTED: there is no git to compare with")
	}
	git := func(stdin string, args ...string) string {
		cmd := exec.Command("git", args...)
		cmd.Stdin = strings.NewReader(stdin)
		out, err := cmd.Output()
		if err != nil {
			t.Skipf("NOT TESTED: git %s: %v; this needs the repository with its history", args[0], err)
		}
		return string(out)
	}
	// Each change of a file has a line ":mode mode before after M\tname" with the ids of the contents.
	log := git("", "log", historyEnd, "--no-renames", "--no-abbrev", "--raw", "--format=", "--no-merges", "--diff-filter=AM", "--", ":/")
	ids := map[string][]string{}
	for line := range strings.Lines(log) {
		fields := strings.Fields(line)
		if len(fields) == 6 && len(ids[fields[5]]) < most && strings.Trim(fields[3], "0") != "" {
			ids[fields[5]] = append(ids[fields[5]], fields[3])
		}
	}
	var wanted strings.Builder
	for name, all := range ids {
		if len(all) < 3 {
			delete(ids, name)
			continue
		}
		slices.Reverse(all)
		for _, id := range all {
			fmt.Fprintln(&wanted, id)
		}
	}
	out, texts := git(wanted.String(), "cat-file", "--batch"), map[string]string{}
	for out != "" {
		var id, kind string
		var size int
		head, rest, _ := strings.Cut(out, "\n")
		_, err := fmt.Sscan(head, &id, &kind, &size)
		require.NoError(t, err)
		texts[id], out = rest[:size], rest[size+1:]
	}
	versions := map[string][]string{}
	for name, all := range ids {
		for _, id := range all {
			versions[name] = append(versions[name], texts[id])
		}
	}
	return versions
}

// gitMerge returns what git merge-file makes of three texts, and the number of conflicts.
func gitMerge(t *testing.T, dir, base, ours, theirs string) (string, int) {
	for name, text := range map[string]string{"base": base, "ours": ours, "theirs": theirs} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	cmd := exec.Command("git", "merge-file", "-p", "--quiet", "ours", "base", "theirs")
	cmd.Dir = dir
	var out bytes.Buffer
	cmd.Stdout = &out
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() < 128 {
		return out.String(), exit.ExitCode()
	}
	require.NoError(t, err)
	return out.String(), 0
}

// TestMergeBesideGit merges versions of the files of this repository, as git does and as we do. Where the verdicts differ,
// there is a reason that can be checked:
//
//   - We merge and git does not: changes touch that git keeps apart by a line. The merge is then a shortest one: on
//     a shortest way between the sides, and as far from base as the sides are from it and from each other, halved.
//   - Git merges and we do not: within the overlap the sides are nearer to each other than by way of base, so
//     they did something alike that git does twice, or not at all. Or one side is the other with one run of lines more: so it
//     may have done all that the other did, and then have added that.
//   - Both merge, to different texts: git does twice what both did alike. Ours is a shortest one, as above, and git's is not.
func TestMergeBesideGit(t *testing.T) {
	versions := gitHistory(t, 40)
	dir, deadline := t.TempDir(), time.Now().Add(18*time.Second)
	want := 1000
	if testing.Short() {
		want = 100
	}
	count := map[string]int{}
	total := 0
	judge := func(name string, b, o, th string) {
		if total == want || time.Now().After(deadline) || b == o || b == th || o == th {
			return
		}
		total++
		base, ours, theirs := lines(b), lines(o), lines(th)
		git, conflicts := gitMerge(t, dir, b, o, th)
		m, overlaps := vector.Merge(base, ours, theirs)
		apart := edits(ours, theirs)
		direct := func(m vector.Vector[string]) bool { return edits(ours, m)+edits(m, theirs) == apart }
		shortest := func(m vector.Vector[string]) bool {
			return direct(m) && edits(base, ours)+edits(base, theirs)+apart == 2*edits(base, m)
		}
		switch {
		case conflicts > 0 && len(overlaps) > 0:
			count["both conflict"]++
		case conflicts == 0 && len(overlaps) == 0 && git == strings.Join(m.AppendTo(nil), ""):
			count["the same"]++
		case conflicts == 0 && len(overlaps) == 0:
			count["done twice by git"]++
			require.True(t, shortest(m) && !direct(lines(git)), "%s: two texts without a reason", name)
		case conflicts > 0:
			count["changes that touch"]++
			require.True(t, shortest(m), "%s: something is lost, or done twice", name)
		default:
			count["done alike elsewhere"]++
			require.True(t, slices.ContainsFunc(overlaps, func(p diff.Overlap[string]) bool {
				b, o, th := vector.Of(p.Base...), vector.Of(p.Ours...), vector.Of(p.Theirs...)
				return edits(o, th) < edits(b, o)+edits(b, th) || oneRun(p.Ours, p.Theirs)
			}), "%s: overlaps without a reason: %v", name, overlaps)
		}
	}
	names := slices.Sorted(maps.Keys(versions))
	for _, step := range []int{1, 2, 3} { // so that all files are seen, if there is less time
		for _, name := range names {
			v := versions[name]
			for i := 0; i+2*step < len(v); i++ {
				judge(name, v[i+step], v[i], v[i+2*step]) // one goes back, one goes on
				judge(name, v[i], v[i+step], v[i+2*step])
				judge(name, v[i+2*step], v[i], v[i+1])
			}
		}
	}
	t.Logf("%d merges: %v", total, count)
	if total < want {
		t.Logf("NOT ALL TESTED: %d merges of %d; the history is short, or the machine is busy", total, want)
	}
	require.Greater(t, total, 50)
	assert.Greater(t, count["the same"], total/3)
	assert.Positive(t, count["both conflict"])
}

// oneRun reports whether one of the two is the other with one run of lines inserted.
func oneRun(a, b []string) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) == 0 || len(b) == 0
}

// edits returns how many lines a Diff has.
func edits(from, to vector.Vector[string]) (n int) {
	for s := range vector.Diff(from, to) {
		n += len(s.Old) + len(s.New)
	}
	return n
}
