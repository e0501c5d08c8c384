package storetest

import (
	"testing"

	"github.com/ramet-go/ramet/store/chunk"
)

// TestEngine tests whether an engine does what [chunk.Engine] says. open returns an empty engine, and a function that
// opens again what that engine kept, after Close; nil if it keeps nothing. Each subtest opens engines of its own, and
// closes them. The last thing that each looks at is whether goroutines are left.
func TestEngine(t *testing.T, open func(t testing.TB) (e chunk.Engine, reopen func() chunk.Engine)) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, s *suite)
	}{
		{"Chunks", testChunks},
		{"ChunksRefused", testChunksRefused},
		{"Missing", testMissing},
		{"Addrs", testAddrs},
		{"Swap", testSwap},
		{"Revisions", testRevisions},
		{"Names", testNames},
		{"Refs", testRefs},
		{"Commit", testCommit},
		{"Contention", testContention},
		{"Log", testLog},
		{"Watch", testWatch},
		{"WatchSeesTheLast", testWatchSeesTheLast},
		{"WatchEnds", testWatchEnds},
		{"WritesInLoops", testWritesInLoops},
		{"Durable", testDurable},
		{"EndedContext", testEndedContext},
		{"Closed", testClosed},
		{"Size", testSize},
		{"Collect", testCollect},
		{"CollectFails", testCollectFails},
		{"CollectBesideCommits", testCollectBesideCommits},
		{"CollectLetsNobodyWrite", testCollectLetsNobodyWrite},
		{"CollectAndClose", testCollectAndClose},
	} {
		t.Run(test.name, func(t *testing.T) {
			noLeaks(t, func() {
				s := &suite{T: t, open: open}
				test.run(t, s)
				s.closeAll()
			})
		})
	}
}
