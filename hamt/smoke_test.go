package hamt

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestSmoke(t *testing.T) {
	for _, n := range []int{1, 5, 16, 17, 40, 1000, 20000} {
		var m Map[int64, int64]
		model := map[int64]int64{}
		r := rand.New(rand.NewPCG(1, uint64(n)))
		for i := 0; i < n*3; i++ {
			k := r.Int64N(int64(n))
			if r.IntN(3) == 0 {
				m = m.Delete(k)
				delete(model, k)
			} else {
				v := r.Int64()
				m = m.Set(k, v)
				model[k] = v
			}
			if m.Len() != len(model) {
				t.Fatal("len", m.Len(), len(model))
			}
		}
		for k := int64(0); k < int64(n); k++ {
			v, ok := m.Lookup(k)
			w, ok2 := model[k]
			if v != w || ok != ok2 {
				t.Fatal(n, k, v, ok, w, ok2)
			}
		}
		c := 0
		for k, v := range m.All() {
			if model[k] != v {
				t.Fatal()
			}
			c++
		}
		if c != len(model) {
			t.Fatal(c)
		}
		mm := MapOf(model)
		if mm.Len() != len(model) {
			t.Fatal()
		}
		mm = CollectMap(m.All())
		if mm.Len() != len(model) {
			t.Fatal()
		}
		for k := range model {
			mm = mm.Delete(k)
		}
		if mm != (Map[int64, int64]{}) {
			t.Fatal("not empty")
		}
	}
}
func benchKeys(n int) []int64 {
	r := rand.New(rand.NewPCG(1, 2))
	ks := make([]int64, n)
	for i := range ks {
		ks[i] = r.Int64()
	}
	return ks
}

var sink Map[int64, int64]
var isink int64

func BenchmarkX(b *testing.B) {
	for _, n := range []int{10, 1000, 100000, 1000000} {
		ks := benchKeys(n)
		bm := map[int64]int64{}
		for i, k := range ks {
			bm[k] = int64(i)
		}
		m := MapOf(bm)
		b.Run(fmt.Sprint("Lookup/", n), func(b *testing.B) {
			i := 0
			for b.Loop() {
				v, _ := m.Lookup(ks[i])
				isink += v
				i++
				if i == n {
					i = 0
				}
			}
		})
		b.Run(fmt.Sprint("builtin/", n), func(b *testing.B) {
			i := 0
			for b.Loop() {
				v, _ := bm[ks[i]]
				isink += v
				i++
				if i == n {
					i = 0
				}
			}
		})
		b.Run(fmt.Sprint("Set/", n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				sink = m.Set(ks[i], 1)
				i++
				if i == n {
					i = 0
				}
			}
		})
		b.Run(fmt.Sprint("Insert/", n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				sink = m.Set(ks[i]+1, 1)
				i++
				if i == n {
					i = 0
				}
			}
		})
		b.Run(fmt.Sprint("Delete/", n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				sink = m.Delete(ks[i])
				i++
				if i == n {
					i = 0
				}
			}
		})
		b.Run(fmt.Sprint("Iter/", n), func(b *testing.B) {
			for b.Loop() {
				for k, v := range m.All() {
					isink += k ^ v
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/e")
		})
		b.Run(fmt.Sprint("biIter/", n), func(b *testing.B) {
			for b.Loop() {
				for k, v := range bm {
					isink += k ^ v
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/e")
		})
		b.Run(fmt.Sprint("MapOf/", n), func(b *testing.B) {
			for b.Loop() {
				sink = MapOf(bm)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/e")
		})
		b.Run(fmt.Sprint("biBuild/", n), func(b *testing.B) {
			for b.Loop() {
				x := map[int64]int64{}
				for i, k := range ks {
					x[k] = int64(i)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/e")
		})
	}
}
