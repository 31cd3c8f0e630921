/** The fixed word lists of the domain; their labels live in the locales under `vocabulary.*`. */

export const CUSTOMER_KINDS = ['person', 'company'] as const;
export const CUSTOMER_CLASSES = ['A', 'B', 'C', 'D'] as const;
export const CUSTOMER_STATUSES = ['active', 'prospect', 'suspect', 'closed'] as const;
export const GENDERS = ['female', 'male', 'other'] as const;
export const CALENDARS = ['solar', 'lunar'] as const;
export const MARITAL_STATUSES = ['single', 'married', 'divorced', 'widowed'] as const;
export const EDUCATIONS = ['primary', 'secondary', 'bachelor', 'master', 'doctor'] as const;
export const LIFE_STAGES = [
  'student',
  'single',
  'couple',
  'youngFamily',
  'establishedFamily',
  'emptyNest',
  'retired',
] as const;
export const SOCIAL_CLASSES = ['mass', 'affluent', 'highNetWorth', 'ultraHighNetWorth'] as const;
export const COMPANY_SIZES = ['micro', 'small', 'medium', 'large', 'group'] as const;
export const LEVELS = ['low', 'medium', 'high'] as const;
export const RISK_LEVELS = ['C1', 'C2', 'C3', 'C4', 'C5'] as const;
export const CONSENTS = ['yes', 'no'] as const;
export const CONTACT_CHANNELS = [
  'phone',
  'wechat',
  'sms',
  'email',
  'visit',
  'branch',
  'video',
  'letter',
] as const;

/** S1-08: part a person plays in a company's decision. */
export const CONTACT_ROLES = [
  'legalRepresentative',
  'shareholder',
  'executive',
  'finance',
  'treasury',
  'operations',
  'purchasing',
  'assistant',
  'other',
] as const;
export const ATTITUDES = ['supporter', 'neutral', 'critic'] as const;

export const RELATION_KINDS = [
  'spouse',
  'child',
  'parent',
  'sibling',
  'relative',
  'friend',
  'colleague',
  'employer',
  'owner',
  'group',
  'guarantor',
  'referrer',
  'supplier',
  'buyer',
  'other',
] as const;

export const HOLDING_KINDS = [
  'current',
  'termDeposit',
  'wealthProduct',
  'fund',
  'bond',
  'insurance',
  'preciousMetal',
  'foreignCurrency',
  'card',
  'payroll',
  'other',
] as const;
export const FACILITY_KINDS = [
  'mortgage',
  'consumerLoan',
  'businessLoan',
  'workingCapital',
  'creditLine',
  'acceptance',
  'letterOfCredit',
  'guarantee',
  'leasing',
  'other',
] as const;
export const COLLATERAL_KINDS = [
  'property',
  'land',
  'equipment',
  'inventory',
  'receivable',
  'deposit',
  'securities',
  'guarantee',
  'vehicle',
  'other',
] as const;

/** S3-32: states of a visit. */
export const VISIT_STATES = [
  'planned',
  'confirmed',
  'underWay',
  'reported',
  'signed',
  'cancelled',
  'missed',
] as const;
export const VISIT_MODES = ['onSite', 'branch', 'home', 'video', 'phone', 'event', 'other'] as const;

export const INTERACTION_KINDS = ['call', 'visit', 'video', 'message', 'event'] as const;
/** S3-26 and S3-27: why the contact was made. */
export const PURPOSES = [
  'maturity',
  'productIntroduction',
  'invitation',
  'birthday',
  'care',
  'appointment',
  'resale',
  'acquisition',
  'review',
  'service',
  'complaint',
  'collection',
  'other',
] as const;
export const OUTCOMES = [
  'reached',
  'appointment',
  'interested',
  'agreed',
  'considering',
  'notInterested',
  'callBack',
  'noAnswer',
  'wrongNumber',
  'resolved',
] as const;
/** S0-02: four forms of maintenance. */
export const TOUCH_FORMS = ['functional', 'psychological', 'software', 'hardware'] as const;
/** S0-15: six maintenance methods. */
export const TOUCH_METHODS = [
  'emotional',
  'onSite',
  'crossSelling',
  'knowledge',
  'consultative',
  'exceeding',
] as const;
/** S0-21: three interaction domains. */
export const TOUCH_DOMAINS = ['sales', 'service', 'marketing'] as const;
export const INITIATORS = ['bank', 'customer'] as const;

/** S0-04: promises. */
export const PROMISE_LEVELS = ['must', 'bestEffort'] as const;
export const PROMISE_MAKERS = ['me', 'customer'] as const;
export const PROMISE_STATUSES = ['open', 'kept', 'keptLate', 'broken', 'renegotiated', 'withdrawn'] as const;

export const TASK_STATUSES = ['open', 'done', 'dropped'] as const;
export const PRIORITIES = ['low', 'normal', 'high'] as const;
export const REPORT_STATES = ['draft', 'signed'] as const;
export const NEED_CATEGORIES = [
  'saving',
  'investment',
  'protection',
  'financing',
  'payment',
  'retirement',
  'education',
  'property',
  'tax',
  'foreignExchange',
  'advice',
  'other',
] as const;
