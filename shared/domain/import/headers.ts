import { fold } from '../search/fold.ts';

/** Names of columns in files, by what they mean; without spaces and signs, in lower case. */
const NAMES: Record<string, string> = {
  'customer.name':
    '姓名 客户姓名 客戶姓名 客户名称 客戶名稱 客户名 客戶名 名称 名稱 公司名称 公司名稱 企业名称 企業名稱 户名 戶名 name fullname customername clientname customer client company companyname',
  'customer.alias': '别名 別名 昵称 暱稱 简称 簡稱 英文名 alias nickname shortname',
  'customer.customerNo':
    '客户号 客戶號 客户编号 客戶編號 客户代码 客戶代碼 核心客户号 编号 編號 customerno customernumber customerid clientno clientid cif cifno custno custid',
  'customer.class':
    '级别 級別 等级 等級 客户等级 客戶等級 客户级别 客戶級別 分类 分類 class grade tier customerclass',
  'customer.status': '状态 狀態 客户状态 客戶狀態 status customerstatus',
  'customer.phones':
    '电话 電話 手机 手機 手机号 手機號 手机号码 手機號碼 联系电话 聯繫電話 联系方式 聯絡電話 移动电话 行動電話 phone mobile telephone tel cell cellphone phonenumber mobilenumber phone1 phone2',
  'customer.emails': '邮箱 郵箱 电子邮件 電子郵件 电子邮箱 邮件 email mail emailaddress',
  'customer.wechat': '微信 微信号 微信號 wechat weixin wechatid',
  'customer.address': '地址 住址 家庭住址 联系地址 聯絡地址 通讯地址 通訊地址 address homeaddress street',
  'customer.area': '区域 區域 片区 片區 地区 地區 区 area district region',
  'customer.city': '城市 city town',
  'customer.idTail':
    '身份证 身份證 身份证号 身份證號 身份证号码 身分證 身分證字號 证件号 證件號 证件号码 證件號碼 证件尾号 idcard idnumber idno nationalid passport passportno idtail',
  'customer.openedOn': '开户日期 開戶日期 开户日 開戶日 openedon opendate opened accountopened',
  'customer.referredBy': '介绍人 介紹人 推荐人 推薦人 转介人 referredby referrer',
  'customer.about':
    '备注 備註 说明 說明 描述 简介 簡介 remark remarks note notes comment comments description about',
  'customer.gender': '性别 性別 gender sex',
  'customer.birthDate': '生日 出生日期 出生年月日 出生 birthday birthdate dateofbirth dob',
  'customer.age': '年龄 年齡 age',
  'customer.maritalStatus': '婚姻 婚姻状况 婚姻狀況 婚否 marital maritalstatus',
  'customer.education': '学历 學歷 教育 教育程度 文化程度 education degree',
  'customer.occupation': '职业 職業 occupation job profession',
  'customer.employer': '单位 單位 工作单位 工作單位 公司 任职单位 雇主 employer workplace',
  'customer.jobTitle': '职务 職務 职位 職位 岗位 jobtitle position title',
  'customer.family': '家庭 家庭情况 家庭情況 family',
  'customer.hobbies': '爱好 愛好 兴趣 興趣 兴趣爱好 hobbies hobby interests',
  'customer.incomeMinor': '收入 年收入 月收入 income annualincome salary',
  'customer.riskLevel': '风险等级 風險等級 风险承受能力 风险级别 风险评级 risklevel riskprofile risk',
  'customer.industry': '行业 行業 所属行业 industry sector',
  'customer.companySize': '企业规模 企業規模 规模 規模 companysize',
  'customer.employees': '员工人数 員工人數 员工数 人数 employees headcount',
  'customer.doNotCall': '请勿致电 勿打扰 勿擾 免打扰 donotcall dnc',
  'customer.marketingConsent': '营销同意 營銷同意 行销同意 marketingconsent consent optin',
  'holding.productName': '产品 產品 产品名称 產品名稱 持有产品 product productname',
  'holding.balanceMinor':
    '余额 餘額 存款余额 存款餘額 账户余额 帳戶餘額 金额 金額 市值 资产 資產 balance amount accountbalance aum',
  'holding.accountTail':
    '账号尾号 帳號尾號 卡号尾号 卡號尾號 尾号 尾號 账号 帳號 卡号 卡號 account accountno cardno accounttail cardnumber',
  'holding.rateBp': '利率 年利率 收益率 rate interestrate yield',
  'holding.openedOn': '起息日 购买日期 購買日期 valuedate startdate',
  'holding.maturesOn': '到期日 到期日期 到期 maturity maturitydate matures matureson duedate',
  'interaction.at':
    '联系日期 聯絡日期 联系时间 拜访日期 拜訪日期 走访日期 最近联系 contactdate calldate lastcontact visitdate',
  'interaction.summary':
    '联系内容 聯絡內容 沟通内容 溝通內容 纪要 紀要 联系记录 summary callnotes contactnotes',
  'interaction.outcome': '联系结果 聯絡結果 结果 結果 outcome result',
  'interaction.channel': '联系渠道 渠道 channel',
  'interaction.durationSeconds': '时长 時長 通话时长 通話時長 duration durationseconds callduration',
};

/** A header without what spellings differ in. */
export const bareHeader = (name: string): string => fold(name).replace(/[^\p{L}\p{N}]+/gu, '');

const TARGETS = new Map(
  Object.entries(NAMES).flatMap(([target, names]) =>
    names.split(' ').map((name): [string, string] => [bareHeader(name), target]),
  ),
);

/** What a column is for, by its name. */
export const targetOfHeader = (name: string): string | null => {
  // 余额(元), Phone (home): what stands in brackets explains.
  const bare = bareHeader(name.normalize('NFKC').replace(/\(.*?\)/gu, ''));
  return TARGETS.get(bare) ?? TARGETS.get(bareHeader(name)) ?? null;
};

/** Columns of the Bank Marketing data set: a telephone campaign of a bank. */
const CAMPAIGN: Record<string, string> = {
  age: 'customer.age',
  job: 'customer.occupation',
  marital: 'customer.maritalStatus',
  education: 'customer.education',
  balance: 'holding.balanceMinor',
  contact: 'interaction.channel',
  day: 'interaction.day',
  month: 'interaction.month',
  duration: 'interaction.durationSeconds',
  // Whether the customer took the term deposit that was offered in the call.
  y: 'interaction.outcome',
};
const OTHERS = ['default', 'housing', 'loan', 'campaign', 'pdays', 'previous', 'poutcome'];

/** The mapping of a file of the Bank Marketing kind, or null when it is none. */
export const campaignTargets = (names: readonly string[]): string[] | null => {
  const bare = names.map(bareHeader);
  const isCampaign = [...Object.keys(CAMPAIGN), ...OTHERS].every((name) => bare.includes(name));
  return isCampaign ? bare.map((name, n) => CAMPAIGN[name] ?? `custom:${names[n]}`) : null;
};

/** In such files −1 stands for "never" in this column. */
export const isNever = (column: string, value: string): boolean =>
  column === 'pdays' && value.trim() === '-1';
