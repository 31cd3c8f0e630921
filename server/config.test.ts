import { describe, expect, it } from 'vitest';
import { ConfigError, configOf, isLoopback } from './config.ts';

const refusal = (env: Record<string, string>): string => {
  try {
    configOf(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('configOf', () => {
  it('serves this computer on a database of its own when nothing is set', () => {
    expect(configOf({})).toMatchObject({
      host: '127.0.0.1',
      databaseUrl: null,
      leaseDays: 14,
      tls: null,
      tlsProxy: null,
    });
  });

  it('takes an empty variable for none', () => {
    expect(configOf({ DATABASE_URL: '', VISITBOOK_PORT: '' })).toEqual(configOf({}));
  });

  it.each([
    [{ VISITBOOK_PORT: 'eight' }, 'VISITBOOK_PORT: must be a number from 0 to 65535'],
    [{ VISITBOOK_PORT: '70000' }, 'VISITBOOK_PORT: must be 65535 or less'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL: must begin with postgres://'],
    [{ VISITBOOK_METRICS_TOKEN: 'short' }, 'VISITBOOK_METRICS_TOKEN: must have 16 characters or more'],
    [{ VISITBOOK_QUARANTINE_KEY: 'abc' }, 'VISITBOOK_QUARANTINE_KEY: must be 64 hexadecimal digits'],
    [{ VISITBOOK_TLS_PROXY: 'true' }, 'VISITBOOK_TLS_PROXY: must be addresses'],
    [{ VISITBOOK_TLS_PROXY: '10.0.0.0/33' }, 'VISITBOOK_TLS_PROXY: must be addresses'],
    [{ VISITBOOK_TLS_CERT: 'a.pem' }, 'VISITBOOK_TLS_KEY is missing'],
    [{ VISITBOOK_TLS_KEY: 'a.pem' }, 'VISITBOOK_TLS_CERT is missing'],
  ])('names the variable and what it must be: %o', (env, message) => {
    expect(refusal(env)).toContain(message);
  });

  it('names everything that is wrong at once', () => {
    const message = refusal({ VISITBOOK_PORT: 'x', VISITBOOK_LEASE_DAYS: '0' });
    expect(message).toContain('VISITBOOK_PORT');
    expect(message).toContain('VISITBOOK_LEASE_DAYS');
  });

  it.each(['0.0.0.0', '::', '10.1.2.3', 'sync.bank.example'])('refuses plain HTTP on %s', (host) => {
    const message = refusal({ VISITBOOK_HOST: host });
    expect(message).toContain(`VISITBOOK_HOST is ${host}`);
    expect(message).toContain('VISITBOOK_TLS_CERT');
  });

  it('serves others with TLS, or behind a proxy that is named', () => {
    expect(refusal({ VISITBOOK_HOST: '0.0.0.0', VISITBOOK_TLS_CERT: 'c', VISITBOOK_TLS_KEY: 'k' })).toBe(
      'accepted',
    );
    expect(
      configOf({ VISITBOOK_HOST: '0.0.0.0', VISITBOOK_TLS_PROXY: '10.0.0.5, 10.0.0.6' }).tlsProxy,
    ).toEqual(['10.0.0.5', '10.0.0.6']);
  });
});

it.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['localhost', true],
  ['127.example.com', false],
  ['0.0.0.0', false],
  ['::', false],
])('isLoopback(%s) is %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
