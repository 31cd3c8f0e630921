import { describe, expect, it } from 'vitest';
import { brokenRules, findImports } from './imports.ts';

const check = (file: string, text: string) => brokenRules(findImports(file, text));

describe('import rules', () => {
  it.each([
    ['shared/domain/money.ts', "import { readFileSync } from 'node:fs';"],
    ['shared/domain/money.ts', "import fs from 'fs';"],
    ['shared/domain/money.ts', "import { app } from '../../electron/main.ts';"],
    ['shared/domain/money.ts', "import React from 'react';"],
    ['shared/domain/money.ts', "export * from '../../renderer/app.tsx';"],
    ['renderer/app.tsx', "import { ipcRenderer } from 'electron';"],
    ['renderer/app.tsx', "const fs = await import('node:fs');"],
    ['renderer/app.tsx', "import type { Row } from '../electron/data/row.ts';"],
    ['server/http/app.ts', "import { open } from '../../electron/data/database/open.ts';"],
    ['electron/main.ts', "import Database from 'better-sqlite3';"],
    ['electron/main.ts', "import {\n  open,\n  close,\n} from './data/database/open.ts';"],
    ['electron/main.ts', "import './data/data.ts';"],
    ['electron/data/data.ts', "import { app } from 'electron';"],
  ])('%s may not: %s', (file, text) => {
    expect(check(file, text)).toHaveLength(1);
  });

  it.each([
    ['shared/domain/money.ts', "import { z } from 'zod';\nimport { zhCN } from 'date-fns/locale';"],
    ['shared/sync/merge.ts', "import type { Stamp } from '#shared/sync/clock.ts';"],
    ['renderer/app.tsx', "import { Button } from '@mantine/core';\nimport '#shared/contracts/errors.ts';"],
    ['electron/main.ts', "import { app } from 'electron';\nimport type { Reply } from './data/router.ts';"],
    ['electron/data/database/open.ts', "import Database from 'better-sqlite3';"],
    ['shared/domain/money.test.ts', "import { readFileSync } from 'node:fs';"],
    ['tests/integration/sync.test.ts', "import Database from 'better-sqlite3';"],
  ])('%s may: %s', (file, text) => {
    expect(check(file, text)).toEqual([]);
  });

  it('names file and line', () => {
    expect(check('electron/main.ts', "import a from 'zod';\n\nimport b from 'better-sqlite3';")[0]).toMatch(
      /^electron\/main\.ts:3: imports better-sqlite3: only electron\/data\//,
    );
  });
});
