import { get, h, icon, post } from './dom.js';
import { Calendar } from './dates.js';
import { drawBlocks } from './blocks.js';
import { fillLog } from './card.js';
import { composer } from './composer.js';
import { ask, inputsOf, showModal } from './sheet.js';

const $ = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const at = { as: query.get('as') ?? '', channel: query.get('channel') ?? '', thread: query.get('thread') ?? '', tab: query.get('tab') ?? 'messages', marked: query.get('at') ?? '' };
let state = null;
let view = null;
let unreadFrom = '';

const send = (thread) => (text) => post('/page/say', { as: view.me, channel: at.channel, thread: thread(), text });
const main = composer($('composer'), { commands: () => state?.commands ?? [], send: send(() => '') });
const side = composer($('thread-composer'), { commands: () => [], send: send(() => at.thread) });

async function refresh() {
  state = await get('/page/state', { as: at.as });
  at.as = state.me.id;
  const wanted = at.channel.replace(/^#/, '');
  const current = state.channels.find((c) => c.id === wanted || (c.name === wanted && !c.direct)) ?? state.channels.find((c) => !c.archived) ?? state.channels[0];
  at.channel = current?.id ?? '';
  view = {
    me: state.me.id, people: state.people, channels: state.channels, bot: state.bot, channel: at.channel,
    calendar: new Calendar(state.me.zone, state.now),
  };
  drawFrame(current);
  if (!current) return;
  await Promise.all([drawMessages(current), drawThread(), drawViews(current)]);
}

function drawFrame(current) {
  document.title = current ? `${current.direct ? '' : '#'}${current.name} · ${state.workspace}` : state.workspace;
  $('workspace').textContent = state.workspace;
  $('me').replaceChildren(...state.people.map((p) => h('option', { value: p.id, selected: p.id === state.me.id }, p.realName)));
  $('channels').replaceChildren(...state.channels.filter((c) => !c.direct).map((c) => entry(c, current)));
  const direct = state.channels.find((c) => c.direct);
  const bot = direct ? entry(direct, current) : h('li', {}, h('a', { href: '?tab=home', onclick: openBot }, botMark(), h('span', { class: 'name' }, state.bot.name)));
  $('apps').replaceChildren(bot);
  if (!current) return;
  $('title').replaceChildren(...(current.direct ? [botMark()] : [mark(current)]), current.name);
  $('topic').textContent = current.direct ? (state.bot.connected ? 'App · connected' : 'App · not connected') : current.topic ?? '';
  $('count').textContent = String(current.members);
  $('members').hidden = Boolean(current.direct);
  $('members').setAttribute('aria-label', `${current.members} members`);
  $('tabs').hidden = !current.direct;
  main.invite(current.archived ? 'This channel has been archived.' : `Message ${current.direct ? '' : '#'}${current.name}`, Boolean(current.archived));
}

const mark = (c) => (c.private ? icon('lock') : h('span', { class: 'hash', 'aria-hidden': 'true' }, '#'));
const botMark = () => h('img', { class: state.bot.connected ? 'tiny' : 'tiny off', src: '/page/static/bot.svg', alt: '' });

function entry(c, current) {
  const here = c === current;
  return h('li', {}, h('a', {
    href: `?channel=${encodeURIComponent(c.id)}`, dataset: { channel: c.id }, 'aria-current': here ? 'page' : undefined,
    class: [c.unread && !here && 'unread-channel', c.archived && 'archived'].filter(Boolean).join(' '),
  }, c.direct ? botMark() : mark(c), h('span', { class: 'name' }, c.name),
  c.unread && !here ? h('span', { class: 'badge', 'aria-label': `${c.unread} unread` }, String(c.unread)) : null));
}

async function openBot(ev) {
  ev.preventDefault();
  at.tab = 'home';
  try { await post('/page/home', { as: view.me }); } catch (err) { toast(err.message); }
  await refresh();
  const direct = state.channels.find((c) => c.direct);
  if (direct) await go(direct.id);
}

async function drawMessages(current) {
  const { messages, seen } = await get('/page/channel', { as: view.me, id: at.channel });
  const fresh = $('log').dataset.channel !== at.channel;
  if (fresh) {
    $('log').replaceChildren();
    $('log').dataset.channel = at.channel;
    unreadFrom = seen ? messages.find((m) => m.ts > seen && m.sender.id !== view.me)?.ts ?? '' : '';
  }
  fillLog($('log'), messages, view, {
    days: true, unread: unreadFrom, marked: at.marked, toEnd: fresh && !at.marked, use: use({ channel: at.channel }),
    shortcuts: state.shortcuts, cut,
    openThread: (ts) => { at.thread = ts; keepPlace(); return drawThread().then(() => side.focus()); },
  });
  if (fresh && messages.length === 0) $('log').append(h('p', { class: 'empty' }, `Nothing has been said in ${current.direct ? '' : '#'}${current.name} yet.`));
  if (fresh && at.marked) document.querySelector('.marked')?.scrollIntoView({ block: 'center' });
  const last = messages.at(-1)?.ts;
  if (last && last > (seen ?? '') && (!current.direct || at.tab === 'messages')) await post('/page/read', { as: view.me, channel: at.channel, ts: last });
}

async function drawThread() {
  const pane = $('thread');
  if (!at.thread) { pane.hidden = true; return; }
  const { messages } = await get('/page/channel', { as: view.me, id: at.channel, thread: at.thread });
  if (messages.length === 0) { at.thread = ''; pane.hidden = true; return; }
  pane.hidden = false;
  const here = state.channels.find((c) => c.id === at.channel);
  $('thread-in').textContent = here.direct ? here.name : `# ${here.name}`;
  side.invite('Reply…', Boolean(here.archived));
  fillLog($('thread-log'), messages, view, { inThread: true, afterFirst: true, shortcuts: state.shortcuts, cut, use: use({ channel: at.channel }) });
}

async function drawViews(current) {
  const { modal, home } = await get('/page/views', { as: view.me });
  const onSheet = (sheet) => ({ use: (block, element, values) => act({ view: sheet.id }, block, element, values) });
  showModal($('modal'), modal, view, modal && onSheet(modal));
  const onHome = Boolean(current.direct) && at.tab === 'home';
  for (const [tab, on] of [['home', onHome], ['messages', !onHome]]) $(`tab-${tab}`).setAttribute('aria-selected', String(on));
  $('home').hidden = !onHome;
  $('log').hidden = onHome;
  $('composer').hidden = onHome;
  if (!onHome || $('home').dataset.hash === (home?.hash ?? 'none')) return;
  $('home').dataset.hash = home?.hash ?? 'none';
  $('home').replaceChildren(...(home ? drawBlocks(home.blocks, view, onSheet(home))
    : [h('p', { class: 'empty' }, `${state.bot.name} has not published its Home yet.`)]));
}

const cut = (card, callback) => post('/page/cut', { as: view.me, channel: at.channel, ts: card.ts, action: callback }).catch((err) => toast(err.message));
const use = (place) => (card, block, element, values) => act({ ...place, ts: card.ts }, block, element, values);

async function act(place, block, element, values) {
  if (element.confirm && !(await ask($('ask'), element.confirm, view))) return;
  try {
    const form = place.view && $('modal').dataset.view === place.view ? $('modal').querySelector('form') : null;
    const inputs = form ? inputsOf(form) : undefined;
    await post('/page/act', { as: view.me, ...place, block: block.id, action: element.action, values, inputs });
  } catch (err) { toast(err.message); }
}

let fading = 0;
function toast(text) {
  $('toast').textContent = text;
  $('toast').hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { $('toast').hidden = true; }, 6000);
}

