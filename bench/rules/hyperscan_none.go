//go:build !hyperscan

package main

import "errors"

func hyperscanVersion() string { return "" }

type hyperscan struct{}

func newHyperscan([]string, bool) (*hyperscan, error) {
	return nil, errors.New("built without it: install libhyperscan-dev and build with the tag hyperscan")
}

func (*hyperscan) count([]byte) int { return 0 }
func (*hyperscan) close()           {}
