import {
  isUnknown,
  looksLikePhone,
  parseDate,
  parseFlag,
  parseMoney,
  parseNumber,
} from '#shared/domain/csv/values.ts';

export type ValueKind =
  | 'text'
  | 'number'
  | 'money'
  | 'date'
  | 'phone'
  | 'email'
  | 'flag'
  | 'choice'
  | 'empty';

/** Names a column is known by, in three languages and in the well-known data sets, in lower case without spaces. */
const SYNONYMS: Record<string, readonly string[]> = {
  'customer.name': [
    'name',
    'fullname',
    'customer',
    'customername',
    'client',
    'clientname',
    '姓名',
    '名称',
    '名稱',
    '客户',
    '客戶',
    '客户名称',
    '客戶名稱',
    '客户姓名',
    '客戶姓名',
    '公司名称',
    '公司名稱',
    '企业名称',
    '企業名稱',
    '单位名称',
  ],
  'customer.alias': ['alias', 'nickname', 'shortname', '别名', '別名', '简称', '簡稱', '昵称'],
  'customer.customerNo': [
    'customerno',
    'customerid',
    'clientno',
    'clientid',
    'cif',
    'id',
    '客户号',
    '客戶號',
    '客户编号',
    '客戶編號',
    '编号',
    '編號',
  ],
  'customer.phones': [
    'phone',
    'phones',
    'mobile',
    'tel',
    'telephone',
    'cell',
    'cellphone',
    '电话',
    '電話',
    '手机',
    '手機',
    '手机号',
    '手機號',
    '手机号码',
    '联系电话',
    '聯絡電話',
    '移动电话',
  ],
  'customer.emails': ['email', 'emails', 'mail', 'e-mail', '邮箱', '郵箱', '电子邮件', '電子郵件', '邮件'],
  'customer.wechat': ['wechat', 'weixin', '微信', '微信号', '微信號'],
  'customer.address': ['address', 'addr', '地址', '住址', '联系地址', '通讯地址', '通訊地址'],
  'customer.area': ['area', 'district', 'region', '片区', '片區', '区域', '區域', '地区', '地區'],
  'customer.class': [
    'class',
    'grade',
    'tier',
    'level',
    'rating',
    '级别',
    '級別',
    '等级',
    '等級',
    '客户级别',
    '客户等级',
  ],
  'customer.idTail': [
    'idcard',
    'idnumber',
    'idno',
    'passport',
    '身份证',
    '身份證',
    '身份证号',
    '身份證號',
    '证件号',
    '证件号码',
    '證件號碼',
  ],
  'customer.gender': ['gender', 'sex', '性别', '性別'],
  'customer.birthDate': [
    'birthday',
    'birthdate',
    'dateofbirth',
    'dob',
    '生日',
    '出生日期',
    '出生年月',
    '出生年月日',
  ],
  'customer.age': ['age', '年龄', '年齡'],
  'customer.maritalStatus': ['marital', 'maritalstatus', '婚姻', '婚姻状况', '婚姻狀況'],
  'customer.education': ['education', 'degree', '学历', '學歷', '教育程度', '文化程度'],
  'customer.occupation': ['job', 'occupation', 'profession', '职业', '職業'],
  'customer.employer': ['employer', 'company', 'workplace', '单位', '單位', '工作单位', '工作單位', '雇主'],
  'customer.jobTitle': ['jobtitle', 'title', 'position', '职务', '職務', '职位', '職位'],
  'customer.incomeMinor': ['income', 'annualincome', '收入', '年收入'],
  'customer.hobbies': ['hobby', 'hobbies', '爱好', '愛好', '兴趣', '興趣'],
  'customer.industry': ['industry', 'sector', '行业', '行業'],
  'customer.companySize': ['companysize', '规模', '規模', '企业规模'],
  'customer.employees': ['employees', 'headcount', '员工数', '員工數', '人数', '人數'],
  'customer.city': ['city', '城市'],
  'customer.riskLevel': ['risklevel', 'riskprofile', '风险等级', '風險等級', '风险评级'],
  'customer.openedOn': ['openedon', 'customersince', '开户日', '開戶日', '开户日期', '開戶日期'],
  'customer.about': ['about', 'notes', 'remark', 'remarks', 'comment', '备注', '備註', '说明', '說明'],
  'holding.balanceMinor': [
    'balance',
    'deposit',
    'aum',
    'assets',
    '余额',
    '餘額',
    '存款余额',
    '存款餘額',
    '资产',
    '資產',
  ],
  'holding.productName': ['product', 'productname', '产品', '產品', '产品名称', '產品名稱'],
  'holding.maturesOn': ['maturity', 'maturitydate', 'maturesOn', '到期日', '到期日期'],
  'holding.accountTail': ['account', 'accountno', '账号', '帳號', '卡号', '卡號'],
  'interaction.channel': ['contact', 'contacttype', '联系方式类型'],
  'interaction.at': [
    'lastcontact',
    'contactdate',
    '上次联系',
    '上次聯絡',
    '联系日期',
    '聯絡日期',
    '最近联系',
  ],
  'interaction.day': ['day'],
  'interaction.month': ['month'],
  'interaction.durationSeconds': ['duration'],
  'interaction.outcome': ['y', 'outcome', 'result', '结果', '結果', '联系结果'],
  'interaction.summary': ['summary', '联系内容', '聯絡內容', '沟通内容'],
};

const bare = (name: string): string =>
  name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_\-:：()（）.]/g, '');

const TARGET_OF = new Map(
  Object.entries(SYNONYMS).flatMap(([target, names]) => names.map((name) => [bare(name), target])),
);

/** Where a column probably goes by its name; an own field when nothing is known of it. */
export const guessTarget = (name: string, taken: ReadonlySet<string>): string => {
  const target = TARGET_OF.get(bare(name));
  if (target && !taken.has(target)) return target;
  return bare(name) === '' ? 'skip' : `custom:${name.trim().slice(0, 80)}`;
};

const all = (values: string[], test: (value: string) => boolean): boolean =>
  values.filter(test).length >= values.length * 0.9;
const MONEY_SIGN = /[¥￥$€£,万亿萬億元]|\.\d\d$/;
const FEW = 12;

/** What kind of values a column holds, by its first rows. */
export const kindOfValues = (cells: readonly string[]): ValueKind => {
  const values = cells.map((cell) => cell.trim()).filter((cell) => !isUnknown(cell));
  if (values.length === 0) return 'empty';
  if (all(values, (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))) return 'email';
  if (
    all(
      values,
      (value) =>
        parseDate(value, 'ymd') !== null ||
        parseDate(value, 'dmy') !== null ||
        parseDate(value, 'mdy') !== null,
    ) &&
    !all(values, (value) => /^\d{1,4}$/.test(value))
  )
    return 'date';
  if (
    all(values, (value) => /^\+?\d[\d\s\-()]{6,}$/.test(value) && looksLikePhone(value)) &&
    values.some((value) => /^(\+|0|1[3-9]|\()/.test(value))
  )
    return 'phone';
  if (all(values, (value) => parseFlag(value) !== null) && !values.some((value) => /^[2-9]|\d\d/.test(value)))
    return 'flag';
  if (all(values, (value) => parseNumber(value) !== null))
    return values.some((value) => MONEY_SIGN.test(value)) ? 'money' : 'number';
  if (all(values, (value) => parseMoney(value) !== null)) return 'money';
  return new Set(values).size <= Math.min(FEW, values.length / 3) ? 'choice' : 'text';
};