function keepPlace() {
  const q = new URLSearchParams({ channel: at.channel });
  for (const name of ['as', 'theme']) if (query.get(name)) q.set(name, name === 'as' ? at.as : query.get(name));
  if (at.thread) q.set('thread', at.thread);
  if (at.tab === 'home') q.set('tab', 'home');
  history.replaceState(null, '', `?${q}`);
}

async function go(channel) {
  Object.assign(at, { channel, thread: '', marked: '' });
  keepPlace();
  showSide(false);
  main.clear();
  await again();
}

function showSide(on) {
  document.body.classList.toggle('side-open', on);
  $('menu').setAttribute('aria-expanded', String(on));
}

// again draws once more after what is being drawn now, however often it is asked.
let running = null;
let wanted = false;
function again() {
  wanted = true;
  running ??= (async () => {
    while (wanted) {
      wanted = false;
      await refresh().catch((err) => toast(err.message));
    }
    running = null;
  })();
  return running;
}

document.addEventListener('click', (ev) => {
  const to = ev.target.closest('a[data-channel]');
  if (!to || ev.ctrlKey || ev.metaKey || ev.shiftKey) return;
  ev.preventDefault();
  go(to.dataset.channel);
});
document.addEventListener('keydown', (ev) => {
  if (ev.key === 'Escape' && at.thread && !document.querySelector('dialog[open]')) closeThread();
  if (!ev.altKey || !['ArrowDown', 'ArrowUp'].includes(ev.key)) return;
  ev.preventDefault();
  const all = state.channels;
  const here = all.findIndex((c) => c.id === at.channel);
  go(all[(here + (ev.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length].id);
});
function closeThread() { at.thread = ''; keepPlace(); drawThread(); main.focus(); }
$('thread-close').addEventListener('click', closeThread);
$('menu').addEventListener('click', () => showSide(!document.body.classList.contains('side-open')));
$('me').addEventListener('change', () => {
  at.as = $('me').value;
  query.set('as', at.as);
  for (const log of [$('log'), $('thread-log'), $('home')]) { log.replaceChildren(); log.dataset.channel = ''; log.dataset.hash = ''; }
  keepPlace();
  again();
});
$('tab-home').addEventListener('click', async () => {
  at.tab = 'home';
  keepPlace();
  await again();
  post('/page/home', { as: view.me }).catch((err) => toast(err.message));
});
$('tab-messages').addEventListener('click', () => { at.tab = 'messages'; keepPlace(); again(); });

await again();
if (at.tab === 'home' && !query.has('still')) post('/page/home', { as: view.me }).catch((err) => toast(err.message));
// ?still draws the page once: for pictures, whose takers wait for the network to rest.
if (!query.has('still')) {
  const changes = new EventSource(`/page/changes?after=${state?.seq ?? ''}`);
  changes.onmessage = () => again();
  changes.onopen = () => { document.body.classList.remove('lost'); };
  changes.onerror = () => { document.body.classList.add('lost'); };
}
requestAnimationFrame(() => requestAnimationFrame(() => { document.documentElement.dataset.ready = '1'; }));
