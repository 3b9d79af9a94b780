(() => {
  const form = document.querySelector("form");
  const articles = [...document.querySelectorAll("article")];
  const headings = [...document.querySelectorAll("main > h2")];
  const choices = { rule: new Map(), payer: new Map(), file: new Map() };
  const count = (field, value) => value && choices[field].set(value, (choices[field].get(value) ?? 0) + 1);
  for (const finding of document.querySelectorAll("section.finding")) {
    count("rule", finding.dataset.rule);
  }
  for (const article of articles) {
    count("payer", article.dataset.payer);
    count("file", article.dataset.file);
  }
  for (const [field, values] of Object.entries(choices)) {
    for (const [value, times] of [...values].sort()) {
      form[field].add(new Option(`${value} (${times})`, value));
    }
    // One choice is none.
    form[field].hidden = values.size < 2 && field !== "rule";
  }
  const words = new Map();
  const wordsOf = (article) => {
    if (!words.has(article)) {
      words.set(article, article.textContent.toLowerCase());
    }
    return words.get(article);
  };
  const show = () => {
    const text = form.text.value.trim().toLowerCase();
    let claims = 0, findings = 0;
    for (const article of articles) {
      let any = false;
      for (const finding of article.querySelectorAll("section.finding")) {
        const fits = (!form.rule.value || finding.dataset.rule === form.rule.value)
          && (!form.disposition.value || finding.dataset.disposition === form.disposition.value);
        finding.hidden = !fits;
        any ||= fits;
      }
      const fits = (!form.verdict.value || article.classList.contains(form.verdict.value))
        && (!form.payer.value || article.dataset.payer === form.payer.value)
        && (!form.file.value || article.dataset.file === form.file.value)
        && (any || !(form.rule.value || form.disposition.value))
        && (!text || wordsOf(article).includes(text));
      article.hidden = !fits;
      if (fits) {
        claims += 1;
        findings += article.querySelectorAll("section.finding:not([hidden])").length;
      }
    }
    for (const heading of headings) {
      let next = heading.nextElementSibling;
      while (next?.matches("article[hidden]")) {
        next = next.nextElementSibling;
      }
      heading.hidden = !next?.matches("article");
    }
    form.querySelector("output").value = `${claims} of ${articles.length} claims, ${findings} findings`;
  };
  // What is folded on the screen is open on paper.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
})();
