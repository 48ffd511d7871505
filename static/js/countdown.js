// "还有 42 秒可以重新获取": <button data-countdown="60">. Said aloud only at the end, not every second.
for (const button of document.querySelectorAll("[data-countdown]")) {
  const label = button.textContent;
  const ends = Date.now() + Number(button.dataset.countdown) * 1000;
  const tick = () => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left <= 0) {
      clearInterval(timer);
      button.textContent = label;
      button.removeAttribute("aria-disabled");
      return;
    }
    button.textContent = `${label}（${left} 秒后）`;
  };
  button.setAttribute("aria-disabled", "true");
  button.addEventListener("click", (event) => {
    if (button.getAttribute("aria-disabled")) event.preventDefault();
  });
  const timer = setInterval(tick, 1000);
  tick();
}
