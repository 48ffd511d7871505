import { go, page, type Told } from "../../lib/page";
import { documents, isSignedIn, service, type types } from "../../lib/service";

type Told_ = types.EligibilityCheckQuery["preCheck"];
type Question = NonNullable<Told_["nextQuestion"]>;
type Judgement = NonNullable<Told_["judgement"]>;

interface Answer {
  readonly field: string;
  readonly values: string[];
}

const UNANSWERED = "请先选一个，或者填一下。";

page({
  data: {
    answers: [] as Answer[],
    question: null as Question | null,
    values: [] as string[],
    problem: "",
    judgement: null as Judgement | null,
  },

  async load() {
    await this.ask(this.data.answers);
  },

  methods: {
    async ask(answers: Answer[]): Promise<void> {
      const told = this.show(await service().ask(documents.EligibilityCheck, { answers, region: null }))?.preCheck;
      if (!told) return;
      const wrong = told.problems[0];
      if (wrong) return this.setData({ problem: `${wrong.message}${wrong.remedy}` });
      const question = told.nextQuestion;
      this.setData({ answers, question, values: [], problem: "", judgement: question ? null : told.judgement });
      wx.pageScrollTo?.({ scrollTop: 0, duration: 0 });
    },
    answer(event: Told<Answer>) {
      this.setData({ values: event.detail.values, problem: "" });
    },
    async next() {
      const { question, values, answers } = this.data;
      if (!question) return;
      if (question.required && values.length === 0) return this.setData({ problem: UNANSWERED });
      await this.ask([...answers, { field: question.name, values }]);
    },
    async back() {
      await this.ask(this.data.answers.slice(0, -1));
    },
    async restart() {
      this.setData({ judgement: null });
      await this.ask([]);
    },
    /** Keeps the answers under a code, which the application begins with. */
    async apply() {
      const { answers } = this.data;
      const kept = await this.once(() => service().do(documents.KeepEligibilityCheck, { input: { answers, region: null } }));
      const code = kept?.ok ? kept.data.savedPreCheck?.code : undefined;
      if (!code) return;
      const url = `/pages/apply/apply?code=${code}`;
      go((await isSignedIn()) ? url : `/pages/signin/signin?next=${encodeURIComponent(url)}`);
    },
    nearby() {
      go("/pages/nearby/nearby");
    },
  },
});
