import { type AddressInfo, connect, createServer } from 'node:net';

export interface CountingWire {
  url: string;
  /** Bytes since the last look, headers included. */
  take(): { up: number; down: number };
  close(): void;
}

/** A cable to a server on this computer that counts what passes through it. */
export const openWire = async (to: string): Promise<CountingWire> => {
  const counted = { up: 0, down: 0 };
  const target = new URL(to);
  const server = createServer((laptop) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, into, way] of [
      [laptop, far, 'up'],
      [far, laptop, 'down'],
    ] as const) {
      from.on('data', (piece) => {
        counted[way] += piece.length;
      });
      from.on('error', () => into.destroy());
      from.pipe(into);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = { ...counted };
      counted.up = 0;
      counted.down = 0;
      return taken;
    },
    close() {
      server.close();
    },
  };
};
