/**
 * The script of the page: filters, folding, printing. It reads numbers and the plain text of attributes, writes `textContent` and `hidden` and
 * makes no markup, so nothing of the user's can become any. Without it the page shows everything.
 */
export const client = `(() => {
'use strict';
const byId = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const bar = byId('filters');
const items = all('article[data-i]').map((element) => ({ element, ...element.dataset }));
const number = (count) => count.toLocaleString('en');

const fold = (open) => {
  for (const { element } of items) if (!element.hidden) element.firstElementChild.open = open;
};
for (const button of all('[data-fold]')) {
  button.parentElement.hidden = false;
  button.addEventListener('click', () => fold(button.dataset.fold === 'open'));
}

let opened = [];
addEventListener('beforeprint', () => {
  opened = all('details:not([open])').filter((element) => element.closest('[hidden]') === null);
  for (const element of opened) element.open = true;
});
addEventListener('afterprint', () => {
  for (const element of opened) element.open = false;
  opened = [];
});

if (bar === null) return;
const fields = { ns: byId('f-ns'), owner: byId('f-owner'), risk: byId('f-risk'), host: byId('f-host') };
const value = (field) => (field === null ? '' : field.value);
const groups = all('.decision').map((element) => ({
  element,
  count: element.querySelector('.count'),
  text: element.querySelector('.count').textContent,
  places: all('.places > li', element).map((place) => ({ place, of: place.dataset.of })),
}));

const passes = (item, wanted) =>
  (wanted.ns === '' || item.ns === wanted.ns) &&
  (wanted.owner === '' || item.owner.includes(' ' + wanted.owner + ' ')) &&
  (wanted.risk === '' || item.risk === wanted.risk) &&
  (wanted.host === '' || item.hosts.toLowerCase().includes(wanted.host));

const showGroup = ({ element, count, text, places }, shown, active) => {
  let left = 0;
  for (const { place, of } of places) {
    const visible = !active || (of !== undefined && shown.has(of));
    place.hidden = !visible;
    if (visible) left += 1;
  }
  // What holds for the whole run holds for every part of it.
  element.hidden = left === 0 && places.length > 0;
  count.textContent = left === places.length ? text : number(left) + ' of ' + text;
};

const apply = () => {
  const wanted = { ns: value(fields.ns), owner: value(fields.owner), risk: value(fields.risk), host: value(fields.host).trim().toLowerCase() };
  const active = Object.values(wanted).some((text) => text !== '');
  const shown = new Set();
  for (const item of items) {
    const visible = passes(item, wanted);
    item.element.hidden = !visible;
    if (visible) shown.add(item.i);
  }
  for (const group of groups) showGroup(group, shown, active);
  for (const section of all('section.findings')) section.hidden = active && all('.decision', section).every((element) => element.hidden);
  for (const more of all('.more')) more.hidden = all('li', more).every((element) => element.hidden);
  document.querySelector('.none').hidden = shown.size > 0;
  const noun = items.length === 1 ? 'Ingress' : 'Ingresses';
  byId('f-count').textContent = (active ? number(shown.size) + ' of ' : '') + number(items.length) + ' ' + noun + (active ? ' shown' : '');
};

for (const field of Object.values(fields)) {
  if (field !== null) field.addEventListener(field === fields.host ? 'input' : 'change', apply);
}
byId('f-clear').addEventListener('click', () => {
  for (const field of Object.values(fields)) if (field !== null) field.value = '';
  apply();
  fields.ns.focus();
});
bar.hidden = false;
document.documentElement.classList.add('filtered');
// A browser that restores form fields on reload gets the page that belongs to them.
apply();
addEventListener('pageshow', apply);
})();
`;
