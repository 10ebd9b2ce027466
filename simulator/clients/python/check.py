"""Twilio's Python library drives the simulator, and finds there what it finds at Twilio.

Reads TWILIO_BASE_URL, TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, writes one line for each fact checked, and ends with an
exit code other than 0 at the first that does not hold.
"""

import os
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from transport import SimulatorHttpClient

BASE_URL = os.environ["TWILIO_BASE_URL"]
ACCOUNT_SID = os.environ["TWILIO_ACCOUNT_SID"]


def signed_in(user, password, account_sid=None):
    return Client(user, password, account_sid, http_client=SimulatorHttpClient(BASE_URL))


def fact(holds, what, *seen):
    """Says that something holds, or fails with what was seen instead."""
    if not holds:
        raise AssertionError(": ".join([what, *map(repr, seen)]))
    print(f"  {what}")


def equal(actual, expected, what):
    fact(actual == expected, what, actual, expected)


def refused(status, code, what, call):
    """The call must raise the library's own exception with this status and Twilio code."""
    try:
        answer = call()
    except TwilioRestException as refusal:
        equal((refusal.status, refusal.code), (status, code), what)
    else:
        raise AssertionError(f"{what}: was not refused but answered {answer!r}")


def accounts(main):
    own = main.api.v2010.accounts(ACCOUNT_SID).fetch()
    equal((own.sid, own.status), (ACCOUNT_SID, "active"), "the main account reads itself")
    fact(isinstance(own.date_created, datetime), "its dates parse", own.date_created)

    made = main.api.v2010.accounts.create(friendly_name="made by Python")
    equal(made.owner_account_sid, ACCOUNT_SID, "a child belongs to the main account")
    listed = {account.sid for account in main.api.v2010.accounts.list()}
    fact({ACCOUNT_SID, made.sid} <= listed, "a list shows both", listed)

    child = signed_in(made.sid, made.auth_token)
    equal(child.api.v2010.accounts(made.sid).fetch().friendly_name, "made by Python", "a child signs in with its token")
    refused(401, 20003, "a child does not reach its parent", lambda: child.api.v2010.accounts(ACCOUNT_SID).fetch())
    wrong = signed_in(made.sid, "0" * 32)
    refused(401, 20003, "a wrong token does not sign in", lambda: wrong.api.v2010.accounts(made.sid).fetch())

    renamed = main.api.v2010.accounts(made.sid).update(friendly_name="renamed by Python")
    equal(renamed.friendly_name, "renamed by Python", "a parent renames its child")
    closed = main.api.v2010.accounts(made.sid).update(status="closed")
    equal(closed.status, "closed", "a parent closes its child")
    refused(401, 20003, "which then cannot sign in", lambda: child.api.v2010.accounts(made.sid).fetch())


def numbers(main):
    market = main.available_phone_numbers("US")
    found = market.local.list(area_code=415, sms_enabled=True, limit=3)
    equal(len(found), 3, "three local numbers are for sale in area code 415")
    fact(all(one.phone_number.startswith("+1415") for one in found), "and begin with it", found)
    fact(all(one.capabilities["SMS"] for one in found), "and can send messages", found)
    free = market.toll_free.list(limit=1)[0]
    fact(
        free.phone_number[:5] in {"+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888"},
        "so is a toll-free one",
        free,
    )

    wanted = found[0].phone_number
    bought = main.incoming_phone_numbers.create(phone_number=wanted, friendly_name="bought by Python")
    equal((bought.phone_number, bought.friendly_name), (wanted, "bought by Python"), "a number is bought")
    fact(bought.sid.startswith("PN"), "and has a SID", bought.sid)
    twice = main.incoming_phone_numbers.create(phone_number=wanted, voice_url="https://example.com/voice")
    equal((twice.sid, twice.voice_url), (bought.sid, "https://example.com/voice"), "buying it again changes it")
    again = {one.phone_number for one in market.local.list(area_code=415, limit=50)}
    fact(wanted not in again, "it is off the market")
    equal([one.sid for one in main.incoming_phone_numbers.list(phone_number=wanted)], [bought.sid], "a filter finds it")

    number = main.incoming_phone_numbers(bought.sid)
    changed = number.update(friendly_name="renamed by Python", sms_url="https://example.com/sms", sms_method="GET")
    equal(
        (changed.friendly_name, changed.sms_url, changed.sms_method),
        ("renamed by Python", "https://example.com/sms", "GET"),
        "it is updated",
    )
    equal(number.fetch().sms_url, "https://example.com/sms", "and reads back so")
    fact(number.delete(), "it is released")
    refused(404, 20404, "and is gone", number.fetch)


