"use strict";
// What Quayside says to Parley. This file runs before the widget is there: until
// then calls are kept, and made in their order when it has come.
window.Parley ??= function () {
  (window.Parley.q ??= []).push(arguments);
};

// Whoever is signed in here is signed in there: the widget asks for a token when
// it is first opened, and for the next one before that expires.
const { role } = document.currentScript.dataset;
if (role) Parley("update", { role, getToken });

async function getToken() {
  const answer = await fetch("/parley-token");
  if (!answer.ok) throw new Error("signed out");
  return (await answer.json()).token;
}

document.addEventListener("click", (event) => {
  const text = event.target.closest("[data-ask]")?.dataset.ask;
  if (text) Parley("ask", text);
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("[data-ask-form]")) {
    event.preventDefault();
    Parley("ask", form.elements.need.value, { send: true });
  }
  if (form.matches("[data-logout]")) {
    // Parley forgets first; the page is left when the server has forgotten too.
    event.preventDefault();
    Parley("shutdown");
    await fetch(form.action, { method: "POST", redirect: "manual" });
    location.assign("/");
  }
});

// The page of what was received looks for news every two seconds. What is open stays open.
async function refresh(main) {
  const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
  const news = page.querySelector("[data-live]");
  if (news && news.querySelectorAll("li").length + news.textContent.length !== main.querySelectorAll("li").length + main.textContent.length) {
    const open = [...main.querySelectorAll("li")].map((item) => item.querySelector("details")?.open);
    const added = news.querySelectorAll("li").length - open.length;
    news.querySelectorAll("li").forEach((item, at) => {
      const details = item.querySelector("details");
      if (details) details.open = Boolean(open[at - added]);
    });
    main.replaceChildren(...news.childNodes);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const main = document.querySelector("[data-live]");
  if (main) setInterval(() => refresh(main).catch(() => {}), 2000);
});
