import { documents, Rufa, type WxPlatform, wxRandom, wxStorage, wxTransport } from "../../../typescript/src/index";
import { address } from "./place";

export { documents };
export type { Fault, Outcome, Problem, types, Waiting } from "../../../typescript/src/index";

let made: Rufa | null = null;

/** The one client of the whole app. */
export function service(): Rufa {
  if (made) return made;
  const platform = wx as unknown as WxPlatform;
  made = new Rufa({
    transport: wxTransport(address(), platform),
    storage: wxStorage(platform),
    platform: wx.getRandomValues ? { random: wxRandom(platform) } : {},
  });
  return made;
}

/** Whether anybody is signed in here. */
export async function isSignedIn(): Promise<boolean> {
  await service().session.ready();
  return service().session.state === "signed_in";
}

/** Gives the whole address of something the service links to. */
export function linked(path: string): string {
  return path.startsWith("/") ? address().replace(/\/+$/, "") + path : path;
}
