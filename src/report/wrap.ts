import { visible } from './visible.ts';

/** Breaks text into lines of at most `width` characters at spaces; a longer word stands alone on its line. Nothing in it can move the cursor. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of visible(text).split(/\s+/u)) {
    if (word === '') continue;
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Wraps with a label before the first line and the same indentation before the others. */
export function labelled(indent: number, label: string, text: string, width: number): readonly string[] {
  const head = ' '.repeat(indent) + label;
  const pad = ' '.repeat(head.length);
  return wrapText(text, width - head.length).map((line, index) => (index === 0 ? head : pad) + line);
}
