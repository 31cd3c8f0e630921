import type { WorkWords } from './words.ts';
import { work as chinese } from './zh-CN-work.ts';

const products = [
  'Current account',
  'Three-year term deposit',
  'One-year certificate of deposit',
  'Anting 90-day open product',
  'Wencheng half-year product',
  'Yuanfan balanced fund',
  'Three-year treasury bond',
  'Suisui pension annuity',
  'Gold savings',
  'One-year USD deposit',
  'Payroll account',
  'Business credit card',
];
const facilities = [
  'Mortgage',
  'Consumer loan',
  'Personal business loan',
  'Working capital loan',
  'Credit line',
  'Acceptance limit',
  'Import letter-of-credit limit',
  'Performance guarantee limit',
];
const collaterals = [
  'Own home',
  'Office space',
  'Land use right of the plant',
  'Machine tools',
  'Stock',
  'Receivables',
  'Deposit certificate',
];
const tags = [
  'Key care',
  'Business owner',
  'Payroll',
  'Cross-border',
  'Retirement',
  'Money elsewhere',
  'Churn risk',
  'Seminar guest',
];
const views = ['Class A, contact owed', 'Maturing in 30 days', 'Key files with gaps', 'Companies'];

/** What kinds, rates and filters are is the same in every language; only the words differ. */
const renamed = <T extends { name: string }>(list: readonly T[], names: readonly string[]): T[] =>
  list.map((one, at) => ({ ...one, name: names[at] ?? one.name }));