def messaging(main):
    service = main.messaging.v1.services.create(
        friendly_name="made by Python", status_callback="https://example.com/status"
    )
    fact(service.sid.startswith("MG"), "a messaging service is made", service.sid)
    equal(
        (service.sticky_sender, service.smart_encoding, service.usecase),
        (True, True, "undeclared"),
        "with Twilio's defaults",
    )
    changed = main.messaging.v1.services(service.sid).update(friendly_name="renamed by Python", sticky_sender=False)
    equal((changed.friendly_name, changed.sticky_sender), ("renamed by Python", False), "it is updated")

    wanted = main.available_phone_numbers("US").local.list(limit=1)[0].phone_number
    number = main.incoming_phone_numbers.create(phone_number=wanted)
    pool = main.messaging.v1.services(service.sid).phone_numbers
    sender = pool.create(phone_number_sid=number.sid)
    equal((sender.sid, sender.phone_number), (number.sid, wanted), "a number joins its sender pool under its own SID")
    equal([one.sid for one in pool.list()], [number.sid], "which lists it")
    other = main.messaging.v1.services.create(friendly_name="another")
    refused(
        409,
        21712,
        "a number is in one pool only",
        lambda: main.messaging.v1.services(other.sid).phone_numbers.create(phone_number_sid=number.sid),
    )
    fact(main.messaging.v1.services(service.sid).phone_numbers(number.sid).delete(), "it leaves the pool")
    equal(main.incoming_phone_numbers(number.sid).fetch().phone_number, wanted, "and stays ours")
    main.incoming_phone_numbers(number.sid).delete()

    more = [main.messaging.v1.services.create(friendly_name=f"page {index}").sid for index in range(3)]
    listed = [one.sid for one in main.messaging.v1.services.list(page_size=2)]
    fact(
        set(more) <= set(listed) and len(listed) == len(set(listed)) == 5, "pages follow one another to the end", listed
    )
    for sid in listed:
        main.messaging.v1.services(sid).delete()
    equal(main.messaging.v1.services.list(), [], "services are deleted")


def keys(main):
    made = main.iam.v1.new_api_key.create(account_sid=ACCOUNT_SID, friendly_name="made by Python")
    fact(made.sid.startswith("SK") and made.secret, "a key is made and shows its secret", made.sid)
    shown = main.iam.v1.api_key(made.sid).fetch()
    equal(shown.friendly_name, "made by Python", "it reads back")
    fact(not hasattr(shown, "secret"), "without its secret")
    by_key = signed_in(made.sid, made.secret, ACCOUNT_SID)
    equal(by_key.messaging.v1.services.list(), [], "it signs in")
    refused(401, 20003, "but not to accounts", lambda: by_key.api.v2010.accounts(ACCOUNT_SID).fetch())
    equal(
        main.iam.v1.api_key(made.sid).update(friendly_name="renamed by Python").friendly_name,
        "renamed by Python",
        "it is renamed",
    )
    listed = {key.sid for key in main.iam.v1.get_api_keys.list(account_sid=ACCOUNT_SID)}
    fact(made.sid in listed, "it is listed", listed)

    allowed = {"allow": ["/twilio/messaging/services/list"]}
    restricted = main.iam.v1.new_api_key.create(account_sid=ACCOUNT_SID, key_type="restricted", policy=allowed)
    by_restricted = signed_in(restricted.sid, restricted.secret, ACCOUNT_SID)
    equal(by_restricted.messaging.v1.services.list(), [], "a restricted key does what its policy allows")
    refused(401, 70051, "and nothing else", lambda: by_restricted.messaging.v1.services.create(friendly_name="no"))

    for key in (made, restricted):
        fact(main.iam.v1.api_key(key.sid).delete(), "a key is deleted")
    refused(401, 20003, "and no longer signs in", by_key.messaging.v1.services("MG" + "0" * 32).fetch)


