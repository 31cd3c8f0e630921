/** The system's key ring as the vault sees it. */
export interface KeyRing {
  /** false where the system protects nothing: no key ring, or Chromium's constant password (`basic_text`). */
  available(): Promise<boolean>;
  protect(text: string): Promise<string>;
  reveal(sealed: string): Promise<string>;
}

/** The parts of Electron's safeStorage we use; the asynchronous ones exist from Electron 45 on. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
  getSelectedStorageBackend?(): string;
  isAsyncEncryptionAvailable?(): Promise<boolean>;
  encryptStringAsync?(text: string): Promise<Buffer>;
  decryptStringAsync?(sealed: Buffer): Promise<{ result: string }>;
}

const NO_PROTECTION = new Set(['basic_text', 'unknown']);

/** One adapter over both generations of safeStorage. */
export const keyRingOf = (storage: SafeStorage, platform: NodeJS.Platform): KeyRing => {
  const isReal = (): boolean =>
    platform !== 'linux' || !NO_PROTECTION.has(storage.getSelectedStorageBackend?.() ?? 'unknown');
  return {
    async available() {
      if (!isReal()) return false;
      try {
        return storage.isAsyncEncryptionAvailable
          ? await storage.isAsyncEncryptionAvailable()
          : storage.isEncryptionAvailable();
      } catch {
        return false;
      }
    },
    async protect(text) {
      const sealed = storage.encryptStringAsync
        ? await storage.encryptStringAsync(text)
        : storage.encryptString(text);
      return sealed.toString('base64');
    },
    async reveal(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      return storage.decryptStringAsync
        ? (await storage.decryptStringAsync(bytes)).result
        : storage.decryptString(bytes);
    },
  };
};
