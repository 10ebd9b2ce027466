"""Twilio's own Python library, driving the simulator as it would drive Twilio.

The library is used as it is; only its HTTP client is told to connect elsewhere. Anything that does not come back as
the library expects ends the check with exit code 1.
"""

import os
import sys
import traceback
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

BASE = urlsplit(os.environ["TWILIO_BASE_URL"])
ACCOUNT_SID = os.environ["TWILIO_ACCOUNT_SID"]
AUTH_TOKEN = os.environ["TWILIO_AUTH_TOKEN"]


class Elsewhere(TwilioHttpClient):
    """Connects to the simulator and still says which Twilio host is meant."""

    def __init__(self):
        super().__init__(timeout=30)
        # A proxy of the environment has no business between this process and a loopback address.
        self.session.trust_env = False

    def request(self, method, url, params=None, data=None, headers=None, **rest):
        parts = urlsplit(url)
        headers = {**(headers or {}), "Host": parts.netloc}
        url = urlunsplit((BASE.scheme, BASE.netloc, parts.path, parts.query, ""))
        return super().request(method, url, params, data, headers, **rest)


def signed_in(user=ACCOUNT_SID, password=AUTH_TOKEN, account=None):
    return Client(user, password, account, http_client=Elsewhere())


def equal(actual, expected, what):
    if actual != expected:
        raise AssertionError(f"{what}: {actual!r} instead of {expected!r}")


def true(condition, what):
    if not condition:
        raise AssertionError(what)


@contextmanager
def refused(status, code, what):
    try:
        yield
    except TwilioRestException as error:
        equal((error.status, error.code), (status, code), what)
    else:
        raise AssertionError(f"{what}: it was not refused")


def accounts(client):
    made = client.api.accounts.create(friendly_name="library check")
    equal(made.status, "active", "status of a new account")
    equal(made.owner_account_sid, ACCOUNT_SID, "owner of a new account")
    equal(client.api.accounts(made.sid).fetch().friendly_name, "library check", "name")
    listed = {account.sid for account in client.api.accounts.list()}
    true({made.sid, ACCOUNT_SID} <= listed, f"{listed} lacks an account")
    child = signed_in(made.sid, made.auth_token)
    equal(child.api.accounts(made.sid).fetch().sid, made.sid, "seen by itself")
    suspended = client.api.accounts(made.sid).update(status="suspended")
    equal(suspended.status, "suspended", "status after suspending")
    with refused(401, 20003, "a suspended account creates"):
        child.messaging.v1.services.create(friendly_name="no")
    equal(client.api.accounts(made.sid).update(status="closed").status, "closed", "status after closing")


def numbers(client):
    offered = client.available_phone_numbers("US").local.list(area_code=415, limit=5)
    equal(len(offered), 5, "numbers on offer")
    for offer in offered:
        true(offer.phone_number.startswith("+1415"), f"{offer.phone_number} has another area code")
    true(offered[0].capabilities["voice"], "a local number without voice")
    bought = client.incoming_phone_numbers.create(
        phone_number=offered[0].phone_number, friendly_name="library check"
    )
    equal(bought.phone_number, offered[0].phone_number, "the bought number")
    on_offer = client.available_phone_numbers("US").local.list(area_code=415, limit=50)
    true(bought.phone_number not in {offer.phone_number for offer in on_offer}, "it is still on offer")
    with refused(400, 21422, "buying it twice"):
        client.incoming_phone_numbers.create(phone_number=bought.phone_number)
    number = client.incoming_phone_numbers(bought.sid)
    updated = number.update(voice_url="https://example.com/voice", voice_method="GET")
    equal((updated.voice_url, updated.voice_method), ("https://example.com/voice", "GET"), "after the update")
    equal(number.fetch().friendly_name, "library check", "name")
    found = client.incoming_phone_numbers.list(phone_number=bought.phone_number)
    equal([one.sid for one in found], [bought.sid], "found by its number")
    return bought


def messaging(client, number):
    true(number, "no number was bought before")
    service = client.messaging.v1.services.create(friendly_name="library check", sticky_sender=False)
    equal(service.sticky_sender, False, "sticky_sender")
    equal(service.date_created.tzinfo is not None, True, "dates are read")
    pool = client.messaging.v1.services(service.sid).phone_numbers
    member = pool.create(phone_number_sid=number.sid)
    equal((member.sid, member.phone_number), (number.sid, number.phone_number), "the member of the pool")
    equal([one.sid for one in pool.list()], [number.sid], "the pool")
    true(pool(number.sid).delete(), "taking it out")
    equal(pool.list(), [], "the empty pool")
    renamed = client.messaging.v1.services(service.sid).update(friendly_name="renamed")
    equal((renamed.friendly_name, renamed.sticky_sender), ("renamed", False), "after the update")
    true(client.messaging.v1.services(service.sid).delete(), "deleting it")
    with refused(404, 20404, "reading what was deleted"):
        client.messaging.v1.services(service.sid).fetch()


