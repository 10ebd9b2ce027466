"""Twilio's Python library makes the calls of every product, and decodes what it is answered.

Reads the calls from the file that CALLS names (`cargo xtask clients` writes it), and TWILIO_BASE_URL, TWILIO_ACCOUNT_SID and
TWILIO_AUTH_TOKEN. Each object that the library makes of an answer is held against the answer: a member that the library declares
must have the declared type and the value that was sent. Ends with an exit code other than 0 when anything does not hold.
"""

import ast
import collections
import datetime
import email.utils
import functools
import inspect
import json
import keyword
import os
import re
import sys
import textwrap
from decimal import Decimal

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from transport import SimulatorHttpClient

ACCOUNT_SID = os.environ["TWILIO_ACCOUNT_SID"]
# More than any list here has.
MOST_PAGES = 60
MORE_INFO = "https://www.twilio.com/docs/errors/"


class Wrong(Exception):
    """Something does not hold."""


class Missing(Exception):
    """The library does not have it."""


class Recorder(SimulatorHttpClient):
    """Remembers what was answered since the last call."""

    def __init__(self, base_url):
        super().__init__(base_url)
        self.answers = []

    def request(self, *args, **kwargs):
        response = super().request(*args, **kwargs)
        self.answers.append(response.text)
        if len(self.answers) > MOST_PAGES:
            raise Wrong("pages follow one another without an end")
        return response


def plain(value):
    """A decoded value as it could stand in JSON; moments as texts of one form."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return {key: plain(one) for key, one in vars(value).items() if not key.startswith("_") and one is not None}


def moment(text):
    """A text that may be a moment, in the form of `plain`."""
    if not isinstance(text, str) or len(text) < 19:
        return text
    try:
        return plain(email.utils.parsedate_to_datetime(text))
    except (TypeError, ValueError):
        return text


def same(one, other):
    """Equal, whether numbers stand as texts or not and however a moment is written."""
    if isinstance(one, dict) and isinstance(other, dict):
        # Typed members leave out what is null.
        return all(same(value, other.get(key)) for key, value in one.items() if value is not None)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if one == other or moment(one) == moment(other):
        return True
    numbers = (int, float, str)
    if isinstance(one, numbers) and isinstance(other, numbers) and not isinstance(one, bool) and not isinstance(other, bool):
        try:
            return float(one) == float(other)
        except ValueError:
            return False
    return False


@functools.cache
def declared(kind):
    """The members that a class of the library declares: name, member of the answer, type, values of its enum."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    enums = {
        one.name: {line.value.value for line in one.body if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)}
        for one in tree.body[0].body
        if isinstance(one, ast.ClassDef)
    }
    members = []
    # Classes within it have members of their own.
    for line in ast.walk(next(one for one in tree.body[0].body if isinstance(one, ast.FunctionDef) and one.name == "__init__")):
        if not isinstance(line, ast.AnnAssign) or not isinstance(line.target, ast.Attribute) or line.target.attr.startswith("_"):
            continue
        keys = [
            call.args[0].value
            for call in ast.walk(line.value)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "get"
        ]
        if keys:
            kind_of_it = ast.unparse(line.annotation).removeprefix("Optional[").removesuffix("]").strip("'\"")
            members.append((line.target.attr, keys[0], kind_of_it, enums.get(kind_of_it.split(".")[-1])))
    return members


# What the library declares otherwise than Twilio documents it: here that is an array of objects.
MISDECLARED = {"MessagingGeopermissionsInstance.permissions"}
PYTHON = {"str": str, "int": int, "bool": bool, "float": (int, float, Decimal), "datetime": datetime.datetime, "date": datetime.date}


