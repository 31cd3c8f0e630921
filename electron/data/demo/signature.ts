import { crc32, deflateSync } from 'node:zlib';
import { type Random, randomFrom } from '#shared/demo/random.ts';

const WIDTH = 280;
const HEIGHT = 90;
const VARIANTS = 4;
const pictures = new Map<number, string>();

type Point = readonly [x: number, y: number];

const bezier = ([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point => {
  const along = (axis: 0 | 1): number =>
    (1 - t) ** 3 * a[axis] +
    3 * (1 - t) ** 2 * t * b[axis] +
    3 * (1 - t) * t ** 2 * c[axis] +
    t ** 3 * d[axis];
  return [along(0), along(1)];
};

/** Grey and alpha of every pixel, black ink on nothing. */
const drawn = (random: Random): Uint8Array => {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 2);
  const ink = ([x, y]: Point, radius: number): void => {
    for (let dy = -3; dy <= 3; dy++)
      for (let dx = -3; dx <= 3; dx++) {
        const [px, py] = [Math.round(x) + dx, Math.round(y) + dy];
        if (px < 0 || py < 0 || px >= WIDTH || py >= HEIGHT) continue;
        const cover = Math.round(255 * Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(px - x, py - y))));
        const at = (py * WIDTH + px) * 2 + 1;
        pixels[at] = Math.max(pixels[at] ?? 0, cover);
      }
  };
  const point = (x: number): Point => [x, random.between(14, HEIGHT - 16)];
  let from = point(20);
  for (let stroke = 0; stroke < 5; stroke++) {
    const left = 20 + stroke * 46;
    const curve = [from, point(left + 30), point(left - 8), point(left + 50)] as const;
    for (let step = 0; step <= 160; step++)
      ink(bezier(curve, step / 160), 1 + Math.sin((step / 160) * Math.PI) * 0.7);
    from = curve[3];
  }
  return pixels;
};

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

const png = (pixels: Uint8Array): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // 8 bits, grey with alpha
  header.set([8, 4, 0, 0, 0], 8);
  const stride = WIDTH * 2;
  const lines = Buffer.alloc((stride + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y++)
    lines.set(pixels.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    magic,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** A drawn scrawl as PNG data URL, standing for a signature in the demo book. */
export const signaturePicture = (n: number): string => {
  const variant = n % VARIANTS;
  let picture = pictures.get(variant);
  if (!picture) {
    picture = `data:image/png;base64,${png(drawn(randomFrom(`signature ${variant}`))).toString('base64')}`;
    pictures.set(variant, picture);
  }
  return picture;
};