def release(client, number):
    true(number, "no number was bought before")
    true(client.incoming_phone_numbers(number.sid).delete(), "releasing it")
    with refused(404, 20404, "reading what was released"):
        client.incoming_phone_numbers(number.sid).fetch()


def paging(client):
    made = [client.messaging.v1.services.create(friendly_name=f"page {count}").sid for count in range(7)]
    listed = [service.sid for service in client.messaging.v1.services.list(page_size=3)]
    equal([sid for sid in listed if sid in made], list(reversed(made)), "all pages, newest first")
    equal(len(client.messaging.v1.services.list(page_size=3, limit=4)), 4, "as many as asked for")
    queues = [client.queues.create(friendly_name=f"queue {count}").sid for count in range(5)]
    equal({queue.sid for queue in client.queues.stream(page_size=2)}, set(queues), "all pages of the 2010 API")


def keys(client):
    key = client.new_keys.create(friendly_name="library check")
    true(len(key.secret) == 32, "the secret")
    by_key = signed_in(key.sid, key.secret, ACCOUNT_SID)
    service = by_key.messaging.v1.services.create(friendly_name="by key")
    equal(service.account_sid, ACCOUNT_SID, "the key's account")
    with refused(401, 20003, "a standard key manages keys"):
        by_key.keys(key.sid).fetch()
    equal(client.keys(key.sid).fetch().friendly_name, "library check", "name")
    true(client.keys(key.sid).delete(), "deleting it")
    with refused(401, 20003, "signing in with a deleted key"):
        by_key.messaging.v1.services.create(friendly_name="no")


def usage(client):
    days = client.usage.records.daily.list(category="sms", start_date="-6days")
    equal(len(days), 7, "days of a week")
    true(all(day.start_date == day.end_date for day in days), "a daily record is longer than a day")
    total = client.usage.records.last_month.list(category="totalprice")
    equal([one.usage_unit for one in total], ["usd"], "the total")
    true(float(total[0].price) > 0, "nothing was spent")
    true(len(client.usage.records.list()) > 100, "not all categories were read")
    trigger = client.usage.triggers.create(
        callback_url="https://example.com/usage", trigger_value="+30", usage_category="sms"
    )
    equal(float(trigger.trigger_value), float(trigger.current_value) + 30, "the value of the trigger")
    true(client.usage.triggers(trigger.sid).delete(), "deleting it")


def nested(client):
    service = client.verify.v2.services.create(friendly_name="library check", totp_issuer="Issuer", code_length=8)
    equal((service.totp["issuer"], service.totp["time_step"], service.code_length), ("Issuer", 30, 8), "the service")
    sink = client.events.v1.sinks.create(
        description="library check",
        sink_type="webhook",
        sink_configuration={"destination": "https://example.com/events", "method": "POST"},
    )
    equal(sink.sink_configuration["method"], "POST", "the configuration")
    subscription = client.events.v1.subscriptions.create(
        description="library check", sink_sid=sink.sid, types=[{"type": "com.twilio.messaging.message.delivered"}]
    )
    events = client.events.v1.subscriptions(subscription.sid).subscribed_events.list()
    equal([event.type for event in events], ["com.twilio.messaging.message.delivered"], "the events")


def main():
    client = signed_in()
    state = {}
    steps = [
        ("accounts: create, read, list, sign in, suspend, close", lambda: accounts(client)),
        ("phone numbers: search, buy, read, update, find", lambda: state.update(number=numbers(client))),
        ("messaging services: create, update, sender pool, delete", lambda: messaging(client, state.get("number"))),
        ("phone numbers: release", lambda: release(client, state.get("number"))),
        ("paging: both styles", lambda: paging(client)),
        ("API keys: create, sign in, delete", lambda: keys(client)),
        ("usage: records and triggers", lambda: usage(client)),
        ("nested and repeated parameters: Verify, Event Streams", lambda: nested(client)),
    ]
    failed = 0
    for name, step in steps:
        try:
            step()
            print(f"ok    {name}")
        except Exception:
            failed += 1
            print(f"FAIL  {name}")
            traceback.print_exc()
    print(f"{len(steps) - failed} of {len(steps)} checks passed with Twilio's Python library")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
