// Plays the mini-program without a telephone: its own pages and code, rendered by miniprogram-simulate into jsdom.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { paper } from "./drawing.mjs";
import { inChromium } from "./shown.mjs";
import { telephone } from "./telephone.mjs";

const OF_BROWSERS = ["window", "document", "navigator", "Event", "CustomEvent", "Node", "Element", "HTMLElement", "TouchEvent", "getComputedStyle"];
const TICK_MS = 5;
const PATIENCE_MS = 20_000;

let simulate = null;
let exparser = null;

/** What pages threw: WeChat would only log it, here it fails the test. */
const faults = [];

/** Gives what miniprogram-simulate needs of a browser, once a process. */
function browser() {
  if (simulate) return;
  const { window } = new JSDOM("<!doctype html><html><head></head><body></body></html>", { pretendToBeVisual: true });
  for (const name of OF_BROWSERS) {
    const value = name === "window" ? window : window[name];
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const require = createRequire(import.meta.url);
  simulate = require("miniprogram-simulate");
  const wxss = createRequire(require.resolve("miniprogram-simulate"))("./src/wxss.js");
  wxss.compile = once(wxss.compile);
  exparser = createRequire(require.resolve("j-component"))("miniprogram-exparser");
  exparser.addGlobalErrorListener((fault) => void faults.push(fault));
  process.on("unhandledRejection", (fault) => void faults.push(fault));
}

/** Styles are the same every time: a page brings along those of every component. */
function once(compile) {
  const made = new Map();
  return (wxss, options) => {
    const key = `${options.prefix}:${wxss}`;
    if (!made.has(key)) made.set(key, compile(wxss, options));
    return made.get(key);
  };
}

/** The mini-program on a telephone. */
export class Stage {
  constructor(dist, options) {
    browser();
    this.dist = dist;
    this.app = JSON.parse(readFileSync(join(dist, "app.json"), "utf8"));
    this.telephone = telephone(options);
    this.stack = [];
    this.loaded = new Map();
    if (!existsSync(join(dist, "package.json"))) writeFileSync(join(dist, "package.json"), '{ "type": "commonjs" }\n');
    this.start();
  }

  /** Starts the app, as after it was closed: what is in storage is all that is left. */
  start() {
    const require = createRequire(join(this.dist, "app.js"));
    for (const path of Object.keys(require.cache)) if (path.startsWith(this.dist)) delete require.cache[path];
    this.loaded.clear();
    this.clear();
    Object.assign(globalThis.wx, this.telephone.wx, this.ways());
    globalThis.getCurrentPages = () => this.stack.map(({ comp }) => comp.instance);
    globalThis.App = (made) => (this.made = made);
    require("./app.js");
    this.made.onLaunch?.();
    this.made.onShow?.();
  }

  /** How pages follow each other. */
  ways() {
    const to = (change) => (options) => {
      change(options?.url);
      options?.success?.({});
      return Promise.resolve({});
    };
    return {
      navigateTo: to((url) => this.push(url)),
      redirectTo: to((url) => (this.pop(), this.push(url))),
      switchTab: to((url) => (this.clear(), this.push(url))),
      reLaunch: to((url) => (this.clear(), this.push(url))),
      navigateBack: to(() => (this.pop(), this.top?.comp.instance.onShow?.())),
      createSelectorQuery: () => this.query(),
    };
  }

  get top() {
    return this.stack[this.stack.length - 1];
  }

  /** Opens a page as from outside: by a code, a message, a share. */
  async open(url) {
    this.clear();
    this.push(url);
    await this.settled();
  }

  push(url) {
    const [route, search = ""] = url.replace(/^\//, "").split("?");
    const comp = this.rendered(route, "main");
    const place = document.createElement("div");
    document.body.append(place);
    comp.attach(place);
    this.bar(comp, route);
    this.stack.push({ route, comp, place });
    comp.instance.onLoad?.(Object.fromEntries(search.split("&").filter(Boolean).map((part) => part.split("="))));
    comp.instance.onShow?.();
    comp.instance.onReady?.();
  }

  /** The bar below, where the page has a place in it. */
  bar(comp, route) {
    if (!this.app.tabBar.list.some(({ pagePath }) => pagePath === route)) return;
    const bar = this.rendered("custom-tab-bar/index", "tabs");
    bar.attach(document.createElement("div"));
    comp.bar = bar;
    comp.instance.getTabBar = () => bar.instance;
  }

  rendered(route, tag) {
    const { usingComponents } = this.app;
    if (!this.loaded.has(route)) {
      const options = { rootPath: this.dist, compiler: "official", usingComponents };
      this.loaded.set(route, simulate.load(join(this.dist, route), tag, options));
    }
    return simulate.render(this.loaded.get(route));
  }

  pop() {
    const left = this.stack.pop();
    left?.comp.instance.onUnload?.();
    left?.comp.detach();
    left?.place.remove();
  }

  clear() {
    while (this.stack.length) this.pop();
  }

  /** The canvas of the page: there is one at most. */
  query() {
    this.canvas ??= paper();
    const query = { in: () => query, select: () => query, fields: () => query };
    query.exec = (tell) => queueMicrotask(() => tell([{ node: this.canvas, width: 300, height: 120 }]));
    return query;
  }

  /** Waits until nothing is asked any more. */
  async settled() {
    for (let quiet = 0; quiet < 4; ) {
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      quiet = this.telephone.isBusy() ? 0 : quiet + 1;
    }
    if (faults.length) throw faults.splice(0)[0];
  }

  /** Waits until something is so; says what was there instead. */
  async until(isSo, what = String(isSo)) {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      if (await isSo()) return;
      await new Promise((resolve) => setTimeout(resolve, TICK_MS * 4));
    }
    throw new Error(`never so: ${what}\n${this.route}\n${this.text}`);
  }

  /** Loads the page again, as pulling it down does. */
  async again() {
    await this.top.comp.instance.onPullDownRefresh();
    await this.settled();
  }

  get route() {
    return this.top?.route ?? "";
  }

  get data() {
    return this.top.comp.data;
  }

  /** What can be read on the page. */
  get text() {
    return textOf(this.top.comp.dom).replace(/\s+/g, " ").trim();
  }

  /** Finds what is called so: by its label, else by its text; the innermost one that answers a tap. */
  find(words, nth = 0) {
    const all = [...this.top.comp.dom.querySelectorAll("*"), ...(this.top.comp.bar?.dom.querySelectorAll("*") ?? [])];
    const named = all.filter((node) => attribute(node, "aria-label") === words);
    const said = all.filter((node) => textOf(node).trim() === words);
    const inner = said.filter((node) => !said.some((other) => other !== node && node.contains(other)));
    const live = inner.filter(answers);
    const found = (named.length ? named : live.length ? live : inner)[nth];
    if (!found) throw new Error(`nothing is called “${words}”\n${this.route}\n${this.text}`);
    return found;
  }

  has(words) {
    return this.text.includes(words);
  }

  /** Taps what is called so. */
  async tap(words, nth = 0) {
    this.event(this.find(words, nth), "tap", {});
    await this.settled();
  }

  /** Writes into the field that is called so. */
  async type(label, value) {
    this.event(this.find(label), "input", { value });
    await this.settled();
  }

  /** Chooses in a picker: the field is inside of it. */
  async pick(label, value) {
    this.event(this.find(label).parentElement, "change", { value });
    await this.settled();
  }

  /** Draws on the canvas: one stroke after another. */
  async draw(strokes) {
    const canvas = this.top.comp.dom.querySelector("wx-canvas");
    for (const stroke of strokes) {
      stroke.forEach(([x, y], at) => this.event(canvas, at ? "touchmove" : "touchstart", {}, [{ x, y }]));
      await this.settled();
      this.event(canvas, "touchend", {}, []);
    }
    await this.settled();
  }

  /** Gives what only WeChat can give: a number, a permission. */
  async give(words, name, detail) {
    this.event(this.find(words), name, detail);
    await this.settled();
  }

  event(node, name, detail, touches = []) {
    const event = exparser.Event.create(name, detail, {
      bubbles: name === "tap" || name.startsWith("touch"),
      composed: true,
      capturePhase: true,
      extraFields: { touches, changedTouches: touches },
    });
    exparser.Event.dispatchEvent(node.__wxElement, event);
  }

  /** The page as a browser shows it. */
  html(width = 360) {
    return inChromium(this, width);
  }
}

/** Gives what the template says of a node: jsdom does not hold it. */
export function attributes(node) {
  const dashed = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return Object.fromEntries((node.__wxElement?._vt?.attrs ?? []).map(({ name, value }) => [dashed(name), value]));
}

export function attribute(node, name) {
  return attributes(node)[name];
}

/** Says whether a node, or one around it, answers a tap. */
function answers(node) {
  for (let at = node; at?.__wxElement; at = at.parentElement) {
    if (Object.keys(at.__wxElement._vt?.event ?? {}).includes("tap")) return true;
  }
  return false;
}

/** Gives what can be read below a node, with what stands in fields. */
export function textOf(node) {
  if (node.nodeType === 3) return node.textContent;
  if (attribute(node, "aria-hidden") === "true") return "";
  const tag = node.tagName;
  if (tag === "WX-INPUT" || tag === "WX-TEXTAREA") return ` ${attribute(node, "value") ?? ""} `;
  if (tag === "WX-RICH-TEXT") return String(attribute(node, "nodes") ?? "").replace(/<[^>]+>/g, " ");
  const inside = [...node.childNodes].map(textOf).join("");
  return tag === "WX-TEXT" ? inside : ` ${inside} `;
}
