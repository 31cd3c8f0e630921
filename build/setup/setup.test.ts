import { describe, expect, it } from 'vitest';
import { explain, SetupError } from './log.mjs';
import { missingPackages } from './packages.mjs';
import { binScript, projectNode } from './project.mjs';
import { electronEnvironment, type Runtime } from './runtime.ts';
import { withExperimentalApi } from './sqlite-binding.ts';

const runtime: Runtime = {
  electron: '/e',
  version: '45.4.1',
  chrome: '1',
  node: '24',
  source: 'official',
  nativeBinding: null,
  sqlite: '3.53.4',
};

describe('setup', () => {
  it('finds nothing to install where everything is', () => {
    expect(missingPackages()).toEqual([]);
    expect(projectNode()).toContain('node');
    expect(binScript('tsc')).toContain('typescript');
  });

  it('names step, cause and way out of a failure', () => {
    const text = explain(new SetupError('Get Electron', 'no network', 'connect'));
    expect(text).toMatch(/Step: +Get Electron\n +Cause: no network\n +Do: +connect/);
  });

  it('gives the app no setting that was meant for Node or npm', () => {
    process.env.NODE_OPTIONS = '--inspect';
    process.env.VISITBOOK_SQLITE_BINDING = '/stale.node';
    const plain = electronEnvironment(runtime);
    expect(plain).not.toHaveProperty('NODE_OPTIONS');
    expect(plain).not.toHaveProperty('VISITBOOK_SQLITE_BINDING');
    expect(electronEnvironment({ ...runtime, nativeBinding: '/b.node' }).VISITBOOK_SQLITE_BINDING).toBe(
      '/b.node',
    );
    delete process.env.NODE_OPTIONS;
    delete process.env.VISITBOOK_SQLITE_BINDING;
  });

  it('changes one place of the build file or none', () => {
    expect(withExperimentalApi("x 'NAPI_VERSION=10', y")).toBe("x 'NAPI_EXPERIMENTAL', y");
    expect(() => withExperimentalApi("'NAPI_VERSION=11'")).toThrow(SetupError);
    expect(() => withExperimentalApi("'NAPI_VERSION=10' 'NAPI_VERSION=10'")).toThrow(SetupError);
  });
});
