import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../../../tests/support/folder.ts';
import { delayAfter } from './attempts.ts';
import { keyFile, readKeyFile } from './key-file.ts';
import type { KeyRing } from './key-ring.ts';
import { createVault } from './vault.ts';

const cheap = { iterations: 1, memory: 64, parallelism: 1 };
const noRing: KeyRing = {
  available: async () => false,
  protect: () => Promise.reject(new Error('no ring')),
  reveal: () => Promise.reject(new Error('no ring')),
};
/** A ring that seals by its own name: another one's seals it cannot open. */
const ringOf = (name: string): KeyRing => ({
  available: async () => true,
  protect: async (text) => Buffer.from(`${name}:${text}`).toString('base64'),
  async reveal(sealed) {
    const [owner, text = ''] = Buffer.from(sealed, 'base64').toString().split(':');
    if (owner !== name) throw new Error('cannot decrypt');
    return text;
  },
});
const setUp = (ring: KeyRing = noRing) => {
  const folder = testFolder();
  const waits: number[] = [];
  const open = (other: KeyRing = ring) =>
    createVault(folder, other, {
      cost: cheap,
      wait: async (ms) => {
        waits.push(ms);
      },
    });
  return { folder, waits, open, vault: open() };
};

describe('a book guarded by passphrase', () => {
  it('opens by the passphrase, however its characters are composed, and by nothing else', async () => {
    const { vault, open } = setUp();
    const { key } = await vault.create('pässwort 口令');
    expect(key).toHaveLength(32);
    expect(await open().openByPassphrase('pa\u0308sswort 口令')).toEqual(key);
    expect(vault.protection()).toBe('passphrase');
    expect(await vault.openSilently()).toBeNull();
    await expect(vault.openByPassphrase('pässwort 口')).rejects.toMatchObject({ code: 'wrong_passphrase' });
  });

  it('opens by the recovery code when the passphrase is forgotten', async () => {
    const { vault, open } = setUp();
    const { key, recoveryCode } = await vault.create('long forgotten');
    expect(await open().openByRecoveryCode(recoveryCode.toLowerCase())).toEqual(key);
    await expect(vault.openByRecoveryCode('00000')).rejects.toMatchObject({ code: 'wrong_recovery_code' });
    const other = (await setUp().vault.create('another')).recoveryCode;
    await expect(vault.openByRecoveryCode(other)).rejects.toMatchObject({ code: 'wrong_recovery_code' });
  });

  it('takes a new passphrase and code, after which no copy opens by the former ones', async () => {
    const { vault, open, folder } = setUp();
    const first = await vault.create('the first one');
    const code = await vault.rewrap(first.key, 'the second one');
    expect(await open().openByPassphrase('the second one')).toEqual(first.key);
    expect(await open().openByRecoveryCode(code)).toEqual(first.key);
    for (const copy of ['', 'keys.json', 'keys.json.bak']) {
      if (copy) rmSync(join(folder, copy));
      await expect(open().openByPassphrase('the first one')).rejects.toMatchObject({
        code: 'wrong_passphrase',
      });
      await expect(open().openByRecoveryCode(first.recoveryCode)).rejects.toMatchObject({
        code: 'wrong_recovery_code',
      });
    }
  });

  it('holds answers back after repeated failures, one at a time, until one is right', async () => {
    const { vault, waits } = setUp();
    await vault.create('the right one');
    const tries = Array.from({ length: 5 }, () => vault.openByPassphrase('wrong').catch(() => null));
    await Promise.all(tries);
    await vault.openByPassphrase('the right one');
    expect(waits).toEqual([0, 0, 0, 1_000, 2_000, 0]);
    expect(delayAfter(100)).toBe(30_000);
  });

  it('cannot be opened by one wrap in the place of another', async () => {
    const { vault, folder } = setUp();
    const { recoveryCode } = await vault.create('passphrase');
    const file = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8'));
    file.recovery.sealed = file.passphrase.sealed;
    for (const copy of ['keys.json', 'keys.json.bak'])
      writeFileSync(join(folder, copy), JSON.stringify(file));
    await expect(vault.openByRecoveryCode(recoveryCode)).rejects.toMatchObject({
      code: 'wrong_recovery_code',
    });
  });
});

