//! How names are spelt: Terraform's are in snake case, Twilio's differ by the format.

use std::borrow::Cow;

/// How Twilio spells the names of parameters and properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// `VoiceUrl`: parameters of forms and queries.
    Pascal,
    /// `voice_url`: properties of most responses, and the JSON that those products take.
    Snake,
    /// `voiceUrl`: JSON of some newer products.
    Camel,
}

impl Spelling {
    /// How a product whose responses are spelt so spells the parameters of queries.
    pub const fn in_queries(self) -> Self {
        match self {
            Self::Pascal | Self::Snake => Self::Pascal,
            Self::Camel => Self::Camel,
        }
    }

    /// A snake-case name, spelt so.
    pub fn of(self, name: &'static str) -> Cow<'static, str> {
        let capitalised = |words: &mut dyn Iterator<Item = &str>| words.map(capitalised).collect::<String>();
        match self {
            Self::Snake => Cow::Borrowed(name),
            Self::Pascal => Cow::Owned(capitalised(&mut name.split('_'))),
            Self::Camel => match name.split_once('_') {
                None => Cow::Borrowed(name),
                Some((first, rest)) => Cow::Owned(first.to_owned() + &capitalised(&mut rest.split('_'))),
            },
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake_case_becomes_twilios_spelling() {
        for (ours, form, json) in [
            ("voice_url", "VoiceUrl", "voiceUrl"),
            ("psd2_enabled", "Psd2Enabled", "psd2Enabled"),
            ("from", "From", "from"),
            (
                "use_inbound_webhook_on_number",
                "UseInboundWebhookOnNumber",
                "useInboundWebhookOnNumber",
            ),
        ] {
            assert_eq!(Spelling::Pascal.of(ours), form);
            assert_eq!(Spelling::Camel.of(ours), json);
            assert_eq!(Spelling::Snake.of(ours), ours);
        }
    }
}
