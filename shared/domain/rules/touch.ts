import type { Interaction } from '../entities/index.ts';

type Kind = Interaction['kind'];
type Purpose = NonNullable<Interaction['purpose']>;
type Touch = Pick<Interaction, 'form' | 'method' | 'domain' | 'channel'>;

const CHANNEL: Record<Kind, Interaction['channel']> = {
  call: 'phone',
  visit: 'visit',
  video: 'video',
  message: 'wechat',
  event: null,
};

/** S0-02 form, S0-15 method and S0-21 domain that a purpose usually means. */
const BY_PURPOSE: Partial<Record<Purpose, Omit<Touch, 'channel'>>> = {
  maturity: { form: 'functional', method: 'consultative', domain: 'sales' },
  productIntroduction: { form: 'functional', method: 'crossSelling', domain: 'sales' },
  resale: { form: 'functional', method: 'crossSelling', domain: 'sales' },
  acquisition: { form: 'functional', method: 'consultative', domain: 'sales' },
  appointment: { form: null, method: null, domain: 'sales' },
  invitation: { form: 'psychological', method: 'knowledge', domain: 'marketing' },
  birthday: { form: 'psychological', method: 'emotional', domain: 'service' },
  care: { form: 'psychological', method: 'emotional', domain: 'service' },
  review: { form: 'functional', method: 'consultative', domain: 'service' },
  service: { form: 'software', method: null, domain: 'service' },
  complaint: { form: 'software', method: null, domain: 'service' },
  collection: { form: 'functional', method: null, domain: 'service' },
};

/**
 * S0-02, S0-15, S0-21: what a contact counts as when the manager did not say. Unknown stays unknown: a purpose that
 * means none of the six methods gets none, except that going there is always 上门维护.
 */
export const touchDefaults = (facts: {
  kind: Kind;
  purpose: Interaction['purpose'];
  channel: Interaction['channel'];
}): Touch => {
  const usual = (facts.purpose && BY_PURPOSE[facts.purpose]) || { form: null, method: null, domain: null };
  const channel = facts.channel ?? CHANNEL[facts.kind];
  const wentThere = facts.kind === 'visit' && channel === 'visit';
  return { ...usual, method: usual.method ?? (wentThere ? 'onSite' : null), channel };
};
