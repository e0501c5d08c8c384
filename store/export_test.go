package store

// ForgetReflog makes a Collect forget all of the reflog, whatever its age.
func ForgetReflog(s *Store) { s.reflog = 0 }
