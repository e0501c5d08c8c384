module github.com/ramet-go/ramet/bench

go 1.26

replace (
	github.com/ramet-go/ramet => ../
	github.com/ramet-go/ramet/store => ../store
)

require (
	github.com/arr-ai/frozen v1.14.0
	github.com/benbjohnson/immutable v0.4.3
	github.com/google/btree v1.1.3
	github.com/ramet-go/ramet v0.1.0
	github.com/ramet-go/ramet/store v0.1.0
	github.com/stretchr/testify v1.12.1
	github.com/tidwall/btree v1.8.2
	go.etcd.io/bbolt v1.5.0
	src.elv.sh v0.21.0
)

require (
	github.com/arr-ai/hash v1.2.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/exp v0.0.0-20220518171630-0b5c67f07fdf // indirect
	golang.org/x/sys v0.47.0 // indirect
)
