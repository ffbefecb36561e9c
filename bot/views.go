package bot

import (
	"github.com/slack-go/slack"
)

// Slack's limits for modals and the App Home.
const (
	maxViewTitle  = 24
	maxViewBlocks = 100
	maxPrivate    = 2900 // private_metadata; Slack refuses 3,000
)

// callbackAnswer is a modal that only shows something.
const callbackAnswer = "parley.answer"

// modal makes one; submit is empty where nothing is to be sent.
func modal(callback, title, submit string, blocks []slack.Block) *slack.ModalViewRequest {
	if len(blocks) > maxViewBlocks {
		blocks = blocks[:maxViewBlocks]
	}
	m := &slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, Title: plainObject(clip(title, maxViewTitle)), Close: plainObject("Close"),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
	if submit != "" {
		m.Submit, m.Close = plainObject(clip(submit, maxViewTitle)), plainObject("Cancel")
	}
	return m
}

// asModal shows an answer in a modal. What is to be told to a channel or what
// opens one already is left as it is.
func asModal(out Response) Response {
	if out.Opens == nil {
		out.Opens = answerModal(out)
	}
	return out
}

func answerModal(out Response) *slack.ModalViewRequest {
	return modal(callbackAnswer, "parley", "", out.Blocks)
}

// homeOf makes an App Home of blocks.
func homeOf(blocks []slack.Block) slack.HomeTabViewRequest {
	if len(blocks) > maxViewBlocks {
		blocks = blocks[:maxViewBlocks]
	}
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, CallbackID: "parley.home", Blocks: slack.Blocks{BlockSet: blocks}}
}
