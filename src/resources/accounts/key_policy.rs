//! The smallest policy of a restricted key with which Terraform can manage given types, or read them.
//! <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>
//!
//! No request is made: which requests a type needs is in its table, and which permission allows each in `permissions.tsv`.

use std::collections::BTreeSet;

use futures::future::BoxFuture;
use serde_json::{Value as Json, json};

use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{
    Access, Category, Check, Field, Grant, Kind, MOST_PERMISSIONS, NOT_GRANTABLE, Needs, Properties, boolean, list,
    object, objects, set, text,
};
use crate::engine::operations::list::texts;
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::nearest::nearest;
use crate::framework::value::Value;
use crate::resources::offered::{ACTIONS, DATA_SOURCES, EPHEMERAL_RESOURCES, RESOURCES};
use crate::twilio::Product;

/// Types that an error about too many permissions names.
const NAMED: usize = 5;

/// `data.twilio_key_policy`.
pub const KEY_POLICY: DataSource = DataSource {
    name: "twilio_key_policy",
    since: "0.1.0",
    noun: "policy of a restricted key",
    doc: "The smallest policy of a restricted API key with which Terraform can manage given types of resources and read given data sources, or, \
          with `read_only`, plan them in a drift job. Nothing is requested from Twilio.",
    quirks: &[
        "A restricted key has 100 permissions at most, and works in region US1 alone.",
        "Twilio has permissions for a part of its products only. A type that needs more is in `not_grantable`, draws a warning, and has none of \
         its permissions in the policy.",
        "No API key reaches into subaccounts, so what has an `account_sid` of one needs the auth token, whatever the policy says.",
        "Reading one object (`read`) and listing many (`list`) are two permissions. Where both exist both are in the policy: a list finds an object by \
         its name, reads many at once, and finds what an interrupted create has made.",
        "The names are those that Twilio's pages and its API are known to use. Which requests each allows is partly derived from its name, so try a key \
         before you rely on it.",
    ],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/iam/api-keys/restricted-api-keys",
    attributes: ATTRIBUTES,
    place: ReadPlace::worked_out(Product::Iam, &[]),
    codes: &[],
    rules: &[],
    validate: Some(types_are_known),
    read,
};

const ATTRIBUTES: &[Field] = &[
    set("resource_types", Setting(Required), &Kind::Text)
        .checks(&[Check::NonEmpty])
        .doc("Types of resources and data sources of this provider, for example `twilio_twiml_app`. The type of a resource stands for the data source of \
              the same name, too."),
    boolean("read_only", Setting(Clears)).doc(
        "Whether the key is to read only, as in a drift job that plans and never applies. Default: `false`.",
    ),
    object("policy", Observed, POLICY)
        .doc("The policy, as `policy` of `twilio_api_key` takes it. Null where nothing can be granted."),
    list("permissions", Observed, &Kind::Text).doc("The permissions in it, sorted."),
    objects("not_grantable", Observed, MISSING)
        .doc("The types that a restricted key cannot be enough for, by name."),
];

const POLICY: &[Field] = &[list("allow", Observed, &Kind::Text).doc("The permissions.")];

const MISSING: &[Field] = &[
    text("resource_type", Observed).doc("The type."),
    text("reason", Observed).doc("Why, and what is needed in place of such a key."),
    list("requests", Observed, &Kind::Text).doc("The requests that no permission is known for."),
];

/// What a type needs; `None` where there is no such resource or data source.
pub(crate) fn needs_of(type_name: &str) -> Option<Needs> {
    let resource = RESOURCES.iter().find(|table| table.object.name == type_name);
    let plural = RESOURCES
        .iter()
        .find(|table| table.object.plural.is_some_and(|plural| plural.name == type_name));
    let by_hand = DATA_SOURCES.iter().find(|table| table.name == type_name);
    resource
        .map(|table| table.needs())
        .or_else(|| plural.map(|table| table.object.listing()))
        .or_else(|| by_hand.map(DataSource::needs))
}

/// Every type that a policy can be asked for.
fn known() -> Vec<&'static str> {
    let resources = RESOURCES.iter().map(|table| table.object.name);
    let plurals = RESOURCES.iter().filter_map(|table| table.object.plural);
    let by_hand = DATA_SOURCES.iter().map(|table| table.name);
    let all = resources.chain(plurals.map(|plural| plural.name)).chain(by_hand);
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

