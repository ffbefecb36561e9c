// Elements are made from plain values: text is only ever set as text.

export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'class') el.className = value;
    else if (key.startsWith('on')) el.addEventListener(key.slice(2), value);
    else if (key === 'dataset') Object.assign(el.dataset, value);
    else if (key in el && typeof value !== 'string') el[key] = value;
    else el.setAttribute(key, value === true ? '' : value);
  }
  el.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return el;
}

export function icon(name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'glyph');
  const use = document.createElementNS(ns, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

// picture is the square beside a message: the bot's logo, an emoji, or initials.
export function picture(person, botID) {
  if (person.icon) return h('span', { class: 'picture emoji-picture', 'aria-hidden': 'true' }, person.icon);
  if (person.id === botID) return h('img', { class: 'picture', src: '/page/static/bot.svg', alt: '' });
  const initials = person.name.split(/\s+/).map((w) => [...w][0] ?? '').join('').slice(0, 2).toUpperCase();
  let sum = 0;
  for (const c of person.id) sum = (sum * 31 + c.codePointAt(0)) % 8;
  return h('span', { class: `picture initials tint-${sum}`, 'aria-hidden': 'true' }, initials);
}

export async function get(path, args) {
  return answer(await fetch(`${path}?${new URLSearchParams(args)}`));
}

export async function post(path, body) {
  return answer(await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }));
}

async function answer(response) {
  const body = await response.json().catch(() => ({ error: `The stand-in answered ${response.status}.` }));
  if (!response.ok) throw Object.assign(new Error(body.error), { fields: body.fields });
  return body;
}
