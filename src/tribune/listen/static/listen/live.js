/* Asks every five seconds, give or take one, whether a newer map is there; says so and leaves the page as it is. */
for (const place of document.querySelectorAll("[data-live]")) {
  const drawn = place.querySelector("[data-etag]")?.dataset.etag;
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(place.dataset.live, { cache: "no-cache" });
        if (answer.ok) {
          place.innerHTML = await answer.text();
          const now = place.querySelector("[data-etag]")?.dataset.etag;
          const link = place.querySelector(".newer");
          if (link && now !== drawn) link.hidden = false;
        }
      } catch { /* The next round asks again. */ }
    }
    setTimeout(ask, 4000 + Math.random() * 2000);
  };
  setTimeout(ask, 4000 + Math.random() * 2000);
}
