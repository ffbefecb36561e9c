package bot

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/slack-go/slack"
)

// A Scope is a permission of the Slack app, and why parley asks for it.
type Scope struct {
	Name     string
	Optional bool   // parley works without it, less well
	Reason   string // why it is asked for: a sentence
}

// Scopes lists the permissions of the bot token. The manifest asks for them, and
// README and `parley manifest` explain them from here.
func Scopes() []Scope {
	return []Scope{
		{"commands", false, "Answers /parley."},
		{"chat:write", false, "Posts alerts in the channels that parley is invited to and in direct messages, and says there who changed a subscription. The App Home and the windows that open need no scope of their own."},
		{"chat:write.public", true, "Posts in public channels without an invitation. Without it, type /invite @parley in each channel first."},
		{"channels:read", true, "Finds the id of a public channel that the configuration calls by its name, and lists on somebody's App Home what the channels follow that he or she is in; Slack then tells parley too when it was invited to a channel, so that it can say there what it does. Without it, an alert whose answer was lost cannot be looked for in a channel that is known by its name only, and the App Home lists only what its reader subscribed."},
		{"groups:read", true, "The same for private channels that parley was invited to."},
		{"channels:history", true, "Looks whether an alert arrived after Slack's answer to it was lost. Without it, the alert may appear twice and says so. Nothing else is read."},
		{"groups:history", true, "The same in private channels."},
		{"files:write", true, "Uploads the picture that /parley timeline draws when somebody asks for it. Without it, the timeline comes in words alone."},
		{"users:read", true, "Tells whether the owner of a rule that was made in Slack has left, so that others may change it, who is an admin where only these and who made a subscription may change it, and proposes the time zone of your profile for your digests. Without it, only the owner ever may, and the zone of the configuration is proposed. Nobody else is looked up."},
	}
}

// ManifestOptions describe the Slack app to be made.
type ManifestOptions struct {
	Name string // "parley" when empty
	// URL is the public https address of parley, without a trailing slash, when
	// Slack shall send signed requests there. Empty: Socket Mode.
	URL string
	// Redirect is where browsers come back to that install the app in further
	// workspaces; empty: it is installed in one.
	Redirect string
	Optional bool // ask for the optional scopes too
	YAML     bool // JSON otherwise
}

// Manifest writes the app manifest that is pasted into "Create New App, From a
// manifest" at api.slack.com/apps.
func Manifest(o ManifestOptions) ([]byte, error) {
	name := o.Name
	if name == "" {
		name = "parley"
	}
	var scopes []string
	for _, s := range Scopes() {
		if !s.Optional || o.Optional {
			scopes = append(scopes, s.Name)
		}
	}
	events := []string{"app_home_opened", "app_uninstalled", "tokens_revoked"}
	if o.Optional { // Slack tells it to those with channels:read or groups:read
		events = append(events, "member_joined_channel")
	}
	address := func(path string) string {
		if o.URL == "" {
			return ""
		}
		return strings.TrimSuffix(o.URL, "/") + path
	}
	m := slack.Manifest{
		Metadata: slack.ManifestMetadata{MajorVersion: 1, MinorVersion: 1},
		Display: slack.Display{
			Name:            name,
			Description:     "Tells a team when a negotiation develops, and answers questions about it.",
			BackgroundColor: "#1d3b53",
		},
		Features: slack.Features{
			AppHome: slack.AppHome{HomeTabEnabled: true, MessagesTabEnabled: true},
			BotUser: slack.BotUser{DisplayName: name, AlwaysOnline: true},
			Shortcuts: []slack.Shortcut{{
				Name: "Read with parley", Type: slack.MessageShortcut, CallbackID: ShortcutRead,
				Description: "Who, what and when in a message, or in the article that it links",
			}},
			SlashCommands: []slack.ManifestSlashCommand{{
				Command: "/parley", Description: "Negotiations: what is new, what is next, what to follow",
				UsageHint: "latest | next | search | subscribe | help", ShouldEscape: true, Url: address(PathCommands),
			}},
		},
		OAuthConfig: slack.OAuthConfig{Scopes: slack.OAuthScopes{Bot: scopes}},
		Settings: slack.Settings{
			Interactivity:     &slack.Interactivity{IsEnabled: true, RequestUrl: address(PathInteractive)},
			SocketModeEnabled: o.URL == "",
			EventSubscriptions: &slack.EventSubscriptions{
				RequestUrl: address(PathEvents),
				BotEvents:  events,
			},
		},
	}
	if o.Redirect != "" {
		m.OAuthConfig.RedirectUrls = []string{o.Redirect}
	}
	if o.YAML {
		return yaml.Marshal(m)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(m)
	return b.Bytes(), err
}
