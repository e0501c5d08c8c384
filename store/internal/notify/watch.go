package notify

import (
	"context"
	"iter"
)

// Watch yields what read returns for a name, first now, then after each change that n is told of, if it is another
// then. It ends with ctx, or with an error of read. Nothing is held while the caller's loop body runs.
func Watch[R comparable](ctx context.Context, n *Names, name string, read func(ctx context.Context, name string) (R, error)) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		listener := n.Listen(name)
		defer listener.Stop()
		var last R
		for first := true; ; first = false {
			changed := listener.Changed()
			now, err := read(ctx, name)
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				var none R
				yield(none, err)
				return
			}
			if first || now != last {
				if last = now; !yield(now, nil) {
					return
				}
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	}
}
