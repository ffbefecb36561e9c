//go:build hyperscan

package main

/*
#cgo pkg-config: libhs
#include <stdlib.h>
#include <hs.h>

static int found(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *count) {
	(*(unsigned long long *)count)++;
	return 0;
}

// The callback stays in C, so that a match does not cost a call into Go.
static hs_error_t scan(const hs_database_t *db, const char *text, unsigned length, hs_scratch_t *scratch, unsigned long long *count) {
	return hs_scan(db, text, length, 0, scratch, found, count);
}
*/
import "C"

import (
	"errors"
	"fmt"
	"unsafe"
)

func hyperscanVersion() string { return C.GoString(C.hs_version()) }

// A hyperscan looks for literals with the library of that name.
type hyperscan struct {
	db      *C.hs_database_t
	scratch *C.hs_scratch_t
}

// newHyperscan compiles literals into a database for blocks of text. Once: each
// literal is told once a text, and not at each of its places.
func newHyperscan(literals []string, once bool) (*hyperscan, error) {
	n := len(literals)
	total := 0
	for _, l := range literals {
		total += len(l) + 1
	}
	// C keeps none of this, but may not be given memory of Go that points to
	// memory of Go.
	arena := C.malloc(C.size_t(total))
	pointers := C.malloc(C.size_t(n) * C.size_t(unsafe.Sizeof(uintptr(0))))
	defer C.free(arena)
	defer C.free(pointers)
	expressions := unsafe.Slice((**C.char)(pointers), n)
	flags, ids, lengths := make([]C.uint, n), make([]C.uint, n), make([]C.size_t, n)
	at := 0
	for i, l := range literals {
		b := unsafe.Slice((*byte)(unsafe.Add(arena, at)), len(l)+1)
		copy(b, l)
		b[len(l)] = 0
		expressions[i] = (*C.char)(unsafe.Add(arena, at))
		at += len(l) + 1
		ids[i], lengths[i] = C.uint(i), C.size_t(len(l))
		if once {
			flags[i] = C.HS_FLAG_SINGLEMATCH
		}
	}
	h := new(hyperscan)
	var bad *C.hs_compile_error_t
	if C.hs_compile_lit_multi((**C.char)(pointers), &flags[0], &ids[0], &lengths[0], C.uint(n), C.HS_MODE_BLOCK, nil, &h.db, &bad) != C.HS_SUCCESS {
		defer C.hs_free_compile_error(bad)
		return nil, fmt.Errorf("hyperscan does not compile the literals: %s", C.GoString(bad.message))
	}
	if C.hs_alloc_scratch(h.db, &h.scratch) != C.HS_SUCCESS {
		return nil, errors.New("hyperscan has no memory for its scratch space")
	}
	return h, nil
}

// count returns how many literals are found in text.
func (h *hyperscan) count(text []byte) int {
	var n C.ulonglong
	if C.scan(h.db, (*C.char)(unsafe.Pointer(unsafe.SliceData(text))), C.uint(len(text)), h.scratch, &n) != C.HS_SUCCESS {
		return -1
	}
	return int(n)
}

func (h *hyperscan) close() {
	C.hs_free_scratch(h.scratch)
	C.hs_free_database(h.db)
}
