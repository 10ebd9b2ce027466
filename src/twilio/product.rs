//! Twilio's products: one host name each.

use std::fmt;

macro_rules! products {
    ($($(#[$doc:meta])* $name:ident = $subdomain:literal;)*) => {
        /// A Twilio product, which is a host: `messaging.twilio.com` is [`Product::Messaging`].
        #[cfg_attr(not(feature = "internals"), expect(dead_code, reason = "hosts of which no table is yet"))]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Product {
            $($(#[$doc])* $name,)*
        }

        impl Product {
            /// Every product, in the order of the enum.
            #[cfg(feature = "internals")]
            pub fn all() -> impl Iterator<Item = Self> {
                [$(Self::$name,)*].into_iter()
            }

            /// First label of the host name, `messaging`.
            pub const fn subdomain(self) -> &'static str {
                match self {
                    $(Self::$name => $subdomain,)*
                }
            }
        }
    };
}

products! {
    /// Secondary auth tokens, safe list, public keys.
    Accounts = "accounts";
    /// The classic API of 2010: accounts, numbers, calls, messages, applications, SIP, usage.
    Api = "api";
    /// AI assistants.
    Assistants = "assistants";
    /// Bulk exports.
    Bulkexports = "bulkexports";
    /// Programmable Chat.
    Chat = "chat";
    /// Content templates.
    Content = "content";
    /// Conversations.
    Conversations = "conversations";
    /// Event streams: sinks and subscriptions.
    Events = "events";
    /// Flex.
    Flex = "flex-api";
    /// Frontline.
    Frontline = "frontline-api";
    /// API keys and OAuth apps.
    Iam = "iam";
    /// Voice and conversation insights.
    Insights = "insights";
    /// Voice Intelligence.
    Intelligence = "intelligence";
    /// Programmable Chat under its older name.
    IpMessaging = "ip-messaging";
    /// Knowledge bases of assistants.
    Knowledge = "knowledge";
    /// Lookups of phone numbers.
    Lookups = "lookups";
    /// Marketplace add-ons.
    Marketplace = "marketplace";
    /// Profiles of customers, and what identifies them.
    Memory = "memory";
    /// Messaging services, brands, campaigns, toll-free verification.
    Messaging = "messaging";
    /// Audit events, alerts and alarms.
    Monitor = "monitor";
    /// Notify.
    Notify = "notify";
    /// Regulatory bundles, hosted numbers, porting.
    Numbers = "numbers";
    /// Uploads of documents: of regulatory bundles, and of port-ins.
    /// <https://www.twilio.com/docs/phone-numbers/document-apis>
    NumbersUpload = "numbers-upload";
    /// Access tokens for OAuth apps.
    Oauth = "oauth";
    /// Organizations, in preview; some paths have no version.
    Organizations = "preview-iam";
    /// Preview APIs, whose paths start with the product's name.
    Preview = "preview";
    /// Prices.
    Pricing = "pricing";
    /// Proxy.
    Proxy = "proxy";
    /// Inbound processing regions.
    Routes = "routes";
    /// Functions and assets.
    Serverless = "serverless";
    /// Uploads of functions and assets.
    /// <https://www.twilio.com/docs/serverless/api/resource/function-version>
    ServerlessUpload = "serverless-upload";
    /// Studio flows.
    Studio = "studio";
    /// Super SIM.
    Supersim = "supersim";
    /// Sync.
    Sync = "sync";
    /// TaskRouter.
    Taskrouter = "taskrouter";
    /// Elastic SIP trunks.
    Trunking = "trunking";
    /// Trust Hub: customer profiles and trust products.
    Trusthub = "trusthub";
    /// Verify.
    Verify = "verify";
    /// Video.
    Video = "video";
    /// Voice settings: dialing permissions, BYOC, IP records.
    Voice = "voice";
    /// Programmable Wireless.
    Wireless = "wireless";
}

impl Product {
    /// The host in region US1, `messaging.twilio.com`.
    pub fn host(self) -> String {
        format!("{}.twilio.com", self.subdomain())
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.subdomain())
    }
}
