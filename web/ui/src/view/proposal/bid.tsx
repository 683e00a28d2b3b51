import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Proposal, ProposalDraft } from "../../client/protocol";
import { t } from "../../i18n";
import * as format from "../../i18n/format";
import { usePage } from "../context";
import { useChange } from "../draft/change";
import { PayChart } from "../draft/market";
import { fromMoney, toMoney } from "../draft/values";
import { focused } from "../hooks";
import { Icon } from "../icons";

type Bid = NonNullable<Proposal["bid"]>;

/** The price to name, why, and what similar posts pay. */
export function BidView({ draft, fixed }: { draft: ProposalDraft; fixed: boolean }): VNode | null {
  const { view } = usePage();
  const [editing, setEditing] = useState(false);
  const { bid, text } = draft.document;
  if (!bid && !text) return null;
  const kind = bid?.type === "hourly" ? "hourly" : "fixed";
  return (
    <section class="bid" aria-labelledby="bid-title">
      <h3 id="bid-title">{t.proposal.bid}</h3>
      {bid && !editing && <p><strong>{format.money(bid.amount, bid.currency)}{unitOf(bid)}</strong> <span class="soft" dir="auto">{bid.reason}</span></p>}
      {editing && <BidForm draft={draft} close={() => setEditing(false)} />}
      {!editing && !fixed && <button type="button" class="link" disabled={view.link.state !== "open"} onClick={() => setEditing(true)}><Icon name="edit" />{t.proposal.editBid}</button>}
      {bid?.figure && <PayChart figure={bid.figure} budget={{ type: kind, min: bid.amount, max: bid.amount, currency: bid.currency }} words={t.proposal.price} />}
    </section>
  );
}

function unitOf({ type, unit }: Bid): string {
  if (type === "hourly") return ` ${t.pay.hour}`;
  return unit ? ` / ${unit}` : "";
}

function BidForm({ draft, close }: { draft: ProposalDraft; close: () => void }): VNode {
  const { bid } = draft.document;
  const { change, trouble, busy } = useChange(draft);
  const [currency, setCurrency] = useState(bid?.currency ?? "");
  const [amount, setAmount] = useState(bid ? fromMoney(bid.amount, format.digits(bid.currency)) : "");
  const [type, setType] = useState(bid?.type ?? "fixed");
  const save = () => void change(() => {
    const code = currency.trim().toUpperCase();
    return { bid: { amount: toMoney(amount, format.digits(code)), currency: code, type, unit: type ? "" : (bid?.unit ?? "") } };
  }).then((done) => done && close());
  return (
    <form class="edit-form" onSubmit={(event) => { event.preventDefault(); save(); }} onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } }}>
      <div class="form-row">
        <label class="labelled"><span>{t.proposal.amount}</span><input type="text" inputMode="decimal" size={8} required ref={focused} value={amount} onInput={(e) => setAmount(e.currentTarget.value)} /></label>
        <label class="labelled"><span>{t.payFields.currency}</span><input type="text" size={4} maxLength={3} required pattern="[A-Za-z]{3}" value={currency} onInput={(e) => setCurrency(e.currentTarget.value)} /></label>
        <label class="labelled"><span>{t.payFields.type}</span>
          <select value={type} onChange={(e) => setType(e.currentTarget.value)}>
            <option value="fixed">{t.pay.fixed}</option>
            <option value="hourly">{t.pay.hourly}</option>
            {bid?.unit && <option value="">{`/ ${bid.unit}`}</option>}
          </select>
        </label>
      </div>
      {trouble && <p role="alert" class="form-trouble">{trouble}</p>}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={busy}>{t.draft.save}</button>
        <button type="button" onClick={close}>{t.draft.cancel}</button>
      </div>
    </form>
  );
}
