// Command rules measures parley's matcher beside what others use for the same
// job, in one run over one corpus: every contender gets the same articles and
// the same rules, each as far as it can express them, and takes its turn in
// every round. It fetches the corpus with npm, makes the rules out of the
// corpus's own words with a fixed seed, checks that the contenders find the
// same, and prints a table with the targets that parley sets itself.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/rules"
)

type options struct {
	cache  string
	sizes  []int
	sample int
	seed   uint64
	course course
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	o := options{course: course{log: slog.New(slog.NewTextHandler(os.Stderr, nil))}}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	flag.StringVar(&o.cache, "cache", filepath.Join(cache, "parley-bench"), "folder that the corpus is kept in")
	sizes := flag.String("sizes", "1000,10000,100000", "numbers of rules, the largest last")
	flag.IntVar(&o.sample, "articles", 1000, "articles a run")
	flag.IntVar(&o.course.runs, "runs", 10, "runs, of which the median counts")
	flag.DurationVar(&o.course.budget, "budget", 500*time.Millisecond, "longest run; slower contenders get fewer articles")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of the rules and of the sample")
	asJSON := flag.Bool("json", false, "print JSON instead of Markdown")
	flag.Parse()
	for s := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 1 {
			return fmt.Errorf("-sizes wants numbers parted by commas, not %q", s)
		}
		o.sizes = append(o.sizes, n)
	}
	slices.Sort(o.sizes)
	if o.sample < fewest || o.course.runs < 1 {
		return fmt.Errorf("-articles must be %d or more, -runs 1 or more", fewest)
	}

	runtime.GOMAXPROCS(1)
	r, err := measure(ctx, o)
	if err != nil {
		return err
	}
	r.Date, r.Machine, r.Versions = time.Now().Format(time.DateOnly), machine(), versions()
	if *asJSON {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	r.markdown(os.Stdout)
	return nil
}

// added is how many rules are added one by one.
const added = 1000

func measure(ctx context.Context, o options) (*report, error) {
	c := o.course
	news, err := newsArticles(ctx, o.cache, c.log)
	if err != nil {
		return nil, err
	}
	rights, err := declarations(ctx, o.cache, c.log)
	if err != nil {
		return nil, err
	}
	articles := slices.Clone(news)
	for _, k := range sortedKeys(rights) {
		articles = append(articles, chunks(rights[k], languages[k])...)
	}
	r := rand.New(rand.NewPCG(o.seed, 1948))
	r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	corpus := prepare(articles)
	v, err := vocabulary()
	if err != nil {
		return nil, err
	}
	g := newGenerator(o.seed, corpus, .1, v)
	largest := o.sizes[len(o.sizes)-1]
	mixed, near, more := g.mixed(largest), g.nearOfCommon(largest), g.mixed(added)
	sample := corpus[:min(o.sample, len(corpus))]
	words := 0
	for _, a := range sample {
		words += len(a.words)
	}
	out := &report{Seed: o.seed, Corpus: corpusFacts{
		len(corpus), float64(totalBytes(corpus)) / float64(len(corpus)), len(g.df), len(sample), float64(words) / float64(len(sample)),
	}}

	c.log.Info("checking")
	middle := min(10_000, largest)
	few := sample[:min(50, len(sample))]
	if err := out.Checked.check(mixed[:middle], v, few); err != nil {
		return nil, err
	}
	if err := out.Checked.check(near[:middle], v, few); err != nil {
		return nil, err
	}
	if err := out.Checked.literals(mixed[:middle], few[:min(10, len(few))]); err != nil {
		return nil, err
	}
	if out.Tongues, err = c.languages(mixed[:middle], rights, v, r); err != nil {
		return nil, err
	}
	if out.Addition, err = c.add(mixed[:middle], more, v, sample); err != nil {
		return nil, err
	}
	whole, err := newOurs(mixed[:middle], v)
	if err != nil {
		return nil, err
	}
	out.Spread, out.SpreadSet = c.spread(corpus[:min(3*o.sample, len(corpus))], whole.fromSource), middle
	for _, n := range o.sizes {
		f, err := c.footprint(mixed[:n], v, sample)
		if err != nil {
			return nil, err
		}
		out.Footprints = append(out.Footprints, f)
	}
	all := contenders(v)
	for _, n := range o.sizes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out.Tables = append(out.Tables, c.race(mixedSet, mixed[:n], sample, all))
	}
	out.Tables = append(out.Tables, c.race(nearSet, near, sample, all[:7])) // rule by rule says nothing new
	out.Targets = out.targets()
	return out, nil
}

// languages compares scripts over the Declaration of Human Rights, which says
// the same in all of them.
func (c course) languages(set []rule, rights map[string][]string, v *rules.Vocabulary, r *rand.Rand) ([]tongue, error) {
	names := []string{"English", "Persian", "Chinese", "Thai"}
	sets := slices.Clone(set)
	var articles [][]*prepared
	for i, key := range []string{"eng", "pes_1", "cmn_hans", "tha"} {
		language := languages[key]
		own := newGenerator(uint64(i), prepare(chunks(rights[key], language)), .34, v)
		sets = append(sets, own.mixed(250)...)
		articles = append(articles, prepare(shuffled(rights[key], language, 200, r)))
	}
	return c.tongues(sets, v, names, articles)
}

// machine names the processor and the system.
func machine() string {
	cpu := "unknown processor"
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(b)) {
			if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == "model name" {
				cpu = strings.TrimSpace(v)
				break
			}
		}
	}
	return fmt.Sprintf("%s, %d cores, %s/%s", cpu, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
}

// versions lists what was compared.
func versions() map[string]string {
	out := map[string]string{"Go": strings.TrimPrefix(runtime.Version(), "go")}
	if v := hyperscanVersion(); v != "" {
		out["Hyperscan"], _, _ = strings.Cut(v, " ")
	}
	names := map[string]string{
		"github.com/BobuSumisu/aho-corasick": "BobuSumisu/aho-corasick",
		"github.com/expr-lang/expr":          "expr-lang/expr",
		"github.com/blevesearch/bleve/v2":    "bleve",
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if name := names[m.Path]; name != "" {
				out[name] = strings.TrimPrefix(cmp.Or(m.Version, "unknown"), "v")
			}
		}
	}
	return out
}
