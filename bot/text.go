package bot

import (
	"github.com/slack-go/slack"

	"parley/internal/news"
)

// Text is what a message says to those who read nothing but its text: one card,
// or a digest of several.
func Text(batch []news.Notification, names Names) string {
	_, text := compose(batch, names)
	return text
}

// compose writes a batch as one message.
func compose(batch []news.Notification, names Names) ([]slack.Block, string) {
	if len(batch) == 1 && batch[0].Alert.Status != nil {
		return StatusCard(*batch[0].Alert.Status, names)
	}
	if len(batch) == 1 && batch[0].Alert.Named != nil {
		return Reminder(batch[0].Alert, names)
	}
	if len(batch) == 1 {
		return Card(batch[0].Alert, names)
	}
	alerts := make([]news.Alert, len(batch))
	gathered := false
	for i, n := range batch {
		alerts[i] = n.Alert
		gathered = gathered || n.Alert.Gathered
	}
	blocks, text := Digest(alerts, names)
	if gathered {
		const why = "Much came to this channel within an hour, so alerts that are not urgent come as lists for now. `/parley mute` holds a topic for a while, `/parley subscriptions` shows what is asked for here."
		blocks = append(blocks, contextLine(why))
		text += " " + why
	}
	return blocks, text
}
