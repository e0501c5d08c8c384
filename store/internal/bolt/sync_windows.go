package bolt

const cannotRenameOpen = true

// syncDir does nothing: folders cannot be synced, and the file system keeps a log of names.
func syncDir(string) error { return nil }
