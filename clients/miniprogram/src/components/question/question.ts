import type { Told } from "../../lib/page";

interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
}

interface Asked {
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  readonly options: readonly Option[];
}

const NONE = "NONE";
const TYPES: Record<string, string> = { INTEGER: "number", MONEY: "digit" };
const YES_NO: readonly Option[] = [
  { value: "YES", label: "是", hint: "" },
  { value: "NO", label: "不是", hint: "" },
];

Component({
  properties: {
    question: { type: Object, value: {} },
    values: { type: Array, value: [] as string[] },
    text: { type: String, value: "" },
    problem: { type: String, value: "" },
  },
  data: { options: [] as object[], isChoice: false, isMany: false, first: "", inputType: "text" },
  observers: {
    "question, values"(question: Asked, values: readonly string[]) {
      if (!question.kind) return;
      const offered = question.kind === "YES_NO" && question.options.length === 0 ? YES_NO : question.options;
      this.setData({
        isChoice: ["RADIO", "CHECKBOXES", "YES_NO"].includes(question.kind),
        isMany: question.kind === "CHECKBOXES",
        options: offered.map((option) => ({ ...option, on: values.includes(option.value) })),
        first: values[0] ?? "",
        inputType: TYPES[question.kind] ?? "text",
      });
    },
  },
  methods: {
    choose(event: Told<unknown, { readonly value: string }>) {
      const { value } = event.currentTarget.dataset;
      this.say(this.data.isMany ? this.toggled(value) : [value]);
    },
    type(event: Told<{ readonly value: string }>) {
      this.say(event.detail.value === "" ? [] : [event.detail.value]);
    },
    region(event: Told<{ readonly code: string }>) {
      this.say([event.detail.code]);
    },
    /** "None of these" stands alone. */
    toggled(value: string): string[] {
      const values = this.properties.values as string[];
      if (values.includes(value)) return values.filter((one) => one !== value);
      return value === NONE ? [NONE] : [...values.filter((one) => one !== NONE), value];
    },
    say(values: string[]) {
      const { name } = this.properties.question as unknown as Asked;
      this.triggerEvent("answer", { field: name, values });
    },
  },
});
