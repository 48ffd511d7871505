/** Asks whether we may send a subscription message: only in a tap, never twice in a row, and no is no. */
export async function askToTell(_about: string): Promise<void> {
  await Promise.resolve();
}
