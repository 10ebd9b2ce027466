//! Where an installed add-on is used. <https://www.twilio.com/docs/marketplace/api/installed-add-ons-extensions>

use super::codes::MARKETPLACE;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Observed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Forewarning, Key, Lifecycle, Managed, Moment, Object, On, Place, Plural,
    UpdateStyle, boolean, sid, text,
};
use crate::twilio::Product;

/// `twilio_marketplace_installed_add_on_extension`.
pub const MARKETPLACE_INSTALLED_ADD_ON_EXTENSION: Managed = Managed {
    object: Object {
        name: "twilio_marketplace_installed_add_on_extension",
        noun: "extension of the add-on",
        plural: Some(Plural {
            name: "twilio_marketplace_installed_add_on_extensions",
            noun: "extensions of the add-on",
        }),
        category: Category::Marketplace,
        api_page: "https://www.twilio.com/docs/marketplace/api/installed-add-ons-extensions",
        place: Place::at(
            Product::Marketplace,
            "/v1/InstalledAddOns/{installed_add_on_sid}/Extensions",
            "/v1/InstalledAddOns/{installed_add_on_sid}/Extensions/{extension_sid}",
        ),
        parents: &["installed_add_on_sid"],
        key: Key::Borrowed("extension_sid", "XF"),
        label: Some("unique_name"),
        fields: FIELDS,
        codes: &[MARKETPLACE],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Whether an installed add-on works in a place of Twilio's, as in lookups of numbers or for every message that arrives. The \
          extensions come with the add-on, switched off, and go with it: this resource switches one, and destroying the resource leaves \
          it as it is. While it is on, each use is billed.",
    lifecycle: Lifecycle::adopted(UpdateStyle::Post, Destroy::Forget),
    forewarnings: &[
        Forewarning {
            moment: Moment::Begins("enabled", On::True),
            summary: "is switched on, and each use of it is billed",
            detail: "From this apply on the add-on works there, at the price of who offers it, on top of Twilio's own. The price is on its page in the Console, and in pricing_type of data.twilio_marketplace_available_add_ons.",
        },
        Forewarning {
            moment: Moment::Stays("enabled", On::True),
            summary: "stays on, and each use of it stays billed",
            detail: "Destroying this resource leaves the extension as it is. To switch it off, set enabled = false and apply, before the resource is removed. It goes with its add-on, where that is uninstalled.",
        },
    ],
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("installed_add_on_sid", PathPart, &[Check::Sid("XE")])
        .doc("SID of the installed add-on (`XE…`). A change means another extension, and leaves the first as it is."),
    sid("extension_sid", PathPart, &[Check::Sid("XF")]).read_as("sid").doc(
        "SID of the extension (`XF…`), which `data.twilio_marketplace_installed_add_on_extensions` shows. A change means another \
         extension, and leaves the first as it is.",
    ),
    boolean("enabled", Setting(Required))
        .with_every_update()
        .doc("Whether the add-on works there."),
    text("friendly_name", Observed).doc("Name of the extension."),
    text("product_name", Observed).doc("Product of Twilio's that it is part of."),
    text("unique_name", Observed).doc("Name of the extension for programs."),
];
