//! SIDs in bodies that name other objects: which object is meant, what the new one shows of it, and the refusal where it is
//! not there. Only what Twilio documents or was seen to do.

use super::{At, Refusal, is_at};
use crate::behaviour::{Ctx, Outcome};
use crate::contract::Resource;
use crate::params::Params;
use crate::store::Object;

/// One parameter that names an object.
struct Reference {
    /// Collection of the object that is created.
    at: At,
    /// Parameter with the SID.
    parameter: &'static str,
    /// Host and collections of what may be named; `{AccountSid}` is the account that is acted on.
    of: &'static [At],
    /// Answer if it is not there; without, it is 404/20404.
    missing: Option<Refusal>,
    /// Answer if the SID is of another kind.
    other_kind: Option<Refusal>,
    /// Fields that the new object shows of it.
    shown: &'static [&'static str],
}

const CREDENTIAL_LISTS: At = (
    "api.twilio.com",
    "/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists",
);
const ACCESS_LISTS: At = (
    "api.twilio.com",
    "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists",
);

/// An entry that stands for a list shows the list's name. Seen by the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> (sip, sip_trunking).
const fn entry(at: At, parameter: &'static str, of: &'static [At]) -> Reference {
    Reference {
        at,
        parameter,
        of,
        missing: None,
        other_kind: None,
        shown: &["friendly_name"],
    }
}

const REFERENCES: &[Reference] = &[
    entry(
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/CredentialListMappings",
        ),
        "CredentialListSid",
        &[CREDENTIAL_LISTS],
    ),
    entry(
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings",
        ),
        "IpAccessControlListSid",
        &[ACCESS_LISTS],
    ),
    entry(
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Registrations/CredentialListMappings",
        ),
        "CredentialListSid",
        &[CREDENTIAL_LISTS],
    ),
    entry(
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/CredentialListMappings",
        ),
        "CredentialListSid",
        &[CREDENTIAL_LISTS],
    ),
    entry(
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/IpAccessControlListMappings",
        ),
        "IpAccessControlListSid",
        &[ACCESS_LISTS],
    ),
    entry(
        ("trunking.twilio.com", "/v1/Trunks/{TrunkSid}/CredentialLists"),
        "CredentialListSid",
        &[CREDENTIAL_LISTS],
    ),
    entry(
        ("trunking.twilio.com", "/v1/Trunks/{TrunkSid}/IpAccessControlLists"),
        "IpAccessControlListSid",
        &[ACCESS_LISTS],
    ),
    // https://www.twilio.com/docs/api/errors/22205, https://www.twilio.com/docs/api/errors/22206
    Reference {
        at: (
            "numbers.twilio.com",
            "/v2/RegulatoryCompliance/Bundles/{BundleSid}/ItemAssignments",
        ),
        parameter: "ObjectSid",
        of: &[
            ("numbers.twilio.com", "/v2/RegulatoryCompliance/EndUsers"),
            ("numbers.twilio.com", "/v2/RegulatoryCompliance/SupportingDocuments"),
        ],
        missing: Some(Refusal::new(
            400,
            22205,
            "Attempting to assign invalid object_sid to Bundle",
        )),
        other_kind: Some(Refusal::new(
            400,
            22206,
            "Attempting to add invalid object type to bundle",
        )),
        shown: &[],
    },
];

/// Looks up what a new object names and shows of it what it shows.
///
/// # Errors
/// If it is not there.
pub(crate) fn resolve(ctx: &Ctx<'_>, resource: &Resource, params: &Params, object: &mut Object) -> Outcome {
    for reference in REFERENCES.iter().filter(|reference| is_at(reference.at, resource)) {
        let Some(sid) = params.text(reference.parameter) else {
            continue;
        };
        let prefixes: Vec<&str> = reference.of.iter().filter_map(|at| prefix(*at)).collect();
        if let Some(refusal) = reference.other_kind
            && !prefixes.iter().any(|prefix| sid.starts_with(prefix))
        {
            return Err(refusal.error());
        }
        let found = reference.of.iter().find_map(|(host, template)| {
            let collection = template.replace("{AccountSid}", ctx.account);
            ctx.state.store.find(host, ctx.account, &format!("{collection}/{sid}"))
        });
        let Some(found) = found else {
            let unknown = || super::parents::gone(resource, &format!("/{}/{sid}", last(reference.of)));
            return Err(reference.missing.map_or_else(unknown, Refusal::error));
        };
        for field in reference.shown {
            object.set(field, found.body.get(*field).cloned().unwrap_or_default());
        }
    }
    Ok(())
}

/// SID prefix of a collection.
fn prefix((host, template): At) -> Option<&'static str> {
    crate::contract::Contract::published()
        .resource(host, template)?
        .key_prefix
        .as_deref()
}

fn last(of: &[At]) -> &'static str {
    let template = of.last().map_or("", |(_, template)| template);
    template.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_reference_is_published() {
        for reference in REFERENCES {
            let resource = assert_published(reference.at);
            let mut params = resource.operations().flat_map(|operation| &operation.params);
            assert!(
                params.any(|param| param.name == reference.parameter),
                "{}",
                reference.parameter
            );
            for at in reference.of {
                assert!(assert_published(*at).has_create());
                assert!(prefix(*at).is_some(), "{at:?}");
            }
            for field in reference.shown {
                assert!(
                    resource.object_fields().iter().any(|known| known.name == *field),
                    "{field}"
                );
            }
        }
    }
}
