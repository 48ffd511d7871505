/** Calls the service of Rufa (如法). Start with `new Rufa({ transport: fetchTransport(address) })`. */
export type { AnyDocument, Given, Mutation, Payload, Query } from "./document.js";
export type { Patience } from "./door.js";
export type { Fault, Outcome, Problem } from "./faults.js";
export { blobSource, bytesSource, fetchTransport } from "./fetch.js";
export * as documents from "./generated/documents.js";
export type * as types from "./generated/types.js";
export type { Platform } from "./platform.js";
export type { Habit, Queue, Waiting, Wish } from "./queue.js";
export { type Asking, type Parts, Rufa } from "./rufa.js";
export type { SessionState, Tokens } from "./session.js";
export { memoryStorage, type Storage, webStorage } from "./storage.js";
export { type FileRequest, type HttpRequest, type HttpResponse, type Source, type Transport, Unreachable } from "./transport.js";
export type { FileWish, OnItsWay, Uploaded, Uploads } from "./uploads.js";
export { type WxPlatform, wxRandom, wxSource, wxStorage, wxTransport } from "./wx.js";
