// Package arrows holds no code, only the test that keeps the rooms of parley
// apart: every import of one of our packages by another must be among the
// arrows listed there. A new arrow is a decision about the architecture, so it
// is made by writing it down, not by an import that slipped in.
package arrows
