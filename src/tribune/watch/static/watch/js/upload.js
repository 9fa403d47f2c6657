/* Asks every few seconds how far the reading is; once it is over the page is loaded anew. Without script a link does. */
const look = async () => {
  const state = document.getElementById("state");
  try {
    const answer = await fetch(`${location.pathname}?part=1`, { headers: { Accept: "text/html" } });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("state");
      if (now) state.replaceWith(document.importNode(now, true));
      if (!now || now.dataset.running !== "yes") return location.reload();
    }
  } catch { /* the line is away for a while: ask again */ }
  setTimeout(look, 2000 + Math.random() * 1000);
};
setTimeout(look, 1500);
