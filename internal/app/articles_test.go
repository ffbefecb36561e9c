package app_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"parley/internal/demo/standin"
	"parley/internal/news"
)

// What surrounds an article of something else on its page raises nothing,
// however outlets lay it out; the article itself does.
func TestNoiseOfPages(t *testing.T) {
	t.Parallel()
	const (
		other = "Oman says next round of Iran-US talks will be held in Muscat on Tuesday"
		long  = "Oman’s foreign minister said the next round of Iran-US talks will be held in Muscat on Tuesday, after both sides asked for time."
		link  = `<a href="/9">` + other + `</a>`
	)
	noise := map[string]string{
		"menu":              `<nav><ul><li>` + link + `</li></ul></nav>`,
		"related box":       `<div class="story-related"><h3>Related</h3><p>` + long + `</p></div>`,
		"related list":      `<ul class="c-list"><li>` + link + `</li><li><a href="/8">Rain in Sohar</a></li></ul>`,
		"aside":             `<aside><h4>` + other + `</h4><p>` + long + `</p></aside>`,
		"most read":         `<div id="mostRead"><ol><li>` + link + `</li></ol></div>`,
		"latest news":       `<section class="latest-news widget"><p>` + long + `</p></section>`,
		"recommended":       `<div data-component="recommendations"><p>` + long + `</p></div>`,
		"read more line":    `<p>READ MORE: ` + link + `</p>`,
		"also read line":    `<p><strong>Also read:</strong> ` + link + `</p>`,
		"link in a block":   `<p>` + link + `</p>`,
		"card":              `<a href="/9"><div class="kx1"><h3>` + other + `</h3><p>` + long + `</p></div></a>`,
		"caption":           `<figure><img src="x.jpg" alt="x"><figcaption>` + long + ` Photo: ONA</figcaption></figure>`,
		"alternative text":  `<img src="x.jpg" alt="` + other + `" title="` + other + `">`,
		"newsletter":        `<form><label>` + other + `</label><input name=a></form><div class="newsletter-signup"><p>` + long + `</p></div>`,
		"comments":          `<div id="comments"><p>` + long + `</p></div>`,
		"ticker":            `<div class="breaking-news-ticker"><p>` + long + `</p></div>`,
		"hidden":            `<div hidden><p>` + long + `</p></div><div style="display:none"><p>` + long + `</p></div><div aria-hidden="true"><p>` + long + `</p></div>`,
		"script and style":  `<script>var x = "` + other + `"</script><style>/* ` + other + ` */</style><noscript><p>` + long + `</p></noscript><template><p>` + long + `</p></template>`,
		"comment of markup": `<!-- ` + long + ` -->`,
		"footer":            `<footer><p>` + long + `</p></footer>`,
		"metadata":          `<script type="application/ld+json">{"@type":"NewsArticle","headline":"` + other + `","articleBody":"` + long + `"}</script>`,
		"share":             `<div class="social-share"><p>` + long + `</p></div>`,
		"tags":              `<div class="article-tags"><a>` + other + `</a></div>`,
		"inline frame":      `<iframe srcdoc="<p>` + other + `</p>"></iframe>`,
		"role":              `<div role="complementary"><p>` + long + `</p></div>`,
	}
	const rain = `<p>MUSCAT: Heavy rain has closed the coastal road between the airport and the harbour, the police said on Saturday, and asked drivers to take the road through the hills until the water has gone, which may take until the evening.</p>`
	const rest = `<p>Two cars were pulled out of the water by neighbours with ropes. Nobody was hurt, and the airport itself was not affected at all, its operator said in a statement.</p>`
	w := newWorld(t, standin.Options{})
	k := w.conf("")
	k.Config.Feeds[0].FullText = true
	titles := map[string]string{"article": "Foreign ministry briefs the press in Muscat"}
	pages := map[string]http.HandlerFunc{"article": page("<p>The foreign ministry briefed the press on what it had done over the past week, which was mostly about fishing rights and the repair of the port in Muscat.</p><p>" + long + "</p>" + rest)}
	var order []string
	for i, name := range slices.Sorted(maps.Keys(noise)) {
		path, html := fmt.Sprint("n", i), noise[name]
		switch i % 3 { // before, within and behind the article
		case 0:
			html = html + rain + rest
		case 1:
			html = rain + html + rest
		default:
			html = rain + rest + html
		}
		order, titles[path], pages[path] = append(order, path), "Rain closes the coastal road near Muscat airport: "+name, page(html)
	}
	order = append(order, "article") // last, so that nothing is a repeat of it
	shown := 0
	pages["observer"] = func(rw http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(rw, `<rss version="2.0"><channel>`)
		for _, path := range order[:shown] {
			fmt.Fprintf(rw, "<item><guid>%s</guid><title>%s</title><link>/%s</link><pubDate>%s</pubDate></item>", path, titles[path], path, w.clock().Format(time.RFC1123Z))
		}
		fmt.Fprint(rw, "</channel></rss>")
	}
	w.mu.Lock()
	maps.Copy(w.pages, pages)
	w.mu.Unlock()
	a := w.open(k)
	defer w.close(a)
	w.once(a) // the baseline
	for shown < len(order) {
		shown = min(shown+15, len(order)) // not all at once: so many are not asked for
		w.once(a)
	}
	for path := range titles {
		it, ok, err := a.Store().ItemByLink(t.Context(), w.web.URL+"/"+path)
		switch {
		case err != nil || !ok:
			t.Fatal(path, err)
		case it.Item.Article != news.FromPage:
			t.Errorf("%s: %s", it.Item.Title, it.Item.Article)
		case path == "article" && len(it.Reading.Developments) != 1:
			t.Errorf("the article itself raises %+v of %s", it.Reading.Developments, it.Item.Text)
		case path != "article" && len(it.Reading.Developments) != 0:
			t.Errorf("%s: raises %q of\n%s", it.Item.Title, it.Reading.Developments[0].Headline, it.Item.Text)
		}
	}
}

// page answers with an article.
func page(html string) http.HandlerFunc {
	return func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(rw, "<!doctype html><html><body><article>%s</article></body></html>", html)
	}
}
