//! Paths under which Twilio served something before, and serves it still.

/// Host, path as it was, path as the contract has it today.
const OLD_PATHS: &[(&str, &str, &str)] = &[
    // The webhooks of an account: https://www.twilio.com/docs/conversations/api/webhook-configuration-resource; libraries of 2022
    // and before call the first.
    (
        "conversations.twilio.com",
        "/v1/Conversations/Webhooks",
        "/v1/Configuration/Webhooks",
    ),
];

/// The path that the contract has for it.
pub(crate) fn today<'p>(host: &str, path: &'p str) -> &'p str {
    let found = OLD_PATHS.iter().find(|(at, old, _)| *at == host && *old == path);
    found.map_or(path, |(.., today)| *today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;

    #[test]
    fn each_path_leads_to_a_published_one_and_is_none_itself() {
        for (host, old, today) in OLD_PATHS {
            let contract = Contract::published();
            assert!(contract.resource(host, today).is_some(), "{today}");
            assert!(contract.resource(host, old).is_none(), "{old} is published again");
        }
    }
}
