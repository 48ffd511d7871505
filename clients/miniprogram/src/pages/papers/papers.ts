import { noteDiscreet } from "../../lib/draft";
import { goOn, page, type Told } from "../../lib/page";
import { advice, type Finding, look } from "../../lib/photo";
import { documents, type Outcome, photograph, pictureOf, service, type types } from "../../lib/service";
import { size } from "../../lib/words";

type Item = types.DraftPageQuery["draft"]["evidence"][number];
type Short = Pick<Item, "code"> & { readonly files: readonly Pick<Item["files"][number], "token" | "name" | "bytes" | "thumbnailUrl" | "warnings">[] };

interface Photo {
  readonly path: string;
  readonly size: number;
}

function shown(files: Short["files"]) {
  return files.map((file) => ({ ...file, size: size(file.bytes), thumbnail: "" }));
}

page({
  data: {
    items: [] as (Omit<Item, "files"> & { readonly files: ReturnType<typeof shown> })[],
    coach: [] as (Finding & { readonly isLast: boolean })[],
    sending: { code: "", percent: 0 },
    held: null as (Photo & { readonly code: string }) | null,
    pending: 0,
    discreet: false,
    next: "",
  },

  async load({ id = "" }) {
    const draft = this.show(await service().ask(documents.DraftPage, { id, step: "evidence" }, { keep: true }))?.draft;
    if (!draft) return;
    const at = draft.steps.findIndex((one) => one.name === "evidence");
    this.setData({
      items: draft.evidence.map((item) => ({ ...item, files: shown(item.files) })),
      discreet: noteDiscreet(id, draft.discreet),
      next: draft.steps[at + 1]?.name ?? "check",
    });
    void this.picture();
    await this.goOnSending();
  },

  methods: {
    /** Takes a photograph; what will be hard to read is said at once, while the paper is still at hand. */
    async take(event: Told<unknown, { readonly code: string }>) {
      await this.choose(event.currentTarget.dataset.code);
    },
    async choose(code: string): Promise<void> {
      const chosen = await wx
        .chooseMedia({ count: 1, mediaType: ["image"], sizeType: ["compressed"], sourceType: ["camera", "album"] })
        .catch(() => null);
      const file = chosen?.tempFiles[0];
      if (!file) return;
      const photo = { path: file.tempFilePath, size: file.size };
      const found = advice(await look(photo.path));
      const coach = found.map((one, at) => ({ ...one, isLast: at === found.length - 1 }));
      this.setData({ coach, held: found.length ? { ...photo, code } : null });
      if (found.length) wx.pageScrollTo?.({ scrollTop: 0, duration: 0 });
      else await this.send(code, photo);
    },
    async retake() {
      const { held } = this.data;
      this.setData({ coach: [], held: null });
      if (held) await this.choose(held.code);
    },
    async sendAnyway() {
      const { held } = this.data;
      this.setData({ coach: [], held: null });
      if (held) await this.send(held.code, held);
    },
    /** Sends a photograph in pieces; where the line breaks, it goes on from there. */
    async send(code: string, { path, size: bytes }: Photo): Promise<void> {
      const { id = "" } = this.query();
      this.setData({ sending: { code, percent: 0 } });
      const onProgress = (sent: number, all: number) => this.setData({ sending: { code, percent: Math.round((sent * 100) / all) } });
      const sent = await this.once(() => service().uploads.send(photograph(path, bytes), { draft: id, item: code, onProgress }));
      this.setData({ sending: { code: "", percent: 0 } });
      await this.seen(sent);
    },
    async seen(sent: Outcome<unknown> | null): Promise<void> {
      const pending = (await service().uploads.pending()).length;
      this.setData({ pending, ...(sent && !sent.ok && pending ? { fault: null } : {}) });
      if (!sent?.ok) return;
      const outcome = await service().ask(documents.DraftPage, { id: this.query()["id"] ?? "", step: "evidence" });
      if (outcome.ok) this.files(outcome.data.draft.evidence);
    },
    /** Goes on with what was not sent to the end: also after a restart. */
    async goOnSending() {
      const { id = "" } = this.query();
      for (const one of await service().uploads.pending()) {
        if (one.wish.draft !== id || !one.path) continue;
        await this.seen(await service().uploads.resume(one, photograph(one.path, one.size)));
      }
    },
    async remove(event: Told<unknown, { readonly token: string }>) {
      const { token } = event.currentTarget.dataset;
      const { id = "" } = this.query();
      const sure = await wx.showModal({ title: "删除这张照片？", content: "删除后可以重新拍。", confirmText: "删除" });
      if (!sure.confirm) return;
      const left = await this.once(() => service().do(documents.TakePaperBack, { input: { draftId: id, token } }));
      if (left?.ok && left.data.draft) this.files(left.data.draft.evidence);
    },
    files(evidence: readonly Short[]) {
      const by = new Map(evidence.map((item) => [item.code, item.files]));
      this.setData({ items: this.data.items.map((item) => ({ ...item, files: shown(by.get(item.code) ?? []) })) });
      void this.picture();
    },
    /** Fetches the small pictures: they are private, so `image` alone may not. */
    async picture(): Promise<void> {
      for (const item of this.data.items) {
        for (const { token, thumbnailUrl } of item.files) {
          if (!thumbnailUrl) continue;
          const thumbnail = await pictureOf(token, thumbnailUrl);
          const put = (file: (typeof item.files)[number]) => (file.token === token ? { ...file, thumbnail } : file);
          this.setData({ items: this.data.items.map((one) => ({ ...one, files: one.files.map(put) })) });
        }
      }
    },
    next() {
      goOn(`/pages/step/step?id=${this.query()["id"]}&step=${this.data.next}`);
    },
  },
});
