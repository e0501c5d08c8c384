module github.com/ramet-go/ramet/interop_test

go 1.26

require (
	github.com/BurntSushi/toml v1.5.0
	github.com/fxamacker/cbor/v2 v2.9.0
	github.com/goccy/go-yaml v1.18.0
	github.com/pelletier/go-toml/v2 v2.2.4
	github.com/ramet-go/ramet v0.0.0
	github.com/stretchr/testify v1.12.1
	github.com/vmihailenco/msgpack/v5 v5.4.1
	gopkg.in/yaml.v3 v3.0.1
)

require (
	github.com/vmihailenco/tagparser/v2 v2.0.0 // indirect
	github.com/x448/float16 v0.8.4 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)

replace github.com/ramet-go/ramet => ../