fn types_are_known(config: &Value, diagnostics: &mut Diagnostics) {
    let unknown = texts(config.attr("resource_types"))
        .into_iter()
        .filter(|name| needs_of(name).is_none())
        .map(|name| unknown(&name));
    // Of several that say the same the first says it all.
    let mut said: Vec<Diagnostic> = Vec::new();
    for diagnostic in unknown {
        if said.iter().all(|other| other.detail != diagnostic.detail) {
            said.push(diagnostic);
        }
    }
    said.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
}

fn unknown(name: &str) -> Diagnostic {
    let is_a_name = name.len() <= 80
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let is_asked_otherwise = ACTIONS.iter().map(|table| table.name);
    let is_asked_otherwise = is_asked_otherwise.chain(EPHEMERAL_RESOURCES.iter().map(|table| table.name));
    let near = nearest(name, &known());
    let why = match (is_a_name, near.as_slice()) {
        _ if is_asked_otherwise.clone().any(|other| other == name) => format!(
            "{name} is an action or an ephemeral resource. A policy is made for resources and data sources; give the run that has actions a standard key."
        ),
        (false, _) => "An element is no name of a type. Write each as twilio_twiml_app.".to_owned(),
        (true, []) => format!("This provider has no resource and no data source {name}."),
        (true, near) => format!(
            "This provider has no resource and no data source {name}. Did you mean {}?",
            near.join(" or ")
        ),
    };
    Diagnostic::error("Unknown type", why).at_attribute("resource_types")
}

/// A type with what can be granted for it.
struct Asked {
    name: String,
    grant: Grant,
    /// Whether reading it alone could be granted, where it is not to be only read.
    is_readable: bool,
}

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let read_only = query.config.attr("read_only").as_bool().unwrap_or(false);
        let mut asked = Vec::new();
        for name in texts(query.config.attr("resource_types")) {
            let needs = needs_of(&name).ok_or_else(|| unknown(&name))?;
            let is_readable = !read_only && needs.grant(true).missing.is_empty();
            let grant = needs.grant(read_only);
            asked.push(Asked {
                name,
                grant,
                is_readable,
            });
        }
        asked.sort_by(|a, b| a.name.cmp(&b.name));
        let (granted, refused): (Vec<_>, Vec<_>) = asked.into_iter().partition(|one| one.grant.missing.is_empty());
        let permissions: BTreeSet<_> = granted
            .iter()
            .flat_map(|one| one.grant.permissions.iter().copied())
            .collect();
        if permissions.len() > MOST_PERMISSIONS {
            return Err(too_many(permissions.len(), &granted, read_only).into());
        }
        if !refused.is_empty() {
            query.warnings.add(not_all(&refused));
        }
        Ok(answer(&permissions, &refused))
    })
}

fn answer(permissions: &BTreeSet<&str>, refused: &[Asked]) -> Properties {
    let policy = (!permissions.is_empty()).then(|| json!({"allow": permissions}));
    let rows = refused.iter().map(|one| {
        let requests: Vec<_> = one.grant.missing.iter().map(Access::to_string).collect();
        json!({"resource_type": one.name, "reason": reason(one), "requests": requests})
    });
    Properties::from_iter([
        ("policy".to_owned(), policy.unwrap_or(Json::Null)),
        ("permissions".to_owned(), json!(permissions)),
        ("not_grantable".to_owned(), rows.collect()),
    ])
}

fn reason(one: &Asked) -> String {
    match one.is_readable {
        true => format!("{NOT_GRANTABLE}; reading alone can be granted, with read_only"),
        false => NOT_GRANTABLE.to_owned(),
    }
}

fn not_all(refused: &[Asked]) -> Diagnostic {
    let names: Vec<_> = refused.iter().map(|one| one.name.as_str()).collect();
    Diagnostic::warning(
        "The policy is not enough for every type",
        format!(
            "For a part of what these need no permission is known, so nothing of them is in the policy: {}. A run that has them is refused with \
             code 70051 when it comes to them. Sign it in with a standard key or the auth token, or take them out of resource_types \
             and into a configuration of their own; not_grantable names the requests.",
            names.join(", ")
        ),
    )
    .at_attribute("resource_types")
}

