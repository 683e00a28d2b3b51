import type { JobPost, Proposal } from "../client/protocol";
import { t } from "../i18n";
import * as format from "../i18n/format";

/** The post as Markdown, for pasting elsewhere. */
export function toMarkdown(post: JobPost): string {
  const name = (slot: string) => t.draft.sections[slot] ?? slot;
  const blocks = [`# ${escape(post.title || t.draft.untitled)}`, facts(post, name), escapeBlock(post.description)];
  const list = (slot: "deliverables" | "conditions" | "questions") => {
    const items = post[slot] ?? [];
    if (items.length > 0) blocks.push(`## ${name(slot)}\n\n${items.map((item) => `- ${escape(item)}`).join("\n")}`);
  };
  list("deliverables");
  const skills = [line(name("must"), post.skills?.must), line(name("nice"), post.skills?.nice)].filter(Boolean);
  if (skills.length > 0) blocks.push(`## ${name("skills")}\n\n${skills.join("\n")}`);
  list("conditions");
  list("questions");
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

/** A proposal as Markdown: the letter, the answers, the price. */
export function letterMarkdown(proposal: Proposal): string {
  const { job_post, text, answers, bid } = proposal;
  const blocks = [`# ${escape(job_post.title || t.proposal.title)}`, escapeBlock(text)];
  for (const answer of answers) if (answer.text) blocks.push(`**${escape(answer.question)}**`, escapeBlock(answer.text));
  if (bid) blocks.push(`${t.proposal.bid}: ${escape(format.money(bid.amount, bid.currency))}${bid.type === "hourly" ? ` ${t.pay.hour}` : ""}`);
  return `${blocks.join("\n\n")}\n`;
}

function facts(post: JobPost, name: (slot: string) => string): string {
  const kind = post.pay?.type === "fixed" ? ` (${t.pay.fixed.toLowerCase()})` : "";
  const rows: [string, string][] = [
    ["category", t.categories[post.category] ?? post.category],
    ["pay", format.pay(post.pay) && format.pay(post.pay) + kind],
    ["duration", format.period(post.duration)],
    ["hours_per_week", format.hours(post.hours_per_week?.min, post.hours_per_week?.max)],
    ["start", format.day(post.start)],
    ["deadline", format.day(post.deadline)],
    ["level", t.level[post.level] ?? post.level],
    ["location", format.place(post.location)],
    ["time_zone", post.time_zone ?? ""],
  ];
  return rows.filter(([, value]) => value).map(([slot, value]) => `- **${name(slot)}:** ${escape(value)}`).join("\n");
}

function line(name: string, items: string[] | undefined): string {
  return items && items.length > 0 ? `- **${name}:** ${items.map(escape).join(", ")}` : "";
}

/** Keeps a person's text from turning into Markdown by accident. */
function escape(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/([\\`*_[\]<>])/g, "\\$1");
}

function escapeBlock(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split("\n").map(escapeRow).join("\n"))
    .join("\n\n");
}

/** A row that begins like a heading or a list is neither. */
function escapeRow(row: string): string {
  return escape(row).replace(/^(\s*\d*)([#+\-.)])(?=\s|#)/, "$1\\$2");
}
