import { documents, type Outcome, Rufa, type WxPlatform, wxRandom, wxSource, wxStorage, wxTransport } from "../../../typescript/src/index";
import { isOnline } from "./modes";
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
    platform: { random: wxRandom(platform), wait },
  });
  return made;
}

/** Waits before the next try: not at all where there is no network, so that what is kept is shown at once. */
function wait(ms: number): Promise<void> {
  return isOnline() ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();
}

/** Whether anybody is signed in here. */
export async function isSignedIn(): Promise<boolean> {
  await service().session.ready();
  return service().session.state === "signed_in";
}

const pictures = new Map<string, Promise<string>>();

/** Fetches a private picture, once; nothing where it cannot be had. */
export function pictureOf(token: string, path: string): Promise<string> {
  const fetched = pictures.get(token) ?? fetchPicture(address().replace(/\/+$/, "") + path);
  pictures.set(token, fetched);
  return fetched;
}

async function fetchPicture(url: string): Promise<string> {
  const bearer = await service().session.bearer();
  const header = "token" in bearer && bearer.token ? { Authorization: `Bearer ${bearer.token}` } : {};
  return new Promise((resolve) => {
    const success = ({ statusCode, tempFilePath }: { readonly statusCode: number; readonly tempFilePath: string }) =>
      resolve(statusCode === 200 ? tempFilePath : "");
    wx.downloadFile({ url, header, success, fail: () => resolve("") });
  });
}

/** A photograph of the device, to be sent in pieces. */
export function photograph(path: string, size: number) {
  return wxSource(wx as unknown as WxPlatform, path, size);
}

/** The picture of a signature, to be sent. */
export function signatureOf(path: string): Promise<ReturnType<typeof photograph>> {
  return new Promise((resolve, reject) => {
    const success = ({ size }: { readonly size: number }) => resolve(photograph(path, size));
    wx.getFileSystemManager().getFileInfo({ filePath: path, success, fail: reject });
  });
}

/** What is answered to whoever asks for their own things without having signed in: nobody need be asked for that. */
export function signedOut(): Outcome<never> {
  const said = { kind: "signed_out", code: "not_signed_in", text: "请先登录。", remedy: "", retryable: false } as const;
  return { ok: false, fault: { ...said, retryAfter: null, problems: [], path: [], reference: null }, data: null };
}
