// Writes a rendered page as a document for a browser: the same styles, with what WeChat brings along drawn as it does.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { attribute, attributes } from "./stage.mjs";

const TAGS = { view: "div", text: "span", button: "button", input: "input", textarea: "textarea", image: "img", canvas: "canvas", "rich-text": "div" };
const EMPTY = ["input", "img"];
const OF_WECHAT = `
  html { -webkit-text-size-adjust: 100%; }
  body { margin: 0; }
  page { display: block; min-height: 100vh; }
  page > main { display: block; }
  button { display: block; margin: 0 auto; font-family: inherit; text-align: center; border: 0; background: #f8f8f8; cursor: pointer; }
  input, textarea { display: block; margin: 0; font-family: inherit; }
  textarea { resize: none; }
  .wechat-bar { display: grid; place-content: center; height: 44px; background: #14305a; color: #fff; font: 600 17px sans-serif; }
`;
const compiled = new Map();

/** Gives the whole document. */
export function inChromium(stage, width) {
  const { comp, route } = stage.top;
  const own = JSON.parse(readFileSync(join(stage.dist, `${route}.json`), "utf8"));
  const title = own.navigationBarTitleText ?? stage.app.window.navigationBarTitleText;
  const body = written(comp.dom) + (comp.bar ? `<nav>${written(comp.bar.dom)}</nav>` : "");
  const prefixes = new Set([...body.matchAll(/[\s"]([a-z-]+)--[\w-]+/g)].map(([, prefix]) => prefix));
  const shared = [...prefixes].map((prefix) => appStyle(stage.dist, prefix)).join("");
  const inserted = [...document.querySelectorAll("style")].map((style) => style.textContent).join("");
  const root = comp.data.frame?.root ?? "16px";
  return `<!doctype html><html lang="zh-CN" style="font-size: ${root}"><head><meta charset="utf-8">
<meta name="viewport" content="width=${width}"><title>${title}</title><style>${OF_WECHAT}${shared}${inserted}</style></head>
<body><header class="wechat-bar">${title}</header><page>${body}</page></body></html>`;
}

/** The style every page shares, under the prefix of one component: that is what WeChat shares it by. */
function appStyle(dist, prefix) {
  const key = `${dist}:${prefix}`;
  if (!compiled.has(key)) {
    const wxss = createRequire(createRequire(import.meta.url).resolve("miniprogram-simulate"))("./src/wxss.js");
    compiled.set(key, wxss.compile(wxss.getContent(join(dist, "app.wxss")), { prefix }));
  }
  return compiled.get(key);
}

function written(node) {
  if (node.nodeType === 3) return escaped(node.textContent);
  if (node.nodeType !== 1) return "";
  const name = node.tagName.toLowerCase();
  const known = name.startsWith("wx-") ? name.slice(3) : null;
  if (known === "page-meta") return "";
  const tag = known ? (TAGS[known] ?? "div") : name;
  const attrs = told(node, known);
  if (EMPTY.includes(tag)) return `<${tag}${attrs}>`;
  if (known === "textarea") return `<textarea${attrs}>${escaped(String(attribute(node, "value") ?? ""))}</textarea>`;
  if (known === "rich-text") return `<div${attrs}>${attribute(node, "nodes") ?? ""}</div>`;
  return `<${tag}${attrs}>${[...node.childNodes].map(written).join("")}</${tag}>`;
}

function told(node, known) {
  const said = { class: node.className, style: node.getAttribute("style") };
  for (const [name, value] of Object.entries(attributes(node))) {
    if (name === "aria-role" && value) said.role = value;
    else if (name.startsWith("aria-") && value !== "" && value !== undefined) said[name] = value;
    else if (name === "disabled" && value) said.disabled = "";
    else if (name === "src" && value) said.src = inlined(value);
    else if (["placeholder", "id"].includes(name)) said[name] = value;
    else if (name === "value" && known === "input") said.value = value;
  }
  if (said.role === "heading") said["aria-level"] = "1";
  if (known === "image") said.alt ??= "";
  return Object.entries(said).map(([name, value]) => (value || value === "" || value === false ? ` ${name}="${escaped(String(value))}"` : "")).join("");
}

/** A file of the telephone, carried along in the document. */
function inlined(path) {
  return path.startsWith("/") ? `data:image/webp;base64,${readFileSync(path).toString("base64")}` : path;
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
