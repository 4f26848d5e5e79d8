import { createCipheriv, createHash } from 'node:crypto';
import { chmod, lchown, mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EngineProgress } from '../../engines/types.ts';
import { type DocumentPlan, documentFor } from './document-plan.ts';

export interface CreateDocumentsOptions {
  readonly seed?: string;
  /** How many documents; the directories, a link and a few special files come on top. */
  readonly files: number;
  readonly progress?: (progress: EngineProgress) => void;
  readonly signal?: AbortSignal;
  /** Who shall own them; needs root. Without it whoever runs this. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

export interface Documents {
  readonly files: number;
  readonly bytes: number;
}

/** The first eight bytes of each scan, so that a tool that looks at content does not take it for text. */
const scanHead = Buffer.from([0x89, 0x53, 0x43, 0x4e, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Writes scans, reports, consents and referrals by year and month below `directory`, and what a backup tool may stumble
 * over: an empty file, an executable, a symbolic link, a name with spaces, an empty directory. The same seed gives the same names, bytes, modes and
 * times of files everywhere.
 */
export async function createDocuments(directory: string, options: CreateDocumentsOptions): Promise<Documents> {
  const seed = options.seed ?? 'holdfast';
  const made = new Set<string>();
  let files = 0;
  let bytes = 0;
  let next = 1;

  const own = async (path: string): Promise<void> => {
    if (options.owner !== undefined) await lchown(path, options.owner.uid, options.owner.gid);
  };
  const folder = async (path: string): Promise<void> => {
    if (made.has(path)) return;
    const first = await mkdir(path, { recursive: true });
    made.add(path);
    for (let fresh = path; first !== undefined && fresh.length >= first.length; fresh = dirname(fresh))
      await own(fresh);
  };
  const write = async (path: string, content: Uint8Array, time: Date, mode: number): Promise<void> => {
    const full = join(directory, path);
    await folder(dirname(full));
    await writeFile(full, content);
    await chmod(full, mode);
    await own(full);
    await utimes(full, time, time);
    files += 1;
    bytes += content.length;
  };
  const lane = async (): Promise<void> => {
    while (next <= options.files) {
      const plan = documentFor(seed, next);
      next += 1;
      options.signal?.throwIfAborted();
      await write(plan.path, documentContent(seed, plan), plan.time, 0o640);
      if (files % 50 === 0) options.progress?.({ done: files, total: options.files, unit: 'files' });
    }
  };

  await folder(directory);
  await Promise.all(Array.from({ length: 8 }, lane));
  const time = new Date(Date.UTC(2026, 9, 1));
  await write('templates/빈 양식.txt', Buffer.alloc(0), time, 0o640);
  await write('templates/print-label.sh', Buffer.from('#!/bin/sh\nexec lp -d labels "$1"\n'), time, 0o750);
  await write('templates/同意書 範本.txt', Buffer.from('本人同意接受上述檢查。\n위 검사에 동의합니다.\n'), time, 0o640);
  await folder(join(directory, 'inbox'));
  await symlink('2026', join(directory, 'current'));
  await own(join(directory, 'current'));
  options.progress?.({ done: files, total: files, unit: 'files' });
  return { files, bytes };
}

/** Bytes of a document: a scan is noise that cannot be compressed, as real images are; the others are mostly text. */
export function documentContent(seed: string, plan: DocumentPlan): Buffer {
  const key = createHash('sha256').update(`${seed}\0${plan.path}`).digest();
  if (plan.kind === 'scan') return Buffer.concat([scanHead, noise(key, plan.bytes - scanHead.length)]);
  const words = `${plan.kind} · ${plan.time.toISOString()} · 검사 결과는 담당 의사와 상의하십시오 · 請與醫師討論\n`;
  const text = words.repeat(Math.ceil(plan.bytes / 2 / Buffer.byteLength(words)));
  return Buffer.concat([
    Buffer.from(`%PDF-1.4\n${text}`),
    noise(key, Math.floor(plan.bytes / 2)),
    Buffer.from('\n%%EOF\n'),
  ]);
}

/** Bytes without any pattern, the same for the same key: AES in counter mode over zeros. */
function noise(key: Buffer, bytes: number): Buffer {
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(bytes));
}
