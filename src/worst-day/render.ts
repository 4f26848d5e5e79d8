import { deskFor, frame } from './frame.ts';
import { frontPage } from './pages/front.ts';
import { mapPage } from './pages/map.ts';
import { notesPage } from './pages/notes.ts';
import { peoplePage } from './pages/people.ts';
import { restorePage } from './pages/restore.ts';
import { runbookPage } from './pages/runbook.ts';
import { unlockPage } from './pages/unlock.ts';
import { verifyPage } from './pages/verify.ts';
import type { BundleFile, Picture } from './picture.ts';

/** All pages of a bundle. The same picture gives the same bytes. What is in the picture is treated as hostile text. */
export function renderPages(picture: Picture): readonly BundleFile[] {
  const [first] = picture.languages;
  if (first === undefined) throw new TypeError('a bundle has at least one language');
  const files: BundleFile[] = [
    { path: 'README.txt', content: Buffer.from(readme) },
    { path: 'index.html', content: pageOf(picture, first, -1) },
  ];
  for (const language of picture.languages) {
    const desk = deskFor(picture, language, 0);
    for (const make of [frontPage, mapPage, peoplePage, restorePage, unlockPage, verifyPage, notesPage]) {
      const page = make(desk);
      files.push({ path: `${language}/${page.file}`, content: Buffer.from(frame(desk, page)) });
    }
    const below = deskFor(picture, language, 1);
    for (const runbook of picture.runbooks) {
      const page = runbookPage(below, runbook);
      files.push({ path: `${language}/${page.file}`, content: Buffer.from(frame(below, page)) });
    }
  }
  return files;
}

function pageOf(picture: Picture, language: Picture['languages'][number], depth: -1): Buffer {
  const desk = deskFor(picture, language, depth);
  return Buffer.from(frame(desk, frontPage(desk)));
}

/** For whoever opens the stick and sees only names of files. */
const readme = `Open index.html in any browser. No network is needed.
index.html 파일을 아무 브라우저로나 여세요. 네트워크가 필요 없습니다.
請以任何瀏覽器開啟 index.html，不需要網路。
`;
