import { timingSafeEqual } from 'node:crypto';
import { derive } from './secrets.ts';

/** Where a refresh token stands: which sign-in it descends from, how many steps, and when it was made. */
export interface TokenPlace {
  deviceId: string;
  family: string;
  generation: number;
  /** Milliseconds since 1970. */
  issuedAt: number;
}

const FORM = /^([\w-]{22})\.([1-9]\d{0,8})\.([0-9a-z]{6,11})\.([\w-]{43})$/;

const macOf = (secret: Buffer, { deviceId, family, generation, issuedAt }: TokenPlace): string =>
  derive(secret, 'refresh', [deviceId, family, generation, issuedAt].join('\0'));

/**
 * The token of a place. It follows from the place and the servers' secret, so that every server makes the same again, and knows
 * its own tokens even when its database was restored from before they were given.
 */
export const writeToken = (secret: Buffer, place: TokenPlace): string =>
  [place.family, place.generation, place.issuedAt.toString(36), macOf(secret, place)].join('.');

/** The place of a token; null when no server of this secret made it for this device. */
export const readToken = (secret: Buffer, deviceId: string, token: string): TokenPlace | null => {
  const [, family, generation, issuedAt, mac] = FORM.exec(token) ?? [];
  if (!family || !generation || !issuedAt || !mac) return null;
  const place = { deviceId, family, generation: Number(generation), issuedAt: Number.parseInt(issuedAt, 36) };
  return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(secret, place))) ? place : null;
};
