import { isIP } from 'node:net';
import { z } from 'zod';

const number = (initial: number, min: number, max: number) =>
  z.coerce
    .number({ error: `must be a number from ${min} to ${max}` })
    .int({ error: 'must be a whole number' })
    .min(min, { error: `must be ${min} or more` })
    .max(max, { error: `must be ${max} or less` })
    .default(initial);
const path = z.string().min(1, { error: 'must be the path of a file' }).optional();

/** An address, a network or `loopback`. */
const isProxy = (given: string): boolean => {
  const [address = '', bits, ...rest] = given.split('/');
  if (given === 'loopback') return true;
  const most = isIP(address) === 4 ? 32 : 128;
  return (
    isIP(address) > 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
};

/** Every setting, by the environment variable it comes from. An empty variable counts as none. */
const environment = z.object({
  VISITBOOK_NAME: z.string().max(120).default('Visitbook'),
  VISITBOOK_HOST: z.string().default('127.0.0.1'),
  VISITBOOK_PORT: number(8787, 0, 65_535),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'must begin with postgres://' })
    .optional(),
  VISITBOOK_SERVER_DATA: z.string().default('out/server-data'),
  VISITBOOK_DB_CONNECTIONS: number(10, 1, 1_000),
  VISITBOOK_TLS_CERT: path,
  VISITBOOK_TLS_KEY: path,
  VISITBOOK_TLS_PROXY: z
    .string()
    .transform((list) => list.split(',').map((address) => address.trim()))
    .refine((list) => list.every(isProxy), {
      error: 'must be addresses or networks with commas between them, such as 10.0.0.5 or 10.0.0.0/24',
    })
    .optional(),
  VISITBOOK_LEASE_DAYS: number(14, 1, 365),
  VISITBOOK_REFRESH_DAYS: number(90, 1, 730),
  VISITBOOK_ARGON2_MEMORY_KIB: number(19_456, 8, 1_048_576),
  VISITBOOK_ARGON2_ITERATIONS: number(2, 1, 100),
  VISITBOOK_RATE_ADDRESS: number(20_000, 1, 10_000_000),
  VISITBOOK_RATE_SIGN_IN: number(60, 1, 10_000_000),
  VISITBOOK_RATE_DEVICE: number(600, 1, 10_000_000),
  VISITBOOK_METRICS_TOKEN: z.string().min(16, { error: 'must have 16 characters or more' }).optional(),
  VISITBOOK_QUARANTINE_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, { error: 'must be 64 hexadecimal digits (openssl rand -hex 32)' })
    .optional(),
  VISITBOOK_LOG_FILE: path,
  VISITBOOK_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export interface ServerConfig {
  /** What the laptops show as the server's name. */
  name: string;
  host: string;
  port: number;
  /** A PostgreSQL; without one the database lives in `dataFolder`. */
  databaseUrl: string | null;
  dataFolder: string;
  connections: number;
  /** Paths of certificate and key. */
  tls: { cert: string; key: string } | null;
  /** Addresses of the proxies that end TLS in front of this server; their X-Forwarded-For is believed. */
  tlsProxy: string[] | null;
  leaseDays: number;
  refreshDays: number;
  argon2: { memoryKib: number; iterations: number };
  /** Requests a minute, counted by each process for itself. */
  rates: { address: number; signIn: number; device: number };
  /** Whoever shows it reads /metrics from anywhere; without one only this computer does. */
  metricsToken: string | null;
  /** Seals the quarantine; without one a key is made and kept in the database. */
  quarantineKey: string | null;
  /** Where log lines go; standard output without one. */
  logFile: string | null;
  logLevel: string;
}

/** What is wrong with the settings: what, where and what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Whether an address is only reached from this computer. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const checkTransport = ({ host, tls, tlsProxy }: ServerConfig): void => {
  if (tls || tlsProxy || isLoopback(host)) return;
  throw new ConfigError(
    `VISITBOOK_HOST is ${host}: others could read what passes there, because no TLS is configured. Do one of these:
  - VISITBOOK_TLS_CERT and VISITBOOK_TLS_KEY: paths of a certificate and its key (PEM);
  - VISITBOOK_TLS_PROXY: the addresses of the proxies that end TLS in front of this server, such as 10.0.0.5;
  - VISITBOOK_HOST=127.0.0.1: only this computer reaches it.`,
  );
};

/** Reads the settings. @throws ConfigError that names the variable, what is wrong and what to do */
export const configOf = (env: Readonly<Record<string, string | undefined>>): ServerConfig => {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path: [name], message }) => `  ${String(name)}: ${message}`);
    throw new ConfigError(
      `These environment variables cannot be used; correct or remove them:\n${lines.join('\n')}`,
    );
  }
  const { data } = parsed;
  const { VISITBOOK_TLS_CERT: cert, VISITBOOK_TLS_KEY: key } = data;
  if ((cert === undefined) !== (key === undefined))
    throw new ConfigError(
      `${cert === undefined ? 'VISITBOOK_TLS_CERT' : 'VISITBOOK_TLS_KEY'} is missing: TLS needs a certificate and its key. Set both or none.`,
    );
  const config: ServerConfig = {
    name: data.VISITBOOK_NAME,
    host: data.VISITBOOK_HOST,
    port: data.VISITBOOK_PORT,
    databaseUrl: data.DATABASE_URL ?? null,
    dataFolder: data.VISITBOOK_SERVER_DATA,
    connections: data.VISITBOOK_DB_CONNECTIONS,
    tls: cert !== undefined && key !== undefined ? { cert, key } : null,
    tlsProxy: data.VISITBOOK_TLS_PROXY ?? null,
    leaseDays: data.VISITBOOK_LEASE_DAYS,
    refreshDays: data.VISITBOOK_REFRESH_DAYS,
    argon2: { memoryKib: data.VISITBOOK_ARGON2_MEMORY_KIB, iterations: data.VISITBOOK_ARGON2_ITERATIONS },
    rates: {
      address: data.VISITBOOK_RATE_ADDRESS,
      signIn: data.VISITBOOK_RATE_SIGN_IN,
      device: data.VISITBOOK_RATE_DEVICE,
    },
    metricsToken: data.VISITBOOK_METRICS_TOKEN ?? null,
    quarantineKey: data.VISITBOOK_QUARANTINE_KEY ?? null,
    logFile: data.VISITBOOK_LOG_FILE ?? null,
    logLevel: data.VISITBOOK_LOG_LEVEL,
  };
  checkTransport(config);
  return config;
};
