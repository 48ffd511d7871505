import { go, page, type Told } from "../../lib/page";
import { documents, isSignedIn, service, signedOut, type types } from "../../lib/service";
import { pageOf } from "../../lib/ways";
import { when } from "../../lib/words";

type Message = types.MessagesQuery["messages"]["nodes"][number];

const AT_ONCE = 20;

function shown(message: Message) {
  return { ...message, moment: when(message.createdAt), isNew: message.readAt === null };
}

page({
  tab: "messages",
  fresh: true,
  data: { messages: [] as ReturnType<typeof shown>[], unread: 0, after: null as string | null, opened: "" },

  async load() {
    if (!(await isSignedIn())) {
      this.show(signedOut());
      return;
    }
    const told = this.show(await service().ask(documents.Messages, { first: AT_ONCE, after: null }, { keep: true }));
    if (!told) return;
    const { nodes, pageInfo } = told.messages;
    this.setData({ messages: nodes.map(shown), unread: told.unreadMessages, after: pageInfo.hasNextPage ? pageInfo.endCursor : null });
    this.getTabBar?.()?.setData({ unread: told.unreadMessages });
  },

  methods: {
    async more(): Promise<void> {
      const told = await this.once(() => service().ask(documents.Messages, { first: AT_ONCE, after: this.data.after }));
      if (!told?.ok) return;
      const { nodes, pageInfo } = told.data.messages;
      this.setData({ messages: [...this.data.messages, ...nodes.map(shown)], after: pageInfo.hasNextPage ? pageInfo.endCursor : null });
    },
    /** Opening is reading; where there is a page to it, it opens. */
    async open(event: Told<unknown, { readonly index: number }>): Promise<void> {
      const message = this.data.messages[event.currentTarget.dataset.index];
      if (!message) return;
      if (message.isNew) await this.read(message.id);
      this.setData({ opened: message.id });
      const url = pageOf(message.path);
      if (url) go(url);
    },
    async readAll(): Promise<void> {
      await this.read(null);
    },
    async read(id: string | null): Promise<void> {
      const told = await service().do(documents.ReadMessage, { input: { message: id } });
      if (!told.ok) return;
      const unread = told.data.unread ?? 0;
      this.setData({ unread, messages: this.data.messages.map((one) => (id === null || one.id === id ? { ...one, isNew: false } : one)) });
      this.getTabBar?.()?.setData({ unread });
    },
  },
});
