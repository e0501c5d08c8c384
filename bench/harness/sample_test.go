package harness

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// A fakeMeter is a machine on which an operation takes a fixed time and allocates fixed amounts, and on
// which a collection happens each time so many bytes are allocated.
type fakeMeter struct {
	perOp   time.Duration
	bytes   uint64 // per operation
	trigger uint64 // bytes between collections

	busy time.Duration // other processes', per operation

	clock     time.Duration
	ops       uint64
	since     uint64 // operations since the heap was fresh
	collected int
}

func (m *fakeMeter) run(n int) {
	m.clock += time.Duration(n) * (m.perOp + m.busy)
	m.ops += uint64(n)
	m.since += uint64(n)
}

func (m *fakeMeter) now() time.Duration  { return m.clock }
func (m *fakeMeter) wall() time.Duration { return m.clock }
func (m *fakeMeter) cpu() time.Duration  { return time.Duration(m.ops) * m.perOp }

func (m *fakeMeter) collect() {
	m.collected++
	m.since = 0
}

func (m *fakeMeter) progress() (cycles, bytes uint64) {
	return m.ops * m.bytes / m.trigger, m.ops * m.bytes
}

func (m *fakeMeter) exact() (mallocs, bytes uint64) { return 2 * m.ops, m.ops * m.bytes }

func (m *fakeMeter) budget() uint64 { return m.trigger }

var limits = Limits{MinTime: 20 * time.Millisecond, MaxTime: 2 * time.Second, Collections: 5}

func TestSampleOfWhatDoesNotAllocateLastsTheMinimum(t *testing.T) {
	m := &fakeMeter{perOp: 10, trigger: 4 << 20}
	s, chunk := sampler{m, limits}.sample(m.run, 0)
	assert.Equal(t, 10.0, s.Figure)
	assert.Zero(t, s.Bytes)
	assert.Equal(t, 2.0, s.Allocs)
	assert.False(t, s.Short)
	measured := time.Duration(m.since) * m.perOp
	assert.GreaterOrEqual(t, measured, limits.MinTime)
	assert.Less(t, measured, limits.MinTime+2*chunkTime)
	assert.GreaterOrEqual(t, time.Duration(chunk)*m.perOp, chunkTime/2)
	assert.LessOrEqual(t, time.Duration(chunk)*m.perOp, chunkTime)
}

func TestSampleOfWhatAllocatesSpansTheCollections(t *testing.T) {
	m := &fakeMeter{perOp: 1000, bytes: 1000, trigger: 100 << 20}
	s, _ := sampler{m, limits}.sample(m.run, 0)
	assert.False(t, s.Short)
	assert.Equal(t, uint64(5), s.Cycles)
	assert.Equal(t, 1000.0, s.Bytes)
	// It stops soon after the fifth one ends: four whole cycles lie in it, and what it
	// had of the one that was under way.
	assert.GreaterOrEqual(t, m.since*m.bytes, 4*m.trigger)
	assert.LessOrEqual(t, m.since*m.bytes, 5*m.trigger+(2<<20))
}

func TestSampleThatSpansThemAtTheMinimumStops(t *testing.T) {
	m := &fakeMeter{perOp: 1000, bytes: 1000, trigger: 1 << 20}
	s, _ := sampler{m, limits}.sample(m.run, 0)
	assert.Less(t, time.Duration(m.since)*m.perOp, limits.MinTime+2*chunkTime)
	assert.GreaterOrEqual(t, s.Cycles, uint64(5))
}

func TestSampleGivesUpAndSaysSo(t *testing.T) {
	// It would take 5 s, which is clear at once.
	m := &fakeMeter{perOp: 1000, bytes: 1000, trigger: 1e9}
	s, _ := sampler{m, limits}.sample(m.run, 0)
	assert.True(t, s.Short)
	assert.Less(t, time.Duration(m.since)*m.perOp, limits.MinTime+2*chunkTime)

	// The collector promises to come sooner than it does.
	late := &lateMeter{fakeMeter{perOp: 1000, bytes: 1000, trigger: 1e9}}
	s, _ = sampler{late, limits}.sample(late.run, 0)
	assert.True(t, s.Short)
	measured := time.Duration(late.since) * late.perOp
	assert.GreaterOrEqual(t, measured, limits.MaxTime)
	assert.Less(t, measured, limits.MaxTime+2*chunkTime)
}

