package generate

import "slices"

// The words in which packages differ. K and T are any in sorted collections, whose orders say which keys are equal, and
// comparable in hashed ones.
var (
	hamt = &pkg{
		name:    "hamt",
		layers:  true,
		words:   slices.Concat(hashed, named("hamt")),
		foreign: []string{"rbtree", "omparator", " order of ", "key order", "keeps its order", "natural", "Ordered"},
	}
	ordered = &pkg{
		name:    "ordered",
		words:   slices.Concat(hashed, named("ordered")),
		foreign: []string{"rbtree", "omparator", "key order", "keeps its order", "natural"},
	}
	vector = &pkg{
		name:    "vector",
		layers:  true,
		words:   named("vector"),
		foreign: []string{"rbtree", "key order"},
	}
	hashed = []word{
		{"[K, V any]", "[K comparable, V any]"},
		{"[K any, V comparable]", "[K, V comparable]"},
		{"[T any]", "[T comparable]"},
		{"keeps its order", "keeps its hasher"},
	}
)

// named says what a package calls itself.
func named(name string) []word {
	return []word{{"package rbtree", "package " + name}, {`"rbtree`, `"` + name}}
}

// comparators are called Hashers.
var comparators = []word{{"comparator", "Hasher"}}

// inHash says how hashed collections are encoded.
var inHash = []word{{"encode.Ordered", "encode.Hashed"}}

// onlyMaps are what a package without sets leaves out.
var onlyMaps = []string{"Set"}

// table has the sources and what becomes of them.
var table = []copied{
	{"rbtree", "guard.go", []target{
		{in: hamt, words: comparators},
		{in: ordered, words: comparators},
		{in: vector},
	}},
	{"rbtree", "encode_builder.go", []target{{in: hamt}, {in: ordered}, {in: vector}}},
	{"rbtree", "encode_cursor.go", []target{
		{in: hamt, words: cursors},
		{in: ordered, words: cursors},
		{in: vector, words: cursors},
	}},
	{"rbtree", "encode.go", []target{{in: hamt, words: slices.Concat(inHash, []word{
		{"an object, in key order", "an object, sorted by key text"},
		{"pairs, in key order.", "pairs, sorted by key. Equal maps have equal encodings."},
		{"the entries, in key order", "the entries, sorted by key"},
		{"an array, in order", "an array, sorted by element"},
		{"the elements, in order", "the elements, sorted"},
	})}}},
	{"rbtree", "encode_other.go", []target{
		{in: hamt, words: slices.Concat(inHash, []word{
			{"each, in key order", "each, sorted by key"},
			{"a sequence, in order", "a sequence, sorted by element"},
		})},
		{in: ordered, without: onlyMaps, words: []word{
			{"each, in key order.", "each, in m's order. Packages for YAML have types of their own for mappings in order, " +
				"which a loop over [Map.All] fills."},
			{" Where K is an interface type, keys count as they do in [Map.MarshalJSON], but integers stay integers, if the " +
				"package does not write all keys as text.", ""},
			{"keeps its order.", "keeps its hasher. If the encoding is a mapping, they are sorted by the texts of their " +
				"keys: what packages hand out of a mapping has no order."},
			{"FromYAMLMap(unmarshal, encode.Ordered", "FromYAMLMap(unmarshal, encode.Hashed"},
		}},
	}},
	{"rbtree", "encode_stream.go", []target{{in: hamt, words: inHash}}},
	{"rbtree", "apply.go", []target{{in: hamt}}},
	{"rbtree", "tryapply.go", []target{
		{in: hamt, words: slices.Concat(uncomparable, []word{
			{"changes, eq, false)", "changes, eq, m.by.hasher == nil)"},
			{"changes, nil, false)", "changes, nil, s.m.by.hasher == nil)"},
		})},
		{in: ordered, without: []string{"TryApplySet"}, words: slices.Concat(uncomparable, []word{
			{"changes, eq, false)", "changes, eq, m.by == nil)"},
		})},
	}},
	{"rbtree", "builder.go", []target{{in: hamt, words: []word{
		{"with the natural order of K, as the zero [Map] is", "with the default hasher, as the zero [Map] is"},
		{"A comparator must not use", "A [Hasher] must not use"},
		{"but the comparator", "but the Hasher"},
		{"If the comparator", "If the Hasher"},
		{"Values, Backward, spans and printing", "Values and printing"},
		{"over the entries, in key order", "over the entries, in the order in which [Map.All] has them"},
		{"when the call begins, in key order.", "when the call begins."},
		{"f.found:", "f.found():"},
	}}}},
	{"rbtree", "update.go", []target{{in: hamt, words: []word{
		{"one of up to 31 entries, and one of up to 16 children for each factor of 4 to 16",
			"one of up to 16 entries, and one of up to 32 pointers for each factor of 32"},
		{"looks for k once", "hashes and looks for k once"},
		{".seek(ed.by, m.root(), k)", ".seek(ed.by, m.root(), 0, ed.by.hash(k), k)"},
		{".seek(m.by, m.root(), k)", ".seek(m.by, m.root(), 0, m.by.hash(k), k)"},
	}}}},
	{"rbtree", "merge.go", []target{{in: hamt, words: []word{
		{"The conflicts are in key order. It takes", "It takes"},
		{"The order of ours decides", "The hasher of ours decides"},
		{"has another order, it takes O(n log n) time", "has another hasher, it takes O(n) time"},
		{"base.find,", "base.findValue,"},
		{"ours.find,", "ours.findValue,"},
		{"theirs.find}", "theirs.findValue}"},
	}}}},
	{"rbtree", "setops.go", []target{{in: hamt, words: []word{
		{"a comparator", "a hasher"},
		{"takes O(log n) time and allocates", "takes O(log n) time, where the base of the logarithm is about 32, and allocates"},
		{"elements of s, in order", "elements of s, in an order that is unspecified, but the same whenever s is iterated"},
		{"of a set to another, in order: each", "of a set to another: each"},
		{"The order of ours decides", "The hasher of ours decides"},
		{"has another order, it takes O(n log n) time", "has another hasher, it takes O(n) time"},
	}}}},
	{"rbtree", "format.go", []target{
		{in: hamt, words: []word{
			{"v2}, in key order", "v2}, sorted by key as fmt sorts those of a built-in map"},
			{"c], in order", "c], sorted as fmt sorts the keys of a built-in map"},
			{"The entries are in key order", "The entries are sorted by key"},
			{"The elements are in order", "The elements are sorted"},
			{"the first few", "a few"},
			{"format.Map(", "format.SortedMap("},
			{"format.Seq(", "format.SortedSeq("},
		}},
		{in: ordered, without: []string{"Set", "SetBuilder"}, words: []word{{"in key order", "in order"}}},
	}},
	{"rbtree", "setbuilder.go", []target{{in: hamt, words: []word{
		{"with the natural order of T", "with the default hasher"},
	}}}},
}

var cursors = []word{{"cursors and orders. Its methods return an error to whoever encodes one, or decodes into one:",
	"cursors. Its methods return an error to whoever encodes a cursor, or decodes into one:"}}

var uncomparable = []word{{"is such an error, too. TryApply panics, as Apply does, if K has no order.",
	"is such an error, too, and so is, without a hasher, a key that is not comparable."}}
