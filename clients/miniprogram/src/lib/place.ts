/** Where the service answers. A release says its own; the demo service stands beside the tools. */
const RELEASED = "";
const BESIDE = "http://127.0.0.1:8000";

/** Gives the address of the service: the released one, what `app.ext.json` says, or the one beside. */
export function address(): string {
  const told = wx.getExtConfigSync?.() as { readonly address?: string } | undefined;
  return told?.address ?? (RELEASED || BESIDE);
}
