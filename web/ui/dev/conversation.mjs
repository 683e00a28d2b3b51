// What the mock server says: a pet shop's job post that grows over the turns.
// It plays a fixed part so that the page can be looked at without a server.

const similar = [
  post("post-web-11", "Web shop for a garden centre with about 600 products", 320000, 420000, 42, "2026-03-02", "NL", "Shares online shop, product import and payments"),
  post("post-web-07", "Small online shop for handmade leather goods", 250000, 300000, 28, "2025-11-18", "US", "Shares online shop and Shopify"),
  post("post-web-03", "Move our bicycle shop online, with repairs booking", 450000, 600000, 56, "2026-06-09", "GB", "Shares online shop and local pick-up"),
  post("post-web-15", "WooCommerce shop for organic dog treats", 180000, 240000, 21, "2025-08-27", "CA", "Shares pet supplies and online shop"),
  post("post-web-19", "Shop relaunch for an aquarium dealer", 500000, 700000, 70, "2026-01-14", "DE", "Shares pet supplies and product import"),
];

function post(id, title, pay_min, pay_max, duration_days, posted_on, country, reason) {
  const data = { category: "web", skills: ["Shopify"], level: "intermediate", pay_type: "fixed", pay_min, pay_max, currency: "USD", duration_days, posted_on, country };
  return { id, kind: "job_post", title, snippet: "We sell in a small shop today and want to take orders online, with card payments and delivery in the region.", reason, similarity: 0.8, demo: true, data };
}

const market = {
  pay: [
    { id: "figure:fixed:USD", pay_type: "fixed", currency: "USD", scope: "similar", posts: 14, min: 150000, p25: 280000, p50: 360000, p75: 450000, max: 700000, from: "2025-01-12", to: "2026-10-03", sample: similar.map((s) => s.id) },
    { id: "figure:hourly:USD", pay_type: "hourly", currency: "USD", scope: "level", level: "intermediate", posts: 9, min: 2500, p25: 3500, p50: 4500, p75: 6000, max: 9000, from: "2025-02-01", to: "2026-09-20" },
  ],
  duration: { id: "figure:duration", scope: "similar", posts: 12, p25: 28, p50: 42, p75: 56, from: "2025-01-12", to: "2026-10-03" },
  time_to_hire: { id: "figure:hire", scope: "similar", posts: 11, p25: 4, p50: 6, p75: 11, from: "2025-01-12", to: "2026-10-03" },
  companions: [{ skill: "Online payments", posts: 9, of: 12, lift: 3.1 }],
  posts: 14, from: "2025-01-12", to: "2026-10-03", demo: true,
};

const suggestions = [
  { id: "s-hosting", text: "Say who sets up the hosting and what it costs a year", reason: "7 of 12 similar posts mention hosting", patch: { deliverables: "Hosting set up, with its yearly cost stated" } },
  { id: "s-training", text: "A training session on adding products", reason: "5 of 12 similar posts ask for one", patch: { deliverables: "A recorded training session on adding products" } },
  { id: "s-payments", text: "Online payments as a needed skill", reason: "9 of 12 similar posts list it", patch: { skill: "Online payments" } },
];

const blank = {
  status: "drafting", title: "", category: "web", description: "", deliverables: [], skills: { must: [], nice: [] }, level: "", pay: null, duration: null,
  hours_per_week: null, start: null, deadline: null, location: null, time_zone: "", conditions: [], questions: [], missing: [], warnings: [], market, similar, brief: {},
};

/** The document after the given number of turns, 1 being the first. */
export function documentAt(turn, before) {
  const doc = structuredClone(before ?? blank);
  if (turn >= 1 && !doc.title) {
    doc.title = "Online shop for a pet store";
    doc.description = "We are looking for someone to build an online shop for our pet store.";
    doc.deliverables = ["An online shop for the pet store"];
    doc.skills.must = ["E-commerce"];
    doc.pay = { type: "fixed", min: 400000, max: 400000, currency: "USD", around: true };
    doc.deadline = { date: "2026-12-24", text: "before Christmas" };
    doc.missing = ["duration", "level", "summary"];
  }
  if (turn >= 2 && !doc.description.includes("850")) {
    doc.description += " There are about 850 products, which our till system exports as a CSV file.\n\nWe need a young, hungry developer who has built shops before. Customers should be able to pick orders up in the store.";
    doc.deliverables = [...doc.deliverables, "Import of about 850 products from a CSV file", "Pick-up in the store as a delivery option"];
    doc.skills = { must: ["E-commerce", "Shopify"], nice: ["Product photography"] };
    doc.level = "intermediate";
    doc.missing = ["duration"];
  }
  if (turn >= 3 && !doc.duration) {
    doc.duration = { min_days: 28, max_days: 42, text: "4 to 6 weeks" };
    doc.location = { mode: "remote", place: "Europe" };
    doc.questions = ["Which online shop that you built still runs today?"];
    doc.missing = [];
  }
  if (turn >= 4) doc.status = "ready";
  return review(doc);
}

