export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const MIN_SIZE = { width: 1024, height: 700 };
export const DEFAULT_SIZE = { width: 1440, height: 900 };
/** So much of the title bar must be on a screen to take hold of the window. */
const GRIP = { width: 120, height: 24 };

const overlap = (a: number, aLength: number, b: number, bLength: number): number =>
  Math.min(a + aLength, b + bLength) - Math.max(a, b);

/**
 * Where a window opens: where it was last if its title bar can still be seen there, else the system decides; never
 * larger than the screen it is on, unless the screen is smaller than the smallest size we can work with.
 */
export const fitBounds = (saved: Bounds | undefined, screens: readonly Bounds[]): Partial<Bounds> => {
  const shared = (area: Bounds): number =>
    saved
      ? Math.max(overlap(saved.x, saved.width, area.x, area.width), 0) *
        Math.max(overlap(saved.y, saved.height, area.y, area.height), 0)
      : 0;
  const screen =
    saved &&
    [...screens]
      .sort((a, b) => shared(b) - shared(a))
      .find(
        (area) =>
          overlap(saved.x, saved.width, area.x, area.width) >= GRIP.width &&
          overlap(saved.y, GRIP.height, area.y, area.height) >= GRIP.height,
      );
  const within = (length: number, most: number | undefined, least: number): number =>
    Math.max(Math.min(length, most ?? length), least);
  const area = screen ?? screens[0];
  const size = {
    width: within(saved?.width ?? DEFAULT_SIZE.width, area?.width, MIN_SIZE.width),
    height: within(saved?.height ?? DEFAULT_SIZE.height, area?.height, MIN_SIZE.height),
  };
  return saved && screen ? { x: saved.x, y: saved.y, ...size } : size;
};
