"use strict";

/*
 * Twilio's Node library drives the simulator, and finds there what it finds at Twilio.
 *
 * Reads TWILIO_BASE_URL, TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, writes one line for each fact checked, and ends with an exit
 * code other than 0 at the first that does not hold.
 */

const assert = require("node:assert/strict");
const twilio = require("twilio");
const { SimulatorRequestClient } = require("./transport");

const BASE_URL = process.env.TWILIO_BASE_URL;
const ACCOUNT_SID = process.env.TWILIO_ACCOUNT_SID;
const DAY_MS = 24 * 60 * 60 * 1000;

function signedIn(user, password, accountSid = undefined) {
  return twilio(user, password, { accountSid, httpClient: new SimulatorRequestClient(BASE_URL) });
}

/** Says that something holds, or fails. */
function fact(holds, what) {
  assert.ok(holds, what);
  console.log(`  ${what}`);
}

/** Says that two values are deeply equal, or fails with both. */
function equal(actual, expected, what) {
  try {
    assert.deepEqual(actual, expected);
  } catch (difference) {
    throw new Error(`${what}: ${difference.message}`);
  }
  console.log(`  ${what}`);
}

/** The call must be rejected with the library's own error of this status and Twilio code. */
async function refused(status, code, what, call) {
  const refusal = await call().then(
    () => assert.fail(`${what}: was not refused`),
    (error) => error,
  );
  equal({ status: refusal.status, code: refusal.code }, { status, code }, what);
}

function day(back) {
  return new Date(Date.now() - back * DAY_MS).toISOString().slice(0, 10);
}

async function accounts(main) {
  const own = await main.api.v2010.accounts(ACCOUNT_SID).fetch();
  equal([own.sid, own.status], [ACCOUNT_SID, "active"], "the main account reads itself");
  fact(!Number.isNaN(own.dateCreated.getTime()), "its dates parse");

  const made = await main.api.v2010.accounts.create({ friendlyName: "made by Node" });
  equal(made.ownerAccountSid, ACCOUNT_SID, "a child belongs to the main account");
  const listed = (await main.api.v2010.accounts.list()).map((account) => account.sid);
  fact(listed.includes(ACCOUNT_SID) && listed.includes(made.sid), "a list shows both");

  const child = signedIn(made.sid, made.authToken);
  const seen = await child.api.v2010.accounts(made.sid).fetch();
  equal(seen.friendlyName, "made by Node", "a child signs in with its token");
  await refused(401, 20003, "a child does not reach its parent", () => child.api.v2010.accounts(ACCOUNT_SID).fetch());
  const wrong = signedIn(made.sid, "0".repeat(32));
  await refused(401, 20003, "a wrong token does not sign in", () => wrong.api.v2010.accounts(made.sid).fetch());

  const renamed = await main.api.v2010.accounts(made.sid).update({ friendlyName: "renamed by Node" });
  equal(renamed.friendlyName, "renamed by Node", "a parent renames its child");
  const closed = await main.api.v2010.accounts(made.sid).update({ status: "closed" });
  equal(closed.status, "closed", "a parent closes its child");
  await refused(401, 20003, "which then cannot sign in", () => child.api.v2010.accounts(made.sid).fetch());
}

async function numbers(main) {
  const market = main.availablePhoneNumbers("US");
  const found = await market.local.list({ areaCode: 415, smsEnabled: true, limit: 3 });
  equal(found.length, 3, "three local numbers are for sale in area code 415");
  fact(
    found.every((one) => one.phoneNumber.startsWith("+1415")),
    "and begin with it",
  );
  fact(
    found.every((one) => one.capabilities.SMS),
    "and can send messages",
  );
  const [free] = await market.tollFree.list({ limit: 1 });
  fact(/^\+18(00|33|44|55|66|77|88)/.test(free.phoneNumber), "so is a toll-free one");

  const wanted = found[0].phoneNumber;
  const bought = await main.incomingPhoneNumbers.create({ phoneNumber: wanted, friendlyName: "bought by Node" });
  equal([bought.phoneNumber, bought.friendlyName], [wanted, "bought by Node"], "a number is bought");
  fact(bought.sid.startsWith("PN"), "and has a SID");
  const twice = await main.incomingPhoneNumbers.create({ phoneNumber: wanted, voiceUrl: "https://example.com/voice" });
  equal([twice.sid, twice.voiceUrl], [bought.sid, "https://example.com/voice"], "buying it again changes it");
  const again = await market.local.list({ areaCode: 415, limit: 50 });
  fact(!again.some((one) => one.phoneNumber === wanted), "it is off the market");
  const owned = await main.incomingPhoneNumbers.list({ phoneNumber: wanted });
  equal(
    owned.map((one) => one.sid),
    [bought.sid],
    "a filter finds it",
  );

  const number = main.incomingPhoneNumbers(bought.sid);
  const wish = { friendlyName: "renamed by Node", smsUrl: "https://example.com/sms", smsMethod: "GET" };
  const { friendlyName, smsUrl, smsMethod } = await number.update(wish);
  equal({ friendlyName, smsUrl, smsMethod }, wish, "it is updated");
  equal((await number.fetch()).smsUrl, wish.smsUrl, "and reads back so");
  fact(await number.remove(), "it is released");
  await refused(404, 20404, "and is gone", () => number.fetch());
}

