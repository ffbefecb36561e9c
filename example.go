// Package parley holds the example configuration, which commands without
// --config use.
package parley

import _ "embed"

// ExampleConfig is config.example.yaml.
//
//go:embed config.example.yaml
var ExampleConfig []byte
