import { h, icon } from './dom.js';
import { link, render, words } from './text.js';

// drawBlocks makes elements of a card's blocks. use(block, element, values) is
// called when someone uses an element; ask(confirm) puts its question first.
export function drawBlocks(blocks, view, act) {
  return blocks.map((b) => drawBlock(b, view, act));
}

function drawBlock(b, view, act) {
  switch (b.type) {
    case 'header': return h('h3', { class: 'block-header', dir: 'auto' }, render(b.text, view));
    case 'divider': return h('hr', { class: 'block-divider' });
    case 'section': return section(b, view, act);
    case 'context': return h('div', { class: 'block-context' }, (b.elements ?? []).map((e) => contextPart(e, view)));
    case 'actions': return h('div', { class: 'block-actions' }, (b.elements ?? []).map((e) => drawElement(b, e, view, act)));
    case 'image': return figure(b, view);
    case 'rich_text': case 'markdown': return h('div', { class: 'block-text', dir: 'auto' }, render(b.text, view));
    case 'table': return table(b, view);
    case 'input': return input(b, view, act);
    default: return h('p', { class: 'block-unknown' }, `This block (${b.type}) is not shown here.`);
  }
}

function section(b, view, act) {
  const body = h('div', { class: 'block-body' });
  if (b.text?.length) body.append(h('div', { class: 'block-text', dir: 'auto' }, render(b.text, view)));
  if (b.fields) body.append(h('div', { class: 'block-fields' }, b.fields.map((f) => h('div', { dir: 'auto' }, render(f, view)))));
  return h('div', { class: 'block-section' }, body,
    b.accessory && h('div', { class: 'block-accessory' }, drawElement(b, b.accessory, view, act)));
}

function contextPart(e, view) {
  if (e.type === 'image') return h('span', { class: 'context-image', role: 'img', 'aria-label': e.alt, title: e.alt });
  return h('span', { dir: 'auto' }, render(e.text, view));
}

// A picture would come from elsewhere, which this page never calls on: its
// description stands in its place.
function figure(b, view) {
  const e = b.elements?.[0] ?? {};
  return h('figure', { class: 'block-image' },
    b.text?.length ? h('figcaption', {}, render(b.text, view)) : null,
    h('div', { class: 'image-place', role: 'img', 'aria-label': e.alt }, h('span', {}, e.alt), e.url && link(e.url, ['open the image'])));
}

function table(b, view) {
  const [head, ...rest] = b.rows ?? [];
  return h('div', { class: 'block-table' }, h('table', {},
    head && h('thead', {}, h('tr', {}, head.map((c) => h('th', { scope: 'col' }, render(c, view))))),
    h('tbody', {}, rest.map((r) => h('tr', {}, r.map((c) => h('td', {}, render(c, view))))))));
}

let unique = 0;

function input(b, view, act) {
  const id = `input-${++unique}`;
  const control = drawElement(b, b.elements?.[0] ?? {}, view, b.dispatch ? act : { ...act, use: null });
  (control.matches('input,select,textarea') ? control : control.querySelector('input,select,textarea'))?.setAttribute('id', id);
  return h('div', { class: 'block-input', dataset: { block: b.id } },
    h('label', { for: id }, render(b.text, view), b.optional ? h('span', { class: 'optional' }, ' (optional)') : null),
    control, b.hint?.length ? h('p', { class: 'hint' }, render(b.hint, view)) : null,
    h('p', { class: 'fault', role: 'alert', hidden: true }));
}

function drawElement(b, e, view, act) {
  const use = act.use ? (values) => act.use(b, e, values) : () => {};
  switch (e.type) {
    case 'button': return button(e, view, use);
    case 'overflow': return overflow(e, view, use);
    case 'image': return h('div', { class: 'image-place small', role: 'img', 'aria-label': e.alt, title: e.alt }, h('span', {}, e.alt));
    case 'static_select': case 'external_select': return menu(e, e.options ?? [], false, use);
    case 'multi_static_select': return menu(e, e.options ?? [], true, use);
    case 'users_select': case 'multi_users_select':
      return menu(e, view.people.map((p) => choice(p.id, p.realName)), e.type.startsWith('multi'), use);
    case 'channels_select': case 'conversations_select': case 'multi_channels_select': case 'multi_conversations_select':
      return menu(e, view.channels.filter((c) => !c.direct && !c.archived).map((c) => choice(c.id, `# ${c.name}`)), e.type.startsWith('multi'), use);
    case 'checkboxes': case 'radio_buttons': return boxes(e, view, use);
    case 'datepicker': return field(e, 'date', use);
    case 'timepicker': return field(e, 'time', use);
    case 'number_input': return field(e, 'number', use);
    case 'email_text_input': return field(e, 'email', use);
    case 'url_text_input': return field(e, 'url', use);
    case 'plain_text_input': return e.multiline ? area(e, use) : field(e, 'text', use);
    default: return h('span', { class: 'block-unknown' }, `This element (${e.type}) is not shown here.`);
  }
}

const choice = (value, name) => ({ value, text: [{ k: 'text', t: name }] });

