
"use strict";
const filters = document.getElementById("filters");
if (filters) {
  const articles = [...document.querySelectorAll("article")];
  const find = document.getElementById("find");
  const shown = document.getElementById("shown");
  const apply = () => {
    const wanted = new Set([...filters.querySelectorAll(":checked")].map((box) => box.value));
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const article of articles) {
      const text = article.textContent.toLowerCase();
      article.hidden =
        !wanted.has(article.dataset.effect) || !words.every((word) => text.includes(word));
    }
    for (const section of document.querySelectorAll("section")) {
      section.hidden = !section.querySelector("article:not([hidden])");
    }
    const count = articles.filter((article) => !article.hidden).length;
    shown.textContent = `${count} of ${articles.length} changes`;
  };
  filters.hidden = false;
  filters.addEventListener("input", apply);
  filters.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
