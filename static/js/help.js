// Help without a voice, by one tap: the browser's position, rounded here already, and the form goes off.
// Where it is not to be had, the form is sent as it stands, or asks for the name of the county.
const DIGITS = 2; // of a degree: about a kilometre
const part = document.querySelector("[data-help-here]");
if (part && navigator.geolocation && isSecureContext) {
  const form = part.closest("form");
  const button = part.querySelector("button");
  const said = part.querySelector("[role='status']");
  part.hidden = false;
  button.addEventListener("click", (event) => {
    if (form.elements.lat.value || form.elements.place.value) return;
    event.preventDefault();
    said.textContent = "正在找您的大概位置……";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.lat.value = coords.latitude.toFixed(DIGITS);
        form.elements.lon.value = coords.longitude.toFixed(DIGITS);
        form.requestSubmit(button);
      },
      () => {
        said.textContent = "没有找到位置，请在下面写县（市、区）的名字。";
        form.elements.place.focus();
      },
      { timeout: 8000, maximumAge: 300000 },
    );
  });
}
