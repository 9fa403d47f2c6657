/* After one second of waiting the button says that it is sending; a second press sends nothing twice. */
for (const form of document.querySelectorAll('form[method="post"]')) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (sent) { event.preventDefault(); return; }
    sent = true;
    if (!button || !button.dataset.sending) return;
    const words = button.textContent;
    const timer = setTimeout(() => {
      button.textContent = button.dataset.sending;
      button.setAttribute("aria-disabled", "true");
    }, 1000);
    // Coming back with the browser's own button finds the form as it was.
    addEventListener("pageshow", () => {
      clearTimeout(timer);
      sent = false;
      button.textContent = words;
      button.removeAttribute("aria-disabled");
    }, { once: true });
  });
}
