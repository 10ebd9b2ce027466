// Twilio's own Node library, driving the simulator as it would drive Twilio.
//
// The library is used as it is; only its HTTP client is told to connect elsewhere. Anything that does not come back as
// the library expects ends the check with exit code 1.

import assert from "node:assert/strict";
import process from "node:process";

import twilio from "twilio";

const base = new URL(process.env.TWILIO_BASE_URL);
const accountSid = process.env.TWILIO_ACCOUNT_SID;
const authToken = process.env.TWILIO_AUTH_TOKEN;

// Connects to the simulator and still says which Twilio host is meant.
class Elsewhere extends twilio.RequestClient {
  constructor() {
    super({ timeout: 30_000 });
    // A proxy of the environment has no business between this process and a loopback address.
    this.axios.defaults.proxy = false;
  }

  request(options) {
    const meant = new URL(options.uri);
    const uri = new URL(meant.pathname + meant.search, base).href;
    return super.request({ ...options, uri, headers: { ...options.headers, Host: meant.host } });
  }
}

function signedIn(user = accountSid, password = authToken, account = undefined) {
  return twilio(user, password, { accountSid: account, httpClient: new Elsewhere() });
}

async function refused(status, code, action, what) {
  await assert.rejects(action, (error) => {
    assert.deepEqual([error.status, error.code], [status, code], what);
    return true;
  });
}

async function accounts(client) {
  const made = await client.api.v2010.accounts.create({ friendlyName: "library check" });
  assert.equal(made.status, "active");
  assert.equal(made.ownerAccountSid, accountSid);
  const read = await client.api.v2010.accounts(made.sid).fetch();
  assert.equal(read.friendlyName, "library check");
  const listed = (await client.api.v2010.accounts.list()).map((account) => account.sid);
  assert.ok(listed.includes(made.sid) && listed.includes(accountSid), `${listed} lacks an account`);
  const child = signedIn(made.sid, made.authToken);
  assert.equal((await child.api.v2010.accounts(made.sid).fetch()).sid, made.sid);
  const suspended = await client.api.v2010.accounts(made.sid).update({ status: "suspended" });
  assert.equal(suspended.status, "suspended");
  await refused(401, 20003, child.messaging.v1.services.create({ friendlyName: "no" }), "a suspended account creates");
  const closed = await client.api.v2010.accounts(made.sid).update({ status: "closed" });
  assert.equal(closed.status, "closed");
}

async function numbers(client) {
  const offered = await client.availablePhoneNumbers("US").local.list({ areaCode: 415, limit: 5 });
  assert.equal(offered.length, 5);
  for (const offer of offered) {
    assert.match(offer.phoneNumber, /^\+1415\d{7}$/);
  }
  assert.equal(offered[0].capabilities.voice, true);
  const bought = await client.incomingPhoneNumbers.create({
    phoneNumber: offered[0].phoneNumber,
    friendlyName: "library check",
  });
  assert.equal(bought.phoneNumber, offered[0].phoneNumber);
  const onOffer = await client.availablePhoneNumbers("US").local.list({ areaCode: 415, limit: 50 });
  assert.ok(!onOffer.some((offer) => offer.phoneNumber === bought.phoneNumber), "it is still on offer");
  const again = client.incomingPhoneNumbers.create({ phoneNumber: bought.phoneNumber });
  await refused(400, 21422, again, "buying it twice");
  const number = client.incomingPhoneNumbers(bought.sid);
  const updated = await number.update({ voiceUrl: "https://example.com/voice", voiceMethod: "GET" });
  assert.deepEqual([updated.voiceUrl, updated.voiceMethod], ["https://example.com/voice", "GET"]);
  assert.equal((await number.fetch()).friendlyName, "library check");
  const found = await client.incomingPhoneNumbers.list({ phoneNumber: bought.phoneNumber });
  assert.deepEqual(found.map((one) => one.sid), [bought.sid]);
  return bought;
}

async function messaging(client, number) {
  assert.ok(number, "no number was bought before");
  const service = await client.messaging.v1.services.create({ friendlyName: "library check", stickySender: false });
  assert.equal(service.stickySender, false);
  assert.ok(service.dateCreated instanceof Date && !Number.isNaN(service.dateCreated.getTime()), "dates are read");
  const pool = client.messaging.v1.services(service.sid).phoneNumbers;
  const member = await pool.create({ phoneNumberSid: number.sid });
  assert.deepEqual([member.sid, member.phoneNumber], [number.sid, number.phoneNumber]);
  assert.deepEqual((await pool.list()).map((one) => one.sid), [number.sid]);
  assert.equal(await pool(number.sid).remove(), true);
  assert.deepEqual(await pool.list(), []);
  const renamed = await client.messaging.v1.services(service.sid).update({ friendlyName: "renamed" });
  assert.deepEqual([renamed.friendlyName, renamed.stickySender], ["renamed", false]);
  assert.equal(await client.messaging.v1.services(service.sid).remove(), true);
  await refused(404, 20404, client.messaging.v1.services(service.sid).fetch(), "reading what was deleted");
}