async function messaging(main) {
  const services = main.messaging.v1.services;
  const service = await services.create({ friendlyName: "made by Node", statusCallback: "https://example.com/status" });
  fact(service.sid.startsWith("MG"), "a messaging service is made");
  equal(
    [service.stickySender, service.smartEncoding, service.usecase],
    [true, true, "undeclared"],
    "with Twilio's defaults",
  );
  const changed = await services(service.sid).update({ friendlyName: "renamed by Node", stickySender: false });
  equal([changed.friendlyName, changed.stickySender], ["renamed by Node", false], "it is updated");

  const [free] = await main.availablePhoneNumbers("US").local.list({ limit: 1 });
  const number = await main.incomingPhoneNumbers.create({ phoneNumber: free.phoneNumber });
  const pool = services(service.sid).phoneNumbers;
  const sender = await pool.create({ phoneNumberSid: number.sid });
  equal(
    [sender.sid, sender.phoneNumber],
    [number.sid, free.phoneNumber],
    "a number joins its sender pool under its own SID",
  );
  equal(
    (await pool.list()).map((one) => one.sid),
    [number.sid],
    "which lists it",
  );
  const other = await services.create({ friendlyName: "another" });
  await refused(409, 21712, "a number is in one pool only", () =>
    services(other.sid).phoneNumbers.create({ phoneNumberSid: number.sid }),
  );
  fact(await services(service.sid).phoneNumbers(number.sid).remove(), "it leaves the pool");
  equal((await main.incomingPhoneNumbers(number.sid).fetch()).phoneNumber, free.phoneNumber, "and stays ours");
  await main.incomingPhoneNumbers(number.sid).remove();

  for (const index of [1, 2, 3]) await services.create({ friendlyName: `page ${index}` });
  const listed = (await services.list({ pageSize: 2 })).map((one) => one.sid);
  equal([listed.length, new Set(listed).size], [5, 5], "pages follow one another to the end");
  for (const sid of listed) await services(sid).remove();
  equal(await services.list(), [], "services are deleted");
}

async function keys(main) {
  const made = await main.iam.v1.newApiKey.create({ accountSid: ACCOUNT_SID, friendlyName: "made by Node" });
  fact(made.sid.startsWith("SK") && made.secret, "a key is made and shows its secret");
  const shown = await main.iam.v1.apiKey(made.sid).fetch();
  equal(shown.friendlyName, "made by Node", "it reads back");
  equal(shown.secret, undefined, "without its secret");
  const byKey = signedIn(made.sid, made.secret, ACCOUNT_SID);
  equal(await byKey.messaging.v1.services.list(), [], "it signs in");
  await refused(401, 20003, "but not to accounts", () => byKey.api.v2010.accounts(ACCOUNT_SID).fetch());
  const renamed = await main.iam.v1.apiKey(made.sid).update({ friendlyName: "renamed by Node" });
  equal(renamed.friendlyName, "renamed by Node", "it is renamed");
  const listed = await main.iam.v1.getApiKeys.list({ accountSid: ACCOUNT_SID });
  fact(
    listed.some((key) => key.sid === made.sid),
    "it is listed",
  );

  const policy = { allow: ["/twilio/messaging/services/list"] };
  const restricted = await main.iam.v1.newApiKey.create({ accountSid: ACCOUNT_SID, keyType: "restricted", policy });
  const byRestricted = signedIn(restricted.sid, restricted.secret, ACCOUNT_SID);
  equal(await byRestricted.messaging.v1.services.list(), [], "a restricted key does what its policy allows");
  await refused(401, 70051, "and nothing else", () => byRestricted.messaging.v1.services.create({ friendlyName: "no" }));

  for (const { sid } of [made, restricted]) fact(await main.iam.v1.apiKey(sid).remove(), "a key is deleted");
  await refused(401, 20003, "and no longer signs in", () => byKey.messaging.v1.services.list());
}

