"use strict";

/*
 * Twilio's Node library makes the calls of every product, and decodes what it is answered.
 *
 * Reads the calls from the file that CALLS names (`cargo xtask clients` writes it), and TWILIO_BASE_URL, TWILIO_ACCOUNT_SID and
 * TWILIO_AUTH_TOKEN. Each object that the library makes of an answer is held against the answer: a member that its type
 * declarations name must have the declared type and the value that was sent. Ends with an exit code other than 0 when anything
 * does not hold.
 */

const fs = require("node:fs");
const twilio = require("twilio");
const { SimulatorRequestClient } = require("./transport");

const ACCOUNT_SID = process.env.TWILIO_ACCOUNT_SID;
/** More than any list here has. */
const MOST_PAGES = 60;
const MORE_INFO = "https://www.twilio.com/docs/errors/";

/** Remembers what was answered since the last call. */
class Recorder extends SimulatorRequestClient {
  answers = [];

  async request(options) {
    const response = await super.request(options);
    this.answers.push(typeof response.body === "string" && response.body ? JSON.parse(response.body) : response.body);
    if (this.answers.length > MOST_PAGES) throw new Wrong("pages follow one another without an end");
    return response;
  }
}

class Wrong extends Error {}

/** The library does not have it. */
class Missing extends Error {}

const camel = (snake) => snake.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const lowerFirst = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/** A decoded value as it could stand in JSON; moments as texts of one form. */
function plain(value) {
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, "Z");
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
  }
  return value;
}

/** A text that may be a moment, in the form of `plain`. */
function moment(text) {
  if (typeof text !== "string" || !/^\d{4}-\d\d-\d\d|^[A-Z][a-z]{2}, \d/.test(text)) return text;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : plain(date);
}

/** Equal, whether numbers stand as texts or not and however a moment is written. */
function same(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => same(value, other[index]));
  }
  if (one && other && typeof one === "object" && typeof other === "object") {
    return Object.entries(one).every(
      ([name, value]) => value === null || same(value, name in other ? other[name] : other[camel(name)]),
    );
  }
  if (one === other || moment(one) === moment(other)) return true;
  const isNumber = (value) => (typeof value === "number" || typeof value === "string") && value !== "";
  return isNumber(one) && isNumber(other) && Number(one) === Number(other);
}

const declarations = new Map();