function button(e, view, use) {
  const label = render(e.text, view);
  const style = `button ${e.style ?? ''}`;
  if (e.url) {
    const a = link(e.url, label);
    a.className = style;
    a.addEventListener('click', () => use([]));
    return a;
  }
  return h('button', { type: 'button', class: style, onclick: () => use([]) }, label);
}

export function overflow(e, view, use) {
  const list = h('div', { class: 'popup', role: 'menu', hidden: true });
  const close = () => { list.hidden = true; opener.setAttribute('aria-expanded', 'false'); };
  const opener = h('button', {
    type: 'button', class: 'button overflow', 'aria-label': 'More actions', 'aria-haspopup': 'menu', 'aria-expanded': 'false',
    onclick: () => {
      list.hidden = !list.hidden;
      opener.setAttribute('aria-expanded', String(!list.hidden));
      if (list.hidden) return;
      list.classList.remove('up'); // where there is no room below, it opens upwards
      const room = (list.closest('.log, .home, .modal-body') ?? document.documentElement).getBoundingClientRect();
      list.classList.toggle('up', list.getBoundingClientRect().bottom > room.bottom);
      list.firstElementChild?.focus();
    },
  }, icon('more'));
  for (const o of e.options ?? []) {
    list.append(h('button', {
      type: 'button', role: 'menuitem',
      onclick: () => { close(); use([o.value]); if (o.url) window.open(o.url, '_blank', 'noopener,noreferrer'); },
    }, render(o.text, view)));
  }
  const box = h('span', { class: 'overflow-box' }, opener, list);
  box.addEventListener('focusout', (ev) => { if (!box.contains(ev.relatedTarget)) close(); });
  box.addEventListener('keydown', (ev) => {
    if (ev.key === 'Escape' && !list.hidden) { ev.stopPropagation(); close(); opener.focus(); }
    const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
    if (!step || list.hidden) return;
    ev.preventDefault();
    const items = [...list.children];
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  });
  return box;
}

function menu(e, options, many, use) {
  const select = h('select', { multiple: many, dataset: { action: e.action }, 'aria-label': e.placeholder });
  if (!many) select.append(h('option', { value: '' }, e.placeholder || 'Select an item'));
  const groups = new Map();
  for (const o of options) {
    const item = h('option', { value: o.value, selected: (e.initial ?? []).includes(o.value) }, words(o.text));
    if (!o.group) { select.append(item); continue; }
    if (!groups.has(o.group)) {
      groups.set(o.group, h('optgroup', { label: o.group }));
      select.append(groups.get(o.group));
    }
    groups.get(o.group).append(item);
  }
  select.addEventListener('change', () => use(valuesOf(select)));
  return h('span', { class: many ? 'select many' : 'select' }, select, many ? null : icon('down'));
}

function boxes(e, view, use) {
  const type = e.type === 'checkboxes' ? 'checkbox' : 'radio';
  const name = `boxes-${++unique}`;
  const set = h('div', { class: 'boxes', dataset: { action: e.action } });
  for (const o of e.options ?? []) {
    const box = h('input', { type, name, value: o.value, checked: (e.initial ?? []).includes(o.value) });
    box.addEventListener('change', () => use(valuesOf(set)));
    set.append(h('label', {}, box, h('span', {}, render(o.text, view), o.description && h('small', {}, render(o.description, view)))));
  }
  return set;
}

function field(e, type, use) {
  const el = h('input', { type, class: 'field', placeholder: e.placeholder, dataset: { action: e.action }, value: e.initial?.[0] });
  if (type === 'text') tells(el, e, use); else el.addEventListener('change', () => use([el.value]));
  return el;
}

// tells lets the bot know what is typed: a moment after each change if it asked
// for that, and when Enter is pressed.
function tells(el, e, use) {
  let waiting = 0;
  let told = el.value;
  const tell = () => { clearTimeout(waiting); if (el.value !== told) { told = el.value; use([el.value]); } };
  el.addEventListener('input', () => { if (!e.typing) return; clearTimeout(waiting); waiting = setTimeout(tell, 500); });
  el.addEventListener('keydown', (ev) => {
    if (ev.key !== 'Enter' || ev.isComposing || (e.multiline && ev.shiftKey)) return;
    ev.preventDefault();
    tell();
  });
}

function area(e, use) {
  const el = h('textarea', { class: 'field', rows: 4, placeholder: e.placeholder, dataset: { action: e.action } }, e.initial?.[0] ?? '');
  if (e.typing) tells(el, e, use); else el.addEventListener('change', () => use([el.value]));
  return el;
}

// valuesOf reads what is chosen or typed in a control.
export function valuesOf(el) {
  if (el.matches('select')) return [...el.selectedOptions].map((o) => o.value).filter(Boolean);
  if (el.matches('.boxes')) return [...el.querySelectorAll('input:checked')].map((i) => i.value);
  return el.value ? [el.value] : [];
}

// fillIn puts back what was chosen or typed before a control was drawn anew.
export function fillIn(el, values) {
  if (el.matches('select')) {
    if ([...el.options].some((o) => values.includes(o.value)) || values.length === 0) for (const o of el.options) o.selected = values.includes(o.value);
  } else if (el.matches('.boxes')) for (const i of el.querySelectorAll('input')) i.checked = values.includes(i.value);
  else el.value = values[0] ?? '';
}
