// Package bolt keeps a store in one file.
package bolt

import _ "go.etcd.io/bbolt"
