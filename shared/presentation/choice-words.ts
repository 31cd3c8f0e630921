/** Lists of `vocabulary` that hold the words of a choice column of the customer table. */
export const CHOICE_WORDS: Record<string, string> = {
  kind: 'customerKind',
  class: 'class',
  status: 'status',
  contactState: 'contactState',
  companySize: 'companySize',
  riskLevel: 'riskLevel',
  marketingConsent: 'consent',
};
