// What parley shows in Slack, in Slack's own types. A view of theirs may hold any
// block; here it holds those that are known.
import type { HomeView, KnownBlock, ModalView } from "@slack/types";

export interface Message {
  text: string;
  blocks: KnownBlock[];
}

export interface Modal extends ModalView {
  blocks: KnownBlock[];
}

export interface Home extends HomeView {
  blocks: KnownBlock[];
}
