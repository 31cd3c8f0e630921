import { describe, expect, it } from 'vitest';
import { keyRingOf, type SafeStorage } from './key-ring.ts';

const mirror = (text: string): string => [...text].reverse().join('');

/** Both generations of Electron's safeStorage; "encryption" is a mirror. */
const former = (backend = 'gnome_libsecret', available = true): SafeStorage => ({
  isEncryptionAvailable: () => available,
  encryptString: (text) => Buffer.from(mirror(text)),
  decryptString: (sealed) => mirror(sealed.toString()),
  getSelectedStorageBackend: () => backend,
});
const deprecated = (): never => {
  throw new Error('deprecated');
};
const current = (available = true): SafeStorage => ({
  ...former('gnome_libsecret', available),
  isEncryptionAvailable: deprecated,
  encryptString: deprecated,
  decryptString: deprecated,
  isAsyncEncryptionAvailable: async () => available,
  encryptStringAsync: async (text) => Buffer.from(`async ${mirror(text)}`),
  decryptStringAsync: async (sealed) => ({ result: mirror(sealed.toString().slice('async '.length)) }),
});

describe.each([
  ['synchronous', former(), former('gnome_libsecret', false)],
  ['asynchronous', current(), current(false)],
])('the %s safeStorage', (_name, storage, without) => {
  it('protects and reveals', async () => {
    const ring = keyRingOf(storage, 'linux');
    expect(await ring.available()).toBe(true);
    const sealed = await ring.protect('the key');
    expect(Buffer.from(sealed, 'base64').toString()).not.toContain('the key');
    expect(await ring.reveal(sealed)).toBe('the key');
  });
  it('says when there is none', async () => {
    expect(await keyRingOf(without, 'darwin').available()).toBe(false);
  });
});

it.each(['basic_text', 'unknown'])('takes the Linux backend %s for no protection', async (backend) => {
  expect(await keyRingOf(former(backend), 'linux').available()).toBe(false);
  const { getSelectedStorageBackend: _, ...silent } = former();
  expect(await keyRingOf(silent, 'linux').available()).toBe(false);
  expect(await keyRingOf(silent, 'win32').available()).toBe(true);
});

it('is not available when asking fails', async () => {
  const broken = { ...current(), isAsyncEncryptionAvailable: () => Promise.reject(new Error('no bus')) };
  expect(await keyRingOf(broken, 'linux').available()).toBe(false);
});
