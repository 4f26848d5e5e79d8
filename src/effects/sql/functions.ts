import type { Label } from '../types.ts';
import { builtinFunctions } from './builtin-functions.ts';
import { words } from './labels.ts';

/**
 * What a call of a function does, by its name as written (schema first where there is one). Undefined: the function is neither
 * PostgreSQL's own nor of a known extension, so what it does is unknown.
 */
export function effectsOfFunction(name: string): readonly Label[] | undefined {
  const lower = name.toLowerCase();
  const dot = lower.lastIndexOf('.');
  const own = dot < 0 || lower.startsWith('pg_catalog.') ? lower.slice(dot + 1) : undefined;
  const listed = acting.get(lower) ?? acting.get(own ?? '');
  if (listed !== undefined) return listed;
  if (own === undefined)
    return extensionSchemas.has(lower.slice(0, dot)) ? effectsOfFunction(lower.slice(dot + 1)) : undefined;
  return builtinFunctions.has(own) || harmless.has(own) || /^(st_|uuid_generate_)/.test(own) ? ['read'] : undefined;
}

/** Functions that execute the SQL given to them as text, with the position of that argument from the end of the list. */
export const runsItsArgument: ReadonlySet<string> = new Set(
  (
    'dblink dblink_exec dblink_open dblink_send_query query_to_xml query_to_xmlschema query_to_xml_and_xmlschema ts_stat ts_rewrite ' +
    'cron.schedule cron.schedule_in_database aws_s3.query_export_to_s3 crosstab'
  ).split(' '),
);

/** Schemas into which extensions are usually put: a name in them means what it means without. */
const extensionSchemas = new Set(['public', 'extensions', 'repack', 'partman']);

