//! "Closing a subaccount": from the inventory to the close, under the policy of the page.

use serde_json::json;

use super::{APPLY, Guide, output, refused, succeed, write};
use crate::sandbox::Sandbox;

#[test]
fn a_subaccount_is_seen_drained_suspended_and_closed_and_its_number_is_kept() {
    let guide = Guide::read("closing.md");
    let mut sandbox = Sandbox::standing();
    let page = guide.block("suspend_before_close");
    // What an account costs in the local Twilio is made up: the page's own figure may be above it or below.
    let most = |figure: &str| {
        let changed = page.replace("close_max_usage      = 5", &format!("close_max_usage      = {figure}"));
        assert_ne!(changed, page);
        changed
    };
    let policy = most("100000");
    let tenant = guide.part("resource \"twilio_phone_number\" \"campaign\"");
    write(&sandbox.terraform, &format!("{policy}{tenant}"));
    succeed(&sandbox.terraform, APPLY);
    sandbox.plan_is_empty("with the account of the page");
    let kept = sandbox.resource("twilio_phone_number.support");
    let account = sandbox.resource("twilio_subaccount.tenant")["sid"].clone();

    // 1. What there is, from a folder of its own.
    let inventory = sandbox.another_workspace();
    write(&inventory, &guide.block("data \"twilio_account_inventory\""));
    succeed(&inventory, APPLY);
    let holds = output(&inventory, "holds");
    let holds: Vec<_> = holds
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|held| held.as_str())
        .collect();
    assert_eq!(holds.len(), 4, "{holds:?}");
    for kind in [
        "phone_numbers: +14155550142 (PN",
        "messaging_services: Alerts (MG",
        "api_keys: Application (SK",
    ] {
        assert!(holds.iter().any(|held| held.starts_with(kind)), "{kind}: {holds:?}");
    }
    assert_eq!(output(&inventory, "not_known"), json!([]));
    let webhooks = output(&inventory, "webhooks");
    assert_eq!(webhooks.as_array().map(Vec::len), Some(5), "{webhooks}");

    // 3. One number moves to the parent, the rest goes; the account stays as it was.
    let subaccount = tenant.split("\nresource ").next().expect("the subaccount stands first");
    assert!(subaccount.contains("twilio_subaccount") && subaccount.contains("deletion_protection = true"));
    let moved = guide.part("data \"twilio_account\" \"parent\"");
    write(&sandbox.terraform, &format!("{policy}{subaccount}{moved}"));
    let said = refused(&sandbox.terraform, &["plan"]);
    assert!(said.contains("needs a ticket"), "{said}");
    sandbox.terraform.set_env("CHANGE_TICKET_ID", "OPS-1234");
    let said = succeed(&sandbox.terraform, APPLY);
    for part in [
        "+14155550142 moves to another account",
        "+14155550143 was released",
        "will be revoked",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let now = sandbox.resource("twilio_phone_number.support");
    assert_eq!(now["sid"], kept["sid"]);
    assert_eq!(now["account_sid"], sandbox.handle.account_sid.as_str());
    succeed(&inventory, APPLY);
    assert_eq!(output(&inventory, "holds"), json!([]));

    // Without the suspension the policy keeps it open, and so does the protection.
    let without = |subaccount: &str| format!("{policy}{subaccount}{moved}");
    write(&sandbox.terraform, &without(""));
    let said = refused(&sandbox.terraform, &["plan"]);
    assert!(said.contains("protected from being destroyed"), "{said}");
    write(&sandbox.terraform, &without(&subaccount.replace("= true", "= false")));
    succeed(&sandbox.terraform, APPLY);
    write(&sandbox.terraform, &without(""));
    let said = refused(&sandbox.terraform, &["plan"]);
    assert!(
        said.contains("Refused by policy: suspend_") && said.contains("it is not suspended"),
        "{said}"
    );

    // 4. and 5. It is suspended, and closed when the time is over and it costs nothing any more.
    write(
        &sandbox.terraform,
        &without(&guide.part("status              = \"suspended\"")),
    );
    let said = succeed(&sandbox.terraform, APPLY);
    assert!(
        said.contains("will be suspended") && said.contains("Calls that are in progress go on"),
        "{said}"
    );
    sandbox.plan_is_empty("with the account suspended");
    write(&sandbox.terraform, &without(""));
    let said = refused(&sandbox.terraform, &["plan"]);
    assert!(
        said.contains("less than 72 hours ago") && said.contains("It may be closed from"),
        "{said}"
    );
    // Four days go by: the machine's own clock counts, too, so the account is suspended since then instead.
    let path = format!("/2010-04-01/Accounts/{}.json", account.as_str().expect("a SID"));
    let long_ago = json!({"date_updated": "Mon, 02 Mar 2020 10:00:00 +0000"});
    let done = sandbox.twilio.change("api.twilio.com", &path, &long_ago);
    done.expect("the account is there");
    write(&sandbox.terraform, &format!("{}{moved}", most("0")));
    let said = refused(&sandbox.terraform, APPLY);
    assert!(said.contains("Refused by policy: close_max_usage"), "{said}");
    write(&sandbox.terraform, &without(""));
    let said = succeed(&sandbox.terraform, APPLY);
    assert!(
        said.contains("will be closed for good") && said.contains("was closed"),
        "{said}"
    );
    sandbox.plan_is_empty("with the account closed");
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let closed = objects
        .iter()
        .find(|object| object["sid"] == account)
        .expect("it stays visible");
    assert_eq!(closed["body"]["status"], "closed");
    assert!(
        objects.iter().any(|object| object["sid"] == kept["sid"]),
        "the number is kept"
    );
}

/// What the page says of a suspended account without `force_close`.
#[test]
fn a_suspended_account_is_not_closed_unless_it_is_said_that_nobody_can_look() {
    let guide = Guide::read("closing.md");
    guide.says("Wake it and suspend it again here, or set `force_close = true`");
    let sandbox = Sandbox::standing();
    // Made suspended, nobody has looked into it.
    let careful = guide.block("status              = \"suspended\"");
    let suspended = careful.replace("  status  ", "  force_close = true\n  status  ");
    assert_ne!(careful, suspended);
    let provider = "\nprovider \"twilio\" {}\n";
    let none = suspended
        .split("resource ")
        .next()
        .expect("what stands before")
        .to_owned();
    write(&sandbox.terraform, &format!("{careful}{provider}"));
    succeed(&sandbox.terraform, APPLY);
    write(&sandbox.terraform, &format!("{none}{provider}"));
    let said = succeed(&sandbox.terraform, &["plan"]);
    assert!(
        said.contains("The close fails while that is so") && said.contains("force_close = true"),
        "{said}"
    );
    let said = refused(&sandbox.terraform, APPLY);
    assert!(said.contains("What the subaccount owns cannot be seen"), "{said}");
    write(&sandbox.terraform, &format!("{suspended}{provider}"));
    succeed(&sandbox.terraform, APPLY);
    write(&sandbox.terraform, &format!("{none}{provider}"));
    succeed(&sandbox.terraform, APPLY);
    sandbox.nothing_is_left();
}
