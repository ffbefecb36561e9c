package standin

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// upload is a file between the asking for an address and the sharing.
type upload struct {
	File
	data   []byte
	sent   bool
	shared bool
}

func fileMethods() map[string]method {
	return map[string]method{
		"files.getUploadURLExternal":   {"files:write", (*Server).uploadURL},
		"files.completeUploadExternal": {"files:write", (*Server).completeUpload},
	}
}

func (s *Server) uploadURL(q *request) (answer, error) {
	size, err := strconv.Atoi(q.args["length"])
	switch {
	case q.args["filename"] == "":
		return nil, refusal{"invalid_arguments", answer{"response_metadata": map[string]any{"messages": []string{"[ERROR] missing required field: filename"}}}}
	case err != nil || size <= 0:
		return nil, refusal{"invalid_arguments", answer{"response_metadata": map[string]any{"messages": []string{"[ERROR] missing required field: length"}}}}
	}
	u := &upload{File: File{ID: s.id("F"), Name: q.args["filename"], Size: size, Alt: q.args["alt_txt"]}}
	s.uploads[u.ID] = u
	return answer{"upload_url": s.url + "/upload/" + u.ID, "file_id": u.ID}, nil
}

func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	var data []byte
	var err error
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		part, _, formErr := r.FormFile("file")
		if formErr != nil {
			http.Error(w, "no file in the form", http.StatusBadRequest)
			return
		}
		defer func() { _ = part.Close() }()
		data, err = io.ReadAll(part)
	} else {
		data, err = io.ReadAll(r.Body)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.uploads[r.PathValue("file")]
	switch {
	case u == nil || u.sent:
		http.Error(w, "no upload was announced for this address", http.StatusNotFound)
	case err != nil:
		http.Error(w, "the upload was cut short or too large", http.StatusBadRequest)
	default:
		u.data, u.sent, u.Size = data, true, len(data)
		if bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")) {
			u.Type = "image/png"
		}
		_, _ = io.WriteString(w, "OK - "+strconv.Itoa(len(data)))
	}
}

func (s *Server) completeUpload(q *request) (answer, error) {
	var asked []File
	if json.Unmarshal([]byte(q.args["files"]), &asked) != nil || len(asked) == 0 {
		return nil, refuse("invalid_arguments")
	}
	var files []File
	for _, f := range asked {
		u := s.uploads[f.ID]
		if u == nil || !u.sent || u.shared {
			return nil, refuse("file_not_found")
		}
		done := u.File
		done.Title = cmp.Or(f.Title, u.Name)
		files = append(files, done)
	}
	for _, ref := range strings.FieldsFunc(q.args["channel_id"]+","+q.args["channels"], func(r rune) bool { return r == ',' }) {
		c, err := s.writable(ref)
		if err != nil {
			return nil, err
		}
		s.put(c, &Message{User: s.botUser, BotID: s.botID, Text: q.args["initial_comment"], ThreadTS: q.args["thread_ts"], Files: files})
	}
	for _, f := range files {
		s.uploads[f.ID].shared = true
	}
	return answer{"files": files}, nil
}

// serveFile gives an uploaded file back as a picture, if it is a PNG, or else as a
// download; never as a page.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	u := s.uploads[r.PathValue("file")]
	s.mu.Unlock()
	if u == nil || !u.shared {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", cmp.Or(u.Type, "application/octet-stream"))
	if u.Type == "" {
		w.Header().Set("Content-Disposition", "attachment")
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(u.data)
}
