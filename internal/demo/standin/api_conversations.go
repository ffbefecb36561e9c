package standin

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

func conversationMethods() map[string]method {
	const read = "channels:read,groups:read,im:read,mpim:read"
	return map[string]method{
		"conversations.list":    {read, (*Server).listConversations},
		"users.conversations":   {read, (*Server).listConversations},
		"conversations.info":    {read, (*Server).conversationInfo},
		"conversations.members": {read, (*Server).conversationMembers},
		"conversations.history": {"channels:history,groups:history,im:history,mpim:history", (*Server).history},
		"conversations.replies": {"channels:history,groups:history,im:history,mpim:history", (*Server).repliesTo},
		"conversations.open":    {"im:write", (*Server).openConversation},
		"conversations.join":    {"channels:join", (*Server).joinConversation},
	}
}

// known is a channel that the bot may know of: private ones only as a member.
// Call with mu held.
func (s *Server) known(ref string) (*channel, error) {
	for _, c := range s.channels {
		if c.ID == ref && (!c.Private || c.has(s.botUser)) {
			return c, nil
		}
	}
	return nil, refuse("channel_not_found")
}

// conversation is a channel as the Web API gives it. Call with mu held.
func (s *Server) conversation(c *channel) map[string]any {
	out := map[string]any{
		"id": c.ID, "is_im": c.direct(), "is_mpim": false, "is_private": c.Private,
		"is_archived": c.Archived, "is_member": c.has(s.botUser), "created": 0,
		"context_team_id": s.teamID, "num_members": len(c.members),
	}
	if c.direct() {
		out["user"], out["is_open"] = c.With, true
		return out
	}
	out["name"], out["name_normalized"] = c.Name, c.Name
	out["is_channel"], out["is_group"] = !c.Private, c.Private
	out["topic"] = map[string]any{"value": c.Topic, "creator": "", "last_set": 0}
	out["purpose"] = map[string]any{"value": "", "creator": "", "last_set": 0}
	return out
}

func (s *Server) listConversations(q *request) (answer, error) {
	types := strings.Split(cmp.Or(q.args["types"], "public_channel"), ",")
	member := "" // whose conversations are asked for
	if q.method == "users.conversations" {
		member = cmp.Or(q.args["user"], s.botUser)
	}
	var all []map[string]any
	for _, c := range s.channels {
		kind := map[string]string{"im": "im", "group": "private_channel", "channel": "public_channel"}[c.kind()]
		switch {
		case !slices.Contains(types, kind), c.Private && !c.has(s.botUser), member != "" && !c.has(member):
		case c.Archived && q.flag("exclude_archived"):
		default:
			all = append(all, s.conversation(c))
		}
	}
	page, next, err := paginate(q, all, 100)
	if err != nil {
		return nil, err
	}
	return answer{"channels": page, "response_metadata": map[string]any{"next_cursor": next}}, nil
}

// paginate cuts the part of a list that the cursor and limit ask for.
func paginate[T any](q *request, all []T, limit int) (page []T, next string, err error) {
	from := 0
	if c := q.args["cursor"]; c != "" {
		b, err := base64.StdEncoding.DecodeString(c)
		if err != nil {
			return nil, "", refuse("invalid_cursor")
		}
		from, err = strconv.Atoi(strings.TrimPrefix(string(b), "next:"))
		if err != nil || from < 0 || from > len(all) {
			return nil, "", refuse("invalid_cursor")
		}
	}
	to := min(from+q.number("limit", limit), len(all))
	if to < len(all) {
		next = base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(to)))
	}
	return append([]T{}, all[from:to]...), next, nil
}

func (s *Server) conversationInfo(q *request) (answer, error) {
	c, err := s.known(q.args["channel"])
	if err != nil {
		return nil, err
	}
	return answer{"channel": s.conversation(c)}, nil
}

func (s *Server) conversationMembers(q *request) (answer, error) {
	c, err := s.known(q.args["channel"])
	if err != nil {
		return nil, err
	}
	page, next, err := paginate(q, c.members, 100)
	if err != nil {
		return nil, err
	}
	return answer{"members": page, "response_metadata": map[string]any{"next_cursor": next}}, nil
}

