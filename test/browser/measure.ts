/**
 * Programs that run in the page, as text: the tests' types know no DOM.
 * WCAG 2.2: https://www.w3.org/TR/WCAG22/#contrast-minimum and https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
 */
export const contrastFailures = `(() => {
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
  const channel = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ({ r, g, b }) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.a > 0) return colour;
    }
    return { r: 255, g: 255, b: 255, a: 1 };
  };
  const failures = [];
  let measured = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === '' || ['SCRIPT', 'STYLE', 'TITLE', 'title', 'desc'].includes(element.tagName) || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const front = parse(element instanceof SVGElement ? style.fill : style.color);
    const [high, low] = [luminance(front), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    const pixels = parseFloat(style.fontSize);
    const large = pixels >= 24 || (pixels >= 18.66 && Number(style.fontWeight) >= 700);
    measured += 1;
    if (front.a < 1 || ratio < (large ? 3 : 4.5)) failures.push(ratio.toFixed(2) + ' ' + walker.currentNode.data.trim().slice(0, 40));
  }
  return { measured, failures };
})()`;

export const openAll = `for (const details of document.querySelectorAll('details')) details.open = true`;

/** What a screen reader or a keyboard would stumble over. */
export const structureFaults = `(() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  if (all('h1').length !== 1) faults.push('not one h1');
  let level = 0;
  for (const heading of all('h1,h2,h3,h4')) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) faults.push('heading skips a level: ' + heading.textContent);
    level = own;
  }
  for (const landmark of ['main', 'nav[aria-label]', 'body header', 'footer', '[role=search][aria-label]']) if (all(landmark).length === 0) faults.push('no ' + landmark);
  for (const field of all('select,input')) if (field.labels.length === 0) faults.push('no label: ' + field.id);
  for (const button of all('button,a,summary')) if (button.textContent.trim() === '') faults.push('no name: ' + button.outerHTML);
  for (const section of all('section')) if (!section.hasAttribute('aria-labelledby') && !section.hasAttribute('aria-label')) faults.push('section without name');
  for (const part of all('[aria-labelledby]')) for (const id of part.getAttribute('aria-labelledby').split(' ')) if (document.getElementById(id) === null) faults.push('no label ' + id);
  for (const link of all('a')) if (!link.hash || document.getElementById(link.hash.slice(1)) === null) faults.push('leads nowhere: ' + link.getAttribute('href'));
  const ids = all('[id]').map((element) => element.id);
  for (const id of ids.filter((id, index) => ids.indexOf(id) !== index)) faults.push('twice: ' + id);
  for (const th of all('th')) if (!th.hasAttribute('scope')) faults.push('th without scope');
  return faults;
})()`;

export const overflow = `[document.documentElement.scrollWidth - document.documentElement.clientWidth,
  [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility() && !element.closest('.picture') && !element.matches('.skip, thead, thead *') && element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.outerHTML.slice(0, 80))]`;

/** Names of the Ingresses that are shown. */
export const shownIngresses = `[...document.querySelectorAll('article[data-i]')].filter((element) => element.checkVisibility()).map((element) => element.querySelector('h3').textContent)`;
