/** Pages of the portal and what they are here; what has no counterpart is not offered. */
const WAYS: readonly (readonly [RegExp, (found: RegExpMatchArray) => string])[] = [
  [/^\/check/, () => "/pages/check/check"],
  [/^\/apply\/([0-9A-Za-z_-]{22})/, ([, id]) => `/pages/step/step?id=${id}`],
  [/^\/apply/, () => "/pages/apply/apply"],
  [/^\/stations\/at\/([0-9A-Za-z-]+)/, ([, code]) => `/pages/station/station?code=${code}`],
  [/^\/stations\/([0-9A-Za-z-]+)/, ([, code]) => `/pages/station/station?code=${code}`],
  [/^\/stations/, () => "/pages/nearby/nearby"],
  [/^\/(?:home-)?visits\/of\/([0-9A-Za-z_-]+)(?:\/(?:change|cancel))?$/, ([, link]) => `/pages/appointment/appointment?link=${link}`],
  [/^\/home-visits/, () => "/pages/visit/visit"],
  [/^\/visits/, () => "/pages/nearby/nearby"],
  [/^\/learn\/([0-9A-Za-z-]+)$/, ([, slug]) => `/pages/article/article?slug=${slug}`],
  [/^\/learn/, () => "/pages/learn/learn"],
  [/^\/me\/applications\/([0-9A-Za-z-]+)/, ([, reference]) => `/pages/case/case?reference=${reference}`],
  [/^\/me\/applications/, () => "/pages/mine/mine"],
  [/^\/(hotlines|help|contact)/, () => "/pages/hotlines/hotlines"],
];

/** Gives the page here for a link of the service; nothing where there is none. */
export function pageOf(href: string): string {
  for (const [way, to] of WAYS) {
    const found = href.match(way);
    if (found) return to(found);
  }
  return "";
}
