"use strict";

/*
 * Twilio's command line makes the calls of every product, and prints what it makes of the answers.
 *
 * Reads the calls from the file that CALLS names (`cargo xtask clients` writes it), and TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN;
 * redirect.js is loaded before it. Its commands run one after the other in this process, with the flags that a person would write.
 * What they print as JSON is held against what was answered, and their exit codes against Twilio's. Ends with an exit code other
 * than 0 when anything does not hold.
 */

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const HOME = path.dirname(require.resolve("twilio-cli/package.json"));
const ofCli = createRequire(path.join(HOME, "package.json"));
const { Config } = ofCli("@oclif/core");
const { getFlagName } = require(path.join(HOME, "src/services/twilio-api/get-flag-config.js"));
const core = path.dirname(ofCli.resolve("@twilio/cli-core/package.json"));
const CliRequestClient = require(path.join(core, "src/services/cli-http-client.js"));
const TwilioApiBrowser = require(path.join(core, "src/services/twilio-api/api-browser.js"));

/** More than any list here has. */
const MOST_PAGES = 60;
const MORE_INFO = "https://www.twilio.com/docs/errors/";

class Wrong extends Error {}

/** It has no such command. */
class Missing extends Error {}

/** What was answered since the last command. */
const answers = [];
const { request } = CliRequestClient.prototype;
CliRequestClient.prototype.request = async function recorded(options) {
  try {
    const response = await request.call(this, options);
    answers.push(structuredClone(response.body));
    if (answers.length > MOST_PAGES) throw new Wrong("pages follow one another without an end");
    return response;
  } catch (error) {
    if (error.data) answers.push(structuredClone(error.data));
    throw error;
  }
};

// Each command would read all of Twilio's contract again, as it has a process of its own otherwise.
const { loadDomains } = TwilioApiBrowser.prototype;
let domains;
TwilioApiBrowser.prototype.loadDomains = function once(spec) {
  domains ??= loadDomains.call(this, spec);
  return domains;
};

/** Letters and digits alone: answers and printed objects write names in different ways. */
const letters = (name) => name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();

/** A text that may be a moment, in one form. */
function moment(text) {
  if (typeof text !== "string" || !/^\d{4}-\d\d-\d\d|^[A-Z][a-z]{2}, \d/.test(text)) return text;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** Equal, whether numbers and truths stand as texts or not and however a moment or a name is written. */
function same(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => same(value, other[index]));
  }
  if (one && other && typeof one === "object" && typeof other === "object") {
    const by = new Map(Object.entries(other).map(([name, value]) => [letters(name), value]));
    return Object.entries(one).every(([name, value]) => value === null || same(value, by.get(letters(name))));
  }
  if (one === other || moment(one) === moment(other)) return true;
  const isPlain = (value) => ["number", "string", "boolean"].includes(typeof value) && value !== "";
  if (!isPlain(one) || !isPlain(other)) return false;
  return String(one) === String(other) || Number(one) === Number(other);
}

/** The members that the command knows of one object: it prints no others. */
function known({ action, domain, commandName }) {
  const resolved = (schema) =>
    schema?.$ref ? domain.components.schemas[schema.$ref.split("/").at(-1)] : schema;
  const good = Object.entries(action.responses).find(([status]) => status.startsWith("2"))[1];
  let schema = resolved(good.content["application/json"].schema);
  if (commandName === "list") {
    const arrays = Object.values(schema.properties).map(resolved).filter((one) => one.type === "array");
    schema = arrays.length === 1 ? resolved(arrays[0].items) : {};
  }
  return new Set(Object.keys(schema.properties ?? {}).map(letters));
}

/** All that was answered and that the command knows is printed as it was answered. */
function printed(thing, answer, members) {
  const by = new Map(Object.entries(thing).map(([name, value]) => [letters(name), value]));
  let found = 0;
  for (const [name, sent] of Object.entries(answer)) {
    if (sent === null || (members.size > 0 && !members.has(letters(name)))) continue;
    found += 1;
    const shown = by.get(letters(name));
    // What it does not know within an object is not printed either.
    if (shown === undefined || shown === null || !same(shown, sent)) throw new Wrong(`${name} is ${JSON.stringify(shown)} where ${JSON.stringify(sent)} was answered`);
  }
  if (found === 0) throw new Wrong("nothing of what was answered is known");
}

class Driver {
  known = { account: process.env.TWILIO_ACCOUNT_SID };

  constructor(config) {
    this.config = config;
    const plugin = config.plugins.find((one) => one.name === "api-cli-commands");
    this.commands = new Map(
      plugin.commands.map((command) => {
        const { path: at, methodName, resource } = command.actionDefinition;
        return [`${methodName} ${resource.server}${at}`, command];
      }),
    );
  }

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

