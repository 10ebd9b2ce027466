//! What Voice Insights keeps of calls. <https://www.twilio.com/docs/voice/voice-insights/api/call/voice-insights-settings-resource>

use crate::engine::facts::Absent::Keeps;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{
    Category, Destroy, Field, Forewarning, Key, Lifecycle, Managed, Moment, Object, Omitted, On, Place, Rule,
    UpdateStyle, boolean,
};
use crate::twilio::Product;

/// `twilio_voice_insights_settings`.
pub const VOICE_INSIGHTS_SETTINGS: Managed = Managed {
    object: Object {
        name: "twilio_voice_insights_settings",
        noun: "setting of Voice Insights",
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/voice/voice-insights/api/call/voice-insights-settings-resource",
        place: Place::alone(Product::Insights, "/v1/Voice/Settings"),
        key: Key::None,
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What Voice Insights keeps of the account's calls. There is one of it in each account, always there: the first apply brings it to \
          what is configured, and destroying leaves it as it is. Set `advanced_features = false` and apply before, where they should \
          not be billed any more.",
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Forget),
    omitted: &[Omitted {
        parameter: "SubaccountSid",
        reason: "the settings are those of the account that account_sid names, whose own credentials sign in",
    }],
    forewarnings: &[
        Forewarning {
            moment: Moment::Begins(ADVANCED, On::True),
            summary: "bills each minute of each call",
            detail: "With the advanced features Twilio bills Voice Insights for each minute of each call of the account: https://www.twilio.com/docs/voice/voice-insights/advanced-features",
        },
        Forewarning {
            moment: Moment::Stays(ADVANCED, On::True),
            summary: "stays on, and each minute of each call stays billed",
            detail: "Destroying this resource leaves the settings as they are. To stop the charges, set advanced_features = false and apply, before the resource is removed.",
        },
    ],
    rules: &[Rule::AtLeastOneOf(&[ADVANCED, "voice_trace"])],
    ..Managed::NEW
};

const ADVANCED: &str = "advanced_features";

const FIELDS: &[Field] = &[
    boolean(ADVANCED, Setting(Keeps)).doc(
        "Whether metrics and events of each call are kept, for the Console, the API and event streams. Billed for each minute of each \
         call. Removing it keeps what the account has.",
    ),
    boolean("voice_trace", Setting(Keeps)).doc(
        "Whether [Voice Trace](https://www.twilio.com/docs/glossary/what-voice-trace) is on. Removing it keeps what the account has.",
    ),
];