/** name(s) -> labels. The first word decides nothing: each line is a set of labels and the functions that have it. */
const table: readonly (readonly [labels: string, names: string])[] = [
  [
    'none',
    'set_config setseed pg_stat_clear_snapshot pg_stat_force_next_flush dblink_disconnect pg_replication_origin_session_reset',
  ],
  [
    'disrupt',
    'pg_terminate_backend pg_cancel_backend pg_promote pg_wal_replay_pause pg_buffercache_evict pg_buffercache_evict_all',
  ],
  [
    'write',
    'nextval setval pg_switch_wal pg_switch_xlog pg_wal_replay_resume pg_reload_conf pg_rotate_logfile pg_rotate_logfile_old',
  ],
  ['write', 'pg_create_restore_point pg_create_physical_replication_slot pg_create_logical_replication_slot'],
  [
    'write',
    'pg_copy_physical_replication_slot pg_copy_logical_replication_slot pg_replication_slot_advance pg_sync_replication_slots',
  ],
  [
    'write',
    'pg_backup_start pg_backup_stop pg_start_backup pg_stop_backup pg_log_backend_memory_contexts pg_log_standby_snapshot',
  ],
  ['write', 'pg_logical_emit_message pg_notify pg_import_system_collations pg_extension_config_dump pg_nextoid'],
  ['write', 'pg_replication_origin_create pg_replication_origin_advance pg_replication_origin_session_setup'],
  ['write', 'pg_replication_origin_xact_setup pg_replication_origin_xact_reset'],
  ['destroy', 'pg_drop_replication_slot pg_replication_origin_drop lo_unlink pg_file_unlink'],
  // Statistics and a slot's changes are gone after these: what was counted or queued cannot be read again.
  [
    'destroy',
    'pg_stat_reset pg_stat_reset_shared pg_stat_reset_single_table_counters pg_stat_reset_single_function_counters',
  ],
  [
    'destroy',
    'pg_stat_reset_slru pg_stat_reset_replication_slot pg_stat_reset_subscription_stats pg_stat_statements_reset',
  ],
  ['read write', 'pg_logical_slot_get_changes pg_logical_slot_get_binary_changes'],
  ['write', 'lo_creat lo_create lo_import lo_export lo_put lo_from_bytea lo_truncate lo_truncate64 lowrite'],
  ['write', 'pg_file_write pg_file_rename pg_file_sync pg_prewarm brin_summarize_new_values brin_summarize_range'],
  ['write', 'brin_desummarize_range gin_clean_pending_list pg_truncate_visibility_map autoprewarm_start_worker'],
  ['write', 'pg_restore_relation_stats pg_restore_attribute_stats lo_open'],
  ['destroy', 'pg_clear_relation_stats pg_clear_attribute_stats heap_force_kill'],
  ['write', 'heap_force_freeze pg_stop_making_pinned_objects'],
  // Cooperative locks: a session that asks for the same one waits.
  [
    'write',
    'pg_advisory_lock pg_advisory_lock_shared pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_lock',
  ],
  [
    'write',
    'pg_try_advisory_lock_shared pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_advisory_unlock',
  ],
  ['write', 'pg_advisory_unlock_all pg_advisory_unlock_shared'],
  [
    'read',
    'pg_read_file pg_read_binary_file pg_read_file_old pg_ls_dir pg_ls_logdir pg_ls_waldir pg_ls_tmpdir pg_stat_file',
  ],
  ['read', 'pg_ls_archive_statusdir pg_ls_logicalmapdir pg_ls_logicalsnapdir pg_ls_replslotdir pg_hba_file_rules'],
  [
    'read secret',
    'pg_get_user_mapping_options pgp_sym_decrypt pgp_sym_decrypt_bytea pgp_pub_decrypt pgp_pub_decrypt_bytea',
  ],
  [
    'egress',
    'dblink dblink_connect dblink_connect_u dblink_exec dblink_open dblink_fetch dblink_send_query dblink_get_result',
  ],
  [
    'egress',
    'net.http_get net.http_post net.http_delete http http_get http_post http_put http_patch http_delete http_head',
  ],
  ['egress', 'aws_s3.query_export_to_s3 aws_lambda.invoke'],
  ['write', 'aws_s3.table_import_from_s3 cron.schedule cron.schedule_in_database cron.alter_job'],
  ['destroy', 'cron.unschedule drop_chunks remove_retention_policy'],
  ['write', 'create_hypertable add_retention_policy add_compression_policy compress_chunk decompress_chunk'],
  // MySQL and MariaDB.
  ['none', 'sleep benchmark release_lock get_lock is_free_lock'],
  ['read', 'load_file'],
];

const acting: ReadonlyMap<string, readonly Label[]> = new Map(
  table.flatMap(([labels, names]) => names.split(' ').map((name) => [name, words(labels)] as const)),
);

