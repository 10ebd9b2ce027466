//! Test credentials: an account SID and a token of their own, which buy, send and call without anything being bought, sent, called or
//! kept. <https://www.twilio.com/docs/iam/test-credentials>
//!
//! A request that is signed with them is answered from a [`State`] that is made for it and thrown away. It has one number, which may
//! send and call, and everything else is checked there as it is anywhere; what depends on what is beyond an account is asked for with
//! magic numbers.

use serde_json::json;

use crate::auth::credential;
use crate::behaviours::{self, api::HOST};
use crate::contract::{Contract, Route};
use crate::error::ApiError;
use crate::generic::build;
use crate::ids::Ids;
use crate::params::Params;
use crate::request::Request;
use crate::state::{Account, AccountStatus, State};
use crate::store::Body;

/// What they may do, all by POST.
const BUYS: &str = "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers";
const SENDS: &str = "/2010-04-01/Accounts/{AccountSid}/Messages";
const CALLS: &str = "/2010-04-01/Accounts/{AccountSid}/Calls";

/// The number that passes all checks, wherever it stands.
const GOOD: &str = "+15005550006";

/// The area code that has numbers: [`GOOD`], at least.
const AREA: (&str, &str) = ("AreaCode", "500");

/// [`GOOD`] is in no area that there is. Sold, it is like this one.
const LIKE: &str = "+14155550106";

/// Whether a state is thrown away.
#[derive(Default)]
struct IsForOneRequest(bool);

/// What the value of a parameter makes of a request.
struct Magic {
    at: &'static str,
    parameter: &'static str,
    value: &'static str,
    code: u32,
    message: &'static str,
}

const fn magic(
    at: &'static str,
    parameter: &'static str,
    value: &'static str,
    code: u32,
    message: &'static str,
) -> Magic {
    Magic {
        at,
        parameter,
        value,
        code,
        message,
    }
}

const MAGIC: &[Magic] = &[
    magic(BUYS, "PhoneNumber", "+15005550000", 21422, "it is not available"),
    magic(BUYS, "PhoneNumber", "+15005550001", 21421, "it is invalid"),
    magic(BUYS, "AreaCode", "533", 21452, "it has no phone numbers"),
    magic(SENDS, "From", "+15005550001", 21212, "it is invalid"),
    magic(SENDS, "From", "+15005550007", 21606, "it is no sender of this account"),
    magic(SENDS, "From", "+15005550008", 21611, "its queue is full"),
    magic(SENDS, "To", "+15005550001", 21211, "it is invalid"),
    magic(SENDS, "To", "+15005550002", 21612, "it cannot be reached"),
    magic(SENDS, "To", "+15005550003", 21408, "its region is not enabled"),
    magic(SENDS, "To", "+15005550004", 21610, "it has unsubscribed"),
    magic(SENDS, "To", "+15005550009", 21614, "it takes no messages"),
    magic(CALLS, "From", "+15005550001", 21212, "it is invalid"),
    magic(CALLS, "To", "+15005550001", 21217, "it is invalid"),
    magic(CALLS, "To", "+15005550002", 21214, "it cannot be reached"),
    magic(CALLS, "To", "+15005550003", 21215, "its region is not enabled"),
    magic(CALLS, "To", "+15005550004", 21216, "it is blocked"),
];

/// SID and token, which every main account has, and the Console shows.
pub(crate) fn of(state: &State) -> (String, String) {
    let mut ids = Ids::new(state.seed ^ 0x7e57);
    (ids.sid("AC"), ids.hex(32))
}

/// Whether a request is signed with them.
pub(crate) fn sign(state: &State, request: &Request) -> bool {
    let signed = request.authorization.as_deref().and_then(credential);
    signed.is_some_and(|signed| signed == of(state))
}

/// Where such a request is answered: an account that has nothing, and the number that may send and call.
pub(crate) fn state(home: &State, request: &Request) -> State {
    let (sid, auth_token) = of(home);
    // As many states as requests, or each message would have the same SID.
    let mut state = State::new(home.seed ^ home.clock.now().as_millisecond().unsigned_abs());
    state.clock = home.clock;
    state.own::<IsForOneRequest>().0 = true;
    state.accounts.only(Account {
        sid: sid.clone(),
        auth_token,
        secondary_auth_token: None,
        parent: None,
        status: AccountStatus::Active,
    });
    for registration in behaviours::all() {
        registration.behaviour.seed(&mut state);
    }
    if !request.path.ends_with("/IncomingPhoneNumbers.json") {
        let (collection, now) = (BUYS.replace("{AccountSid}", &sid), state.clock.now());
        let can = json!({"voice": true, "sms": true, "mms": true, "fax": false});
        let fields = [("phone_number", json!(GOOD)), ("capabilities", can)];
        let number = Body::from_iter(fields.map(|(name, value)| (name.to_owned(), value)));
        let number = build::object_at(&mut state, Contract::published(), HOST, &sid, &collection, number, now);
        state.store.insert(number.expect("phone numbers are published"));
    }
    state
}

/// A number that is like this one, where this one is for sale with test credentials alone.
pub(crate) fn sell(state: &mut State, number: &str) -> Option<&'static str> {
    (number == GOOD && state.own::<IsForOneRequest>().0).then_some(LIKE)
}

/// Whether they may do this at all.
///
/// # Errors
/// 403/20008 for all but buying, sending and calling.
pub(crate) fn may(route: &Route) -> Result<(), ApiError> {
    let is_post = route.operation.method == "POST" && route.host == HOST;
    match is_post && [BUYS, SENDS, CALLS].contains(&route.operation.template()) {
        true => Ok(()),
        // https://www.twilio.com/docs/api/errors/20008
        false => Err(ApiError::new(
            403,
            20008,
            "Resource not accessible with Test Account Credentials",
        )),
    }
}

/// Does what a magic value asks for: a refusal, or for an area code that has numbers the number.
///
/// # Errors
/// 400 with the code of the value.
pub(crate) fn use_magic(route: &Route, params: &mut Params) -> Result<(), ApiError> {
    let template = route.operation.template();
    let asked = |known: &&Magic| known.at == template && params.text(known.parameter) == Some(known.value);
    if let Some(magic) = MAGIC.iter().find(asked) {
        let (parameter, value, why) = (magic.parameter, magic.value, magic.message);
        let message = format!("{parameter} {value} is refused: {why}");
        return Err(ApiError::new(400, magic.code, message));
    }
    if template == BUYS && params.text(AREA.0) == Some(AREA.1) {
        params.take(AREA.0);
        params.set("PhoneNumber", GOOD);
    }
    Ok(())
}
