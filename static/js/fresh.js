// What changes by itself is looked at again, calmly: <div data-fresh="30"> every 30 seconds, only while it is seen.
// Only what is new is put in, so that a screen reader says it once. Without scripts the page reloads by itself.
for (const part of document.querySelectorAll("[data-fresh]")) {
  const every = Number(part.dataset.fresh) * 1000;
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = answer.ok && page.querySelector("[data-fresh]");
        if (answer.ok && !fresh) location.reload();
        if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
      } catch {
        // no connection: what stands there stays, and is looked at again
      }
    }
    setTimeout(look, every);
  };
  setTimeout(look, every);
}
