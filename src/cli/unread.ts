import { unreadLines } from '../report/findings-text.ts';
import { styleOf } from '../report/style.ts';
import type { RunResult } from './run.ts';
import { reportWidth, wantsColour, write, type Streams } from './streams.ts';

/** Of what was not read, nothing is compared: whoever reads a comparison must know why the exit code is 3. */
export async function tellUnread({ report }: RunResult, { color }: { readonly color: boolean }, { stderr, env }: Streams): Promise<void> {
  const [, ...lines] = unreadLines(report, styleOf(wantsColour(stderr, env, color)), reportWidth);
  if (lines.length > 0) await write(stderr, `${lines.join('\n')}\n`);
}
