import { h, icon, post } from './dom.js';
import { drawBlocks, fillIn, valuesOf } from './blocks.js';
import { render } from './text.js';

// showModal shows the topmost modal, or closes the dialog when there is none.
export function showModal(dialog, sheet, view, act) {
  if (!sheet) {
    dialog.dataset.hash = '';
    if (dialog.open) dialog.close();
    return;
  }
  if (dialog.dataset.hash === sheet.hash) return;
  dialog.dataset.hash = sheet.hash;
  const before = dialog.dataset.view === sheet.id ? dialog.querySelector('form') : null;
  dialog.dataset.view = sheet.id;
  const say = (text) => { const p = dialog.querySelector('.modal-fault'); p.textContent = text; p.hidden = !text; };
  const close = () => post('/page/close', { as: view.me }).catch((err) => say(err.message));
  const form = h('form', {
    novalidate: true,
    onsubmit: async (ev) => {
      ev.preventDefault();
      clearFaults(form);
      say('');
      const go = form.querySelector('.primary');
      go.disabled = true;
      try {
        await post('/page/submit', { as: view.me, view: sheet.id, inputs: inputsOf(form) });
      } catch (err) {
        if (err.fields) showFaults(form, err.fields); else say(err.message);
      } finally { go.disabled = false; }
    },
  },
  h('header', {}, h('h2', { id: 'modal-title' }, sheet.title),
    h('button', { type: 'button', class: 'icon', 'aria-label': 'Close', onclick: close }, icon('close'))),
  h('div', { class: 'modal-body' }, drawBlocks(sheet.blocks, view, act), h('p', { class: 'modal-fault fault', role: 'alert', hidden: true })),
  h('footer', {}, h('button', { type: 'button', class: 'button', onclick: close }, sheet.close),
    sheet.submit ? h('button', { type: 'submit', class: 'button primary' }, sheet.submit) : null));
  const kept = before && keep(before, form);
  dialog.replaceChildren(form);
  dialog.oncancel = (ev) => { ev.preventDefault(); close(); };
  if (!dialog.open) dialog.showModal();
  if (kept) kept(); else form.querySelector('.modal-body input, .modal-body select, .modal-body textarea')?.focus();
}

// keep carries over what was typed when the bot draws a modal anew: inputs whose
// block and action are the same keep their values, as in Slack, and the one that
// is typed into keeps the cursor.
function keep(before, form) {
  let focused = null;
  const nameOf = (el) => `${el.closest('[data-block]')?.dataset.block} ${el.dataset.action}`;
  const fresh = new Map([...form.querySelectorAll('[data-action]')].map((el) => [nameOf(el), el]));
  for (const el of before.querySelectorAll('[data-action]')) {
    const to = fresh.get(nameOf(el));
    if (!to) continue;
    fillIn(to, valuesOf(el));
    if (el === document.activeElement) focused = [to, el.selectionStart, el.selectionEnd];
  }
  const body = before.querySelector('.modal-body').scrollTop;
  return () => {
    form.querySelector('.modal-body').scrollTop = body;
    if (!focused) return;
    focused[0].focus();
    if (focused[0].setSelectionRange && focused[1] !== null && focused[1] !== undefined) focused[0].setSelectionRange(focused[1], focused[2]);
  };
}

export function inputsOf(form) {
  const inputs = {};
  for (const el of form.querySelectorAll('[data-action]')) inputs[el.dataset.action] = valuesOf(el);
  return inputs;
}

function clearFaults(form) {
  for (const p of form.querySelectorAll('.fault')) p.hidden = true;
  for (const el of form.querySelectorAll('[aria-invalid]')) el.removeAttribute('aria-invalid');
}

function showFaults(form, faults) {
  for (const [block, text] of Object.entries(faults)) {
    const box = form.querySelector(`[data-block="${CSS.escape(block)}"]`);
    if (!box) continue;
    const p = box.querySelector('.fault');
    p.textContent = text;
    p.hidden = false;
    const control = box.querySelector('input, select, textarea');
    control?.setAttribute('aria-invalid', 'true');
    control?.focus();
  }
}

// ask puts an element's question and resolves to the answer.
export function ask(dialog, question, view) {
  return new Promise((resolve) => {
    const done = (yes) => { dialog.close(); resolve(yes); };
    dialog.replaceChildren(
      h('h2', { id: 'ask-title' }, question.title), h('p', {}, render(question.text, view)),
      h('footer', {}, h('button', { type: 'button', class: 'button', onclick: () => done(false) }, question.no),
        h('button', { type: 'button', class: 'button primary', onclick: () => done(true) }, question.yes)));
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
  });
}
