package harness

import (
	"runtime"
	"runtime/metrics"
	"time"
)

// A Sample is what one round measured of one subject.
type Sample struct {
	Figure float64 `json:"figure"`          // ns per operation; bytes per entry; ns per collection
	Bytes  float64 `json:"bytes"`           // bytes allocated per operation
	Allocs float64 `json:"allocs"`          // allocations per operation
	Cycles uint64  `json:"collections"`     // collections it spans
	Short  bool    `json:"short,omitempty"` // allocates, yet spans fewer collections than it should
	Quiet  bool    `json:"quiet,omitempty"` // allocates next to nothing: one goroutine did all there was to do
	Taken  float64 `json:"taken,omitempty"` // the part of a quiet sample's time that other processes had the processor
}

// Limits say how long a sample of the kind Time lasts.
type Limits struct {
	MinTime     time.Duration // at least this long
	MaxTime     time.Duration // no longer, whatever is missing; at once, if that much is not enough
	Collections uint64        // at least so many, when the operation allocates
}

// chunkTime is about how long the subject runs between two looks at the clock: long enough to
// make the look free, short enough to end the sample soon after a collection does.
const chunkTime = time.Millisecond

// quietRate is the rate of allocation, in bytes per nanosecond, below which a sample need not
// span collections. Where a collection costs the time to allocate what triggers it
// at a byte per nanosecond, which is dear, such an operation spends 3 % in collections.
const quietRate = 0.03

// A meter reads the clock and the runtime. Tests replace it.
type meter interface {
	now() time.Duration
	wall() time.Duration
	cpu() time.Duration               // processor time of all goroutines; wall() where it is not known
	collect()                         // makes the heap fresh
	progress() (cycles, bytes uint64) // cheap, stops no goroutine
	exact() (mallocs, bytes uint64)
	budget() uint64 // bytes that are allocated from one collection to the next
}

// A sampler takes samples of the kind Time.
type sampler struct {
	meter
	Limits
}

// sample measures run. chunk is what an earlier sample of the same subject returned, or
// 0; it spares the calibration.
func (s sampler) sample(run func(n int), chunk int) (Sample, int) {
	switch {
	case chunk == 0:
		chunk = s.calibrate(run)
	case chunk > 1: // otherwise one operation lasts so long that it warms itself up
		run(chunk)
	}
	s.collect()

	var (
		ops            int
		elapsed        time.Duration
		cycles         uint64
		short, quiet   bool
		wall0, cpu0    = s.wall(), s.cpu()
		budget         = s.budget()
		cycles0, seen0 = s.progress()
		mallocs0, b0   = s.exact()
	)
	for {
		elapsed += s.time(run, chunk)
		ops += chunk
		if elapsed < s.MinTime {
			continue
		}
		now, seen := s.progress()
		cycles = now - cycles0
		quiet = float64(seen-seen0) < quietRate*float64(elapsed.Nanoseconds())
		if quiet || cycles >= s.Collections {
			break
		}
		// Hopeless cases stop at once: at this rate, the collections would take too long to come.
		rate := float64(seen-seen0) / float64(elapsed)
		need := time.Duration(float64(s.Collections*budget) / rate)
		if elapsed >= s.MaxTime || cycles == 0 && need > s.MaxTime {
			short = true
			break
		}
	}
	var taken float64
	if wall := s.wall() - wall0; quiet && wall > 0 {
		taken = max(0, 1-float64(s.cpu()-cpu0)/float64(wall))
	}
	mallocs, b := s.exact()
	n := float64(ops)
	return Sample{
		Figure: float64(elapsed.Nanoseconds()) / n,
		Bytes:  float64(b-b0) / n,
		Allocs: float64(mallocs-mallocs0) / n,
		Cycles: cycles,
		Short:  short,
		Quiet:  quiet,
		Taken:  taken,
	}, chunk
}

// calibrate returns how many operations last about chunkTime, having warmed run up.
//
// Too small an answer would measure the clock. So a run that looks long enough is repeated, lest
// something else had the processor meanwhile, unless it is so long that repeating it is dear.
func (s sampler) calibrate(run func(n int)) int {
	s.collect()
	for n := 1; ; n *= 2 {
		d := s.time(run, n)
		if d >= chunkTime/2 && d < 500*chunkTime {
			d = min(d, s.time(run, n))
		}
		if d >= chunkTime/2 {
			return n
		}
	}
}

func (s sampler) time(run func(n int), n int) time.Duration {
	start := s.now()
	run(n)
	return s.now() - start
}

// runtimeMeter is the meter of the running process.
type runtimeMeter struct {
	start time.Time
	polls []metrics.Sample
	inCPU bool // now is processor time
}

func newRuntimeMeter(inCPU bool) *runtimeMeter {
	return &runtimeMeter{start: time.Now(), inCPU: inCPU, polls: []metrics.Sample{
		{Name: "/gc/cycles/total:gc-cycles"},
		{Name: "/gc/heap/allocs:bytes"},
		{Name: "/gc/heap/goal:bytes"},
		{Name: "/gc/heap/live:bytes"},
	}}
}

func (m *runtimeMeter) now() time.Duration {
	if m.inCPU {
		return m.cpu()
	}
	return m.wall()
}

func (m *runtimeMeter) wall() time.Duration { return time.Since(m.start) }

func (m *runtimeMeter) cpu() time.Duration {
	if d, ok := cpuTime(); ok {
		return d
	}
	return m.wall()
}

func (m *runtimeMeter) collect() { runtime.GC() }

func (m *runtimeMeter) progress() (cycles, bytes uint64) {
	metrics.Read(m.polls)
	return m.polls[0].Value.Uint64(), m.polls[1].Value.Uint64()
}

func (m *runtimeMeter) budget() uint64 {
	metrics.Read(m.polls)
	goal, live := m.polls[2].Value.Uint64(), m.polls[3].Value.Uint64()
	return goal - min(live, goal)
}

func (m *runtimeMeter) exact() (mallocs, bytes uint64) {
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	return ms.Mallocs, ms.TotalAlloc
}

// weigh returns the live bytes per entry of what f holds, and drops it.
func (m *runtimeMeter) weigh(f *Fixture) Sample {
	with := m.live()
	runtime.KeepAlive(f.Held)
	f.Held = nil
	without := m.live()
	return Sample{Figure: float64(int64(with-without)) / float64(f.Entries)}
}

func (m *runtimeMeter) live() uint64 {
	m.collect()
	m.collect() // what a sync.Pool or a finalizer keeps survives the first
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	return ms.HeapAlloc
}

// collection returns the processor time of a full collection while f holds what it holds, less that of
// one after it is dropped. It drops it.
func (m *runtimeMeter) collection(f *Fixture, count int) Sample {
	with := m.collections(count)
	runtime.KeepAlive(f.Held)
	f.Held = nil
	without := m.collections(count)
	return Sample{Figure: max(with-without, 1)}
}

// collections returns the median processor time, in ns, of count full collections. How long
// they last is another matter: that depends on how many processors are idle.
func (m *runtimeMeter) collections(count int) float64 {
	m.collect()
	times := make([]float64, count)
	for i := range times {
		start := m.cpu()
		runtime.GC()
		times[i] = float64((m.cpu() - start).Nanoseconds())
	}
	_, median, _ := quartiles(times)
	return median
}
