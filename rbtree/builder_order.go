//ramet:layer api

package rbtree

import "iter"

// What a builder's order is good for. Reads see the builder as it is. Spans and Backward see it as All does: as it is
// when they begin, which gives up the right to change in place what exists by then.

// look begins a read of the builder, and returns what it holds, which is valid until the next change. looked ends it.
// Meanwhile, a comparator must not use the builder.
func (b *MapBuilder[K, V]) look() Map[K, V] {
	if b.asks() {
		b.begin()
	} else {
		b.watch.check()
	}
	return b.view()
}

func (b *MapBuilder[K, V]) looked() {
	if b.asks() {
		b.watch.end()
	}
}

// Min returns the entry with the least key, and false if there is none. It takes O(log n) time.
func (b *MapBuilder[K, V]) Min() (K, V, bool) {
	b.watch.check()
	return b.view().Min()
}

// Max returns the entry with the greatest key, and false if there is none. It takes O(log n) time.
func (b *MapBuilder[K, V]) Max() (K, V, bool) {
	b.watch.check()
	return b.view().Max()
}

// Floor returns the entry with the greatest key that is not above k, and false if there is none. It takes O(log n)
// time.
func (b *MapBuilder[K, V]) Floor(k K) (K, V, bool) {
	m := b.look()
	defer b.looked()
	return m.Floor(k)
}

// Ceiling returns the entry with the least key that is not below k, and false if there is none. It takes O(log n) time.
func (b *MapBuilder[K, V]) Ceiling(k K) (K, V, bool) {
	m := b.look()
	defer b.looked()
	return m.Ceiling(k)
}

// At returns the i-th entry in order, counted from 0. It takes O(log n) time, and panics if there is none.
func (b *MapBuilder[K, V]) At(i int) (K, V) {
	b.watch.check()
	return b.view().At(i)
}

// Rank returns how many keys are below k, and whether k is present. It takes O(log n) time.
func (b *MapBuilder[K, V]) Rank(k K) (i int, found bool) {
	m := b.look()
	defer b.looked()
	return m.rank(k)
}

// Backward returns an iterator over the entries, from the greatest key to the least, which sees what that of All sees.
func (b *MapBuilder[K, V]) Backward() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { b.Build().Backward()(yield) }
}

// From returns the entries whose keys are not below k, as they are now: what changes the builder later does not change
// the span. It takes O(log n) time, and counts as a write, as Build does.
func (b *MapBuilder[K, V]) From(k K) Span[K, V] { return b.span(k, Map[K, V].From) }

// Above returns the entries whose keys are above k, as they are now; see [MapBuilder.From].
func (b *MapBuilder[K, V]) Above(k K) Span[K, V] { return b.span(k, Map[K, V].Above) }

// To returns the entries whose keys are not above k, as they are now; see [MapBuilder.From].
func (b *MapBuilder[K, V]) To(k K) Span[K, V] { return b.span(k, Map[K, V].To) }

// Below returns the entries whose keys are below k, as they are now; see [MapBuilder.From].
func (b *MapBuilder[K, V]) Below(k K) Span[K, V] { return b.span(k, Map[K, V].Below) }

// span returns a span of what the builder builds.
func (b *MapBuilder[K, V]) span(k K, of func(Map[K, V], K) Span[K, V]) Span[K, V] {
	m := b.Build()
	b.look()
	defer b.looked()
	return of(m, k)
}

// Min returns the least element, and false if there is none. It takes O(log n) time.
func (b *SetBuilder[T]) Min() (T, bool) { return element(b.b.Min()) }

// Max returns the greatest element, and false if there is none. It takes O(log n) time.
func (b *SetBuilder[T]) Max() (T, bool) { return element(b.b.Max()) }

// Floor returns the greatest element that is not above v, and false if there is none. It takes O(log n) time.
func (b *SetBuilder[T]) Floor(v T) (T, bool) { return element(b.b.Floor(v)) }

// Ceiling returns the least element that is not below v, and false if there is none. It takes O(log n) time.
func (b *SetBuilder[T]) Ceiling(v T) (T, bool) { return element(b.b.Ceiling(v)) }

// At returns the i-th element in order, counted from 0. It takes O(log n) time, and panics if there is none.
func (b *SetBuilder[T]) At(i int) T {
	v, _ := b.b.At(i)
	return v
}

// Rank returns how many elements are below v, and whether v is in the set. It takes O(log n) time.
func (b *SetBuilder[T]) Rank(v T) (i int, found bool) { return b.b.Rank(v) }

// Backward returns an iterator over the elements, from the greatest to the least, which sees what that of All sees.
func (b *SetBuilder[T]) Backward() iter.Seq[T] { return keysOf(b.b.Backward()) }

// From returns the elements that are not below v, as they are now; see [MapBuilder.From].
func (b *SetBuilder[T]) From(v T) SetSpan[T] { return SetSpan[T]{b.b.From(v)} }

// Above returns the elements that are above v, as they are now; see [MapBuilder.From].
func (b *SetBuilder[T]) Above(v T) SetSpan[T] { return SetSpan[T]{b.b.Above(v)} }

// To returns the elements that are not above v, as they are now; see [MapBuilder.From].
func (b *SetBuilder[T]) To(v T) SetSpan[T] { return SetSpan[T]{b.b.To(v)} }

// Below returns the elements that are below v, as they are now; see [MapBuilder.From].
func (b *SetBuilder[T]) Below(v T) SetSpan[T] { return SetSpan[T]{b.b.Below(v)} }
