//! Under which headings things stand in the documentation, and in which folders their tables are: the two are one decision.
//! All parts of what Twilio offers are here, so that the first table of one needs no change in the engine.

macro_rules! categories {
    ($($name:ident = $folder:literal, $title:literal;)*) => {
        /// A part of Twilio's offer: a heading of the documentation, and a folder in `src/resources`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Category {
            $(#[doc = concat!($title, ", in `src/resources/", $folder, "`.")] $name,)*
        }

        impl Category {
            /// All of them, sorted by folder.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The folder in `src/resources` that has its tables.
            pub const fn folder(self) -> &'static str {
                match self {
                    $(Self::$name => $folder,)*
                }
            }

            /// Its heading in the documentation.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)*
                }
            }
        }
    };
}

categories! {
    Accounts = "accounts", "Accounts";
    Assistants = "assistants", "AI Assistants";
    Chat = "chat", "Programmable Chat";
    Content = "content", "Content Templates";
    Conversations = "conversations", "Conversations";
    Events = "events", "Event Streams";
    Flex = "flex", "Flex";
    Insights = "insights", "Insights";
    Intelligence = "intelligence", "Conversational Intelligence";
    Lookups = "lookups", "Lookup";
    Marketplace = "marketplace", "Marketplace";
    Messaging = "messaging", "Messaging";
    Monitor = "monitor", "Monitor";
    Notify = "notify", "Notify";
    Numbers = "numbers", "Phone Numbers";
    Organizations = "organizations", "Organizations";
    Pricing = "pricing", "Pricing";
    Proxy = "proxy", "Proxy";
    Regulatory = "regulatory", "Regulatory Compliance";
    Routes = "routes", "Inbound Processing Regions";
    Serverless = "serverless", "Functions and Assets";
    Sip = "sip", "SIP";
    Studio = "studio", "Studio";
    Supersim = "supersim", "Super SIM";
    Sync = "sync", "Sync";
    Taskrouter = "taskrouter", "TaskRouter";
    Trunking = "trunking", "Elastic SIP Trunking";
    Trusthub = "trusthub", "Trust Hub";
    Usage = "usage", "Usage";
    Verify = "verify", "Verify";
    Video = "video", "Video";
    Voice = "voice", "Voice";
    Wireless = "wireless", "Programmable Wireless";
}
