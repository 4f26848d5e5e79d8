import type { PostgresSource } from '../types.ts';
import { capture } from './capture.ts';
import { facts } from './facts.ts';
import { restore } from './restore.ts';

/** Dumps a PostgreSQL database with its roles, and makes a database of the dump. */
export const pgDump: PostgresSource = { facts, capture, restore };
