module github.com/ramet-go/ramet/store

go 1.26

require (
	github.com/ramet-go/ramet v0.1.0
	github.com/stretchr/testify v1.12.1
	go.etcd.io/bbolt v1.5.0
)
