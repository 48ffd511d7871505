/** A point of a signature, in px. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

const ENOUGH_PX = 60;

/** The strokes of a signature as they are drawn. */
export class Strokes {
  readonly all: Dot[][] = [];

  begin(dot: Dot): void {
    this.all.push([dot]);
  }

  /** Goes on with the last stroke; gives where it comes from. */
  go(dot: Dot): Dot | null {
    const stroke = this.all[this.all.length - 1];
    const from = stroke?.[stroke.length - 1] ?? null;
    stroke?.push(dot);
    return from;
  }

  clear(): void {
    this.all.length = 0;
  }
}

/** Says whether more was drawn than a slip of the finger. */
export function isSignature(strokes: readonly (readonly Dot[])[]): boolean {
  const length = (stroke: readonly Dot[]) =>
    stroke.reduce((sum, dot, at) => sum + (at ? Math.hypot(dot.x - stroke[at - 1]!.x, dot.y - stroke[at - 1]!.y) : 0), 0);
  return strokes.reduce((sum, stroke) => sum + length(stroke), 0) >= ENOUGH_PX;
}
