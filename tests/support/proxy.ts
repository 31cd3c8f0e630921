// A wire that cannot be trusted: a TCP proxy between laptops and a server.
//   await using proxy = await startProxy(server.url);
//   proxy.trouble = () => ({ cutDownAfter: 300 });
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What happens to one connection. Bytes are counted from its first; "up" is towards the server. */
export interface Trouble {
  /** Every piece waits so long, in both directions. */
  delayMs?: number;
  /** The connection breaks when so many bytes went up. */
  cutUpAfter?: number;
  /** The connection breaks when so many bytes came down. */
  cutDownAfter?: number;
  /** The answer ends in good order after so many bytes. */
  endDownAfter?: number;
  /** This byte arrives changed. A connection so spoiled may fall silent, and is cut soon after. */
  flipUpAt?: number;
  flipDownAt?: number;
  /** All that goes up goes to the server a second time, on a connection whose answers nobody reads. */
  twice?: boolean;
}

export interface BadWire extends AsyncDisposable {
  url: string;
  /** Where connections lead; it may be another server after a while. null: nobody answers. */
  target: string | null;
  /** Asked for every connection. */
  trouble: (() => Trouble) | null;
  /** How often each trouble really happened. */
  readonly happened: Map<keyof Trouble, number>;
  /** Breaks all connections there are. */
  cut(): void;
}

const SILENCE_MS = 200;

export const startProxy = async (target: string): Promise<BadWire> => {
  const open = new Set<Socket>();
  const happened = new Map<keyof Trouble, number>();
  const note = (what: keyof Trouble): void => void happened.set(what, (happened.get(what) ?? 0) + 1);

  const listener = createServer((laptop) => {
    if (proxy.target === null) {
      laptop.destroy();
      return;
    }
    const trouble = proxy.trouble?.() ?? {};
    const { hostname, port } = new URL(proxy.target);
    const server = connect(Number(port), hostname);
    const shadow = trouble.twice ? connect(Number(port), hostname) : null;
    if (shadow) note('twice');
    if (trouble.delayMs) note('delayMs');
    const all = [laptop, server, ...(shadow ? [shadow] : [])];
    const cutAll = (): void => {
      for (const socket of all) socket.destroy();
    };
    for (const socket of all) {
      open.add(socket);
      socket.on('error', cutAll).on('close', () => {
        open.delete(socket);
        if (socket !== shadow) cutAll();
      });
    }
    shadow?.resume();

    /** Carries one direction, with its own count of bytes. */
    const carry = (from: Socket, to: readonly Socket[], way: 'Up' | 'Down'): void => {
      let passed = 0;
      const cutAfter = trouble[`cut${way}After`];
      const flipAt = trouble[`flip${way}At`];
      const pass = (piece: Buffer): void => {
        if (flipAt !== undefined && passed <= flipAt && flipAt < passed + piece.length) {
          note(`flip${way}At`);
          piece[flipAt - passed] = (piece[flipAt - passed] as number) ^ 0x15;
          setTimeout(cutAll, SILENCE_MS).unref();
        }
        const endAfter = way === 'Down' ? trouble.endDownAfter : undefined;
        const limit = Math.min(cutAfter ?? Number.POSITIVE_INFINITY, endAfter ?? Number.POSITIVE_INFINITY);
        const rest = piece.subarray(0, Math.max(0, limit - passed));
        const isLast = passed + piece.length >= limit;
        passed += piece.length;
        for (const socket of to) if (!socket.destroyed && rest.length > 0) socket.write(rest);
        if (!isLast) return;
        if (limit === endAfter) {
          note('endDownAfter');
          for (const socket of to) socket.end();
          setTimeout(cutAll, SILENCE_MS).unref();
        } else {
          note(`cut${way}After`);
          setImmediate(cutAll); // what came before it arrives
        }
      };
      from.on('data', (piece: Buffer) => {
        if (trouble.delayMs) setTimeout(() => pass(piece), trouble.delayMs);
        else pass(piece);
      });
      from.on('end', () => setTimeout(() => to.forEach((socket) => void socket.end()), trouble.delayMs ?? 0));
    };
    carry(laptop, shadow ? [server, shadow] : [server], 'Up');
    carry(server, [laptop], 'Down');
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address() as AddressInfo;
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  const proxy: BadWire = {
    url: `${new URL(target).protocol}//127.0.0.1:${address.port}`,
    target,
    trouble: null,
    happened,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      listener.close();
      await once(listener, 'close');
    },
  };
  return proxy;
};
