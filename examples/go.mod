module github.com/ramet-go/ramet/examples

go 1.26
