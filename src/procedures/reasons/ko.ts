import type { Catalogue } from './index.ts';

/** Korean. Particles that change with the word before them are avoided. */
export const ko: Catalogue = {
  exit: '종료 코드 {exit}',
  'exit-expected': '종료 코드 {exit}, 예상 {expected}',
  'no-text': '출력에 "{text}" 없음',
  'no-match': '출력이 "{pattern}" 패턴과 일치하지 않음',
  'pattern-slow': '"{pattern}" 패턴을 이 출력과 비교하는 데 너무 오래 걸림',
  'no-pattern': '"{pattern}": 정규식이 아님',
  'no-path': '"{path}": 값 하나를 가리키는 경로가 아님(RFC 9535)',
  'no-json': '출력이 JSON이 아님',
  'nothing-at': '출력의 {path} 위치에 값이 없음',
  'value-differs': '{path} 값이 {found}, 예상 {expected}',
  'no-number': '출력에 숫자가 없음',
  'too-small': '{number}: {limit}보다 작음',
  'too-large': '{number}: {limit}보다 큼',
  'first-only': '(출력의 처음 4 MB만 확인함)',
  'nothing-captured': '출력에 {name} 값으로 쓸 내용이 없음',
  'link-lost': '대상이 더 이상 응답하지 않음',
  'nothing-found': '대상에서 종료 코드도 프로세스도 찾을 수 없음',
  'too-late': '허용된 시간({limit})보다 오래 걸렸으며, 강제 종료하지 못한 프로세스: {processes}',
  'was-killed': '허용된 시간({limit})보다 오래 걸려 강제 종료함',
  'not-killed': '강제 종료하지 못한 프로세스: {processes}',
  'gate-closed': '시작하기 전에 게이트가 닫힘',
  'cancelled-before': '시작하기 전에 실행이 취소됨',
  'left-alone': '실패한 대상이 너무 많아 실행하지 않음',
};