fn too_many(count: usize, granted: &[Asked], read_only: bool) -> Diagnostic {
    let mut by_weight: Vec<_> = granted
        .iter()
        .map(|one| {
            let others = granted.iter().filter(|other| other.name != one.name);
            let others: BTreeSet<_> = others.flat_map(|other| &other.grant.permissions).collect();
            let own = one.grant.permissions.iter().filter(|name| !others.contains(name));
            (own.count(), one.name.as_str())
        })
        .collect();
    by_weight.sort_by_key(|(own, name)| (std::cmp::Reverse(*own), *name));
    let heaviest: Vec<_> = by_weight
        .iter()
        .take(NAMED)
        .map(|(own, name)| format!("{name} ({own})"))
        .collect();
    let less = match read_only {
        true => "",
        false => ", set read_only = true where nothing is to be changed",
    };
    Diagnostic::error(
        "A key cannot have so many permissions",
        format!(
            "These types need {count} permissions, and Twilio takes {MOST_PERMISSIONS} in a key. Make two keys, each for a configuration of its own{less}, or \
             sign in with a standard key. These weigh most, with the permissions that none of the others needs: {}.",
            heaviest.join(", ")
        ),
    )
    .at_attribute("resource_types")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_that_is_offered_is_known_and_only_such() {
        let known = known();
        assert!(known.len() > 100, "{}", known.len());
        for name in known {
            assert!(needs_of(name).is_some(), "{name}");
        }
        for wrong in ["twilio_nothing", "twilio_send_message", "aws_instance", ""] {
            assert!(needs_of(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_wrong_type_is_answered_with_the_nearest_and_no_free_text_is_repeated() {
        let said = |name: &str| unknown(name).detail;
        assert!(
            said("twilio_twiml_ap").contains("twilio_twiml_app"),
            "{}",
            said("twilio_twiml_ap")
        );
        assert!(said("twilio_send_message").contains("is an action"));
        let free = said("Hush-hush: my password");
        assert!(!free.contains("password"), "{free}");
    }

    #[test]
    fn an_application_needs_five_permissions_and_two_to_be_read() {
        let needs = needs_of("twilio_twiml_app").expect("it is offered");
        let names = |read_only| Vec::from_iter(needs.grant(read_only).permissions);
        let all =
            ["create", "delete", "list", "read", "update"].map(|action| format!("/twilio/voice/twiml.apps/{action}"));
        assert_eq!(names(false), all);
        assert_eq!(names(true), [&*all[2], &*all[3]]);
        assert_eq!(
            Vec::from_iter(needs_of("twilio_twiml_apps").expect("too").grant(true).permissions),
            [&*all[2]]
        );
    }

    #[test]
    fn what_cannot_be_written_may_be_read() {
        let needs = needs_of("twilio_address").expect("it is offered");
        assert_eq!(needs.grant(true).missing, []);
        assert!(!needs.grant(false).missing.is_empty());
    }

    #[test]
    fn no_key_is_enough_for_other_accounts() {
        for name in ["twilio_subaccount", "twilio_subaccounts"] {
            let grant = needs_of(name).expect("it is offered").grant(true);
            assert!(grant.permissions.is_empty() && !grant.missing.is_empty(), "{name}");
        }
    }

    #[test]
    fn too_many_name_those_that_weigh_most() {
        let all = known().into_iter().map(|name| Asked {
            name: name.to_owned(),
            grant: needs_of(name).expect("it is known").grant(false),
            is_readable: false,
        });
        let granted: Vec<_> = all.filter(|one| one.grant.missing.is_empty()).collect();
        let count = granted
            .iter()
            .flat_map(|one| &one.grant.permissions)
            .collect::<BTreeSet<_>>()
            .len();
        assert!(count > MOST_PERMISSIONS, "{count}");
        let said = too_many(count, &granted, false);
        for needle in [
            &count.to_string() as &str,
            "100 in a key",
            "read_only",
            "weigh most",
            " (",
        ] {
            assert!(said.detail.contains(needle), "{}", said.detail);
        }
    }
}
