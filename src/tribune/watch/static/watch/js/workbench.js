/* Keys for the import workbench. Everything they do stands on the page as a form or a link as well. */
const list = document.querySelector("[data-bench]");
const form = document.getElementById("bench-form");
if (list && form) {
  const rows = [...list.querySelectorAll(".brow")];
  let here = -1;

  const go = (place) => {
    if (place < 0 || place >= rows.length) return;
    if (here >= 0) rows[here].classList.remove("here");
    here = place;
    rows[here].classList.add("here");
    rows[here].querySelector(".brow-number a").focus();
    rows[here].scrollIntoView({ block: "nearest" });
  };
  const link = (task) => {
    const address = new URL(rows[here].querySelector(".brow-number a").href);
    if (task) {
      address.searchParams.set("do", task);
      address.hash = "";
    }
    location.assign(address);
  };
  const send = (act, more = {}) => {
    form.elements.act.value = act;
    form.elements.key.value = here >= 0 ? rows[here].dataset.key : "";
    const near = rows[here - 1] || rows[here + 1];
    form.elements.neighbour.value = near ? near.dataset.key : "";
    form.elements.offset.value = more.offset ?? "";
    form.requestSubmit();
  };
  /* Where in the words of the row one has clicked, in code points; -1 where not. */
  const caret = () => {
    const words = rows[here].querySelector("[data-words]");
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    if (!range || !words.contains(range.startContainer)) return -1;
    const before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return Array.from(before.toString()).length;
  };
  const split = () => {
    const offset = caret();
    if (offset > 0) send("split", { offset });
    else link("split");
  };
  const turn = (act) => {
    const one = document.querySelector(`[data-turn="${act}"]`);
    const button = one.querySelector("button");
    if (!button.disabled) one.requestSubmit(button);
  };
  const keys = {
    j: () => go(here + 1), ArrowDown: () => go(here + 1), k: () => go(here - 1), ArrowUp: () => go(here - 1),
    m: () => send("merge"), x: () => send("drop"), s: split, n: () => link("number"), c: () => link("kind"),
    u: () => turn("undo"), r: () => turn("redo"),
    "?": () => {
      const help = document.querySelector("details.keys");
      help.open = !help.open;
      help.querySelector("summary").focus();
    },
  };
  const alone = new Set(["j", "ArrowDown", "u", "r", "?"]);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    /* Arrows scroll the page until one is in the list. */
    if (event.key.startsWith("Arrow") && !event.target.closest("[data-bench]")) return;
    if (!Object.hasOwn(keys, event.key) || (here < 0 && !alone.has(event.key))) return;
    event.preventDefault();
    keys[event.key]();
  });
  rows.forEach((row, place) => {
    row.addEventListener("focusin", () => {
      if (here >= 0) rows[here].classList.remove("here");
      here = place;
      row.classList.add("here");
    });
    row.querySelector(".brow-text").addEventListener("click", () => {
      if (here >= 0) rows[here].classList.remove("here");
      here = place;
      row.classList.add("here");
    });
  });
  /* A page that opens at a place takes the focus there, to nothing, once it is loaded: ask for it afterwards. */
  const wanted = document.querySelector("[autofocus]");
  const chosen = rows.findIndex((row) => row.id === "chosen");
  const begin = () => {
    if (wanted) wanted.focus();
    else if (chosen >= 0) go(chosen);
  };
  begin();
  if (document.readyState !== "complete") {
    addEventListener("load", () => requestAnimationFrame(() => {
      if (document.activeElement === document.body) begin();
    }), { once: true });
  }
}