async function usage(main) {
  const records = main.usage.records;
  const week = { category: "sms-outbound", startDate: day(7), endDate: day(1) };
  const days = await records.daily.list(week);
  equal(days.length, 7, "a week has seven days of usage");
  equal([...new Set(days.map((one) => one.category))], ["sms-outbound"], "of the category asked for");
  const dates = days.map((one) => one.startDate.toISOString().slice(0, 10));
  equal(dates.sort(), [7, 6, 5, 4, 3, 2, 1].map(day), "each with its own date");
  const sum = days.reduce((total, one) => total + Number(one.count), 0);
  fact(sum > 0, "there was some");
  const whole = await records.list(week);
  equal(whole.length, 1, "the same week in one record");
  equal(Number(whole[0].count), sum, "counts the sum of its days");
  const cost = days.reduce((total, one) => total + Number(one.price), 0);
  equal(Number(whole[0].price).toFixed(5), cost.toFixed(5), "and costs it");
  const categories = (await records.allTime.list()).map((one) => one.category);
  fact(
    ["calls", "sms", "phonenumbers", "totalprice"].every((one) => categories.includes(one)),
    "all categories have a record",
  );
  const yesterday = await records.yesterday.list({ category: "sms-outbound" });
  equal(
    yesterday.map((one) => one.startDate.toISOString().slice(0, 10)),
    [day(1)],
    "yesterday is yesterday",
  );

  const trigger = await main.usage.triggers.create({
    callbackUrl: "https://example.com/usage",
    triggerValue: "+30",
    usageCategory: "sms",
  });
  equal(
    Number(trigger.triggerValue),
    Number(trigger.currentValue) + 30,
    "a relative trigger counts from what was used",
  );
  fact(await main.usage.triggers(trigger.sid).remove(), "and is deleted");
}

async function parameters(main) {
  const wish = { friendlyName: "made by Node", "totp.issuer": "Issuer", codeLength: 8 };
  const service = await main.verify.v2.services.create(wish);
  equal(
    [service.totp.issuer, service.totp.time_step, service.codeLength],
    ["Issuer", 30, 8],
    "dotted parameters are shown nested",
  );
  const { sinks, subscriptions } = main.events.v1;
  const where = { destination: "https://example.com/events", method: "POST" };
  const sink = await sinks.create({ description: "made by Node", sinkType: "webhook", sinkConfiguration: where });
  equal(sink.sinkConfiguration, where, "an object is sent as a text and read as an object");
  const types = ["com.twilio.messaging.message.delivered", "com.twilio.messaging.message.failed"];
  const subscription = await subscriptions.create({
    description: "made by Node",
    sinkSid: sink.sid,
    types: types.map((type) => ({ type })),
  });
  const events = await subscriptions(subscription.sid).subscribedEvents.list();
  equal(events.map((event) => event.type).sort(), types, "an array of objects is sent as repeated texts");
  await refused(400, 91007, "a used sink is not deleted", () => sinks(sink.sid).remove());
  const flow = {
    friendlyName: "made by Node",
    status: "draft",
    definition: { initial_state: "nowhere", states: [] },
  };
  const refusal = await main.studio.v2.flows.create(flow).then(
    () => assert.fail("a broken flow was accepted"),
    (error) => error,
  );
  equal(refusal.code, 81022, "a broken flow is refused");
  fact(refusal.details.errors.length > 1, "with all that is wrong in it");
}

async function run() {
  const main = signedIn(ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN);
  for (const check of [accounts, numbers, messaging, keys, usage, parameters]) {
    console.log(check.name);
    await check(main);
  }
}

run().catch((failure) => {
  console.error(failure);
  process.exitCode = 1;
});
