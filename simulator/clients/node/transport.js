"use strict";

const { RequestClient } = require("twilio");

/** Sends what Twilio's own library wants to send to a simulator instead, with the Host header it was meant for. */
class SimulatorRequestClient extends RequestClient {
  /** @param {string} baseUrl address of the simulator */
  constructor(baseUrl) {
    super({ timeout: 30000 });
    this.base = new URL(baseUrl);
  }

  request(options) {
    const asked = new URL(options.uri);
    const headers = { ...options.headers, Host: asked.host };
    const uri = `${this.base.origin}${asked.pathname}${asked.search}`;
    return super.request({ ...options, uri, headers });
  }
}

module.exports = { SimulatorRequestClient };
