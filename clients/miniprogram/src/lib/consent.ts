import { documents, isSignedIn, service, type types } from "./service";

type Offer = types.SubscriptionOffersQuery["subscriptionOffers"][number];
type Result = types.SubscribeResult;

const REFUSED = "refused";
const ANSWERS: Readonly<Record<string, Result>> = { accept: "ACCEPT", reject: "REJECT", ban: "BAN" };

let offers: readonly Offer[] = [];

/** Fetches what may be offered, ahead of the tap: WeChat lets nothing come between a tap and the question. */
export async function prepareToTell(): Promise<readonly Offer[]> {
  if (!(await isSignedIn()) || hasRefused()) return [];
  const outcome = await service().ask(documents.SubscriptionOffers, {});
  offers = outcome.ok ? outcome.data.subscriptionOffers.filter((one) => one.leftOver === 0) : [];
  return offers;
}

/** Asks whether we may tell by WeChat, in the tap it is about. Who has said no is never asked again of ourselves. */
export async function askToTell(): Promise<void> {
  const asked = offers;
  offers = [];
  if (!asked.length || hasRefused()) return;
  const told = await wx.requestSubscribeMessage({ tmplIds: asked.map((one) => one.templateId) }).catch(() => null);
  if (!told) return;
  const answers = told as unknown as Readonly<Record<string, string>>;
  const results = asked.map(({ name, templateId }) => ({ name, result: ANSWERS[answers[templateId] ?? ""] ?? "REJECT" }));
  if (results.every((one) => one.result !== "ACCEPT")) wx.setStorageSync(REFUSED, "yes");
  await service().do(documents.SubscribeConsent, { input: { results } });
}

/** Lets us be asked again: somebody wants it, in the settings. */
export function forgetRefusal(): void {
  wx.removeStorageSync(REFUSED);
}

export function hasRefused(): boolean {
  return wx.getStorageSync(REFUSED) === "yes";
}
