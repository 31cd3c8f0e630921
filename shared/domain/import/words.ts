const YES = new Set('yes y true t 1 是 有 对 對 真 √ ✓ v x'.split(' '));
const NO = new Set('no n false f 0 否 无 無 没有 沒有 不 假 ×'.split(' '));

const plain = (raw: string): string => raw.normalize('NFKC').trim().toLowerCase();

/** Yes or no in any of our languages. Null when it is neither. */
export const readFlag = (raw: string): boolean | null => {
  const text = plain(raw);
  if (YES.has(text)) return true;
  return NO.has(text) ? false : null;
};

const table = (text: string): Map<string, string> =>
  new Map(
    text
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [value = '', words = ''] = line.split(':');
        return words.split(',').map((word): [string, string] => [plain(word), value.trim()]);
      }),
  );

/** Words that files use for a choice, beside the word itself and its labels in our languages. */
const WORDS: Record<string, Map<string, string>> = {
  gender: table(`
female: f,w,女,女性,女士,小姐,woman,ms,mrs
male: m,男,男性,先生,man,mr
other: 其他,o,diverse`),
  maritalStatus: table(`
single: 未婚,单身,單身,unmarried,never married
married: 已婚,有配偶
divorced: 离异,離異,离婚,離婚,separated
widowed: 丧偶,喪偶,widow,widower`),
  education: table(`
primary: 小学,小學,初等,primary school,elementary
secondary: 初中,高中,中专,中專,职高,技校,中学,中學,中等,high school,secondary school
bachelor: 本科,大学,大學,大专,大專,专科,專科,学士,學士,tertiary,university,college,undergraduate,bachelor's
master: 硕士,碩士,研究生,graduate,master's,mba
doctor: 博士,phd,doctorate`),
  class: table(`
A: a类,a類,a级,a級,vip,a 类
B: b类,b類,b级,b級
C: c类,c類,c级,c級
D: d类,d類,d级,d級`),
  status: table(`
active: 在册,在冊,正常,有效,活跃,活躍,open,current
prospect: 潜在,潛在,意向,lead
suspect: 可疑,线索,線索
closed: 已销户,已銷戶,销户,銷戶,关闭,關閉,inactive,lost`),
  riskLevel: table(`
C1: 保守型,保守,r1,1
C2: 稳健型,穩健型,稳健,穩健,谨慎型,r2,2
C3: 平衡型,平衡,r3,3
C4: 成长型,成長型,积极型,積極型,进取,r4,4
C5: 进取型,進取型,激进型,激進型,r5,5`),
  companySize: table(`
micro: 微型,小微,微
small: 小型,小,s
medium: 中型,中,m
large: 大型,大,l
group: 集团,集團`),
  marketingConsent: table(`
yes: 同意,y,true,1,是
no: 不同意,拒绝,拒絕,n,false,0,否`),
  channel: table(`
phone: 电话,電話,手机,手機,cellular,telephone,mobile,call,tel
wechat: 微信
sms: 短信,簡訊,text
email: 邮件,郵件,电邮,電郵,mail,e-mail
visit: 上门,上門,拜访,拜訪,走访,走訪
branch: 网点,網點,柜面,櫃檯,来行,分行
video: 视频,視頻,視訊
letter: 信函,信`),
  interactionKind: table(`
call: 电话,電話,phone
visit: 走访,走訪,拜访,拜訪,面谈,面談,meeting
video: 视频,視頻,視訊
message: 短信,微信,消息,邮件,郵件,sms,email,wechat
event: 活动,活動`),
  outcome: table(`
agreed: yes,y,成功,success,同意,成交,subscribed,1,是
notInterested: no,n,failure,失败,失敗,拒绝,拒絕,没兴趣,沒興趣,0,否
interested: 有意向,有兴趣,有興趣
noAnswer: 无人接听,無人接聽,未接,busy
callBack: 稍后联系,稍後聯繫,回电,回電`),
  holdingKind: table(`
current: 活期,活期存款,现金,現金,savings,checking,current account
termDeposit: 定期,定期存款,存单,存單,定存,term deposit,time deposit,fixed deposit,大额存单
wealthProduct: 理财,理財,理财产品,理財產品,wealth
fund: 基金,mutual fund
bond: 债券,債券,国债,國債
insurance: 保险,保險,年金
preciousMetal: 贵金属,貴金屬,黄金,黃金,gold
foreignCurrency: 外币,外幣,外汇,外匯
card: 信用卡,银行卡,銀行卡,credit card
payroll: 代发,代發,工资卡`),
};

/** The value of a choice for what a file says: the word itself, one that files use, or a label of ours. Null if none. */
export const readChoice = (
  name: string,
  values: readonly string[],
  raw: string,
  labels: ReadonlyMap<string, string> = new Map(),
): string | null => {
  const text = plain(raw);
  const own = values.find((value) => value.toLowerCase() === text);
  return own ?? WORDS[name]?.get(text) ?? labels.get(text) ?? null;
};

const HOLDING_ORDER = [
  'termDeposit',
  'fund',
  'insurance',
  'wealthProduct',
  'bond',
  'preciousMetal',
  'card',
  'foreignCurrency',
  'payroll',
];
const HOLDING_WORDS = HOLDING_ORDER.flatMap((kind) =>
  [...(WORDS.holdingKind ?? [])].filter(([, value]) => value === kind).map(([word]) => ({ word, kind })),
);

/** What kind of holding a product is, from words in its name; an account when none of them is there. */
export const holdingKindOf = (productName: string): string => {
  const text = plain(productName);
  return HOLDING_WORDS.find(({ word }) => text.includes(word))?.kind ?? 'current';
};
