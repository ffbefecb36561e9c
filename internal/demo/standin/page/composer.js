import { h, icon } from './dom.js';

// composer makes a message box in a form. Typing / offers the bot's commands.
export function composer(form, { commands, send }) {
  const list = h('ul', { class: 'commands', role: 'listbox', hidden: true, 'aria-label': 'Commands' });
  const box = h('textarea', { rows: 1, 'aria-label': 'Message', autocomplete: 'off', 'aria-autocomplete': 'list' });
  const go = h('button', { type: 'submit', class: 'send', 'aria-label': 'Send', disabled: true }, icon('send'));
  const fault = h('p', { class: 'fault', role: 'alert', hidden: true });
  let picked = 0;

  const offered = () => {
    const typed = box.value;
    if (!typed.startsWith('/') || typed.includes('\n')) return [];
    return commands().filter((c) => c.name.startsWith(typed) || typed.startsWith(`${c.name} `));
  };
  const offer = () => {
    const found = offered();
    const typing = !box.value.includes(' ');
    picked = Math.min(picked, Math.max(0, found.length - 1));
    list.replaceChildren(...found.map((c, i) => h('li', {
      role: 'option', 'aria-selected': String(typing && i === picked), onmousedown: (ev) => { ev.preventDefault(); take(c); },
    }, h('b', {}, c.name), ' ', h('span', { class: 'hint' }, c.hint), h('small', {}, c.description))));
    list.hidden = found.length === 0;
    go.disabled = !box.value.trim();
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
  };
  const take = (c) => { box.value = `${c.name} `; offer(); box.focus(); };
  const submit = async () => {
    const text = box.value;
    if (!text.trim()) return;
    box.value = '';
    fault.hidden = true;
    offer();
    try {
      await send(text);
    } catch (err) {
      fault.textContent = err.message;
      fault.hidden = false;
      if (!box.value) { box.value = text; offer(); list.hidden = true; }
    }
  };

  box.addEventListener('input', () => { picked = 0; offer(); });
  box.addEventListener('blur', () => { list.hidden = true; });
  box.addEventListener('focus', offer);
  box.addEventListener('keydown', (ev) => {
    if (ev.isComposing) return;
    const found = list.hidden ? [] : offered();
    const typing = found.length > 0 && !box.value.includes(' ');
    if (typing && (ev.key === 'ArrowDown' || ev.key === 'ArrowUp')) {
      ev.preventDefault();
      picked = (picked + (ev.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length;
      offer();
    } else if (typing && (ev.key === 'Tab' || ev.key === 'Enter') && box.value !== found[picked].name) {
      ev.preventDefault();
      take(found[picked]);
    } else if (ev.key === 'Escape' && !list.hidden) {
      ev.stopPropagation();
      list.hidden = true;
    } else if (ev.key === 'Enter' && !ev.shiftKey) {
      ev.preventDefault();
      submit();
    }
  });
  form.addEventListener('submit', (ev) => { ev.preventDefault(); submit(); });
  form.replaceChildren(list, h('div', { class: 'box' }, box, go), fault);
  return {
    invite(text, closed) { box.placeholder = text; box.disabled = closed; form.classList.toggle('closed', closed); },
    clear() { fault.hidden = true; },
    focus() { box.focus(); },
  };
}
