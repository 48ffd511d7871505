/** How the text of a page looks in `rich-text`, which knows no style sheet and follows no link: terms stand below it. */
const LOOKS: Readonly<Record<string, string>> = {
  h2: "font-size: 1.25rem; line-height: 1.4; margin: 1.5rem 0 0.5rem",
  h3: "font-size: 1.0625rem; line-height: 1.5; margin: 1rem 0 0.25rem",
  p: "margin: 0 0 0.75rem",
  ul: "margin: 0 0 0.75rem; padding-left: 1.25em",
  ol: "margin: 0 0 0.75rem; padding-left: 1.5em",
  blockquote: "margin: 0 0 0.75rem; padding-left: 0.75rem; border-left: 4px solid var(--line)",
};

/** Dresses the text the service gives; it was cleaned there. */
export function rich(html: string): string {
  return html
    .replace(/<a\b[^>]*>/g, '<b style="color: var(--link); font-weight: 600">')
    .replace(/<\/a>/g, "</b>")
    .replace(/<(h2|h3|p|ul|ol|blockquote)\b[^>]*>/g, (_all, tag: string) => `<${tag} style="${LOOKS[tag]}">`);
}
