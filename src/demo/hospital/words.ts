import type { Random } from './random.ts';

/** Words that the hospital's records are made of. Every person is put together from parts; none is real. */

export const departments = [
  ['INT', 'Internal Medicine', '내과', '內科'],
  ['SUR', 'Surgery', '외과', '外科'],
  ['PED', 'Paediatrics', '소아청소년과', '小兒科'],
  ['OBG', 'Obstetrics and Gynaecology', '산부인과', '婦產科'],
  ['ORT', 'Orthopaedics', '정형외과', '骨科'],
  ['CAR', 'Cardiology', '순환기내과', '心臟科'],
  ['NEU', 'Neurology', '신경과', '神經科'],
  ['DER', 'Dermatology', '피부과', '皮膚科'],
  ['OPH', 'Ophthalmology', '안과', '眼科'],
  ['EMR', 'Emergency', '응급실', '急診'],
  ['RAD', 'Radiology', '영상의학과', '放射科'],
  ['LAB', 'Laboratory', '진단검사의학과', '檢驗科'],
] as const;

/** The people whose day's work the demo shows: login, name, role, department code. */
export const namedStaff = [
  ['nurse.kim', '김하린', 'nurse', 'INT'],
  ['nurse.seo', '서다온', 'nurse', 'EMR'],
  ['dr.chen', '陳昱安', 'doctor', 'CAR'],
  ['dr.han', '한도윤', 'doctor', 'INT'],
  ['dr.lin', '林若彤', 'doctor', 'PED'],
  ['lab.choi', '최이레', 'laboratory', 'LAB'],
  ['pharm.wu', '吳承恩', 'pharmacist', 'INT'],
  ['desk.yoon', '윤가람', 'reception', 'EMR'],
  ['billing.park', '박나루', 'billing', 'SUR'],
] as const;

export const roles = ['nurse', 'doctor', 'laboratory', 'pharmacist', 'reception', 'billing'] as const;

/** Name, Korean name, unit, price in won. */
export const medicines = [
  ['Acetaminophen 500 mg', '아세트아미노펜', 'tablet', 120],
  ['Amoxicillin 250 mg', '아목시실린', 'capsule', 310],
  ['Ibuprofen 200 mg', '이부프로펜', 'tablet', 140],
  ['Metformin 500 mg', '메트포르민', 'tablet', 95],
  ['Amlodipine 5 mg', '암로디핀', 'tablet', 380],
  ['Atorvastatin 10 mg', '아토르바스타틴', 'tablet', 640],
  ['Omeprazole 20 mg', '오메프라졸', 'capsule', 520],
  ['Salbutamol inhaler', '살부타몰 흡입제', 'puff', 90],
  ['Insulin glargine', '인슐린 글라진', 'unit', 210],
  ['Cefazolin 1 g', '세파졸린', 'vial', 1850],
  ['Ondansetron 4 mg', '온단세트론', 'tablet', 760],
  ['Saline 0.9 % 500 ml', '생리식염수', 'bag', 1300],
] as const;

/** Code, unit, low, high of the reference range. */
export const labTests = [
  ['HGB', 'g/dL', 12, 17.5],
  ['WBC', '10^9/L', 4, 10],
  ['PLT', '10^9/L', 150, 400],
  ['GLU', 'mg/dL', 70, 110],
  ['CRE', 'mg/dL', 0.6, 1.3],
  ['ALT', 'U/L', 5, 40],
  ['NA', 'mmol/L', 135, 145],
  ['K', 'mmol/L', 3.5, 5.1],
  ['CRP', 'mg/L', 0, 5],
  ['TSH', 'mIU/L', 0.4, 4.2],
] as const;

export const notes = [
  '두통과 어지러움을 호소함. 활력징후 안정적.',
  '기침 3일째, 발열 없음. 수분 섭취 권고.',
  '혈압 조절 양호. 다음 외래 4주 후.',
  '검사 결과 설명함. 보호자 동의 확인.',
  '病患主訴胸悶，心電圖正常，安排追蹤。',
  '血糖控制穩定，飲食衛教已完成。',
  '傷口乾淨，無紅腫，三日後回診拆線。',
  '發燒 38.2 度，給予退燒藥並觀察。',
  'Follow-up in two weeks; wound dry, no fever.',
  'Pain 3/10 at rest. Continues physiotherapy.',
  'Medication reviewed; no interaction found.',
  'Transferred from Emergency, stable on arrival.',
] as const;

export const allergens = ['penicillin', 'latex', '땅콩', '海鮮', 'aspirin', '우유', 'iodine contrast'] as const;

const koreanFamily = [
  '김',
  '이',
  '박',
  '최',
  '정',
  '강',
  '조',
  '윤',
  '장',
  '임',
  '한',
  '오',
  '서',
  '신',
  '권',
] as const;
const koreanGiven = ['하', '린', '도', '윤', '서', '아', '지', '우', '은', '채', '가', '람', '온', '별', '솔'] as const;
const chineseFamily = ['陳', '林', '黃', '張', '李', '王', '吳', '劉', '蔡', '楊', '許', '鄭'] as const;
const chineseGiven = ['昱', '安', '若', '彤', '承', '恩', '思', '妤', '宥', '廷', '品', '妍', '柏', '睿'] as const;
const latinFamily = [
  'Marek',
  'Olsen',
  'Rossi',
  'Duval',
  'Okoye',
  'Tanaka',
  "O'Hara",
  'Silva',
  'Novak',
  'Haddad',
] as const;
const latinGiven = ['Ada', 'Bruno', 'Clara', 'Dmitri', 'Elin', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas'] as const;
const streets = ['은하로', '새벽길', '단풍로', '중앙로', '和平街', '松江路', '明德路', 'Harbour Road'] as const;

/** An invented person's name: Korean six times in ten, Chinese three times, else in Latin letters. */
export function personName(random: Random): { readonly family: string; readonly given: string } {
  const kind = random.fraction();
  if (kind < 0.6) {
    return { family: random.pick(koreanFamily), given: random.pick(koreanGiven) + random.pick(koreanGiven) };
  }
  if (kind < 0.9) {
    return { family: random.pick(chineseFamily), given: random.pick(chineseGiven) + random.pick(chineseGiven) };
  }
  return { family: random.pick(latinFamily), given: random.pick(latinGiven) };
}

/** An invented address as JSON text. Telephone numbers and addresses like these are assigned to nobody. */
export function address(random: Random): string {
  const street = random.pick(streets);
  return `{"street":"${street}","number":${random.integer(1, 240)},"unit":"${random.integer(1, 15)}0${random.integer(1, 6)}"}`;
}
