// The cases of the console's scenarios and pictures, made through the API as a
// site makes them.

/** A site's calls with its API key. */
export class Site {
  constructor(url, key) {
    this.url = url;
    this.key = key;
  }

  async call(method, path, body, headers = {}) {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: { Authorization: `Bearer ${this.key}`, "Content-Type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return { body: text ? JSON.parse(text) : null, etag: response.headers.get("ETag") };
  }

  /** Settings with which every message waits for a person, so that scenarios do not hang on a score. */
  async reviewAll() {
    const { body: now, etag } = await this.call("GET", "/v1/moderation/settings?effective=true");
    const labels = Object.fromEntries(Object.keys(now.labels).map((label) => [label, { certain: "hold", likely: "hold", review: 0.4, hold: 0.8, block: 2 }]));
    const tag = etag ?? (await this.call("GET", "/v1/moderation/settings")).etag;
    await this.call("PUT", "/v1/moderation/settings", { labels, any: { review: 0.000001, hold: 0.9, block: 2 }, hold: { hours: 6 } }, { "If-Match": tag });
  }

  /** Has a message checked, and returns the id of its case. */
  async message(id, text, more = {}) {
    const { body } = await this.call("POST", "/v1/moderation/check", { id, text, sender: "freelancer", ...more });
    return body.case_id;
  }

  case(id) { return this.call("GET", `/v1/moderation/cases/${id}`).then((a) => a.body); }

  async decide(id, decision, labels = [], note = "") {
    const { case: c } = await this.case(id);
    await this.call("POST", `/v1/moderation/cases/${id}/decide`, { version: c.version, decision, labels, note });
  }

  appeal(message, text) { return this.call("POST", "/v1/moderation/appeals", { message_id: message, text }); }
}

/** What a marketplace's people write: some of it out of bounds, much of it not. */
export const messages = [
  { id: "msg-4417", sender: "freelancer", subject: "user-20931", text: "Sounds good. Let's not do this here, the fee eats a fifth of it. Write me on WhatsApp, +44 7700 900123, and we agree on a price between us. You can pay by PayPal when it is done.",
    thread: [
      { sender: "client", text: "Hi Marek, your bakery sites look great. We need one with an order form for birthday cakes, about eight pages. What would that cost?" },
      { sender: "freelancer", text: "Thank you! Around 1,200 euros for the pages, and 300 more if customers should pay online. I could begin on Monday." },
      { sender: "client", text: "That fits. How do we start?" },
    ] },
  { id: "msg-4418", sender: "client", text: "Before we sign anything, please buy two gift cards for 100 each for the onboarding and send me the codes. You get it back with the first payment, promised." },
  { id: "msg-4419", sender: "client", text: "Refund me in full today or I leave one star on every profile you have and tell everybody what kind of person you are. Your choice, idiot." },
  { id: "msg-4420", sender: "freelancer", text: "The checkout fails for PayPal and for cards with 3-D Secure. Could you send me the log of order 4711-0093 and the IP of the staging server? I kill the stale worker in the meantime." },
  { id: "msg-4421", sender: "freelancer", text: "You can find me under m a r e k  d o t  builds at the g mail place. Say hi there and I'll send you the portfolio." },
  { id: "msg-4422", sender: "client", text: "We need 150 five-star reviews for our app by Friday, each from another account and another phone. Two dollars a review." },
  { id: "msg-4423", sender: "freelancer", text: "Dear Sir, I am not writing about the logo. I finish my studies in June and look for a full-time position in your company, any department. My CV is attached." },
  { id: "msg-4424", sender: "client", text: "Only young women please, they are nicer to our guests on the phone. And nobody with an accent." },
  { id: "msg-4425", sender: "freelancer", text: "Instead of one site we could resell your leads: we hand you all enquiries we cannot serve, you keep 30 percent, white label. Let me know whether your agency wants to partner." },
  { id: "msg-4426", sender: "client", text: "مرحبا، هل يمكنك إرسال رقم هاتفك؟ أفضل أن نتحدث على واتساب" },
];

/** Fills a site's queue, with an appeal in it. Returns the ids of its cases. */
export async function fill(site) {
  await site.reviewAll();
  const ids = {};
  const appealed = await site.message("msg-4400", "Our shop is called Telegram Street 12 and the footer needs that line, with the number 555 0134.");
  await site.decide(appealed, "block", ["contact_exchange"], "A number, and a messenger by name.");
  for (const { id, text, ...more } of [...messages].reverse()) ids[id] = await site.message(id, text, more);
  await site.appeal("msg-4400", "Telegram Street is where our shop is. The number is for the footer of the page that you see in the brief.");
  return { ...ids, "msg-4400": appealed };
}