  /** The command, and the flags as a person would write them. */
  command(call) {
    const command = this.commands.get(`${call.method.toLowerCase()} https://${call.host}${call.path}`);
    if (!command) throw new Missing(`there is no command for ${call.method} ${call.host}${call.path}`);
    const names = [...call.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const ids = call.ids.map((one) => String(this.value(one)));
    if (names.length !== ids.length) throw new Wrong(`${command.id} does not take ${ids}`);
    const flags = names.map((name, index) => `--${getFlagName(name)}=${ids[index]}`);
    for (const { name, value: said } of call.arguments) {
      const flag = getFlagName(name);
      if (!command.flags[flag]) throw new Missing(`${command.id} has no flag --${flag}`);
      const value = this.value(said);
      const text = (one) => (one !== null && typeof one === "object" ? JSON.stringify(one) : String(one));
      if (command.flags[flag].type === "boolean") flags.push(value ? `--${flag}` : `--no-${flag}`);
      else if (command.flags[flag].multiple) for (const one of [value].flat()) flags.push(`--${flag}=${text(one)}`);
      else flags.push(`--${flag}=${text(value)}`);
    }
    if (call.do === "list") flags.push(call.limit ? `--limit=${call.limit}` : "--no-limit");
    // A value that cannot be would not be sent at all.
    if (call.refused?.[0] === 400) flags.push("--skip-parameter-validation");
    return [command, [...flags, "-o", "json"]];
  }

  /** Runs one command: what it prints, what it says beside that, and its exit code. */
  async run(id, flags) {
    const [out, said] = [[], []];
    const { stdout, stderr } = process;
    const [write, say] = [stdout.write, stderr.write];
    stdout.write = (text) => out.push(text) > 0;
    stderr.write = (text) => said.push(text) > 0;
    let code = 0;
    try {
      await this.config.runCommand(id, flags);
    } catch (error) {
      code = error.oclif?.exit ?? 1;
      if (error.message !== `EEXIT: ${code}`) said.push(error.message);
    } finally {
      [stdout.write, stderr.write] = [write, say];
    }
    return { out: out.join(""), said: said.join("").trim(), code };
  }

  async make(call) {
    if (!call.absent) return this.perform(call);
    const failed = await this.perform(call).then(
      () => undefined,
      (error) => (error instanceof Missing ? "missing" : "fails"),
    );
    if (!failed) throw new Wrong("is left out, but there is a command that makes the call");
    if (failed !== call.absent) throw new Wrong(`is left out because it is '${call.absent}', but it is '${failed}'`);
  }

  async perform(call) {
    answers.length = 0;
    const [command, flags] = this.command(call);
    const { out, said, code } = await this.run(command.id, flags);
    if (answers.length === 0) throw new Wrong(`sent nothing: ${said}`);
    const answer = answers.at(-1);
    if (call.refused) return this.refused(call.refused, out, code, answer);
    if (code !== 0) throw new Wrong(`ended with ${code}: ${out}${said}`);
    if (call.do === "delete") {
      if (!said.includes("deleted successfully")) throw new Wrong(`said ${said}`);
      return;
    }
    const things = out ? JSON.parse(out) : [];
    const members = known(command.actionDefinition);
    if (call.do === "list") return this.list(call, things, members);
    printed(things[0], answer, members);
    if (call.as) this.known[call.as] = answer;
    for (const [member, one] of Object.entries(call.shows ?? {})) {
      // Through the members of the answer, which `printed` has found in what was printed.
      const value = member.split(".").reduce((object, name) => object?.[name], answer);
      const expected = this.value(one);
      if (!same(expected, value ?? null)) {
        throw new Wrong(`${member} is ${JSON.stringify(value)} and not ${JSON.stringify(expected)}`);
      }
    }
  }

  refused([status, known], out, exit, answer) {
    if (exit === 0) throw new Wrong("was not refused");
    const [shown] = JSON.parse(out);
    const code = known ?? answer.code;
    const got = [shown.status, shown.code, shown.more_info, exit];
    // The first two digits of the code, as a process cannot end with more.
    const expected = [status, code, `${MORE_INFO}${code}`, Number(String(code).slice(0, 2))];
    if (!code || !shown.message || !same(expected, got)) throw new Wrong(`refused with ${got} and not ${expected}`);
  }

  list(call, things, members) {
    const listed = (answer) => answer[answer.meta?.key] ?? Object.values(answer).find((one) => Array.isArray(one)) ?? [];
    const items = answers.flatMap(listed).slice(0, call.limit);
    if (items.length !== things.length) throw new Wrong(`${items.length} were answered and ${things.length} printed`);
    things.forEach((thing, index) => printed(thing, items[index], members));
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
  const config = await Config.load(HOME);
  await config.runHook("init", { id: "", argv: [] });
  const driver = new Driver(config);
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
