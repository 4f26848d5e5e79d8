import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

/** A real browser with one page, that notes all that a page complains of and asks for. */
export interface TestBrowser {
  readonly directory: string;
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
  /** Shows a page from a file, in a window of this width. */
  open(html: string, width: number): Promise<void>;
  close(): Promise<void>;
}

export async function openBrowser(name: string): Promise<TestBrowser> {
  const directory = await mkdtemp(join(tmpdir(), `hf-${name}-`));
  const complaints: string[] = [];
  const requests: string[] = [];
  const browser = await chromium.launchPersistentContext(join(directory, 'profile'), {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = await browser.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  return {
    directory,
    page,
    complaints,
    requests,
    async open(html, width) {
      const file = join(directory, 'page.html');
      await writeFile(file, html);
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`file://${file}`);
    },
    async close() {
      await browser.close();
      await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
