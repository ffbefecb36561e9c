package bot_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/slack-go/slack"

	"parley/bot"
)

func TestManifest(t *testing.T) {
	read := func(o bot.ManifestOptions) slack.Manifest {
		t.Helper()
		raw, err := bot.Manifest(o)
		if err != nil {
			t.Fatal(err)
		}
		var m slack.Manifest
		if o.YAML {
			err = yaml.UnmarshalWithOptions(raw, &m, yaml.Strict())
		} else {
			err = json.Unmarshal(raw, &m)
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, raw)
		}
		return m
	}
	socket := read(bot.ManifestOptions{})
	if !socket.Settings.SocketModeEnabled || socket.Features.SlashCommands[0].Url != "" || !socket.Features.SlashCommands[0].ShouldEscape || !socket.Settings.Interactivity.IsEnabled {
		t.Errorf("%+v", socket)
	}
	if got := socket.OAuthConfig.Scopes.Bot; !slices.Equal(got, []string{"commands", "chat:write"}) {
		t.Errorf("by default it asks for %v", got)
	}
	if !socket.Features.AppHome.HomeTabEnabled || !socket.Features.AppHome.MessagesTabEnabled || len(socket.Features.Shortcuts) != 1 || socket.Features.Shortcuts[0].CallbackID != "parley.read" ||
		socket.Features.Shortcuts[0].Type != slack.MessageShortcut || !slices.Contains(socket.Settings.EventSubscriptions.BotEvents, "app_home_opened") {
		t.Errorf("%+v", socket)
	}
	if s := socket.Features.Shortcuts[0]; length(s.Name) > 24 || length(s.Description) > 150 {
		t.Errorf("%+v is longer than Slack takes", s)
	}
	if n := length(socket.Display.Description); n > 140 {
		t.Errorf("the description has %d characters, Slack takes 140", n)
	}
	for _, asYAML := range []bool{false, true} {
		web := read(bot.ManifestOptions{URL: "https://parley.example/", Name: "negotiations", Optional: true, YAML: asYAML})
		if web.Settings.SocketModeEnabled || web.Features.SlashCommands[0].Url != "https://parley.example/slack/commands" ||
			web.Settings.Interactivity.RequestUrl != "https://parley.example/slack/interactive" || web.Settings.EventSubscriptions.RequestUrl != "https://parley.example/slack/events" ||
			web.Features.BotUser.DisplayName != "negotiations" {
			t.Errorf("%+v", web)
		}
		if len(web.OAuthConfig.Scopes.Bot) != len(bot.Scopes()) {
			t.Errorf("it asks for %v", web.OAuthConfig.Scopes.Bot)
		}
	}
	if len(socket.OAuthConfig.RedirectUrls) != 0 {
		t.Errorf("for one workspace browsers are sent to %v", socket.OAuthConfig.RedirectUrls)
	}
	const back = "https://parley.example/slack/oauth/callback"
	if several := read(bot.ManifestOptions{Redirect: back}); !several.Settings.SocketModeEnabled || !slices.Equal(several.OAuthConfig.RedirectUrls, []string{back}) {
		t.Errorf("for several it has %+v", several.OAuthConfig)
	}
	seen := map[string]bool{}
	for _, s := range bot.Scopes() {
		if seen[s.Name] || s.Reason == "" || !strings.HasSuffix(s.Reason, ".") || s.Optional && !strings.Contains(s.Reason, "Without it") && !strings.Contains(s.Reason, "same") {
			t.Errorf("%+v is explained badly or twice", s)
		}
		seen[s.Name] = true
	}
}
