import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findBrowser(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Undefined where no Chromium is installed; CHROMIUM_PATH names one that is elsewhere. */
export const executable = findBrowser();
if (executable === undefined) console.log('skipped: the browser tests need Chromium (Debian: apt-get install chromium), or CHROMIUM_PATH');

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A page that was opened, and everything the browser had to complain about or tried to load. */
export interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

export interface Session {
  readonly open: (text: string, options?: BrowserContextOptions) => Promise<Opened>;
  readonly close: () => Promise<void>;
}

/** One browser for a test file. Each page has its own context; each text is a file, as readers get it. */
export async function startBrowser(): Promise<Session> {
  const browser: Browser = await chromium.launch({ ...(executable === undefined ? {} : { executablePath: executable }), headless: true, args: quiet });
  const folder = mkdtempSync(join(tmpdir(), 'gwmigrate-browser-'));
  let count = 0;
  return {
    open: async (text, options = {}) => {
      const file = join(folder, `${count++}.html`);
      writeFileSync(file, text);
      const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options })).newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      return { page, complaints, requests: requests.slice(1) };
    },
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