/** The members that the library's type declarations give a class: name, type, values of its enum. */
function declared(kind) {
  if (declarations.has(kind)) return declarations.get(kind);
  const module = Object.values(require.cache).find((one) => one?.exports?.[kind.name] === kind);
  const text = fs.readFileSync(module.filename.replace(/\.js$/, ".d.ts"), "utf8");
  const enums = new Map(
    [...text.matchAll(/^export type (\w+) = ((?:"[^"]*"(?: \| )?)+);/gm)].map(([, name, values]) => [
      name,
      new Set([...values.matchAll(/"([^"]*)"/g)].map(([, value]) => value)),
    ]),
  );
  const from = text.indexOf(`export declare class ${kind.name} {`);
  const body = text.slice(from, text.indexOf("\n}", from));
  const source = kind.toString();
  const members = [...body.matchAll(/^ {4}(\w+)\??: ([^;{]+);$/gm)].flatMap(([, name, type]) => {
    const key = new RegExp(`this\\.${name} =[^;]*?payload(?:\\.(\\w+)|\\["([^"]+)"\\])`).exec(source);
    return key ? [{ name, key: key[1] ?? key[2], type, values: enums.get(type) }] : [];
  });
  if (members.length === 0) throw new Wrong(`${kind.name} declares nothing`);
  declarations.set(kind, members);
  return members;
}

/** Whether a value is of a declared type, as far as the library tells. */
function isOf(type, value) {
  if (type === "Date") return value instanceof Date && !Number.isNaN(value.getTime());
  if (["string", "number", "boolean"].includes(type)) return typeof value === type;
  if (type.startsWith("Array<")) return Array.isArray(value);
  if (type.startsWith("Record<")) return typeof value === "object";
  return true;
}

/** Every member that the library declares was decoded from the answer. */
function decoded(thing, answer) {
  for (const { name, key, type, values } of declared(thing.constructor)) {
    const sent = answer[key];
    if (sent === null || sent === undefined) continue;
    const [was, is] = [JSON.stringify(sent), JSON.stringify(thing[name])];
    const what = `${thing.constructor.name}.${name}, declared ${type}, is ${is} where ${was} was answered`;
    // Prices are texts in answers, and the library leaves them so.
    const isPrice = name === "price" && type === "number" && typeof sent === "string";
    if (!(isPrice || isOf(type, thing[name])) || !same(sent, plain(thing[name]))) throw new Wrong(what);
    if (values && !values.has(sent)) throw new Wrong(`${what}; it may be ${[...values]}`);
  }
}

class Driver {
  transport = new Recorder(process.env.TWILIO_BASE_URL);
  client = twilio(ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN, { httpClient: this.transport });
  known = { account: ACCOUNT_SID };

  /** What is said, with what is known in place of `$names`. */
  value(said) {
    if (Array.isArray(said)) return said.map((one) => this.value(one));
    if (said && typeof said === "object") {
      return Object.fromEntries(Object.entries(said).map(([name, one]) => [name, this.value(one)]));
    }
    const found = typeof said === "string" && /^\$(\w+)(?:\.(\w+))?$/.exec(said);
    if (!found || !(found[1] in this.known)) return said;
    return found[2] ? this.known[found[1]][found[2]] : this.known[found[1]];
  }

  /** The object of the library that has the method, and the method. */
  place(call) {
    const method = call.do === "delete" ? "remove" : call.do;
    const ids = call.ids.map((one) => String(this.value(one)));
    const parts = call.at.split(".");
    let place = this.client;
    const missing = new Missing(`the library does not have ${call.at}: ${method}`);
    parts.forEach((part, index) => {
      const [, name, names] = /^(\w+)(?:\((.*)\))?$/.exec(part);
      if (place[camel(name)] === undefined) throw missing;
      place = place[camel(name)];
      const isThere = index === parts.length - 1 && typeof place[method] === "function";
      if (names !== undefined && !isThere) place = place(...ids.splice(0, names ? names.split(",").length : 0));
    });
    if (ids.length > 0) throw new Wrong(`${call.at} does not take ${ids}`);
    if (typeof place[method] !== "function") throw missing;
    return [place, method];
  }

  async make(call) {
    if (!call.absent) return this.perform(call);
    const failed = await this.perform(call).then(
      () => undefined,
      (error) => (error instanceof Missing ? "missing" : "fails"),
    );
    if (!failed) throw new Wrong("is left out, but the library can make the call");
    if (failed !== call.absent) throw new Wrong(`is left out because it is '${call.absent}', but it is '${failed}'`);
  }

  async perform(call) {
    this.transport.answers.length = 0;
    const [place, method] = this.place(call);
    const source = place[call.do === "list" ? "page" : method].toString();
    const named = call.arguments.map(({ name, value }) => {
      const spelled = name.split(".").map(lowerFirst).join(".");
      // A word that the library needs itself.
      return [source.includes(`params["${spelled}Param"]`) ? `${spelled}Param` : spelled, this.value(value)];
    });
    if (call.limit) named.push(["limit", call.limit]);
    const args = named.length > 0 ? [Object.fromEntries(named)] : [];
    if (call.refused) return this.refused(call.refused, () => place[method](...args));
    const result = await place[method](...args);
    const answers = this.transport.answers;
    if (call.do === "delete") {
      // Some products answer where the deletion can be followed.
      if (answers.at(-1)) decoded(result, answers.at(-1));
      else if (result !== true) throw new Wrong(`answered ${result}`);
    } else if (call.do === "list") {
      this.list(call, result, answers);
    } else {
      const answer = answers.at(-1);
      decoded(result, answer);
      if (call.as) this.known[call.as] = answer;
      this.shows(call, result, answer);
    }
  }

  async refused([status, known], make) {
    const refusal = await make().then(
      () => undefined,
      (error) => error,
    );
    if (!refusal) throw new Wrong("was not refused");
    const answer = this.transport.answers.at(-1);
    const code = known ?? answer.code;
    if (!code || refusal.message !== answer.message) throw new Wrong(`refused with ${refusal.message}`);
    const got = [refusal.status, refusal.code, refusal.moreInfo];
    if (!same([status, code, `${MORE_INFO}${code}`], got)) throw new Wrong(`refused with ${got} and not ${status}/${code}`);
  }

  shows(call, result, answer) {
    for (const [path, said] of Object.entries(call.shows ?? {})) {
      const [first, ...rest] = path.split(".");
      // The answer's own where the library does not have it.
      let value = camel(first) in result ? plain(result[camel(first)]) : answer[first];
      for (const name of rest) value = value?.[name] ?? value?.[camel(name)];
      const expected = this.value(said);
      if (!same(expected, value ?? null)) {
        throw new Wrong(`${path} is ${JSON.stringify(value)} and not ${JSON.stringify(expected)}`);
      }
    }
  }

  list(call, result, answers) {
    const listed = (answer) => answer[answer.meta?.key] ?? Object.values(answer).find((one) => Array.isArray(one)) ?? [];
    const items = answers.flatMap(listed).slice(0, call.limit);
    if (items.length !== result.length) throw new Wrong(`${items.length} were answered and ${result.length} decoded`);
    result.forEach((thing, index) => decoded(thing, items[index]));
    const { lists } = call;
    if (!lists) return;
    const keys = items.map((item) => String(item[lists.key]));
    const among = lists.among.map((one) => String(this.value(one)));
    const holds = new Set(keys).size === keys.length && among.every((one) => keys.includes(one));
    if (!holds || (lists.alone && keys.length !== among.length)) {
      throw new Wrong(`${keys} are listed where ${among} are expected`);
    }
    if (lists.without && keys.includes(this.value(lists.without))) throw new Wrong("what was deleted is listed");
    if (answers.length < lists.requests) throw new Wrong(`${items.length} came in ${answers.length} pages`);
  }
}

async function main() {
  const driver = new Driver();
  const counts = new Map();
  const failures = [];
  for (const { product, calls } of JSON.parse(fs.readFileSync(process.env.CALLS, "utf8"))) {
    for (const call of calls) {
      try {
        await driver.make(call);
        counts.set(product, (counts.get(product) ?? 0) + 1);
      } catch (failure) {
        const sent = JSON.stringify(Object.fromEntries(call.arguments.map(({ name, value }) => [name, value])));
        failures.push(`#${call.id} ${call.at}: ${call.do} ${sent}: ${failure.message}`);
        if (call.as) break;
      }
    }
  }
  for (const [product, count] of counts) console.log(`  ${product}: ${count} calls`);
  for (const failure of failures) console.error(failure);
  const passed = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

main();