def decoded(thing, answer):
    """Every member that the library declares was decoded from the answer."""
    for attribute, key, kind, enum in declared(type(thing)):
        sent, value = answer.get(key), getattr(thing, attribute)
        if sent is None:
            continue
        what = f"{type(thing).__name__}.{attribute}, declared {kind}, is {value!r} where {sent!r} was answered"
        if f"{type(thing).__name__}.{attribute}" in MISDECLARED or kind == "str" and isinstance(sent, dict):
            # The library says `str` as well where the contract has an object whose members it does not know.
            kind = "object"
        wanted = PYTHON.get(kind) or (dict if kind.startswith("Dict[") else list if kind.startswith("List[") else None)
        if wanted and not isinstance(value, wanted) or wanted is int and isinstance(value, bool):
            raise Wrong(what)
        if enum and isinstance(sent, str) and sent not in enum:
            raise Wrong(f"{what}; it may be {sorted(enum)}")
        if not same(sent, plain(value)):
            raise Wrong(what)


def member(thing, path, answer):
    """What the library made of a member of the answer; the answer's own where the library does not have it."""
    first, *rest = path.split(".")
    attribute = next((attribute for attribute, key, *_ in declared(type(thing)) if key == first), None)
    value = plain(getattr(thing, attribute)) if attribute else answer.get(first)
    for name in rest:
        value = value.get(name) if isinstance(value, dict) else None
    return value


class Body(dict):
    """The body of a request that the library declares as any object, and calls so."""

    def to_dict(self):
        return dict(self)


def spellings(name):
    """How the library may spell a parameter, which may be a word of the language or of the library itself."""
    return name, f"{name}_", f"resource_{name}"


def spelled(method, arguments):
    """The parameters as the method takes them: those of a form each by itself, a JSON body as the class that it is declared as."""
    parameters = inspect.signature(method).parameters
    bodies = [name for name in parameters if not any(name in spellings(one["snake"]) for one in arguments)]
    if method.__name__ in ("create", "update") and len(bodies) == len(parameters) and bodies:
        # The classes of bodies stand in the class of the list, those of updates in that of one object too, or nowhere but there.
        words = re.findall(r"\w+", str(parameters[bodies[0]].annotation))
        module = sys.modules[type(method.__self__).__module__]
        owners = [type(method.__self__), *(one for one in vars(module).values() if inspect.isclass(one))]
        kinds = (getattr(owner, word, None) for word in words for owner in owners)
        kind = next((one for one in kinds if hasattr(one, "to_dict")), Body)
        return {bodies[0]: kind({one["name"]: one["value"] for one in arguments})}
    spelling = {}
    for one in arguments:
        name = one["snake"]
        for candidate in spellings(name):
            if candidate in parameters and not keyword.iskeyword(candidate):
                name = candidate
                break
        spelling[name] = one["value"]
    return spelling


