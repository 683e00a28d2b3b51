// A network between a client and Parley that can be made worse.

import { createServer, connect } from "node:net";

/** Passes connections on to `target` (http://host:port) until it is told otherwise. */
export class Network {
  /** What happens to a WebSocket: "pass", "refuse" (the upgrade is answered with 403) or a number of milliseconds after which it is cut. */
  upgrades = "pass";
  gone = false;
  /** How many connections were made, and how many of them asked for an upgrade. */
  made = 0;
  upgraded = 0;
  #pairs = new Set();

  constructor(target) {
    const { hostname, port } = new URL(target);
    this.server = createServer((client) => this.#join(client, () => connect(Number(port), hostname)));
  }

  async listen() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  /** Cuts every connection there is. */
  cut() {
    for (const sockets of this.#pairs) for (const socket of sockets) socket.destroy();
    this.#pairs.clear();
  }

  /** Nobody is reached any more, until `mend`. */
  lose() {
    this.gone = true;
    this.cut();
  }

  mend() {
    this.gone = false;
  }

  async close() {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #join(client, dial) {
    client.on("error", () => undefined);
    if (this.gone) return void client.destroy();
    this.made++;
    client.once("data", (head) => {
      const upgrade = /^upgrade: websocket/im.test(head.toString("latin1"));
      if (upgrade) this.upgraded++;
      if (upgrade && this.upgrades === "refuse") return void client.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      const server = dial();
      const pair = [client, server];
      this.#pairs.add(pair);
      server.on("error", () => client.destroy());
      client.on("close", () => { server.destroy(); this.#pairs.delete(pair); });
      server.on("close", () => client.destroy());
      server.write(head);
      client.pipe(server);
      server.pipe(client);
      if (upgrade && typeof this.upgrades === "number") setTimeout(() => client.destroy(), this.upgrades);
    });
  }
}
