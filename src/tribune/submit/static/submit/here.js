// Who else is at the table: asks every five seconds, a little apart from others, while the page is seen.
document.querySelectorAll("[data-here]").forEach((place) => {
  let shown = "";
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(place.dataset.here, { cache: "no-cache", credentials: "same-origin" });
        if (answer.ok) {
          const text = await answer.text();
          // Said again only when it changed: a screen reader would repeat it every five seconds.
          if (text !== shown) { shown = text; place.innerHTML = text; }
        }
      } catch { /* offline: the next round asks again */ }
    }
    window.setTimeout(ask, 5000 + Math.random() * 1000);
  };
  ask();
});
