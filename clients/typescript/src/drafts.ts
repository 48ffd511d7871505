import { SyncDraft } from "./generated/documents.js";
import type { Queue } from "./queue.js";

const MOST_PAGES = 60;

/**
 * What the queue knows of drafts: what is written on one before it goes out goes out together, against the version
 * the device was shown; what comes after an answer goes by the version that came.
 */
export function knowDrafts(queue: Queue): void {
  queue.know(SyncDraft, {
    isMerged: ({ conflicts, leftOut }) => Boolean(conflicts?.length || leftOut?.length),
    next: ({ draft }, { input }) => ({ input: { ...input, baseVersion: draft?.version ?? input.baseVersion } }),
    join: (waiting, added) => {
      const pages = [...waiting.input.pages, ...added.input.pages];
      const isSame = waiting.input.draftId === added.input.draftId && pages.length <= MOST_PAGES;
      return isSame ? { input: { ...waiting.input, pages } } : null;
    },
  });
}
