//! Twilio's parameter names in the spelling of answers.

/// `FriendlyName` → `friendly_name`, `A2PProfileBundleSid` → `a2p_profile_bundle_sid`, `SMSUrl` → `sms_url`.
pub fn snake_case(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 8);
    for (index, current) in chars.iter().copied().enumerate() {
        if matches!(current, '.' | '-' | ' ') {
            out.push('_');
            continue;
        }
        if current.is_ascii_uppercase() && index > 0 && !out.ends_with('_') {
            let before = chars[index - 1];
            let after = chars.get(index + 1).copied();
            let word_starts = before.is_ascii_lowercase()
                || (before.is_ascii_uppercase() && after.is_some_and(|next| next.is_ascii_lowercase()))
                // `E164Number`: a digit ends a word, unless one capital and a digit are a name by themselves (`A2P`).
                || (before.is_ascii_digit() && after.is_some_and(|next| next.is_ascii_lowercase()));
            if word_starts {
                out.push('_');
            }
        }
        out.push(current.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parameters_become_names_of_fields() {
        for (parameter, field) in [
            ("FriendlyName", "friendly_name"),
            ("A2PProfileBundleSid", "a2p_profile_bundle_sid"),
            ("SmsUrl", "sms_url"),
            ("CustomerAI", "customer_ai"),
            ("VoiceCallerIdLookup", "voice_caller_id_lookup"),
            ("displayName", "display_name"),
            ("already_snake", "already_snake"),
            ("IPAddress", "ip_address"),
        ] {
            assert_eq!(snake_case(parameter), field);
        }
    }
}
