/* Counts what is typed against the limit that the server checks. Without script the limit stands in words. */
for (const counter of document.querySelectorAll("[data-counter]")) {
  const field = document.getElementById(counter.dataset.counter);
  if (!field) continue;
  const limit = Number(counter.dataset.limit);
  const write = new Intl.NumberFormat(document.documentElement.lang + "-u-nu-latn");
  const count = () => {
    // A browser sends each line break as two characters; the server counts what is sent.
    const typed = Array.from(field.value.replace(/\r?\n/g, "\r\n")).length;
    const over = typed > limit;
    counter.classList.toggle("over", over);
    counter.textContent = (over ? counter.dataset.over : counter.dataset.words)
      .replace("{n}", write.format(over ? typed - limit : typed));
  };
  field.addEventListener("input", count);
  count();
}
