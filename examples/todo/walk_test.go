package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTree shows what was undone before something else was done, and goes there.
func TestTree(t *testing.T) {
	a := played(t, newApp(file{}, stateOf("ash")), `a "elm" enter a "oak" enter u u a "fir" enter space u h`)
	a.height = 12
	assert.Equal(t, ` a list that is not kept   2 of 2 to do, all shown

   ○ as it was read  (1 of 1 to do)
   ├─○ add "elm"  (2 of 2 to do)
   │ ○ add "oak"  (3 of 3 to do)
 > ● add "fir"  (2 of 2 to do)
   ○ done or not  (1 of 2 to do)


 enter: go there   esc: back`, a.View())
	b := played(t, a, "up up enter") // onto the branch
	assert.Equal(t, []string{"ash", "elm"}, b.now().texts())
	assert.Equal(t, `now: add "elm"`, b.message)
	assert.Equal(t, []string{"ash", "elm", "oak"}, played(t, b, "r").now().texts(), "what followed there can be redone")
	assert.Equal(t, []string{"ash"}, played(t, b, "u").now().texts())
	b = played(t, b, "h")
	b.height = 12
	assert.Contains(t, b.View(), `   ├─○ add "fir"  (2 of 2 to do)
   │ ○ done or not  (1 of 2 to do)
 > ● add "elm"  (2 of 2 to do)
   ○ add "oak"  (3 of 3 to do)
`, "nothing is lost")
	assert.Equal(t, []string{"ash", "x fir"}, played(t, b, "up enter").now().texts())
	assert.Equal(t, []string{"ash", "elm", "oak"}, played(t, b, "end enter").now().texts())
	assert.Zero(t, played(t, b, "home enter").past.UndoLen())
}

// TestEveryMomentIsReached: wherever one goes, everything that ever was stays within reach, in the same version.
func TestEveryMomentIsReached(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 0))
		a := newApp(file{}, stateOf("ash", "elm"))
		states := map[int]state{0: a.now()}
		for i := range 120 {
			switch rng.IntN(5) {
			case 0, 1:
				a = a.do(add{fmt.Sprint(i)})
				states[a.past.Now().n] = a.now()
			case 2, 3:
				a, _ = press(a, "u")
			default:
				a = a.walking()
				require.Len(t, a.walk.rows, len(states), "seed %d", seed)
				r := a.walk.rows[rng.IntN(len(a.walk.rows))]
				a = a.arrive(r.node)
				require.Equal(t, r.node.n, a.past.Now().n, "seed %d", seed)
				require.True(t, a.now() == states[r.node.n])
				// What can be undone is what led there.
				n := r.node
				for m := range a.past.Past() {
					n = n.before
					require.Equal(t, n.n, m.n)
				}
				require.Nil(t, n.before)
			}
		}
		rows := a.walking().walk.rows
		ns := map[int]bool{}
		for _, r := range rows {
			ns[r.node.n] = true
		}
		require.Len(t, ns, len(states), "seed %d", seed)
	}
}

// TestLongPasts are walked in time.
func TestLongPasts(t *testing.T) {
	a := newApp(file{}, stateOf("ash"))
	for i := range 5000 {
		a = a.do(toggle{1})
		if i%100 == 99 {
			a, _ = press(a, "u", "u")
		}
	}
	a = a.walking()
	assert.Len(t, a.walk.rows, 5001)
	i := slices.IndexFunc(a.walk.rows, func(r branchRow) bool { return r.first })
	require.Positive(t, i)
	a = a.arrive(a.walk.rows[i].node)
	assert.Len(t, a.walking().walk.rows, 5001)
}

// TestADragIsOneStep, however far it goes, and none if it comes back.
func TestADragIsOneStep(t *testing.T) {
	a := newApp(file{}, stateOf("ash", "elm", "oak"))
	b := played(t, a, "J J")
	assert.Equal(t, []string{"elm", "oak", "ash"}, b.now().texts())
	assert.Equal(t, 1, b.past.UndoLen())
	assert.True(t, played(t, b, "u").now() == a.now())
	assert.Equal(t, b.now().texts(), played(t, b, "u r").now().texts())
	assert.True(t, played(t, b, "K K").now() == a.now(), "it is where it was")
	assert.Zero(t, played(t, b, "K K").past.UndoLen())
	assert.Equal(t, 2, played(t, b, "home J").past.UndoLen(), "another item")
	assert.Equal(t, 3, played(t, b, "space K").past.UndoLen(), "something was done in between")
	c := played(t, b, "u r K")
	assert.Equal(t, 2, c.past.UndoLen(), "it was undone in between")
}