class Driver:
    def __init__(self):
        self.transport = Recorder(os.environ["TWILIO_BASE_URL"])
        self.client = Client(ACCOUNT_SID, os.environ["TWILIO_AUTH_TOKEN"], http_client=self.transport)
        self.known = {"account": ACCOUNT_SID}

    def value(self, said):
        """What is said, with what is known in place of `$names`."""
        if isinstance(said, dict):
            return {key: self.value(one) for key, one in said.items()}
        if isinstance(said, list):
            return [self.value(one) for one in said]
        if not isinstance(said, str) or not said.startswith("$"):
            return said
        name, _, path = said[1:].partition(".")
        if name not in self.known:
            return said
        value = self.known[name]
        return value if not path else value[path]

    def place(self, call):
        """The object of the library that has the method."""
        place, ids = self.client, [str(self.value(one)) for one in call["ids"]]
        parts = call["at"].split(".")
        missing = Missing(f"the library does not have {call['at']}: {call['do']}")
        for index, part in enumerate(parts):
            name, _, names = part.partition("(")
            if not hasattr(place, name):
                raise missing
            place = getattr(place, name)
            is_last = index == len(parts) - 1
            if not names or is_last and hasattr(place, call["do"]):
                continue
            count = len(names.rstrip(")").split(",")) if names != ")" else 0
            place, ids = place(*ids[:count]), ids[count:]
        if ids:
            raise Wrong(f"{call['at']} does not take {ids}")
        if not hasattr(place, call["do"]):
            raise missing
        return getattr(place, call["do"])

    def absent(self, call):
        """The library cannot make the call, in the way that is said."""
        try:
            self.perform(call)
        except Missing:
            failed = "missing"
        except Exception:
            failed = "fails"
        else:
            raise Wrong("is left out, but the library can make the call")
        if failed != call["absent"]:
            raise Wrong(f"is left out because it is '{call['absent']}', but it is '{failed}'")

    def make(self, call):
        if "absent" in call:
            self.absent(call)
        else:
            self.perform(call)

    def perform(self, call):
        self.transport.answers.clear()
        method = self.place(call)
        arguments = spelled(method, [dict(one, value=self.value(one["value"])) for one in call["arguments"]])
        if "limit" in call:
            arguments["limit"] = call["limit"]
        if "refused" in call:
            self.refused(*call["refused"], lambda: method(**arguments))
            return
        result = method(**arguments)
        answers = [json.loads(text) if text else None for text in self.transport.answers]
        if call["do"] == "delete":
            # Some products answer where the deletion can be followed.
            if isinstance(result, dict):
                if result != answers[-1]:
                    raise Wrong(f"answered {result!r}")
            elif result is not True:
                raise Wrong(f"answered {result!r}")
        elif call["do"] == "list":
            self.list(call, result, answers)
        else:
            decoded(result, answers[-1])
            if "as" in call:
                self.known[call["as"]] = answers[-1]
            self.shows(call, result, answers[-1])

    def refused(self, status, code, call):
        try:
            call()
        except TwilioRestException as refusal:
            answer = json.loads(self.transport.answers[-1])
            code = code or answer["code"]
            got = refusal.status, refusal.code, answer.get("more_info")
            if not code or got != (status, code, f"{MORE_INFO}{code}") or answer["message"] not in refusal.msg:
                raise Wrong(f"refused with {got}, {refusal.msg!r} and not {status}/{code}, {answer['message']!r}") from refusal
        else:
            raise Wrong("was not refused")

    def shows(self, call, result, answer):
        for path, expected in call.get("shows", {}).items():
            expected, value = self.value(expected), member(result, path, answer)
            if not same(expected, value):
                raise Wrong(f"{path} is {value!r} and not {expected!r}")

    def list(self, call, result, answers):
        items = []
        for answer in answers:
            key = (answer.get("meta") or {}).get("key")
            found = answer.get(key) if key else next((one for one in answer.values() if isinstance(one, list)), [])
            items.extend(found or [])
        items = items[: call.get("limit")]
        if len(items) != len(result):
            raise Wrong(f"{len(items)} were answered and {len(result)} decoded")
        for thing, item in zip(result, items):
            decoded(thing, item)
        lists = call.get("lists")
        if not lists:
            return
        keys = [str(item.get(lists["key"])) for item in items]
        among = [str(self.value(one)) for one in lists["among"]]
        if len(set(keys)) != len(keys) or not set(among) <= set(keys) or lists["alone"] and set(among) != set(keys):
            raise Wrong(f"{keys} are listed where {among} are expected")
        if "without" in lists and self.value(lists["without"]) in keys:
            raise Wrong("what was deleted is listed")
        if len(answers) < lists["requests"]:
            raise Wrong(f"{len(items)} came in {len(answers)} pages")


def main():
    driver = Driver()
    with open(os.environ["CALLS"], encoding="utf-8") as file:
        groups = json.load(file)
    counts, failures = collections.Counter(), []
    for group in groups:
        for call in group["calls"]:
            try:
                driver.make(call)
                counts[group["product"]] += 1
            except Exception as failure:  # Whatever the library raises is a finding.
                arguments = {one["name"]: one["value"] for one in call["arguments"]}
                failures.append(f"#{call['id']} {call['at']}: {call['do']} {arguments}: {type(failure).__name__}: {failure}")
                if "as" in call:
                    break
    for product, count in counts.items():
        print(f"  {product}: {count} calls")
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{sum(counts.values())} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
