/** Where things outlive a restart. Names are short; values are text of at most a few hundred KB. */
export interface Storage {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
}

/** Keeps things as long as the program runs. `kept` may be filled before, and read afterwards. */
export function memoryStorage(kept: Map<string, string> = new Map()): Storage {
  return {
    get: async (name) => kept.get(name) ?? null,
    set: async (name, value) => void kept.set(name, value),
    remove: async (name) => void kept.delete(name),
    names: async () => [...kept.keys()],
  };
}

/** What is used of a browser's `localStorage`. */
export interface WebStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** Keeps things in a browser, under names of our own. */
export function webStorage(web: WebStorage, prefix = "rufa:"): Storage {
  return {
    get: async (name) => web.getItem(prefix + name),
    set: async (name, value) => web.setItem(prefix + name, value),
    remove: async (name) => web.removeItem(prefix + name),
    names: async () => {
      const all = Array.from({ length: web.length }, (_, index) => web.key(index) ?? "");
      return all.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    },
  };
}

/** Reads what was kept as JSON; nothing where it is missing or damaged. */
export async function read<T>(storage: Storage, name: string): Promise<T | null> {
  const text = await storage.get(name);
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

/** Keeps a value as JSON. */
export async function write(storage: Storage, name: string, value: unknown): Promise<void> {
  await storage.set(name, JSON.stringify(value));
}
