import { h } from './dom.js';

const wraps = { bold: 'b', italic: 'i', strike: 's', quote: 'blockquote', item: 'li' };

// render makes elements of the nodes into which the server read a text. Links
// were checked there to be http or https; they are checked again here.
export function render(nodes, view) {
  return (nodes ?? []).map((n, i) => one(n, view, i === 0 || nodes[i - 1].k === 'break'));
}

function one(n, view, first) {
  switch (n.k) {
    case 'text': return n.t;
    case 'break': return h('br');
    case 'bold': case 'italic': case 'strike': case 'quote': case 'item':
      return h(wraps[n.k], { dir: n.k === 'quote' ? 'auto' : undefined }, render(n.c, view));
    case 'list': return h(n.order ? 'ol' : 'ul', {}, render(n.c, view));
    case 'code': return h('code', {}, n.t);
    case 'pre': return h('pre', {}, n.t);
    case 'link': return link(n.url, render(n.c, view));
    case 'emoji': return h('span', { class: 'emoji', role: 'img', 'aria-label': n.id.replaceAll('_', ' '), title: `:${n.id}:` }, n.t);
    case 'user': return h('span', { class: n.id === view.me ? 'mention mine' : 'mention' }, n.t);
    case 'channel': return h('a', { class: 'mention', href: `?channel=${encodeURIComponent(n.id)}`, dataset: { channel: n.id } }, n.t);
    case 'broadcast': return h('span', { class: 'mention mine' }, n.t);
    case 'date': return date(n, view, first);
    default: return n.t ?? '';
  }
}

// A date that begins its line begins with a capital: Today, not today.
function date(n, view, first) {
  const at = n.ts * 1000;
  let text = view.calendar.fill(n.format, at) ?? n.t;
  if (first) text = text.charAt(0).toUpperCase() + text.slice(1);
  const el = h('time', { datetime: new Date(at).toISOString(), title: view.calendar.full(at) }, text);
  return n.url ? link(n.url, [el]) : el;
}

export function link(url, children) {
  if (!/^https?:\/\//.test(url)) return h('span', {}, children);
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow' }, children);
}

// words is the text of nodes alone, for labels.
export function words(nodes) {
  return (nodes ?? []).map((n) => (n.k === 'break' ? ' ' : (n.t ?? '') + words(n.c))).join('');
}
