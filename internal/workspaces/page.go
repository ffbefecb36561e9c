package workspaces

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"

	"parley/internal/seal"
)

// The pages are one sentence each. They load nothing and run nothing, and what
// strangers may have chosen in them, such as the name of a workspace, is text.

const style = `body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color:#1d1c1d;background:#fff}` +
	`h1{font-size:1.5rem}a{color:#0b4c8c}@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}a{color:#7ab8f5}}`

const pageText = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>parley: {{.Title}}</title>
<style>` + style + `</style>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
<p>{{.Says}}</p>
{{- if .Again}}
<p><a href="{{.Again}}">Begin again</a></p>
{{- end}}
</main>
</body>
</html>
`

// guard sets the headers of whatever the door answers. The address of the second
// page holds a code and a state: it is told to nobody and kept nowhere.
func guard(h http.Header) {
	sum := sha256.Sum256([]byte(style))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
}

func show(w http.ResponseWriter, status int, title, says, again string) {
	var b bytes.Buffer
	page := template.Must(template.New("page").Parse(pageText))
	if err := page.Execute(&b, struct{ Title, Says, Again string }{title, says, again}); err != nil {
		http.Error(w, "the page cannot be written", http.StatusInternalServerError)
		return
	}
	guard(w.Header())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the browser may be gone, which is its affair
}

func random() string { return seal.Random(24) }
