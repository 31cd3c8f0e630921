import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const COUNTED = {
  push: 'Mutations decided',
  refused: 'Mutations refused',
  merged: 'Mutations brought together with what others typed, conflicts among them',
  pulled: 'Records delivered by pulls',
  snapshot: 'Records delivered by snapshots',
} as const;
export type Counted = keyof typeof COUNTED;

export interface Metrics {
  /** All numbers in the text format of Prometheus. */
  text(): Promise<string>;
  contentType: string;
  /** One request that was answered. */
  observe(labels: { method: string; route: string; status: number }, seconds: number): void;
  count(what: Counted, amount: number): void;
  /** Sign-ins, refreshes and what was refused there. */
  auth(outcome: string): void;
}

let ofProcess: Registry | undefined;
/** Memory, garbage and delays of the process; watched once, however many applications there are in it. */
const processRegistry = (): Registry => {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
};

/** Numbers of this process for Prometheus; `hints` tells how many listen at this moment. */
export const createMetrics = (hints: () => number): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const latency = new Histogram({
    name: 'visitbook_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const auth = new Counter({
    name: 'visitbook_auth_total',
    help: 'Sign-ins and refreshes by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const counters = Object.fromEntries(
    Object.entries(COUNTED).map(([name, help]) => [
      name,
      new Counter({ name: `visitbook_${name}_total`, help, registers }),
    ]),
  ) as Record<Counted, Counter>;
  new Gauge({
    name: 'visitbook_hints',
    help: 'Laptops listening for hints',
    registers,
    collect() {
      this.set(hints());
    },
  });
  return {
    text: () => Registry.merge([registry, processRegistry()]).metrics(),
    contentType: registry.contentType,
    observe: ({ method, route, status }, seconds) => latency.observe({ method, route, status }, seconds),
    count: (what, amount) => counters[what].inc(amount),
    auth: (outcome) => auth.inc({ outcome }),
  };
};
