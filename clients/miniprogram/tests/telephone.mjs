// A telephone with WeChat on it: what `wx` does, kept in memory, its network over real sockets.
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { inked } from "./drawing.mjs";

const ANSWERED = { errMsg: "ok" };

/** Makes `wx` and what a test may set and see of it. */
export function telephone({ address, storage = new Map(), fontSizeSetting = 17 }) {
  const seen = { calls: [], copied: [], modals: [], toasts: [], places: [], requests: [], consents: [], left: 0, hidden: false };
  const set = { online: true, photos: [], location: null, modal: true, login: () => "", consent: () => ({}), fontSizeSetting };
  let running = 0;
  const networkListeners = [];

  const answer = (options, value) => {
    const told = { ...ANSWERED, ...value };
    if (!options?.success && !options?.complete) return Promise.resolve(told);
    queueMicrotask(() => (options.success?.(told), options.complete?.(told)));
    return undefined;
  };
  const refuse = (options, errMsg) => {
    if (!options?.fail && !options?.complete) return Promise.reject(Object.assign(new Error(errMsg), { errMsg }));
    queueMicrotask(() => (options.fail?.({ errMsg }), options.complete?.({ errMsg })));
    return undefined;
  };

  /** Sends over a real socket; any status is a success, as on a telephone. */
  async function send(options, url, init, kind) {
    seen.requests.push({ url, method: init.method, body: init.body });
    if (!set.online) return refuse(options, `${kind}:fail errcode:-2 net::ERR_INTERNET_DISCONNECTED`);
    running += 1;
    try {
      const reply = await fetch(url, { ...init, signal: AbortSignal.timeout(options.timeout ?? 60_000) });
      const data = await reply.text();
      options.success?.({ statusCode: reply.status, header: Object.fromEntries(reply.headers), data, ...ANSWERED });
    } catch (fault) {
      options.fail?.({ errMsg: `${kind}:fail ${fault.name === "TimeoutError" ? "timeout" : "connection reset"}` });
    } finally {
      running -= 1;
    }
    return undefined;
  }

  const files = {
    readFile({ filePath, position = 0, length, success, fail }) {
      try {
        const size = Math.max(0, Math.min(length ?? Infinity, statSync(filePath).size - position));
        const bytes = Buffer.alloc(size);
        const file = openSync(filePath);
        readSync(file, bytes, 0, size, position);
        closeSync(file);
        success({ data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + size) });
      } catch (fault) {
        fail({ errMsg: `readFile:fail ${fault.message}` });
      }
    },
    getFileInfo: ({ filePath, success }) => success({ size: statSync(filePath).size }),
  };

  const wx = {
    getStorageSync: (key) => storage.get(key) ?? "",
    setStorageSync: (key, value) => void storage.set(key, structuredClone(value)),
    removeStorageSync: (key) => void storage.delete(key),
    getStorageInfoSync: () => ({ keys: [...storage.keys()] }),
    getExtConfigSync: () => ({ address }),
    getAppBaseInfo: () => ({ fontSizeSetting: set.fontSizeSetting, fontSizeScaleFactor: set.fontSizeSetting / 17 }),
    getDeviceInfo: () => ({ brand: "HUAWEI", model: "nova 12" }),
    getWindowInfo: () => ({ pixelRatio: 2, windowWidth: 360 }),
    getNetworkType: (options) => answer(options, { networkType: set.online ? "4g" : "none" }),
    onNetworkStatusChange: (listener) => void networkListeners.push(listener),
    getRandomValues: ({ length, success }) => success({ randomValues: new Uint8Array(randomBytes(length)).buffer }),
    request: (options) => void send(options, options.url, { method: options.method, headers: options.header, body: options.data }, "request"),
    uploadFile(options) {
      const form = new FormData();
      for (const [name, value] of Object.entries(options.formData ?? {})) form.append(name, value);
      files.readFile({
        filePath: options.filePath,
        fail: options.fail,
        success: ({ data }) => form.append(options.name, new Blob([data]), basename(options.filePath)),
      });
      const { "Content-Type": _, ...headers } = options.header ?? {};
      void send(options, options.url, { method: "POST", headers, body: form }, "uploadFile");
      return { onProgressUpdate: () => undefined };
    },
    async downloadFile({ url, header, success, fail }) {
      if (!set.online) return fail({ errMsg: "downloadFile:fail" });
      running += 1;
      try {
        const reply = await fetch(url, { headers: header });
        const tempFilePath = join(tmpdir(), `rufa-${randomBytes(8).toString("hex")}`);
        writeFileSync(tempFilePath, Buffer.from(await reply.arrayBuffer()));
        return success({ statusCode: reply.status, tempFilePath });
      } catch {
        return fail({ errMsg: "downloadFile:fail connection reset" });
      } finally {
        running -= 1;
      }
    },
    getFileSystemManager: () => files,
    login: (options) => answer(options, { code: set.login() }),
    showModal: (options) => (seen.modals.push(options.title), answer(options, { confirm: set.modal, cancel: !set.modal })),
    showToast: (options) => (seen.toasts.push(options.title), answer(options)),
    makePhoneCall: (options) => (seen.calls.push(options.phoneNumber), answer(options)),
    setClipboardData: (options) => (seen.copied.push(options.data), answer(options)),
    openLocation: (options) => (seen.places.push(options.name), answer(options)),
    getLocation: (options) => (set.location ? answer(options, set.location) : refuse(options, "getLocation:fail auth deny")),
    chooseMedia(options) {
      const tempFilePath = set.photos.shift();
      if (!tempFilePath) return refuse(options, "chooseMedia:fail cancel");
      return answer(options, { tempFiles: [{ tempFilePath, size: statSync(tempFilePath).size, fileType: "image" }] });
    },
    getImageInfo: (options) => refuse(options, "getImageInfo:fail no decoder here"),
    canvasToTempFilePath(options) {
      const tempFilePath = join(tmpdir(), `rufa-${randomBytes(8).toString("hex")}.png`);
      writeFileSync(tempFilePath, inked(options.canvas.lines));
      return answer(options, { tempFilePath });
    },
    requestSubscribeMessage(options) {
      seen.consents.push(options.tmplIds);
      return answer(options, set.consent(options.tmplIds));
    },
    setVisualEffectOnCapture: ({ visualEffect }) => void (seen.hidden = visualEffect === "hidden"),
    exitMiniProgram: () => void (seen.left += 1),
    pageScrollTo: () => undefined,
    stopPullDownRefresh: () => undefined,
    setNavigationBarTitle: () => undefined,
  };

  return {
    wx,
    seen,
    set,
    storage,
    isBusy: () => running > 0,
    /** Takes the network away, or gives it back. */
    network(online) {
      set.online = online;
      for (const listener of networkListeners) listener({ isConnected: online, networkType: online ? "4g" : "none" });
    },
  };
}