def usage(main):
    today = datetime.now(timezone.utc).date()
    week = main.usage.records.daily.list(
        category="sms-outbound", start_date=today - timedelta(days=7), end_date=today - timedelta(days=1)
    )
    equal(len(week), 7, "a week has seven days of usage")
    equal({one.category for one in week}, {"sms-outbound"}, "of the category asked for")
    equal(
        {one.start_date for one in week},
        {today - timedelta(days=back) for back in range(1, 8)},
        "each with its own date",
    )
    fact(any(int(one.count) > 0 for one in week), "there was some", week)
    whole = main.usage.records.list(
        category="sms-outbound", start_date=today - timedelta(days=7), end_date=today - timedelta(days=1)
    )
    equal(len(whole), 1, "the same week in one record")
    equal(int(whole[0].count), sum(int(one.count) for one in week), "counts the sum of its days")
    equal(Decimal(str(whole[0].price)), sum(Decimal(str(one.price)) for one in week), "and costs it")
    categories = {one.category for one in main.usage.records.all_time.list()}
    fact({"calls", "sms", "phonenumbers", "totalprice"} <= categories, "all categories have a record", categories)
    yesterday = main.usage.records.yesterday.list(category="sms-outbound")
    equal([one.start_date for one in yesterday], [today - timedelta(days=1)], "yesterday is yesterday")


    trigger = main.usage.triggers.create(
        callback_url="https://example.com/usage", trigger_value="+30", usage_category="sms"
    )
    equal(
        Decimal(trigger.trigger_value),
        Decimal(trigger.current_value) + 30,
        "a relative trigger counts from what was used",
    )
    fact(main.usage.triggers(trigger.sid).delete(), "and is deleted")


def parameters(main):
    service = main.verify.v2.services.create(friendly_name="made by Python", totp_issuer="Issuer", code_length=8)
    equal(
        (service.totp["issuer"], service.totp["time_step"], service.code_length),
        ("Issuer", 30, 8),
        "dotted parameters are shown nested",
    )
    where = {"destination": "https://example.com/events", "method": "POST"}
    sink = main.events.v1.sinks.create(description="made by Python", sink_type="webhook", sink_configuration=where)
    equal(sink.sink_configuration, where, "an object is sent as a text and read as an object")
    types = ["com.twilio.messaging.message.delivered", "com.twilio.messaging.message.failed"]
    subscription = main.events.v1.subscriptions.create(
        description="made by Python", sink_sid=sink.sid, types=[{"type": name} for name in types]
    )
    events = main.events.v1.subscriptions(subscription.sid).subscribed_events
    equal(sorted(event.type for event in events.list()), types, "an array of objects is sent as repeated texts")
    refused(400, 91007, "a used sink is not deleted", main.events.v1.sinks(sink.sid).delete)
    broken = {"initial_state": "nowhere", "states": []}
    try:
        main.studio.v2.flows.create(friendly_name="made by Python", status="draft", definition=broken)
    except TwilioRestException as refusal:
        equal(refusal.code, 81022, "a broken flow is refused")
        fact(len(refusal.details["errors"]) > 1, "with all that is wrong in it", refusal.details)
    else:
        raise AssertionError("a broken flow was accepted")


def run():
    main = signed_in(ACCOUNT_SID, os.environ["TWILIO_AUTH_TOKEN"])
    for check in (accounts, numbers, messaging, keys, usage, parameters):
        print(check.__name__)
        check(main)


if __name__ == "__main__":
    run()