/** The papers around a visit. */
export const work: WorkWords = {
  manager: 'Zhixing Lu',
  managerTitle: 'Relationship manager',
  branch: 'Branch, meeting room',
  products: renamed(chinese.products, products),
  facilities: renamed(chinese.facilities, facilities),
  collaterals: renamed(chinese.collaterals, collaterals),
  tags: renamed(chinese.tags, tags),
  views: renamed(chinese.views, views),
  covenants: ['Debt ratio at most 65%', 'Quarterly statements', 'Settlement at least 30% of the loan'],
  aims: {
    person: [
      'Agree where the maturing money goes: term and amount',
      'Review the assets and renew the risk profile',
      'Learn what the child’s studies abroad will need',
      'Bring the proof of assets and talk about retirement',
      'Introduce the certificate of deposit for money held elsewhere',
      'Explain the protection gap, push no product',
    ],
    company: [
      'Renew the line, collect three years of statements',
      'Learn the payment plan for the new machines and design the drawdown',
      'Talk about payroll with the head of personnel',
      'Check collateral and insurance, renew the valuation',
      'Meet the new finance director and introduce the team',
      'Talk about cross-border settlement with the FX colleague',
    ],
  },
  agenda: [
    'Greetings and news',
    'What we agreed last time',
    'Plans for the money',
    'Explain the proposal',
    'Agree next steps',
    'Ask about the trade',
    'Check limits and collateral',
  ],
  preparation: [
    'Business cards',
    'Product terms',
    'Table of fees',
    'Last record',
    'Chart of assets',
    'Calculator',
    'Gift ledger',
    'List of credit papers',
  ],
  cancelReasons: ['Customer had to travel', 'Customer is ill, new date', 'Internal meeting at the company'],
  myPromises: {
    person: [
      'Send {n} the terms of {product}',
      'Tell {n} whether the fee discount is approved',
      'Find out the limit for transfers abroad for {n}',
      'Make {n} a chart of assets',
      'Reserve a certificate of deposit for {n}',
      'Send {n} two concert tickets',
      'Bring the review as one page',
      'Find the old insurance policy of {n}',
      'Send {n} the calendar of treasury bonds',
    ],
    company: [
      'Ask the FX colleague and give {n} a hedging proposal',
      'Ask how far the valuation of the collateral is for {n}',
      'Send the list of credit papers to the accountant of {n}',
      'Send a colleague to renew the certificate of {n}',
      'Tell {n} whether the limit can follow the seasons',
      'Write a payroll proposal for {n}',
      'Arrange the demo of the direct connection',
      'Give {n} the payment terms of the trade',
    ],
  },
  theirPromises: {
    person: [
      '{n} will transfer {amount} by the end of the month',
      '{n} will bring the spouse for the risk profile',
      '{n} will tell when the product elsewhere matures',
      '{n} will hand in proof of income',
      '{n} will introduce a friend',
    ],
    company: [
      '{n} will send three years of statements',
      '{n} will hand in the new insurance policy',
      '{n} will introduce the purchasing manager',
      '{n} will share the stock plan of the second half',
      '{n} will return the signed contract by the end of the month',
    ],
  },
  evidence: [
    'Message sent and read',
    'Handed over in person',
    'E-mail at 14:20',
    'Receipt is at the counter',
    'Customer confirmed by phone',
  ],
  reasons: [
    'The limit is released next week',
    'Customer waits for money at the end of the month',
    'A company seal is still missing',
  ],
  tasks: [
    'Prepare the visit to {n}',
    'Print statements for {n}',
    'Check the use of limits of {n}',
    'Update the contact data of {n}',
    'Prepare the review for {n}',
    'Talk to credit about {n}',
    'Book the risk profile of {n}',
    'Prepare a holiday card for {n}',
    'Check the insurance of the collateral of {n}',
  ],
  generalTasks: [
    'Plan the routes of the week',
    'Update the product folder',
    'Quarterly customer analysis',
    'Read the new bill rules',
    'Prepare Monday’s talk',
    'Log last week’s calls',
  ],
  notes: [
    {
      for: 'person',
      title: 'Meeting notes',
      body: '## Now\n- Too much on the current account, {product} matures next month\n- {kid}\n\n## Concerns\n1. Safety of capital\n2. Access in an emergency\n\n## Agreed\nI promised to send the terms of {product} {when}\nNext step: prepare the chart of assets {when}\n- [ ] Ask about certificates of deposit\n- [x] New mobile number',
    },
    {
      title: 'Phone notes',
      body: '## In short\n{n} thinks of moving part of the money held elsewhere; the term decides.\n\n- Likes: no longer than a year\n- Fears: swings\n\nNext step: talk again {when}',
    },
    {
      for: 'person',
      title: 'Family',
      body: '## Family\n- {kid}\n- Likes: {hobby}\n\n## Needs\nEducation and pension apart; **protection** first.\n\n- [ ] Invite both spouses for the risk profile',
    },
    {
      for: 'company',
      title: 'Company visit',
      body: '## Business\n- {trade}, a fifth more orders than last year\n- Terms of sixty days, money comes at quarter end\n\n## Discussed\n1. Payroll\n2. Short-term money for stock\n\n## Agreed\nI promised to give a drawdown plan {when}\nPromise: ask credit to read the statements early\n- [ ] Send the list of credit papers to finance',
    },
    {
      for: 'company',
      title: 'Plant tour',
      body: '## Seen\n- Two lines at full load, a third being installed\n- Stock turns fast, about forty days\n\n## Problem\nReconciliation by hand; wants a direct connection.\n\nNext step: arrange a demo with IT {when}',
    },
    {
      title: 'Introduction',
      body: '## Introduction\n{n} will introduce a supplier.\n\n- [ ] Prepare the one-page introduction\n- [ ] Ask which bank they settle with',
    },
  ],
  outsiders: [
    { name: 'Ms Ding, accountant', kind: 'colleague', remark: 'Keeps the books, often comes to the bank' },
    {
      name: 'Mrs Tang',
      kind: 'parent',
      remark: 'The customer’s mother; the daughter looks after the deposits',
    },
    { name: 'Mr Peng', kind: 'friend', remark: 'Works at another bank, hears much' },
    { name: 'Business park office', kind: 'referrer', remark: 'Introduced three companies' },
    { name: 'Mr Shao, lawyer', kind: 'friend', remark: 'Knows about family trusts' },
  ],
  report: {
    title: 'Visit report: {n}',
    facts: [
      'New office, about sixty people, tidy.',
      'At home, both spouses present.',
      'In the meeting room of the branch, about forty minutes.',
      'Two shifts, the third line is being installed.',
    ],
    discussion: [
      'First went over what was agreed. The customer confirms that the money of {product} stays with us, for no longer than a year. {kid}: interested in education savings, but liquidity comes first.',
      'The customer explained orders and receivables. Longer terms mean more money at quarter end; the limit should follow the seasons. We agree on the papers.',
      'Mostly about the allocation. Too much on current; six months of expenses stay, the rest in two steps. The risk profile is unchanged.',
    ],
    confirmed: [
      'We agree: the maturing money goes in two parts, one within a year, one available at any time; I bring the list {when}.',
      'Both confirm: payroll first as a trial, then the limit; statements by the end of the month.',
      'The customer understands risk level and lock-up and wants to begin small.',
    ],
    needs: [
      { text: 'A place for the maturing money within a year', category: 'saving' },
      { text: 'Education of the child', category: 'education' },
      { text: 'Short-term money for stock', category: 'financing' },
      { text: 'Addition to the pension', category: 'retirement' },
      { text: 'Import payments and hedging', category: 'foreignExchange' },
    ],
    steps: [
      'Send the product list and fees',
      'Agree on the next meeting',
      'Hand in the credit papers',
      'Arrange the demo',
    ],
  },
  scripts: [
    {
      title: 'A product matures',
      purpose: 'maturity',
      body: '## Opening\nGood morning, [name], this is your relationship manager. Your [product] matures on [date]; I want to let you know in time.\n\n## Listen\n- Do you need the money soon?\n- What matters more: access at any time, or a steady return?\n\n## Confirm\nLet me sum up: you would like … Is that right? Anything else?\n\n> Never say “guaranteed return”, never predict.',
    },
    {
      title: 'Birthday',
      purpose: 'birthday',
      body: '## Opening\nHappy birthday, [name]! Only good wishes today, no products.\n\n## Talk about\n- Family and hobbies from last time\n- Health\n\n## Close\nI have a small calendar for you; tell me when it suits you.',
    },
    {
      title: 'Making an appointment',
      purpose: 'appointment',
      body: '## Opening\nLast time you mentioned …; I have put it on one page.\n\n## Time\nWednesday morning or Thursday afternoon, which is better? About thirty minutes.\n\n## Confirm\nThen [time] at [place]; I will bring …',
    },
    {
      title: 'Invitation to a talk',
      purpose: 'invitation',
      body: '## Opening\nOn [date] we hold a small talk on …\n\n## Why\nYou asked about it last time; the speaker has done this for twenty years.\n\n## Confirm\nI keep a seat for you and remind you the day before.',
    },
    {
      title: 'Introducing a product',
      purpose: 'productIntroduction',
      body: '## Needs first\n- How long can the money stay?\n- Might you need it in between?\n\n## Then the product\nRisk level → term → fees → where the return comes from\n\n## Understood?\nWhich two points matter most to you?',
    },
    {
      title: 'First visit to a company',
      purpose: 'acquisition',
      body: '## Introduce yourself (one minute)\n\n## Where they are\nAs I understand, you mainly make …, and settle with …\n\n## What they want\nWhat is most important to you in a bank today?\n\n## Leave a hook\nNext time I bring the payment terms of your trade.',
    },
    {
      title: 'Taking a complaint',
      purpose: 'complaint',
      body: '1. Listen, do not interrupt\n2. Apologise\n3. Accept the feeling\n4. Offer a way\n5. Decide it together\n6. Promise a time and follow up',
    },
  ],
};
