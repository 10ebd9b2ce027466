"use strict";

/*
 * Loaded first (`node --require`), this sends what a program wants to send to Twilio to the simulator that TWILIO_BASE_URL names
 * instead, with the Host header that it was meant for.
 */

const http = require("node:http");
const https = require("node:https");

const base = new URL(process.env.TWILIO_BASE_URL);

https.request = (options, answered) => {
  const meant = options.hostname ?? options.host;
  const headers = { ...options.headers, Host: meant };
  const { agent, agents, socketPath, host, ...kept } = options;
  const there = { protocol: base.protocol, hostname: base.hostname, port: base.port };
  return http.request({ ...kept, ...there, headers }, answered);
};
