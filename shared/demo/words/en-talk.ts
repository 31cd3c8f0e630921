import type { TalkWords } from './words.ts';

/** What a manager writes down after a contact. */
export const talk: TalkWords = {
  said: {
    maturity: {
      person: [
        'Reminded {n} that {product} matures soon ({amount}) and asked about plans for the money',
        'Checked the maturity date of {product} with {n}, explained rolling over or a certificate of deposit',
        'Compared three products of similar term for {n}, whose {product} matures next month',
        '#Called {n} before maturity to confirm whether {amount} stays with us',
        'Explained to {n} that the money moves to the current account at maturity; better to choose a week before',
        '{n} asked whether {product} pays out the same day; explained settlement times',
      ],
      company: [
        'Reminded {n} that the company’s {product} matures ({amount}) and asked about incoming payments',
        'Went over the use of the maturing money with {n}; a supplier is due at the end of the month',
        'Made {n} a one-page schedule of the maturing money in three terms',
        'Agreed with {n} to move {product} to a seven-day notice deposit after maturity',
      ],
    },
    productIntroduction: {
      person: [
        'Introduced {product} to {n}: risk level first, then the range of returns',
        '@Read the terms of {product} with {n}, above all the lock-up and the redemption fee',
        '{n} asked how {product} differs from a deposit; drew a table',
        'Introduced {product}; {n} wants to know about early withdrawal',
        '{n} looks for something safe for the parents; compared {product} with treasury bonds',
      ],
      company: [
        'Introduced {product} to {n} with conditions and fees',
        '@Showed {n} batch payments and reconciliation in the online bank',
        'Introduced {product}; what matters to {n} is how long approval takes',
        'Explained to {n} how a bill pool puts idle bills to use',
      ],
    },
    invitation: {
      person: [
        'Invited {n} to the talk on family finances {when}',
        'Invited {n} and family to the children’s money day at the branch',
        '@Brought {n} an invitation to the health talk and had a short chat',
        'Invited {n} to the customers’ hike and asked about travel dates',
      ],
      company: [
        'Invited {n} to the round table on {trade}',
        'Sent {n} an invitation to the seminar on currency risk',
        'Invited {n} and the accountants to the training on the new bill rules',
      ],
    },
    birthday: {
      person: [
        'Wished {n} a happy birthday, chatted a little, no products',
        '#Called {n} on the morning of the birthday; will bring a calendar',
        'Sent {n} a photo of a handwritten card and got an answer at once',
        'Wished {n} a happy birthday and heard: {kid}',
        'Congratulated {n} a day early and asked about {hobby}',
      ],
      company: [
        'Wished {n} a happy birthday and thanked for the years',
        '#Left a birthday card for {n} at the front desk',
      ],
    },
    care: {
      person: [
        'Asked how {n} is; talked about {hobby}, every week now',
        '#Cold days: called {n} and asked after the parents',
        '{n} is just back from a trip; talked about the family ({kid})',
        'Caught up with {n}: {kid}',
        '@Sat with {n} at the branch; worried about falling rates',
        'Greetings to {n} before the holidays; asked when certificates of deposit will be available',
        '{n} is looking at flats, district still open',
        '@Gave {n} the quarter’s market summary: facts, no forecasts',
        '{n} has recovered well; tea next time',
      ],
      company: [
        '#Called {n} to hear about the seasons in {trade} this year',
        'Talked with {n} about the new plant; machines arrive next quarter',
        '{n} says suppliers raise prices and payment terms went to sixty days',
        '#Followed up on the visit with {n}: the contract runs well',
        '{n} mentioned a second warehouse in the delta next year',
        'Greeted {n}; the company has just won an order',
        '{n} finds reconciliation tiresome; will look at the direct connection',
      ],
    },
    appointment: {
      person: [
        'Asked {n} to the branch {when} for a review',
        '#Called {n} for a meeting',
        'Agreed with {n} to come by {when} with the documents',
        'New date for the meeting with {n}: {when}',
      ],
      company: [
        'Agreed to visit {n} {when}, finance joins',
        '#Called {n} about renewing the line, {when}',
        'Asked {n} for a tour of the plant to check the collateral',
      ],
    },
    resale: {
      person: [
        'The structured deposit of {n} has ended; suggested {product}',
        'Told {n} the benchmark of this issue, promised no return',
        'Suggested {n} put part of the idle balance into {product}',
        '{n} is content after a year and asks to add',
      ],
      company: [
        'Suggested payroll to {n}; cards can be opened on site',
        'Talked with {n} about moving settlement to us',
        'Talked with {n} about a larger letter-of-credit limit; import plan first',
      ],
    },
    acquisition: {
      person: [
        '#A friend introduced {n}; first call, introduced myself',
        '#{n} left a number at the neighbourhood event; called back',
        '@First meeting with {n}, who has a product elsewhere until the end of the year',
      ],
      company: [
        '@First visit to {n}; learnt about banks and settlement',
        '@Met {n} through an old customer; talked about the trade and receivables',
        '@Met {n} in the business park and exchanged cards',
      ],
    },
    review: {
      person: [
        'Went through the holdings with {n}: too much on current; six months of expenses stay, then allocate',
        'Quarterly review with {n}; the swings of the fund are bearable',
        'Renewed the risk profile; the level of {n} is unchanged',
        '@{n} saw the chart of assets and finds protection too small',
      ],
      company: [
        'Prepared the annual credit review with {n}; three years of statements are in',
        'Checked the use of the limits with {n}; the season is the second half',
        '@Inspected the collateral; {n} handed over the new insurance policy',
      ],
    },
    service: {
      person: [
        '@Reset the mobile bank password for {n} and showed face login',
        'The card of {n} expires; renewed with the same number',
        '@Printed the proof of assets for the visa of {n}',
        '{n} asked about sending money abroad; listed the papers',
        'Helped {n} set the transfer limit',
      ],
      company: [
        'Helped {n} change the specimen seal and explained the papers',
        'The online bank certificate of {n} expires; will come on Thursday',
        'Traced a returned payment for {n}: the name did not match',
        'Showed the new accountant of {n} where to find receipts',
      ],
    },
    complaint: {
      person: [
        '{n} is unhappy about the queue at the branch; apologised first, then asked what happened',
        '{n} says text alerts come late; logged and passed to IT',
      ],
      company: [
        '{n} says the loan came two days late; apologised in person and explained',
        '{n} complains about the counter; asked the branch head to call back',
      ],
    },
    collection: {
      person: [
        'Reminded {n} of this month’s instalment',
        '{n} was travelling and missed the instalment; paid today',
      ],
      company: [
        'Reminded {n} of the interest date; finance will provide',
        'Confirmed this month’s repayment with {n}',
      ],
    },
    other: {
      person: ['#{n} asked about opening hours in the holidays', 'Passed a document to the counter for {n}'],
      company: ['{n} needed a copy of the account permit', '{n} asked about parking and the meeting room'],
    },
  },
  attended: [
    '{n} came to the talk and stayed to the end',
    '{n} brought the family and enjoyed the day',
    'Shared a table with {n} at the customers’ round table',
  ],
  answers: {
    offer: {
      good: [
        '{n} agreed at once',
        '{n} will come {when}',
        'Good response, papers to be prepared',
        'Went well; {n} asked what comes next',
        '{n} will move a part over first',
      ],
      open: [
        '{n} wants to think it over',
        'Still comparing',
        '{n} listens but is in no hurry',
        'Next month, when the money is in',
        'Wants the documents by message',
        '{n} hesitates about the term',
      ],
      bad: [
        '{n} is not interested for now',
        '{n} needs the money elsewhere',
        'Better conditions at another bank; not this time',
        '{n} was busy, kept it short',
      ],
    },
    meeting: {
      good: ['{n} agreed at once', 'The time is fixed', '{n} will be there', '{n} wants to bring a friend'],
      open: ['{n} has to look at the calendar', '{n} will confirm the day before', 'No time yet'],
      bad: ['{n} is away these days', '{n} will not come this time'],
    },
    none: [
      'No answer, will try later',
      'Rang for long; sent a message',
      'In a meeting, call back in the afternoon',
    ],
  },
  hooks: {
    person: [
      'Bring {n} the terms of {product}',
      'Ask after the family ({kid})',
      'Tell {n} the dates for {hobby}',
      'Next time: closing the pension gap',
      'Tell {n} about the new certificates of deposit',
      'Bring the chart of assets we spoke of',
      'Ask {n} whether the product elsewhere has matured',
      'Invite {n} and spouse to a review',
      'Show {n} the calendar of treasury bonds',
    ],
    company: [
      'Bring the payroll proposal',
      'Ask when the machines arrive and when they are paid',
      'Bring the FX colleague to {n}',
      'Has the site of the second warehouse been chosen?',
      'Give {n} the payment terms of the trade',
      'Ask {n} about orders and stock for the second half',
      'Arrange the demo of the direct connection',
      'Ask {n} to introduce a supplier',
    ],
  },
  whens: [
    'next Tuesday',
    'next Thursday',
    'on Friday',
    'at the end of the month',
    'next Wednesday morning',
    'next Monday afternoon',
  ],
  amounts: ['CNY 200,000', 'CNY 350,000', 'CNY 500,000', 'CNY 800,000', 'CNY 1.2 million', 'CNY 3 million'],
  stop: '. ',
  end: '.',
};
