import { writeCanaryFile } from '../checks/files/canary.ts';
import { readManifest } from '../checks/files/manifest.ts';
import { resolvePath } from '../config/paths.ts';
import type { FilesAsset } from '../config/site.ts';
import type { Bench, Kept } from '../engines/types.ts';
import { together } from '../lib/together.ts';
import { type BackedUp, type BackUpWork, keepPoint } from './back-up.ts';
