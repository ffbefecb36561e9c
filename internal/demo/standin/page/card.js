import { h, icon, picture } from './dom.js';
import { drawBlocks, overflow } from './blocks.js';
import { millis } from './dates.js';

const together = 5 * 60 * 1000;

// fillLog shows cards in a log, oldest first. A card that did not change keeps
// its element, and with it the reader's focus and place.
export function fillLog(log, cards, view, options) {
  const bottom = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const old = new Map([...log.children].map((el) => [el.dataset.key, el]));
  const rows = [];
  let day = '';
  let previous = null;
  for (const card of cards) {
    const at = millis(card.ts);
    const key = view.calendar.key(at);
    if (options.days && key !== day) {
      rows.push(row(old, `day-${key}`, view.calendar.divider(at), () => divider(view.calendar.divider(at))));
      previous = null;
    }
    day = key;
    if (options.unread && card.ts === options.unread) {
      rows.push(row(old, 'new', '', () => h('div', { class: 'unread', role: 'separator' }, h('span', {}, 'New'))));
      previous = null;
    }
    const joins = previous && previous.sender.id === card.sender.id && previous.sender.name === card.sender.name &&
      !previous.replies && at - millis(previous.ts) < together && !card.ephemeral === !previous.ephemeral && !card.broadcast;
    const said = JSON.stringify([card, Boolean(joins), options.inThread, view.me, view.calendar.zone]);
    rows.push(row(old, card.ts, said, () => drawCard(card, view, options, joins)));
    if (options.afterFirst && card === cards[0] && cards.length > 1) {
      const count = cards.length - 1;
      const text = count === 1 ? '1 reply' : `${count} replies`;
      rows.push(row(old, 'count', text, () => h('div', { class: 'count', role: 'separator' }, h('span', {}, text))));
    }
    previous = card;
  }
  arrange(log, rows);
  // An answer to what the reader just did is brought into view.
  const last = cards.at(-1);
  const answered = last?.ephemeral && !old.has(last.ts);
  if (bottom || answered || options.toEnd) log.scrollTop = log.scrollHeight;
}

// arrange puts rows into a log without moving those that stand in their place: an
// element that is moved loses the focus, and its open menu with it.
function arrange(log, rows) {
  const kept = new Set(rows);
  for (const el of [...log.children]) if (!kept.has(el)) el.remove();
  let at = log.firstChild;
  for (const el of rows) {
    if (el === at) at = at.nextSibling;
    else log.insertBefore(el, at);
  }
}

function row(old, key, said, make) {
  const kept = old.get(key);
  if (kept && kept.said === said) return kept;
  const el = make();
  el.dataset.key = key;
  el.said = said;
  return el;
}

function divider(text) {
  return h('div', { class: 'day', role: 'separator' }, h('span', {}, text));
}

function drawCard(card, view, options, joins) {
  const at = millis(card.ts);
  const act = { use: (block, element, values) => options.use(card, block, element, values) };
  const clock = h('a', {
    class: 'clock', href: `?channel=${encodeURIComponent(view.channel)}&at=${card.ts}`, title: view.calendar.full(at),
  }, h('time', { datetime: new Date(at).toISOString() }, view.calendar.time(at)));
  const body = h('div', { class: 'card-body' });
  if (card.ephemeral) body.append(h('p', { class: 'only' }, icon('eye'), 'Only visible to you'));
  if (card.broadcast && !options.inThread) {
    body.append(h('p', { class: 'only' }, 'replied to a', h('button', { type: 'button', class: 'plain', onclick: () => options.openThread(card.thread) }, 'thread')));
  }
  if (!joins) {
    body.append(h('div', { class: 'from' }, h('b', {}, card.sender.name),
      card.sender.bot ? h('span', { class: 'app' }, 'APP') : null, clock));
  }
  body.append(...drawBlocks(card.blocks, view, act));
  for (const a of card.attached ?? []) {
    const box = h('div', { class: 'attached' }, drawBlocks(a.blocks, view, act));
    if (a.color) box.style.setProperty('--bar', a.color);
    body.append(box);
  }
  for (const f of card.files ?? []) {
    if (f.mimetype === 'image/png') {
      body.append(h('figure', { class: 'shown' }, h('figcaption', {}, f.title || f.name),
        h('a', { href: `/files/${encodeURIComponent(f.id)}`, target: '_blank', rel: 'noopener' }, h('img', { src: `/files/${encodeURIComponent(f.id)}`, alt: f.alt_txt || f.name }))));
      continue;
    }
    body.append(h('a', { class: 'file', href: `/files/${encodeURIComponent(f.id)}`, download: f.name }, f.title || f.name, h('small', {}, `${f.size} bytes`)));
  }
  if (card.edited) {
    const texts = body.querySelectorAll('.block-text, .block-context');
    (texts[texts.length - 1] ?? body).append(h('span', { class: 'edited' }, ' (edited)'));
  }
  if (card.reactions) {
    body.append(h('div', { class: 'reactions' }, card.reactions.map((r) =>
      h('span', { class: r.mine ? 'reaction mine' : 'reaction', title: `:${r.name}:` }, r.char, ' ', String(r.count)))));
  }
  if (card.replies && !options.inThread) body.append(threadBar(card, view, options));
  return h('article', {
    class: ['card', joins && 'joins', card.ephemeral && 'ephemeral', options.marked === card.ts && 'marked'].filter(Boolean).join(' '),
    tabindex: '-1', 'aria-label': `${card.sender.name}, ${view.calendar.time(at)}`,
  }, joins ? h('span', { class: 'gutter' }, clock) : picture(card.sender, view.bot.id), body, tools(card, view, options));
}

// tools are what a message offers when one points at it: a reply, and the bot's
// message shortcuts in a menu.
function tools(card, view, options) {
  if (card.ephemeral) return null;
  const reply = options.inThread ? null : h('button', { type: 'button', class: 'icon', 'aria-label': 'Reply in thread', title: 'Reply in thread', onclick: () => options.openThread(card.thread || card.ts) }, icon('reply'));
  const cuts = (options.shortcuts ?? []).map((c) => ({ value: c.callback, text: [{ k: 'text', t: c.name }] }));
  if (!reply && cuts.length === 0) return null;
  return h('div', { class: 'tools' }, reply, cuts.length ? overflow({ options: cuts }, view, (values) => options.cut(card, values[0])) : null);
}

function threadBar(card, view, options) {
  const count = card.replies === 1 ? '1 reply' : `${card.replies} replies`;
  const last = millis(card.lastReply);
  const when = `${view.calendar.pretty(last, view.calendar.fill('{date_short}', last))} at ${view.calendar.time(last)}`;
  return h('button', { type: 'button', class: 'replies', onclick: () => options.openThread(card.ts) },
    (card.repliers ?? []).slice(0, 3).map((p) => picture(p, view.bot.id)), h('b', {}, count), h('span', { class: 'when' }, `Last reply ${when}`));
}