type lateMeter struct{ fakeMeter }

func (m *lateMeter) budget() uint64 { return 1e6 }

func TestSampleDoesNotWaitForCollectionsOfATrickle(t *testing.T) {
	m := &fakeMeter{perOp: 100_000, bytes: 2000, trigger: 4 << 20}
	s, _ := sampler{m, limits}.sample(m.run, 0)
	assert.False(t, s.Short)
	assert.Less(t, time.Duration(m.since)*m.perOp, limits.MinTime+2*chunkTime)
}

func TestSampleStartsOnAFreshHeapAndCalibratesOnce(t *testing.T) {
	m := &fakeMeter{perOp: 10, trigger: 4 << 20}
	_, chunk := sampler{m, limits}.sample(m.run, 0)
	assert.Equal(t, 2, m.collected, "before and after the calibration")
	assert.Zero(t, m.since%uint64(chunk), "the calibration counts in the sample")

	before := m.ops
	_, again := sampler{m, limits}.sample(m.run, chunk)
	assert.Equal(t, chunk, again)
	assert.Equal(t, uint64(chunk), m.ops-before-m.since, "one chunk to warm up, not measured")

	// One long operation needs no warming up, and would cost as much as the sample.
	m = &fakeMeter{perOp: time.Second, trigger: 4 << 20}
	s, _ := sampler{m, limits}.sample(m.run, 1)
	assert.Equal(t, uint64(1), m.ops)
	assert.Equal(t, 1e9, s.Figure)
}

// One look at the clock that comes late must not make the chunk small for good.
func TestCalibrationSurvivesAnInterruption(t *testing.T) {
	for at := range 20 {
		m := &fakeMeter{perOp: 10, trigger: 4 << 20}
		calls := 0
		run := func(n int) {
			m.run(n)
			if calls == at {
				m.clock += 3 * time.Millisecond
			}
			calls++
		}
		n := sampler{m, limits}.calibrate(run)
		assert.GreaterOrEqual(t, time.Duration(n)*m.perOp, chunkTime/2, "interrupted in run %d", at)
	}
}

func TestSampleTellsWhatOtherProcessesTook(t *testing.T) {
	m := &fakeMeter{perOp: 75, busy: 25, trigger: 4 << 20}
	s, _ := sampler{m, limits}.sample(m.run, 0)
	assert.True(t, s.Quiet)
	assert.InDelta(t, 0.25, s.Taken, 1e-9)

	// Collections run beside the goroutine, so that the two times cannot be compared.
	m = &fakeMeter{perOp: 75, busy: 25, bytes: 100, trigger: 4 << 20}
	s, _ = sampler{m, limits}.sample(m.run, 0)
	assert.False(t, s.Quiet)
	assert.Zero(t, s.Taken)
}

func TestRuntimeMeterCounts(t *testing.T) {
	m := newRuntimeMeter(false)
	cycles, bytes := m.progress()
	mallocs, _ := m.exact()
	var keep [][]byte
	for range 100 {
		keep = append(keep, make([]byte, 1<<16))
	}
	m.collect()
	cycles2, bytes2 := m.progress()
	mallocs2, _ := m.exact()
	assert.GreaterOrEqual(t, cycles2-cycles, uint64(1))
	assert.GreaterOrEqual(t, bytes2-bytes, uint64(100<<16))
	assert.GreaterOrEqual(t, mallocs2-mallocs, uint64(100))
	assert.Len(t, keep, 100)
}

func TestWeigh(t *testing.T) {
	f := Fixture{Held: make([]byte, 1<<20), Entries: 1 << 10}
	s := newRuntimeMeter(false).weigh(&f)
	assert.InDelta(t, 1024, s.Figure, 10)
	assert.Nil(t, f.Held)
}

func TestCollectionCostsMoreWithMorePointers(t *testing.T) {
	type node struct{ next *node }
	var list *node
	for range 400_000 {
		list = &node{list}
	}
	m := newRuntimeMeter(false)
	f := Fixture{Held: list, Entries: 1}
	list = nil
	s := m.collection(&f, 3)
	assert.Greater(t, s.Figure, 200_000.0, "marking a list of 400,000 nodes takes more than 200 µs")
	assert.Nil(t, f.Held)
}
