// Live word counters under answers; the server counts by the same rule (listen/word_limits.py).
const alone = /[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e46\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;
const words = (text) => (text.match(alone) || []).length
  + text.replace(alone, " ").split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
for (const counter of document.querySelectorAll("[data-word-counter]")) {
  const field = document.getElementById(counter.dataset.wordCounter);
  if (!field) continue;
  const limit = Number(counter.dataset.limit);
  const write = new Intl.NumberFormat(document.documentElement.lang + "-u-nu-latn");
  const count = () => {
    const typed = words(field.value);
    const over = typed > limit;
    counter.classList.toggle("over", over);
    counter.textContent = (over ? counter.dataset.over : counter.dataset.words)
      .replace("{n}", write.format(over ? typed - limit : typed));
  };
  field.addEventListener("input", count);
  count();
}
