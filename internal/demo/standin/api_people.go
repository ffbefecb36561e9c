package standin

import (
	"hash/crc32"
	"time"
)

func peopleMethods() map[string]method {
	return map[string]method{
		"auth.test":             {"", (*Server).authTest},
		"apps.connections.open": {"", (*Server).openConnection},
		"users.info":            {"users:read", (*Server).userInfo},
		"users.list":            {"users:read", (*Server).userList},
		"team.info":             {"team:read", (*Server).teamInfo},
		"bots.info":             {"users:read", (*Server).botInfo},
		"emoji.list":            {"emoji:read", func(*Server, *request) (answer, error) { return answer{"emoji": map[string]string{}}, nil }},
	}
}

func (s *Server) authTest(*request) (answer, error) {
	return answer{
		"url": s.url + "/", "team": s.opt.Workspace, "team_id": s.teamID, "user": s.opt.BotName,
		"user_id": s.botUser, "bot_id": s.botID, "app_id": s.appID, "is_enterprise_install": false,
	}, nil
}

// account is a user as the Web API gives them. Call with mu held.
func (s *Server) account(u *User) map[string]any {
	out := map[string]any{
		"id": u.ID, "team_id": s.teamID, "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted,
		"color": []string{"9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b"}[crc32.ChecksumIEEE([]byte(u.ID))%5],
		"tz":    firstOf(u.Zone, "UTC"), "tz_label": firstOf(u.Zone, "UTC"), "tz_offset": s.offset(u), "is_bot": u.Bot, "is_app_user": false,
		"is_admin": u.Admin, "is_owner": false, "locale": "en-GB", "updated": 0,
		"profile": map[string]any{"real_name": u.RealName, "display_name": u.Name, "team": s.teamID},
	}
	if u.Bot {
		out["profile"].(map[string]any)["bot_id"], out["profile"].(map[string]any)["api_app_id"] = s.botID, s.appID
	}
	return out
}

// offset is a user's distance from UTC in seconds, now; 0 for a zone that this
// machine does not know.
func (s *Server) offset(u *User) int {
	zone, err := time.LoadLocation(u.Zone)
	if err != nil {
		return 0
	}
	_, offset := s.now().In(zone).Zone()
	return offset
}

func (s *Server) userInfo(q *request) (answer, error) {
	for _, u := range s.users {
		if u.ID == q.args["user"] {
			return answer{"user": s.account(u)}, nil
		}
	}
	return nil, refuse("user_not_found")
}

func (s *Server) userList(q *request) (answer, error) {
	all := make([]map[string]any, 0, len(s.users))
	for _, u := range s.users {
		all = append(all, s.account(u))
	}
	page, next, err := paginate(q, all, 200)
	if err != nil {
		return nil, err
	}
	return answer{"members": page, "cache_ts": s.now().Unix(), "response_metadata": map[string]any{"next_cursor": next}}, nil
}

func (s *Server) teamInfo(*request) (answer, error) {
	return answer{"team": map[string]any{"id": s.teamID, "name": s.opt.Workspace, "domain": "standin", "email_domain": ""}}, nil
}

func (s *Server) botInfo(q *request) (answer, error) {
	if id := q.args["bot"]; id != "" && id != s.botID {
		return nil, refuse("bot_not_found")
	}
	return answer{"bot": map[string]any{"id": s.botID, "deleted": false, "name": s.opt.BotName, "updated": 0, "app_id": s.appID, "user_id": s.botUser, "icons": map[string]string{}}}, nil
}
