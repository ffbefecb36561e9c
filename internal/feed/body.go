package feed

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

var (
	errTooLarge  = errors.New("more bytes than are read of any feed")
	errBadCoding = errors.New("not decompressible")
)

// unknownCoding is a Content-Encoding that was not asked for.
type unknownCoding string

func (u unknownCoding) Error() string { return "content encoding " + string(u) }

// body reads the body of resp, decompressed. No more than most bytes are read
// from the wire and no more come out, so a few kilobytes that unfold to gigabytes
// cost no more than an honest feed.
func body(resp *http.Response, most int64) ([]byte, error) {
	if resp.ContentLength > most {
		return nil, errTooLarge
	}
	wire := &bounded{r: resp.Body, left: most}
	coding := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding")))
	switch coding {
	case "", "identity", "utf-8", "none": // the last two are slips seen in the wild
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(wire)
		if err != nil {
			return nil, decoding(err)
		}
		return unfold(z, most)
	case "deflate":
		return inflate(wire, most)
	default:
		return nil, unknownCoding(coding)
	}
	b, err := io.ReadAll(wire)
	if err != nil {
		return nil, err
	}
	// feed.xml.gz, served as if it were the feed
	if bytes.HasPrefix(b, []byte{0x1f, 0x8b, 8}) {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, decoding(err)
		}
		return unfold(z, most)
	}
	return b, nil
}

// inflate reads "deflate", which is zlib by the book and raw in the wild.
func inflate(wire io.Reader, most int64) ([]byte, error) {
	b, err := io.ReadAll(wire)
	if err != nil {
		return nil, err
	}
	if z, err := zlib.NewReader(bytes.NewReader(b)); err == nil {
		return unfold(z, most)
	}
	return unfold(flate.NewReader(bytes.NewReader(b)), most)
}

func unfold(z io.Reader, most int64) ([]byte, error) {
	b, err := io.ReadAll(&bounded{r: z, left: most})
	if err != nil {
		return nil, decoding(err)
	}
	return b, nil
}

// decoding marks an error as one of the compressed data, unless it comes from
// the wire below.
func decoding(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt),
		errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("%w: %w", errBadCoding, err)
	}
	return err
}

// bounded reads no more than left bytes and then fails, where io.LimitReader
// would end quietly and pass a part off as the whole.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errTooLarge
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, errTooLarge
	}
	return n, err
}