/** Warnings are computed anew for every version. */
export function review(doc) {
  doc.warnings = [];
  const start = doc.description.indexOf("young, ");
  if (start >= 0) doc.warnings.push({ path: "/description", start, end: start + 5, word: "young", kind: "unlawful", reason: "Asking for an age shuts people out and is unlawful in many places.", better: "" });
  const hungry = doc.description.indexOf("hungry");
  if (hungry >= 0) doc.warnings.push({ path: "/description", start: hungry, end: hungry + 6, word: "hungry", kind: "gender_coded", reason: "Studies find that it draws fewer women to apply.", better: "motivated" });
  return doc;
}

/** Claims of every sentence and value, resting on the newest message that holds a word of it. */
export function claimsOf(doc, messages, author) {
  const claims = [];
  const add = (path, start, end, text, sources) => claims.push({ id: `c${claims.length}`, path, start, end, text, kind: "entity", sources });
  const source = (text) => {
    if (author === "person") return [{ kind: "edit", quote: text }];
    const message = messages[0];
    const quote = message.text.slice(0, 60);
    return [{ kind: "message", id: message.id, start: 0, end: quote.length, quote }];
  };
  const sentences = (path, text) => {
    for (const found of text.matchAll(/[^.!?\n]+[.!?]?/g)) {
      const lead = found[0].length - found[0].trimStart().length;
      if (found[0].trim()) add(path, found.index + lead, found.index + found[0].length, found[0].trim(), source(found[0].trim()));
    }
  };
  sentences("/title", doc.title);
  sentences("/description", doc.description);
  for (const list of ["deliverables", "conditions", "questions"]) doc[list].forEach((item, i) => sentences(`/${list}/${i}`, item));
  doc.skills.must.forEach((skill, i) => add(`/skills/must/${i}`, 0, skill.length, skill, source(skill)));
  for (const field of ["pay", "duration", "deadline", "location", "level"]) if (doc[field]) add(`/${field}`, 0, 0, "", source(field));
  return claims;
}

export function suggestionsFor(doc) {
  return suggestions.filter((s) => !JSON.stringify(doc).includes(s.patch.deliverables ?? s.patch.skill ?? "\0"));
}

export function accept(doc, id) {
  const patch = suggestions.find((s) => s.id === id)?.patch;
  if (patch?.deliverables) doc.deliverables = [...doc.deliverables, patch.deliverables];
  if (patch?.skill) doc.skills.must = [...doc.skills.must, patch.skill];
  return doc;
}

/** What is answered in a turn. */
export function answerAt(turn, message) {
  const text = answers[Math.min(turn, answers.length) - 1];
  return { text: text.text, question: text.question, citations: citations(text, message), evidence: turn === 1 ? similar.slice(0, 3) : [] };
}

const answers = [
  {
    text: "You want an online shop for your pet store, for about $4,000 and before Christmas. I have started a post beside this.\n\nSimilar fixed-price posts paid **$2,800 to $4,500** (median $3,600, 14 posts, Jan 2025 to Oct 2026), so your budget is realistic.",
    cites: [["You want an online shop for your pet store, for about $4,000 and before Christmas.", "message"], ["Similar fixed-price posts paid **$2,800 to $4,500** (median $3,600, 14 posts, Jan 2025 to Oct 2026), so your budget is realistic.", "figure"]],
    question: { slot: "summary", text: "How many products do you have, and are they in a system that can export them?", suggestions: [{ text: "Under 100 products", reason: "5 of 12 similar posts" }, { text: "About 850, we can export a CSV", reason: "4 of 12 similar posts" }, { text: "Not sure" }] },
  },
  {
    text: "Good, that settles the import. I added:\n\n- importing about 850 products from your CSV file\n- pick-up in the store\n\nTwo words in the description may put people off, they are marked.",
    cites: [["importing about 850 products from your CSV file", "message"], ["pick-up in the store", "message"]],
    question: { slot: "duration", text: "How long may the work take?", suggestions: [{ text: "4 to 6 weeks", reason: "6 of 14 similar posts" }, { text: "2 months", reason: "3 of 14 similar posts" }, { text: "Not sure" }] },
  },
  { text: "Four to six weeks fits: half of 12 similar posts took 4 to 8 weeks. Nothing that a post needs is open now. Tell me if you want to change anything, or say that it is done.", cites: [["half of 12 similar posts took 4 to 8 weeks.", "figure"]], question: null },
  { text: "Done. Your post is ready, you can publish it or download it.", cites: [], question: null },
];

function citations({ text, cites }, message) {
  return cites.map(([sentence, kind], i) => {
    const start = text.indexOf(sentence);
    const quote = message.text.slice(0, 80);
    const source = kind === "message" ? { kind, id: message.id, start: 0, end: quote.length, quote } : { kind, id: "figure:fixed:USD" };
    return { id: `a${i}`, path: "", start, end: start + sentence.length, text: sentence, kind: "entity", sources: [source] };
  });
}
