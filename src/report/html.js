(() => {
  const form = document.querySelector("form");
  const articles = [...document.querySelectorAll("article")];
  const rules = new Map();
  for (const finding of document.querySelectorAll("section.finding")) {
    rules.set(finding.dataset.rule, (rules.get(finding.dataset.rule) ?? 0) + 1);
  }
  for (const [rule, count] of [...rules].sort()) {
    form.rule.add(new Option(`${rule} (${count})`, rule));
  }
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
        && (any || !(form.rule.value || form.disposition.value))
        && (!text || article.textContent.toLowerCase().includes(text));
      article.hidden = !fits;
      if (fits) {
        claims += 1;
        findings += article.querySelectorAll("section.finding:not([hidden])").length;
      }
    }
    form.querySelector("output").value = `${claims} of ${articles.length} claims, ${findings} findings`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
})();
