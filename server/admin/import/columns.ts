import type { EntityName } from '#shared/domain/entities/index.ts';
import { USER_ROLES } from '#shared/domain/entities/team.ts';
import { readIdNumber } from '#shared/domain/import/contacts.ts';
import { type CellResult, parseTarget } from '#shared/domain/import/fields.ts';
import { bareHeader, targetOfHeader } from '#shared/domain/import/headers.ts';
import { readChoice, readFlag } from '#shared/domain/import/words.ts';
import { CUSTOMER_KINDS, FACILITY_KINDS } from '#shared/domain/vocabulary.ts';

export type ImportKind = 'customers' | 'holdings' | 'facilities' | 'staff';

interface Column {
  /** Other names of the column, beside the field's own. */
  names?: string;
  required?: boolean;
  read(raw: string): CellResult;
}

const text = (raw: string): CellResult => ({ value: raw.trim() });
const flag = (raw: string): CellResult => {
  const value = readFlag(raw);
  return value === null ? { rule: 'flag' } : { value };
};
const choice =
  (values: readonly string[], words: Record<string, string> = {}) =>
  (raw: string): CellResult => {
    const value = words[raw.trim()] ?? readChoice('', values, raw);
    return value === null ? { rule: `choice: ${values.join(', ')}` } : { value };
  };

/** Reads as the import of a laptop reads the same field. */
const as = (target: string) => {
  const found = parseTarget(target);
  if (!found || !('read' in found)) throw new Error(`no field ${target}`);
  return (raw: string): CellResult => {
    const result = found.read(raw, { currency: 'CNY', dateOrder: 'ymd', labels: () => new Map() });
    return 'keep' in result ? { rule: 'choice' } : result;
  };
};

const fieldsAs = (entity: 'customer' | 'holding', names: string): Record<string, Column> =>
  Object.fromEntries(names.split(' ').map((name) => [name, { read: as(`${entity}.${name}`) }]));

const KINDS = {
  个人: 'person',
  個人: 'person',
  对私: 'person',
  公司: 'company',
  企业: 'company',
  企業: 'company',
  对公: 'company',
};
const customerNo: Column = { required: true, read: as('customer.customerNo') };
const reference: Column = {
  names: '账号 帳號 卡号 合同号 合約號 借据号 account accountno cardno contractno facilityno',
  required: true,
  read: text,
};
const removed: Column = { names: '销户 註銷 注销 closed cancelled', read: flag };
const currency: Column = { names: '币种 幣種', read: (raw) => ({ value: raw.trim().toUpperCase() }) };

/** The columns of each kind of file: the field, its names, and how it is read. */
export const COLUMNS: Record<ImportKind, Record<string, Column>> = {
  customers: {
    customerNo,
    kind: { names: '客户类型 客戶類型 类型', read: choice(CUSTOMER_KINDS, KINDS) },
    owner: { names: '客户经理 客戶經理 经理 管户人 manager', read: text },
    ...fieldsAs(
      'customer',
      'name alias wechat address area city referredBy about occupation employer jobTitle industry phones emails birthDate openedOn closedOn foundedOn riskValidUntil employees latitude longitude incomeMinor class status gender maritalStatus education riskLevel companySize marketingConsent dataConsent',
    ),
    idTail: {
      read(raw) {
        const facts = readIdNumber(raw);
        return facts ? { value: facts.tail } : { rule: 'idTail' };
      },
    },
  },
  holdings: {
    customerNo,
    reference,
    removed,
    currency,
    ...fieldsAs(
      'holding',
      'kind productName balanceMinor previousBalanceMinor accountTail rateBp openedOn maturesOn asOf',
    ),
  },
  facilities: {
    customerNo,
    reference,
    removed,
    currency,
    kind: { names: '类型 種類 种类', required: true, read: choice(FACILITY_KINDS) },
    name: { names: '名称 名稱 额度名称', required: true, read: text },
    limitMinor: { names: '额度 額度 授信额度 limit', read: as('holding.balanceMinor') },
    usedMinor: { names: '已用 已用额度 余额 used', read: as('holding.balanceMinor') },
    rateBp: { names: '利率 rate', read: as('holding.rateBp') },
    expiresOn: { names: '到期日 到期日期 expires', read: as('holding.maturesOn') },
    covenants: { names: '条款 限制条款', read: text },
    asOf: { names: '日期 数据日期', read: as('holding.asOf') },
  },
  staff: {
    username: { names: '用户名 工号 工號 账号 employeeno', required: true, read: text },
    name: { names: '姓名', required: true, read: text },
    role: {
      names: '角色 岗位',
      required: true,
      read: choice(USER_ROLES, {
        客户经理: 'manager',
        团队长: 'leader',
        审计: 'auditor',
        管理员: 'administrator',
      }),
    },
    book: { names: '团队 團隊 team', read: text },
  },
};

/** The entity whose fields a kind of file fills. */
export const ENTITY: Record<Exclude<ImportKind, 'staff'>, EntityName> = {
  customers: 'customer',
  holdings: 'holding',
  facilities: 'facility',
};

/** The field a column of a file is for; null when it is none of this kind of file. */
export const fieldOfHeader = (kind: ImportKind, header: string): string | null => {
  const columns = COLUMNS[kind];
  const bare = bareHeader(header.normalize('NFKC').replace(/\(.*?\)/gu, ''));
  const own = Object.entries(columns).find(([field, { names = '' }]) =>
    [field, field.replace(/Minor$|Bp$/, ''), ...names.split(' ')].some(
      (name) => name !== '' && bareHeader(name) === bare,
    ),
  );
  if (own) return own[0];
  const [entity, field = ''] = targetOfHeader(header)?.split('.') ?? [];
  if (entity === 'customer' && field === 'customerNo') return 'customerNo' in columns ? field : null;
  return kind !== 'staff' && entity === ENTITY[kind] && field in columns ? field : null;
};