// readable is a channel whose messages the bot may read. Call with mu held.
func (s *Server) readable(q *request) (*channel, error) {
	c, err := s.known(q.args["channel"])
	if err != nil {
		return nil, err
	}
	if !c.has(s.botUser) {
		return nil, refuse("not_in_channel")
	}
	return c, nil
}

func (s *Server) history(q *request) (answer, error) {
	c, err := s.readable(q)
	if err != nil {
		return nil, err
	}
	var all []map[string]any
	for _, m := range slices.Backward(c.messages) { // newest first
		if m.OnlyFor == "" && (!m.InThread() || m.Broadcast) && q.within(m.TS) {
			all = append(all, s.wire(c, m, q.flag("include_all_metadata")))
		}
	}
	return messagePage(q, all)
}

func (s *Server) repliesTo(q *request) (answer, error) {
	c, err := s.readable(q)
	if err != nil {
		return nil, err
	}
	asked := c.message(q.args["ts"])
	if asked == nil || asked.OnlyFor != "" {
		return nil, refuse("thread_not_found")
	}
	parent := cmp.Or(asked.ThreadTS, asked.TS)
	var all []map[string]any
	for _, m := range c.messages { // oldest first, the parent always among them
		if m.OnlyFor == "" && (m.TS == parent || m.ThreadTS == parent && q.within(m.TS)) {
			all = append(all, s.wire(c, m, q.flag("include_all_metadata")))
		}
	}
	return messagePage(q, all)
}

func messagePage(q *request, all []map[string]any) (answer, error) {
	page, next, err := paginate(q, all, 100)
	if err != nil {
		return nil, err
	}
	a := answer{"messages": page, "has_more": next != "", "pin_count": 0}
	if next != "" {
		a["response_metadata"] = map[string]any{"next_cursor": next}
	}
	return a, nil
}

// within says whether a stamp lies between oldest and latest.
func (q *request) within(ts string) bool {
	oldest, latest, both := q.args["oldest"], q.args["latest"], q.flag("inclusive")
	if order := compareStamps(ts, oldest); oldest != "" && oldest != "0" && (order < 0 || order == 0 && !both) {
		return false
	}
	order := compareStamps(ts, latest)
	return latest == "" || latest == "now" || order < 0 || order == 0 && both
}

// compareStamps orders two stamps, of which a caller may have shortened one.
func compareStamps(a, b string) int {
	seconds := func(ts string) (int64, string) {
		whole, part, _ := strings.Cut(ts, ".")
		n, _ := strconv.ParseInt(whole, 10, 64)
		return n, part
	}
	as, af := seconds(a)
	bs, bf := seconds(b)
	pad := func(f string) string { return (f + "000000")[:6] }
	return cmp.Or(cmp.Compare(as, bs), cmp.Compare(pad(af), pad(bf)))
}

func (s *Server) openConversation(q *request) (answer, error) {
	if id := q.args["channel"]; id != "" {
		c, err := s.known(id)
		if err != nil {
			return nil, err
		}
		return answer{"channel": s.conversation(c)}, nil
	}
	ids := strings.Split(q.args["users"], ",")
	u := s.user(ids[0])
	switch {
	case ids[0] == "":
		return nil, refuse("users_list_not_supplied")
	case len(ids) > 1:
		return nil, refuse("not_enough_users") // group conversations are not part of the stand-in
	case u == nil || u.ID != ids[0]:
		return nil, refuse("user_not_found")
	case u.ID == s.botUser:
		return nil, refuse("cannot_dm_bot")
	}
	already := slices.ContainsFunc(s.channels, func(c *channel) bool { return c.With == u.ID })
	c := s.direct(u.ID)
	return answer{"channel": s.conversation(c), "already_open": already, "no_op": already}, nil
}

func (s *Server) joinConversation(q *request) (answer, error) {
	c, err := s.known(q.args["channel"])
	switch {
	case err != nil:
		return nil, err
	case c.Archived:
		return nil, refuse("is_archived")
	case c.Private:
		return nil, refuse("method_not_supported_for_channel_type")
	}
	if s.join(c, s.botUser) {
		q.after = append(q.after, func() {
			s.announce(map[string]any{"type": "member_joined_channel", "user": s.botUser, "channel": c.ID, "channel_type": c.kind(), "team": s.teamID})
		})
	}
	return answer{"channel": s.conversation(c)}, nil
}