async function release(client, number) {
  assert.ok(number, "no number was bought before");
  assert.equal(await client.incomingPhoneNumbers(number.sid).remove(), true);
  await refused(404, 20404, client.incomingPhoneNumbers(number.sid).fetch(), "reading what was released");
}

async function paging(client) {
  const made = [];
  for (let count = 0; count < 7; count += 1) {
    const service = await client.messaging.v1.services.create({ friendlyName: `page ${count}` });
    made.unshift(service.sid);
  }
  const listed = (await client.messaging.v1.services.list({ pageSize: 3 })).map((service) => service.sid);
  assert.deepEqual(listed.filter((sid) => made.includes(sid)), made, "all pages, newest first");
  assert.equal((await client.messaging.v1.services.list({ pageSize: 3, limit: 4 })).length, 4);
  const queues = new Set();
  for (let count = 0; count < 5; count += 1) {
    queues.add((await client.queues.create({ friendlyName: `queue ${count}` })).sid);
  }
  const pages = await client.queues.list({ pageSize: 2 });
  assert.deepEqual(new Set(pages.map((queue) => queue.sid)), queues, "all pages of the 2010 API");
}

async function keys(client) {
  const key = await client.newKeys.create({ friendlyName: "library check" });
  assert.equal(key.secret.length, 32);
  const byKey = signedIn(key.sid, key.secret, accountSid);
  const service = await byKey.messaging.v1.services.create({ friendlyName: "by key" });
  assert.equal(service.accountSid, accountSid);
  await refused(401, 20003, byKey.keys.list(), "a standard key manages keys");
  assert.equal((await client.keys(key.sid).fetch()).friendlyName, "library check");
  assert.equal(await client.keys(key.sid).remove(), true);
  await refused(401, 20003, byKey.messaging.v1.services.list({ limit: 1 }), "signing in with a deleted key");
}

async function usage(client) {
  const days = await client.usage.records.daily.list({ category: "sms", startDate: new Date(Date.now() - 86_400_000) });
  assert.ok(days.length >= 1 && days.length <= 2, `${days.length} days since yesterday`);
  const total = await client.usage.records.lastMonth.list({ category: "totalprice" });
  assert.deepEqual(total.map((one) => one.usageUnit), ["usd"]);
  assert.ok(Number(total[0].price) > 0, "nothing was spent");
  assert.ok((await client.usage.records.list()).length > 100, "not all categories were read");
  const trigger = await client.usage.triggers.create({
    callbackUrl: "https://example.com/usage",
    triggerValue: "+30",
    usageCategory: "sms",
  });
  assert.equal(Number(trigger.triggerValue), Number(trigger.currentValue) + 30);
  assert.equal(await client.usage.triggers(trigger.sid).remove(), true);
}

async function nested(client) {
  const service = await client.verify.v2.services.create({
    friendlyName: "library check",
    "totp.issuer": "Issuer",
    codeLength: 8,
  });
  assert.deepEqual([service.totp.issuer, service.totp.time_step, service.codeLength], ["Issuer", 30, 8]);
  const sink = await client.events.v1.sinks.create({
    description: "library check",
    sinkType: "webhook",
    sinkConfiguration: { destination: "https://example.com/events", method: "POST" },
  });
  assert.equal(sink.sinkConfiguration.method, "POST");
  const type = "com.twilio.messaging.message.delivered";
  const subscription = await client.events.v1.subscriptions.create({
    description: "library check",
    sinkSid: sink.sid,
    types: [{ type }],
  });
  const events = await client.events.v1.subscriptions(subscription.sid).subscribedEvents.list();
  assert.deepEqual(events.map((event) => event.type), [type]);
}

const client = signedIn();
let number;
const steps = [
  ["accounts: create, read, list, sign in, suspend, close", () => accounts(client)],
  ["phone numbers: search, buy, read, update, find", async () => (number = await numbers(client))],
  ["messaging services: create, update, sender pool, delete", () => messaging(client, number)],
  ["phone numbers: release", () => release(client, number)],
  ["paging: both styles", () => paging(client)],
  ["API keys: create, sign in, delete", () => keys(client)],
  ["usage: records and triggers", () => usage(client)],
  ["nested and repeated parameters: Verify, Event Streams", () => nested(client)],
];
let failed = 0;
for (const [name, step] of steps) {
  try {
    await step();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}`);
    console.error(error);
  }
}
console.log(`${steps.length - failed} of ${steps.length} checks passed with Twilio's Node library`);
process.exitCode = failed > 0 ? 1 : 0;
