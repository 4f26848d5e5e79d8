/** Words of reviewers in English, Korean, Chinese (both) and Japanese. */
export const verifyWords =
  /\bverif|\bcheck|\bconfirm|\bvalidat|\bensure\b|\btest\b|smoke|health|검증|확인|점검|검사|驗證|验证|確認|确认|檢查|检查|核對|核对|検証|点検/i;
export const rollbackWords =
  /roll.?back|\brevert\b|\bundo\b|back ?out|롤백|되돌|원복|回滾|回滚|復原|还原|撤回|ロールバック|切り戻し/i;
export const theftWords =
  /stolen|theft|\bbreach|compromis|intrusion|ransom|malware|data leak|unauthori[sz]ed access|도난|침해|탈취|유출|랜섬|악성코드|무단 ?접근|被盜|被盗|失竊|失窃|入侵|勒索|外洩|泄露|洩漏|盗難|侵害|漏洩|漏えい|ランサム|不正アクセス/i;
export const revokeWords =
  /revok|disabl|\bblock|rotat|isolat|quarantin|\block(?:ed|ing)?\b|invalidat|deactivat|차단|회전|격리|비활성|무효|잠금|폐기|撤銷|撤销|停用|封鎖|封锁|隔離|隔离|輪替|轮换|失效|遮断|無効|失効|ローテーション|sessions?:|is_locked/i;
export const restoreWords = /\brestor|복원|복구|還原|还原|恢復|恢复|復元|復旧|リストア/i;

/** Commands that put data back. */
export const restoreCommand =
  /\bpg_restore\b(?![^\n|;&]{0,300}\s(?:-l|--list)\b)|\bmongorestore\b|\b(?:restic|pgbackrest|velero|borg|borgmatic|kopia|barman|wal-g|etcdctl|vault|axe|xtrabackup|mariabackup|proxmox-backup-client|lunacm)\b[^\n|;&]{0,300}\b(?:restore|recover|extract|backup-fetch|delta|copy-back)\b|\baws\s+\S+\s+restore-|\b(?:psql|mysql|mariadb)\b[^\n|;&"'<]{0,300}\s<\s*[\w./$~{"-]|\btar\s+(?:--extract|--get|-?[A-Za-z]{0,8}x[A-Za-z]{0,8})\s[^\n|;&]{0,300}(?:backup|dump|archive)|\.\/[\w-]{0,80}restore[\w-]{0,80}\.sh\b|\bcreate-cache-cluster\b[^;&|]{0,300}--snapshot-name/i;

/** Commands and sentences that look at a backup before it is used. */
export const backupCheck =
  /\b(?:restic|borg|kopia|barman|velero|pgbackrest|wal-g)\b[^\n|;&]{0,300}\b(?:snapshots|check|list|info|verify|describe|get|backup-list)\b|describe-(?:db-)?(?:cluster-)?snapshots|snapshot\s+(?:inspect|status)|sha(?:1|256|512)sum\s+(?:-c|--check)|pg_restore\s+(?:-l|--list)|pg_verifybackup|\baws\s+s3(?:api)?\s+(?:ls|head-object|list-objects)|\bls\b[^\n|;&]{0,300}(?:backup|dump|snapshot)|gzip\s+-t|tar\s+(?:-?[A-Za-z]{0,8}t[A-Za-z]{0,8}f|--list)|(?:backup|snapshot|dump)s?\b.{0,40}\b(?:check|verif|valid|confirm|intact|fresh)|(?:check|verif|validat|confirm)\w*\b.{0,40}\b(?:backup|snapshot|dump)|(?:백업|스냅샷|backup|snapshot).{0,24}(?:확인|검증|점검)|체크섬 ?검증|(?:備份|备份|快照).{0,24}(?:檢查|检查|確認|确认|驗證|验证)|(?:檢查|检查|確認|确认|驗證|验证).{0,24}(?:備份|备份|快照)|(?:バックアップ|スナップショット).{0,24}(?:確認|検証)/i;

/** Commands that keep a copy of data. */
export const backupCommand =
  /\bpg_dump(?:all)?\b|\bpg_basebackup\b|\bmysqldump\b|\bmariadb-dump\b|\bmongodump\b|\b(?:restic|borg|kopia|velero|borgmatic)\b[^\n|;&]{0,300}\b(?:backup|create)\b|\bpgbackrest\b[^\n|;&]{0,300}\bbackup\b|\bcreate-(?:db-)?(?:cluster-)?snapshot\b|\bsnapshot\s+save\b|\bBGSAVE\b|\bzfs\s+snapshot\b|\blvcreate\b[^\n|;&]{0,300}(?:-s|--snapshot)\b|\btar\s+(?:--create|-?[A-Za-z]{0,8}c[A-Za-z]{0,8})\s|\bCOPY\b[^;]{0,300}\bTO\b|\bcp\b[^\n|;&]{0,300}(?:backup|\.bak\b|\.orig\b)/i;

/** Commands that throw data away as data, not temporary files. */
export const dataLoss =
  /\bDROP\s+(?:TABLE|DATABASE|SCHEMA|INDEX|COLLECTION|KEYSPACE)\b|\bTRUNCATE\b|\bDELETE\s+FROM\b|\bdropdb\b|\bFLUSH(?:ALL|DB)\b|\brm\s+(?:-\w+\s+){0,4}-\w*r|\bmkfs|\bdelete-db-|\bdelete-(?:bucket|table|volume|snapshot)\b|\bkubectl\s+delete\s+(?:pvc?|ns|namespace|persistentvolume)|\bdocker\s+volume\s+(?:rm|prune)|\bzfs\s+destroy|\bdropDatabase\b/i;