describe('a book guarded by the key ring', () => {
  it('opens by itself', async () => {
    const { vault, open } = setUp(ringOf('this computer'));
    const { key } = await vault.create(null);
    expect(await open().openSilently()).toEqual(key);
    expect(vault.protection()).toBe('system');
  });
  it('asks for the recovery code where the key ring is another one or none', async () => {
    const { vault, open } = setUp(ringOf('this computer'));
    const { key, recoveryCode } = await vault.create(null);
    expect(await open(ringOf('a new computer')).openSilently()).toBeNull();
    expect(await open(noRing).openSilently()).toBeNull();
    expect(await open(noRing).openByRecoveryCode(recoveryCode)).toEqual(key);
  });
  it('wants a passphrase where there is no key ring', async () => {
    const { vault, folder } = setUp();
    await expect(vault.create(null)).rejects.toMatchObject({ code: 'passphrase_required' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('keys.json', () => {
  it('holds the key of a guarded book nowhere in the clear, and the demo’s plainly', async () => {
    const { vault, folder } = setUp();
    const { key, recoveryCode } = await vault.create('passphrase');
    const text = readFileSync(join(folder, 'keys.json'), 'utf8');
    for (const secret of [
      Buffer.from(key).toString('base64'),
      Buffer.from(key).toString('hex'),
      recoveryCode,
    ])
      expect(text).not.toContain(secret);
    const demo = setUp();
    const open = demo.vault.createUnprotected();
    expect(demo.vault.protection()).toBe('none');
    expect(await demo.vault.openSilently()).toEqual(open);
  });

  it.skipIf(process.platform === 'win32')('is the user’s alone', async () => {
    const { vault, folder } = setUp();
    await vault.create('passphrase');
    for (const copy of ['keys.json', 'keys.json.bak', 'backups/keys.json'])
      expect(statSync(join(folder, copy)).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', 'null', '{"version":2}', '{"version":1}', '\0'.repeat(500)])(
    'is taken from a copy and healed when it reads %j',
    async (damage) => {
      const { vault, folder, open } = setUp();
      const { key } = await vault.create('passphrase');
      const whole = readFileSync(join(folder, 'keys.json'), 'utf8');
      for (const copies of [['keys.json'], ['keys.json', 'keys.json.bak']]) {
        for (const copy of copies) writeFileSync(join(folder, copy), damage);
        await open().openSilently();
        expect(await open().openByPassphrase('passphrase')).toEqual(key);
        for (const copy of copies) expect(readFileSync(join(folder, copy), 'utf8')).toBe(whole);
      }
    },
  );

  it('is told to be unreadable when no copy is left', async () => {
    const { vault, folder } = setUp();
    await vault.create('passphrase');
    for (const copy of ['keys.json', 'keys.json.bak', 'backups/keys.json'])
      writeFileSync(join(folder, copy), 'damaged');
    expect(vault.exists()).toBe(true);
    await expect(vault.openSilently()).rejects.toMatchObject({ code: 'keys_unreadable' });
    await expect(vault.openByPassphrase('passphrase')).rejects.toMatchObject({ code: 'keys_unreadable' });
    expect(() => vault.protection()).toThrow('keys_unreadable');
  });

  it('stays whole when a write is cut off before the rename', async () => {
    const { vault, folder } = setUp();
    const { key } = await vault.create('passphrase');
    mkdirSync(join(folder, 'keys.json.new'));
    await expect(vault.rewrap(key, 'another one')).rejects.toThrow();
    expect(await vault.openByPassphrase('passphrase')).toEqual(key);
  });

  it.each([
    ['memory', { iterations: 3, memory: 2 ** 31, parallelism: 1 }],
    ['no work', { iterations: 0, memory: 64, parallelism: 1 }],
  ])('is refused when its cost asks for %s', async (_what, cost) => {
    const { vault, folder } = setUp();
    await vault.create('passphrase');
    const file = readKeyFile(folder);
    expect(keyFile.safeParse({ ...file, passphrase: { ...file.passphrase, cost } }).success).toBe(false);
  });
});
