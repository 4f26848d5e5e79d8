import { approvalDeny } from './approval-deny.ts';
import { approvalGrant } from './approval-grant.ts';
import { approvalList } from './approval-list.ts';
import { approvalRequest } from './approval-request.ts';
import { auditCheckProof, auditList, auditProve, auditVerify } from './audit.ts';
import { bundle } from './bundle.ts';
import { bundleNotes } from './bundle-notes.ts';
import { bundleVerify } from './bundle-verify.ts';
import { checkSite } from './check-site.ts';
import { completion } from './completion.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { drill } from './drill.ts';
import { evidenceVerify } from './evidence.ts';
import { evidenceReport } from './evidence-report.ts';
import { explain } from './explain.ts';
import { gateAcceptPolicy } from './gate-accept-policy.ts';
import { gateBreakGlass } from './gate-break-glass.ts';
import { gateClose } from './gate-close.ts';
import { gateList } from './gate-list.ts';
import { gateOpen } from './gate-open.ts';
import { init } from './init.ts';
import { loss } from './loss.ts';
import { points } from './points.ts';
import { protect } from './protect.ts';
import { recover } from './recover.ts';
import { runbookCheck } from './runbook-check.ts';
import { runbookReport } from './runbook-report.ts';
import { runbookRun } from './runbook-run.ts';
import { runsCancel, runsList, runsResume, runsShow } from './runs.ts';
import { runsAnswer } from './runs-answer.ts';
import { runsNote } from './runs-note.ts';
import { runsQuestions } from './runs-questions.ts';
import { schema } from './schema.ts';
import { serve } from './serve.ts';
import { targetIdentify } from './target-identify.ts';
import { targetList } from './target-list.ts';
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
  gateList,
  gateOpen,
  gateClose,
  gateBreakGlass,
  gateAcceptPolicy,
  approvalList,
  approvalRequest,
  approvalGrant,
  approvalDeny,
  targetList,
  targetIdentify,
  explain,
  runbookCheck,
  runbookRun,
  runbookReport,
  evidenceVerify,
  evidenceReport,
  // Before `bundle` itself: of two names that fit, the longer is meant.
  bundleVerify,
  bundleNotes,
  bundle,
  runsList,
  runsShow,
  runsResume,
  runsQuestions,
  runsAnswer,
  runsNote,
  runsCancel,
  auditVerify,
  auditProve,
  auditCheckProof,
  auditList,
  serve,
  completion,
];
