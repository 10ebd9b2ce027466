//! Twilio's products: one host name each, with the version prefix most of its paths have and its way to write dates.

use std::fmt;

/// How a product writes dates in its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// `Thu, 30 Jul 2015 20:00:00 +0000`.
    Rfc2822,
    /// `2015-07-30T20:00:00Z`.
    Iso8601,
}

/// One row of the product table.
struct Facts {
    product: Product,
    subdomain: &'static str,
    version: &'static str,
    dates: DateStyle,
}

macro_rules! products {
    ($($(#[$doc:meta])* $name:ident = $subdomain:literal $version:literal $dates:ident;)*) => {
        /// A Twilio product, which is a host: `messaging.twilio.com` is [`Product::Messaging`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Product {
            $($(#[$doc])* $name,)*
        }

        /// In the order of the enum, so that the discriminant is the index.
        const TABLE: &[Facts] = &[
            $(Facts { product: Product::$name, subdomain: $subdomain, version: $version, dates: DateStyle::$dates },)*
        ];
    };
}

products! {
    /// Secondary auth tokens, safe list, public keys.
    Accounts = "accounts" "v1" Iso8601;
    /// The classic API of 2010: accounts, numbers, calls, messages, applications, SIP, usage.
    Api = "api" "2010-04-01" Rfc2822;
    /// AI assistants.
    Assistants = "assistants" "v1" Iso8601;
    /// Bulk exports.
    Bulkexports = "bulkexports" "v1" Iso8601;
    /// Programmable Chat.
    Chat = "chat" "v2" Iso8601;
    /// Content templates.
    Content = "content" "v1" Iso8601;
    /// Conversations.
    Conversations = "conversations" "v1" Iso8601;
    /// Event streams: sinks and subscriptions.
    Events = "events" "v1" Iso8601;
    /// Flex.
    Flex = "flex-api" "v1" Iso8601;
    /// Frontline.
    Frontline = "frontline-api" "v1" Iso8601;
    /// API keys and OAuth apps. Its dates are in the style of the classic API.
    Iam = "iam" "v1" Rfc2822;
    /// Voice and conversation insights.
    Insights = "insights" "v1" Iso8601;
    /// Voice Intelligence.
    Intelligence = "intelligence" "v2" Iso8601;
    /// Programmable Chat under its older name.
    IpMessaging = "ip-messaging" "v2" Iso8601;
    /// Knowledge bases of assistants.
    Knowledge = "knowledge" "v1" Iso8601;
    /// Lookups of phone numbers.
    Lookups = "lookups" "v2" Iso8601;
    /// Marketplace add-ons.
    Marketplace = "marketplace" "v1" Iso8601;
    /// Messaging services, brands, campaigns, toll-free verification.
    Messaging = "messaging" "v1" Iso8601;
    /// Audit events, alerts and alarms.
    Monitor = "monitor" "v1" Iso8601;
    /// Notify.
    Notify = "notify" "v1" Iso8601;
    /// Regulatory bundles, hosted numbers, porting.
    Numbers = "numbers" "v2" Iso8601;
    /// Access tokens for OAuth apps.
    Oauth = "oauth" "v2" Iso8601;
    /// Organizations, in preview; some paths have no version.
    Organizations = "preview-iam" "" Iso8601;
    /// Preview APIs, whose paths start with the product's name.
    Preview = "preview" "" Iso8601;
    /// Prices.
    Pricing = "pricing" "v2" Iso8601;
    /// Proxy.
    Proxy = "proxy" "v1" Iso8601;
    /// Inbound processing regions.
    Routes = "routes" "v2" Iso8601;
    /// Functions and assets.
    Serverless = "serverless" "v1" Iso8601;
    /// Studio flows.
    Studio = "studio" "v2" Iso8601;
    /// Super SIM.
    Supersim = "supersim" "v1" Iso8601;
    /// Sync.
    Sync = "sync" "v1" Iso8601;
    /// TaskRouter.
    Taskrouter = "taskrouter" "v1" Iso8601;
    /// Elastic SIP trunks.
    Trunking = "trunking" "v1" Iso8601;
    /// Trust Hub: customer profiles and trust products.
    Trusthub = "trusthub" "v1" Iso8601;
    /// Verify.
    Verify = "verify" "v2" Iso8601;
    /// Video.
    Video = "video" "v1" Iso8601;
    /// Voice settings: dialing permissions, BYOC, IP records.
    Voice = "voice" "v1" Iso8601;
    /// Programmable Wireless.
    Wireless = "wireless" "v1" Iso8601;
}

impl Product {
    fn facts(self) -> &'static Facts {
        // The macro writes enum and table from one list, so the index always exists.
        &TABLE[self as usize]
    }

    /// Every product, in the order of the enum.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|facts| facts.product)
    }

    /// First label of the host name, `messaging`.
    pub fn subdomain(self) -> &'static str {
        self.facts().subdomain
    }

    /// Version that starts most paths of the product, without slashes: `v1`, `2010-04-01`. Empty where paths have none.
    pub fn default_version(self) -> &'static str {
        self.facts().version
    }

    /// How the product writes dates.
    pub fn date_style(self) -> DateStyle {
        self.facts().dates
    }

    /// The host in region US1, `messaging.twilio.com`.
    pub fn host(self) -> String {
        format!("{}.twilio.com", self.subdomain())
    }

    /// The product with this first label of the host name.
    pub fn from_subdomain(subdomain: &str) -> Option<Self> {
        TABLE
            .iter()
            .find(|facts| facts.subdomain == subdomain)
            .map(|facts| facts.product)
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.subdomain())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_product_finds_its_own_row() {
        for product in Product::all() {
            assert_eq!(product.facts().product, product);
            assert_eq!(Product::from_subdomain(product.subdomain()), Some(product));
        }
        assert_eq!(Product::all().count(), TABLE.len());
    }

    #[test]
    fn dates_of_keys_are_written_as_in_the_classic_api() {
        assert_eq!(Product::Iam.date_style(), DateStyle::Rfc2822);
        assert_eq!(Product::Messaging.date_style(), DateStyle::Iso8601);
    }
}
