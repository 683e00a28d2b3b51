import assert from "node:assert/strict";
import { plainPage, signIn } from "./widget-host.mjs";

/** A visitor's conversation ends with a reload, and one of somebody who is signed in does not. */
export async function withoutStorage(open, parley, name, wish) {
  const visitor = await open();
  await visitor.open();
  const denied = (await visitor.inside()).evaluate(() => localStorage.length);
  await assert.rejects(denied, /SecurityError/, "the frame's storage is blocked");
  await visitor.send(wish);
  await visitor.waitForAnswer(1);
  await visitor.page.reload();
  await visitor.open();
  await visitor.frame().locator(".empty").waitFor();

  const script = `Parley("boot",{identity:${JSON.stringify(signIn(name))}});`;
  const signed = await open(plainPage(parley, { script }), { path: "/signed" });
  await signed.open();
  await signed.send(wish);
  await signed.waitForAnswer(1);
  await signed.page.reload();
  await signed.open();
  await signed.waitForAnswer(1);
  assert.deepEqual(await signed.messages(), [wish]);
}
