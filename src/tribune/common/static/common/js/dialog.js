/* Turns <details class="dialog"> into a button that opens a native dialog. Without script it opens in place. */
for (const details of document.querySelectorAll("details.dialog")) {
  const body = details.querySelector(".dialog-body");
  const summary = details.querySelector("summary");
  if (!body || !window.HTMLDialogElement) continue;
  const dialog = document.createElement("dialog");
  const heading = body.querySelector("h2");
  if (heading) {
    heading.id = heading.id || details.id + "-title";
    dialog.setAttribute("aria-labelledby", heading.id);
  }
  dialog.append(...body.childNodes);
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "button outline dialog-close";
  shut.textContent = details.dataset.close;
  shut.addEventListener("click", () => dialog.close());
  dialog.append(shut);
  const open = document.createElement("button");
  open.type = "button";
  open.className = summary.className;
  open.textContent = summary.textContent.trim();
  open.setAttribute("aria-haspopup", "dialog");
  open.addEventListener("click", () => dialog.showModal());
  details.replaceWith(open, dialog);
  // What the server refused opens again with its words.
  if (details.open) dialog.showModal();
}