/** Volatile functions that only look, functions newer than PostgreSQL 15, of well-known extensions, of MySQL and of SQLite. */
const harmless: ReadonlySet<string> = new Set(
  `
  clock_timestamp timeofday random random_normal gen_random_uuid uuidv4 uuidv7 uuid_extract_timestamp uuid_extract_version
  currval lastval currtid2 current_query pg_sleep pg_sleep_for pg_sleep_until txid_status pg_xact_status pg_export_snapshot
  pg_blocking_pids pg_safe_snapshot_blocking_pids pg_collation_actual_version pg_database_collation_actual_version
  pg_control_checkpoint pg_control_init pg_control_recovery pg_control_system pg_current_logfile pg_current_wal_lsn
  pg_current_wal_flush_lsn pg_current_wal_insert_lsn pg_current_xlog_location pg_last_xlog_replay_location
  pg_last_xlog_receive_location pg_xlog_location_diff pg_is_xlog_replay_paused pg_database_size pg_indexes_size
  pg_relation_size pg_table_size pg_tablespace_size pg_total_relation_size pg_get_backend_memory_contexts
  pg_get_multixact_members pg_get_shmem_allocations pg_get_wal_replay_pause_state pg_get_wal_resource_managers
  pg_get_wal_summarizer_state pg_available_wal_summaries pg_wal_summary_contents pg_get_wal_record_info
  pg_get_wal_records_info pg_get_wal_stats pg_get_loaded_modules pg_get_aios
  pg_ident_file_mappings pg_is_in_recovery pg_is_wal_replay_paused pg_isolation_test_session_is_blocked pg_jit_available
  pg_last_committed_xact pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_lock_status
  pg_logical_slot_peek_changes pg_logical_slot_peek_binary_changes pg_notification_queue_usage pg_partition_ancestors
  pg_partition_tree pg_prepared_xact pg_replication_origin_progress pg_replication_origin_session_is_setup
  pg_replication_origin_session_progress pg_sequence_last_value pg_show_all_file_settings pg_show_replication_origin_status
  pg_stat_get_recovery_prefetch pg_stat_have_stats pg_xact_commit_timestamp pg_xact_commit_timestamp_origin
  pg_stat_get_xact_blocks_fetched pg_stat_get_xact_blocks_hit pg_stat_get_xact_numscans pg_stat_get_xact_tuples_deleted
  pg_stat_get_xact_tuples_fetched pg_stat_get_xact_tuples_inserted pg_stat_get_xact_tuples_returned
  pg_stat_get_xact_tuples_updated pg_get_wal_summary pg_wait_for_backend_termination cursor_to_xml cursor_to_xmlschema
  query_to_xml query_to_xmlschema query_to_xml_and_xmlschema ts_stat ts_rewrite lo_get lo_close loread lo_lseek lo_lseek64
  lo_tell lo_tell64 tsvector_update_trigger system_user any_value date_add date_subtract array_shuffle array_sample
  array_sort array_reverse pg_input_is_valid pg_input_error_info erf erfc gamma lgamma casefold crc32 crc32c to_bin to_oct
  json_serialize json_scalar xmltext pg_basetype pg_char_to_encoding pg_stat_get_io pg_split_walfile_name has_largeobject_privilege
  grouping merge_action hashtext hashtextextended hash_record_extended hash_record hashint4 hashint8
  crypt gen_salt digest hmac armor dearmor gen_random_bytes pgp_sym_encrypt pgp_pub_encrypt pgp_key_id
  crosstab connectby normal_rand similarity word_similarity show_trgm unaccent levenshtein soundex metaphone dmetaphone
  hstore akeys avals skeys svals pg_stat_statements pg_stat_statements_info pg_buffercache_pages pg_buffercache_summary
  pg_buffercache_usage_counts pg_freespace pg_visibility pg_visibility_map pg_visibility_map_summary pg_check_frozen
  pg_check_visible pgstattuple pgstattuple_approx pgstatindex pgstatginindex pgrowlocks bt_index_check bt_index_parent_check
  verify_heapam gin_index_check bt_metap bt_page_stats bt_page_items heap_page_items page_header get_raw_page
  hypertable_size chunks_detailed_size time_bucket show_chunks postgres_fdw_get_connections sslinfo ssl_is_used ssl_version
  pg_ls_summariesdir cube earth_distance ll_to_earth dblink_get_connections dblink_is_busy dblink_error_message
  ifnull if curdate curtime date_format datediff timestampdiff unix_timestamp from_unixtime utc_timestamp sysdate group_concat
  database schema user connection_id last_insert_id found_rows row_count json_extract json_unquote inet_aton inet_ntoa
  hex unhex md5 sha1 sha2 uuid rand truncate instr field find_in_set substring_index lcase ucase month year day hour minute
  second dayofweek week date time timediff str_to_date concat_ws isnull bin oct version @@ gtid_subset gtid_subtract
  wsrep_last_seen_gtid datetime julianday strftime total_changes changes last_insert_rowid typeof printf iif nvl total
  nullif coalesce least greatest to_days from_days addtime adddate subdate convert_tz
  `
    .trim()
    .split(/\s+/),
);
