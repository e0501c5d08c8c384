package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/ramet-go/ramet/examples/internal/storefile"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

// asideName is a branch that only the file has, and only while it joins a cluster: what the file had, whatever the cluster has.
const asideName = store.LocalPrefix + branchName

// errApart says that a file and a cluster have gone different ways.
var errApart = errors.New("left as it is, for it has versions that the cluster does not have, which has others: " +
	"without -nats it can be looked at, and another file can join the cluster")

// joinVersions returns the versions that a cluster shares, with a file for what this machine has of them, which it makes if there is none;
// "": in memory. What the file has and the cluster does not is shared from then on, if it comes after what the cluster has.
func joinVersions(ctx context.Context, path string, keep int, remote chunk.Remote, opts ...store.Option) (*versions, error) {
	shared := append([]store.Option{store.Shared(remote)}, opts...)
	if path == "" {
		return versionsIn(ctx, store.Memory(shared...), path, keep, true)
	}
	own, err := ownHead(ctx, path, opts...)
	if err != nil {
		return nil, storefile.Error(path, err)
	}
	st, err := store.Open(path, shared...)
	if err != nil {
		return nil, storefile.Error(path, err)
	}
	err = join(ctx, st, own)
	var s *versions
	if err == nil {
		s, err = versionsIn(ctx, st, path, keep, true)
	}
	if err != nil {
		st.Close()
		return nil, storefile.Error(path, errors.Join(err, leave(path, opts...)))
	}
	return s, nil
}

// ownHead returns what the newest version in a file is, without a cluster; the zero address: it has none.
func ownHead(ctx context.Context, path string, opts ...store.Option) (chunk.Addr, error) {
	st, err := store.Open(path, opts...)
	if err != nil {
		return chunk.Addr{}, err
	}
	defer st.Close()
	for _, name := range []string{asideName, branchName} {
		v, err := store.NewBranch(st, name, schema).Head(ctx)
		if err == nil {
			return v.ID(), nil
		} else if !errors.Is(err, store.ErrNoBranch) {
			return chunk.Addr{}, err
		}
	}
	return chunk.Addr{}, ours(ctx, st)
}

// join makes the branch that is shared have what the file has, its version own, if that comes after what it has. If it has what comes after
// own, there is nothing to do. Anything else is errApart.
func join(ctx context.Context, st *store.Store, own chunk.Addr) error {
	if own.IsZero() {
		return nil
	}
	branch, aside := store.NewBranch(st, branchName, schema), store.NewBranch(st, asideName, schema)
	v, err := branch.At(ctx, own)
	if err != nil {
		return err
	}
	// From the first look at the cluster on, the branch in the file is what it is there.
	if err := aside.Reset(ctx, nil, v); err != nil && !errors.Is(err, store.ErrMoved) { // a run that was interrupted has made it
		return err
	}
	for {
		head, err := branch.Head(ctx)
		if errors.Is(err, store.ErrNoBranch) {
			head, err = nil, nil
		}
		if err != nil {
			return err
		}
		var base chunk.Addr
		if head != nil {
			if base, _, err = st.Base(ctx, head.ID(), own); err != nil {
				return err
			}
			if base != own && base != head.ID() {
				return errApart
			}
		}
		if head == nil || base != own {
			if err = branch.Reset(ctx, head, v); errors.Is(err, store.ErrMoved) {
				continue
			}
		}
		if err != nil {
			return err
		}
		return st.Delete(ctx, asideName)
	}
}

// leave makes the file have again what it had before it was to join a cluster.
func leave(path string, opts ...store.Option) error {
	ctx := context.Background()
	st, err := store.Open(path, opts...)
	if err != nil {
		return err
	}
	defer st.Close()
	own, err := store.NewBranch(st, asideName, schema).Head(ctx)
	if errors.Is(err, store.ErrNoBranch) {
		return nil
	}
	if err != nil {
		return err
	}
	branch := store.NewBranch(st, branchName, schema)
	now, err := branch.Head(ctx)
	if errors.Is(err, store.ErrNoBranch) {
		now, err = nil, nil
	}
	if err == nil {
		err = branch.Reset(ctx, now, own)
	}
	if err == nil {
		err = st.Delete(ctx, asideName)
	}
	if err != nil {
		err = fmt.Errorf("what it had is its branch %q: %w", asideName, err)
	}
	return err
}
