import { auditCheckProof, auditList, auditProve, auditVerify } from './audit.ts';
import { checkSite } from './check-site.ts';
import { completion } from './completion.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { drill } from './drill.ts';
import { evidenceVerify } from './evidence.ts';
import { evidenceReport } from './evidence-report.ts';
import { explain } from './explain.ts';
import { init } from './init.ts';
import { loss } from './loss.ts';
import { points } from './points.ts';
import { protect } from './protect.ts';
import { recover } from './recover.ts';
import { runsCancel, runsList, runsResume, runsShow } from './runs.ts';
import { schema } from './schema.ts';
import { serve } from './serve.ts';
import type { Operation } from './types.ts';
import { watch } from './watch.ts';

/**
 * Every operation of Holdfast, in the order in which help shows them. Each is in the file that it is imported from, and
 * nowhere else is there a list of them.
 */
export const operations: readonly Operation[] = [
  demo,
  doctor,
  init,
  checkSite,
  schema,
  protect,
  points,
  watch,
  loss,
  drill,
  recover,
  explain,
  evidenceVerify,
  evidenceReport,
  runsList,
  runsShow,
  runsResume,
  runsCancel,
  auditVerify,
  auditProve,
  auditCheckProof,
  auditList,
  serve,
  completion,
];
