import type { Catalogue } from './index.ts';

/** Korean. Particles that change with the word before them are avoided. */
export const ko: Catalogue = {
  'no-verify-after-destroy':
    '데이터를 파괴하는 단계인데, 그 뒤에 상태를 확인하는 단계가 없습니다. 확인 단계나 `expect`를 추가하십시오.',
  'no-rollback': '데이터를 파괴하는 단계인데, 되돌리는 방법이 없습니다. 먼저 백업하거나 `rollback`을 추가하십시오.',
  'restore-before-backup-check': '어떤 백업인지, 얼마나 오래되었는지, 온전한지 확인하는 단계 없이 백업을 복원합니다.',
  'restore-before-backup-check-late': '백업을 확인하기 전에 복원합니다. 확인 단계가 그 뒤에 있으니 앞으로 옮기십시오.',
  'access-not-revoked-first':
    '그 앞에 탈취된 접근 권한을 회수하는 단계가 없습니다. 먼저 권한 폐기, 키 교체 또는 격리를 하십시오.',
  'access-not-revoked-first-late':
    '접근 권한을 회수하기 전에 복구합니다. 먼저 권한 폐기, 키 교체 또는 격리를 하십시오.',
  'drop-before-dump': '사본을 남기는 단계({step})보다 먼저 데이터를 지웁니다. 순서를 바꾸십시오.',
  'drop-before-dump-same': '같은 단계에서 사본을 남기기도 전에 데이터를 지웁니다. 순서를 바꾸십시오.',
  'exec-after-scale-to-zero':
    '앞 단계({step})에서 {pod}의 복제본 수를 0으로 줄였습니다. 파드가 없으므로 그 안에서 실행할 수 없습니다.',
  'firewall-locks-out':
    '허용 규칙이 하나도 없는 상태에서 {chain} 체인을 모두 차단합니다. 지금 이 세션을 포함해 이미 맺은 연결이 모두 끊깁니다. 루프백, ESTABLISHED,RELATED, 접속 경로를 먼저 허용하십시오.',
  'undefined-variable':
    '이 앞에서 값을 정하지 않은 변수: {names}. 셸에 그대로 복사하면 빈 값이 되고, 실행할 때는 값을 묻습니다. --param이나 문서 머리말의 `parameters`로 값을 지정하십시오.',
  'variable-from-earlier-block':
    '{name} 변수는 앞 블록에서 명령의 출력으로 정해집니다. 단계마다 새 셸에서 시작하므로 그 값이 전달되지 않습니다. 앞 단계에서 그 값을 출력하고 `{annotation}` 주석을 추가하십시오.',
  'script-argument': '인수 {argument}의 값을 읽지만 단계에는 인수가 없습니다. 매개변수 <name>을 쓰십시오.',
  'never-ends':
    '스스로 끝나지 않는 명령입니다. 계속 따라가는 옵션을 빼거나, 앞에 `timeout 30`을 붙이거나, 단계에 제한 시간을 지정하십시오.',
  'never-ends-keys': '키 입력을 기다리는 명령입니다. `top -b -n 1`처럼 출력하고 끝나는 형태로 쓰십시오.',
  'wrong-shell':
    '셸이 아니라 다른 언어로 보입니다: {language}. 코드 펜스에 언어를 적거나 해당 인터프리터를 호출하십시오.',
  'password-in-arguments':
    '명령 인수에 비밀번호, 토큰 또는 키가 있습니다. $NAME으로 쓰고, 사이트 파일에 비밀 값으로 등록하십시오.',

  'stale-docker-compose': 'docker-compose(버전 1)는 2023년에 지원이 끝났습니다. `docker compose`를 쓰십시오.',
  'stale-pg-stat-columns':
    'pg_stat_statements의 이 열은 PostgreSQL 13부터 없습니다. mean_exec_time, total_exec_time 등을 쓰십시오.',
  'stale-recovery-conf':
    'PostgreSQL은 버전 12부터 recovery.conf를 읽지 않으며, 이 파일이 있으면 시작하지 않습니다. 설정은 postgresql.auto.conf에 넣고 recovery.signal을 만드십시오.',
  'stale-netstat': 'netstat은 이제 설치되어 있지 않은 경우가 많습니다. `ss -tlnp`로 같은 내용을 볼 수 있습니다.',
  'stale-ifconfig':
    'ifconfig, route, arp는 이제 설치되어 있지 않은 경우가 많습니다. `ip addr`, `ip route`, `ip neigh`를 쓰십시오.',
  'stale-apt-key':
    'apt-key는 최신 Debian과 Ubuntu에서 제거되었습니다. 키를 /etc/apt/keyrings에 두고 signed-by로 지정하십시오.',
  'stale-service': 'systemd를 쓰는 곳에서는 `systemctl restart NAME`을 쓰십시오. `service`는 실패한 이유를 가립니다.',
  'stale-kubectl-generator':
    'kubectl의 --generator는 1.21부터 없습니다. `kubectl create deployment`를 쓰거나, 파드 하나라면 `kubectl run`을 쓰십시오.',
  'stale-kubectl-export': '이 기능은 kubectl 1.18부터 없습니다. `kubectl get -o yaml`, `kubectl rollout`을 쓰십시오.',
  'openssl-enc-aead':
    '`openssl enc`는 GCM과 CCM 암호를 거부하므로 아무것도 암호화되지 않습니다. age나 gpg를 쓰거나, -aes-256-cbc와 -pbkdf2에 별도의 체크섬을 쓰십시오.',
  'date-of-another-system':
    '`date -v`는 macOS와 BSD 전용입니다. Linux에서는 오류가 나고 시각이 빈 값으로 전달됩니다. Linux에서는 `date -d "1 hour ago"`를 쓰십시오.',
  'redis-keys-blocks': 'KEYS는 실행되는 동안 서버를 멈춥니다. `redis-cli --scan --pattern …`을 쓰십시오.',
  'vacuum-full-locks':
    'VACUUM FULL은 읽기까지 막고 테이블 전체를 복사할 공간이 필요하므로, 디스크가 가득 찬 상태에서는 쓰면 안 됩니다. 먼저 일반 VACUUM이나 pg_repack을 쓰십시오.',
  'dated-name': '오래전 날짜로 백업을 지정합니다. 날짜를 매개변수로 바꾸고, 어느 것이 최신인지 확인하십시오.',
  'truncate-where':
    'TRUNCATE에는 WHERE를 쓸 수 없어 실패하며, WHERE를 빼면 테이블 전체가 비워집니다. DELETE FROM … WHERE …를 쓰십시오.',
  'fetch-and-run': '서버가 보내는 것을 그대로 실행합니다. 내려받아 알려진 체크섬과 비교한 뒤 실행하십시오.',

  'unknown-annotation': '`{key}` 주석은 없습니다. 쓸 수 있는 것: {known}.',
  'unknown-annotation-near': '`{key}` 주석은 없습니다. `{near}` 주석을 뜻한 것입니까?',
  'annotation-empty': '`{written}`: 값이 없습니다.',
  'annotation-id': '`{written}`: id는 글자, 숫자, `.`, `_`, `-`로 64자까지 쓸 수 있습니다.',
  'annotation-timeout': '`{written}`: 시간은 `30s`, `5m`, `1h30m`처럼 씁니다.',
  'annotation-retry': '`{written}`: 재시도는 `3` 또는 `3 every 10s`처럼 씁니다.',
  'annotation-approve': '`{written}`: 승인은 `2 of dba`처럼 씁니다.',
  'annotation-capture': '`{written}`: `NAME` 또는 `NAME:/(그룹)이 있는 정규식/`처럼 씁니다.',
  'annotation-regex': '`{written}`: 정규식이 아닙니다.',
  'annotation-exit': '`{written}`: 종료 코드는 0부터 255까지의 숫자입니다.',
  'annotation-range': '`{written}`: 범위는 `1..5`, `..5`, `1..`처럼 씁니다.',
  'annotation-json': '`{written}`: `$.status == "ok"`처럼 씁니다.',
  'annotation-expect':
    '`{written}`: 쓸 수 있는 것은 expect-exit, expect-text, expect-regex, expect-json, expect-range입니다.',
  'annotation-without-step': '이 주석 뒤에 단계가 없습니다.',
  'duplicate-id': 'id `{id}`는 이미 쓰였습니다. 이 단계는 `{step}`입니다.',

  'fence-open': '코드 펜스가 닫히지 않아 어디서 끝나는지 알 수 없음',
  'nothing-in-it': '내용이 비어 있음',
  'language-unknown': '`{tag}`: 알 수 없는 언어',
  'neither-nor': '명령인지 글인지 분명하지 않음',
  'table-without-header': '머리글이 없는 표: 구분선 위에 아무것도 없음',
  'table-breaks': '깨진 표: 머리글은 {header}칸, 그 아랫줄은 {below}칸',
  'table-without-dashes': '첫 줄 아래에 구분선이 없는 표의 행',
  'too-deep': '너무 깊이 중첩되어 읽을 수 없음',

  'for-assistant': '제목에 AI 도우미용이라고 적혀 있음',
  'document-in-document': '문서 안의 문서, 채워 넣는 서식',
  'document-to-fill-in': '채워 넣는 문서',
  'template-by-heading': '제목에 서식이라고 적혀 있음',
  'alert-rules': '알림 규칙',
  'settings-or-data': '설정 또는 데이터',
  'settings-or-data-tag': '설정 또는 데이터: {tag}',
  'settings-tag': '설정: {tag}',
  'file-tag': '파일: {tag}',
  'file-by-looks': '파일로 보임: {tag}',
  'shown-not-run': '보여 주기만 하고 실행하지 않음: {tag}',
  'other-source': '다른 언어의 소스: {tag}',
  'other-program': '다른 언어로 된 프로그램',
  'by-hand-tag': '사람이 직접 입력하는 {tag} 명령',
  'by-hand-words': '명령용 코드 펜스 안에 글로 적힌 지시',
  'output-expected': '예상되는 출력',
  drawing: '그림',
  request: '사람에게 하는 요청',
  environment: '이름과 값만 있음',
  'environment-file': '이름과 값만 있음: 환경 변수 파일',
  crontab: 'crontab 줄',
  aliases: '별칭 목록',
  'script-shown': '절차와 별도로 보여 주는 스크립트 파일',
  script: '스크립트: 한 단계',
  typed: '입력한 명령과 그 출력',
  'typed-database': '데이터베이스 셸에 입력한 것',
  'typed-session': '다른 프롬프트에 입력한 내용이라 사람이 직접 입력해야 함',
  'collection-commands': '골라 쓰는 명령 모음',
  'collection-statements': '골라 쓰는 SQL 문 모음',
  'commands-by-looks': '명령으로 보임',
  'commands-tag': '명령: {tag}',
  schema: '스키마',
  statements: '실행할 SQL 문',
  'text-only': '명령이 없는 글',
  'text-by-fence': '코드 펜스에 글이라고 적혀 있음',
  'text-indented': '알려진 명령이 없는 들여쓴 글',
  'remarks-only': '설명만 있음',
  'one-of-ways': '여러 방법 중 하나',
  'ways-in-block': '한 블록에 여러 방법이 있으며 그중 하나를 고름',
};
