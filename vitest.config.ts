import { defineConfig } from 'vitest/config';

/** Unit tests stand beside their source; the other kinds have a folder each. One name selects one project. */
const folder = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout },
});

export default defineConfig({
  test: {
    environment: 'node',
    // A test that depends on the machine's zone or language is a test of the machine.
    env: { TZ: 'Asia/Shanghai' },
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,electron,renderer,server,build}/**/*.test.{ts,tsx}'],
        },
      },
      folder('integration', 30_000),
      folder('property', 60_000),
      folder('fault', 120_000),
    ],
  },
});
