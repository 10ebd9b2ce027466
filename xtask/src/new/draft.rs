//! A table before it is written down: everything that the contract says, and a safe choice where it does not.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use terraform_provider_twilio::engine::facts::Category;
use terraform_provider_twilio::twilio::{Product, page_size};
use twilio_simulator::contract::{Location, Operation, Paging, snake_case};

use super::codes::Codes;
use super::field::{Absent, Field, Kind, Role};
use super::fields::{self, checks};
use super::older::{self, OlderType};
use super::place::{Begin, Key, Place};
use super::words::{plural, words};

/// A table.
pub struct Draft {
    /// Terraform's type name.
    pub name: String,
    /// Within sentences.
    pub noun: String,
    /// Terraform's name of several, and the noun; none where Twilio has no list.
    pub plural: Option<(String, String)>,
    /// Its heading and its folder.
    pub category: Category,
    /// Twilio's page: the resource's own, or that of the product.
    pub page: String,
    /// Whether it is the resource's own.
    pub has_own_page: bool,
    /// Where it lives.
    pub place: Place,
    /// The parameter of the list that names the account.
    pub account_parameter: Option<String>,
    /// What distinguishes two of them for a person.
    pub natural_key: Option<String>,
    /// What people know it by, where that is no natural key.
    pub label: Option<String>,
    /// Why items of the list have less than the object.
    pub partial: Option<String>,
    /// Filters of the list, and whether a field of the same name is what they filter by.
    pub filters: Vec<Field>,
    /// The names in the responses are spelt `likeThis`.
    pub is_camel: bool,
    /// The body is JSON.
    pub is_json: bool,
    /// The fields.
    pub fields: Vec<Field>,
    /// What is answered, moves by itself, and is left out.
    pub moving: Vec<String>,
    /// The size of page that the list takes, where the client would ask for another.
    pub page_size: Option<u64>,
    /// Types of older providers that became this one.
    pub older: Vec<OlderType>,
    /// What it is refused with.
    pub codes: Codes,
}

/// Categories of the paths of the classic API, which serves many products.
const CLASSIC: &[(&str, Category)] = &[
    ("Addresses", Category::Numbers),
    ("AvailablePhoneNumbers", Category::Numbers),
    ("IncomingPhoneNumbers", Category::Numbers),
    ("OutgoingCallerIds", Category::Numbers),
    ("Messages", Category::Messaging),
    ("SMS", Category::Messaging),
    ("SIP", Category::Sip),
    ("Usage", Category::Usage),
    ("Applications", Category::Voice),
    ("Calls", Category::Voice),
    ("Conferences", Category::Voice),
    ("Queues", Category::Voice),
    ("Recordings", Category::Voice),
    ("Transcriptions", Category::Voice),
];

/// Categories of hosts whose folder has another name.
const OF_HOST: &[(&str, Category)] = &[
    ("iam", Category::Accounts),
    ("oauth", Category::Accounts),
    ("preview-iam", Category::Organizations),
    ("flex-api", Category::Flex),
    ("ip-messaging", Category::Chat),
    ("knowledge", Category::Assistants),
    ("bulkexports", Category::Accounts),
    ("frontline-api", Category::Flex),
];

impl Draft {
    /// What the contract says of the place, for a resource of this name.
    ///
    /// # Errors
    /// When the category is not known, or what is made there has nothing in it.
    pub fn new(name: &str, place: Place, category: Option<Category>) -> Result<Self> {
        let category = category
            .or_else(|| category_of(&place))
            .with_context(|| format!("say under which heading it stands: --category {}", folders()))?;
        let (found, is_json, is_camel) = (fields::of(&place), fields::is_json(&place), fields::is_camel(&place));
        let stem = name.trim_start_matches("twilio_");
        let noun = words(stem);
        let list = place.list.filter(|_| !place.collection.is_empty());
        let plural = list.map(|_| (several(name), plural(&noun)));
        let (account_parameter, filters) = list.map_or((None, Vec::new()), |list| filters(&place, list, &found.fields));
        let in_list = |name: &str| {
            let items = list.map(|list| place.spec.answer_fields(list));
            items.is_some_and(|items| {
                items
                    .iter()
                    .any(|field| field.name == name || snake_case(&field.name) == name)
            })
        };
        let natural_key = natural_key(&place, &found.fields, &in_list);
        // A SID of something else means as little to a person as its own.
        let label = match (&natural_key, &place.key, &plural) {
            (None, Key::Sid(_), Some(_)) | (_, Key::Borrowed { .. }, Some(_)) => label(&found.fields),
            _ => None,
        };
        let missing: Vec<_> = found
            .fields
            .iter()
            .filter(|field| {
                field.is_readable() && list.is_some() && !in_list(field.read_as.as_deref().unwrap_or(&field.name))
            })
            .map(|field| format!("`{}`", field.name))
            .collect();
        let partial = match (list, missing.is_empty()) {
            (None, _) if !place.collection.is_empty() => Some("there is no list".to_owned()),
            (Some(_), false) => Some(format!("they have no {}", missing.join(", "))),
            _ => None,
        };
        let draft = Self {
            name: name.to_owned(),
            page: page(category),
            has_own_page: false,
            page_size: list.and_then(|list| other_page_size(&place, list)),
            noun,
            plural,
            category,
            account_parameter,
            natural_key,
            label,
            partial,
            filters,
            is_camel,
            is_json,
            fields: found.fields,
            moving: found.moving,
            older: Vec::new(),
            codes: Codes::default(),
            place,
        };
        ensure!(
            draft.fields.iter().any(|field| field.absent().is_some()),
            "nothing of what is at {} can be set",
            draft.place.instance
        );
        Ok(draft)
    }

    /// Its name without the provider's: of its file, and in capitals of its constant.
    pub fn stem(&self) -> &str {
        self.name.trim_start_matches("twilio_")
    }

    /// With the types of older providers that became it, as the checkout names them.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn with_older_types(mut self, root: &Path) -> Result<Self> {
        self.older = older::types(root, &self.name, &self.place, &self.fields)?;
        Ok(self)
    }

    /// Whether objects of older providers become it.
    pub fn takes_over(&self) -> bool {
        self.older.iter().any(|older| older.elsewhere.is_none())
    }

    /// Whether something of it can be taken off, so that destroying settings has something to do.
    pub fn can_be_reset(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| field.is_updated() && matches!(field.absent(), Some(Absent::Clears | Absent::DefaultsTo(_))))
    }

    /// Whether what is there can be taken over by a create.
    pub fn can_adopt(&self) -> bool {
        let is_found = matches!(self.place.key, Key::Field(_) | Key::Borrowed { .. }) || self.natural_key.is_some();
        matches!(self.place.begin, Begin::Made | Begin::Upserted) && is_found
    }
}

/// Names of the folders, for who has to choose one.
pub fn folders() -> String {
    Category::ALL
        .iter()
        .map(|category| category.folder())
        .collect::<Vec<_>>()
        .join("|")
}

fn category_of(place: &Place) -> Option<Category> {
    let subdomain = place.product.subdomain();
    if place.product == Product::Api {
        let mut segments = place.instance.split('/');
        let first = segments.nth(4)?.trim_end_matches(".json");
        return CLASSIC
            .iter()
            .find(|(segment, _)| *segment == first)
            .map(|(_, category)| *category);
    }
    let by_folder = Category::ALL.iter().find(|category| category.folder() == subdomain);
    by_folder.copied().or_else(|| {
        OF_HOST
            .iter()
            .find(|(host, _)| *host == subdomain)
            .map(|(_, category)| *category)
    })
}

/// Where Twilio documents a product; a person names the page of the object.
fn page(category: Category) -> String {
    let at = match category {
        Category::Accounts => "iam/api",
        Category::Numbers => "phone-numbers",
        Category::Sip => "voice/sip/api",
        Category::Trunking => "sip-trunking/api",
        Category::Usage => "usage/api",
        Category::Content => "content",
        Category::Regulatory => "phone-numbers/regulatory/api",
        other => return format!("https://www.twilio.com/docs/{}/api", other.folder()),
    };
    format!("https://www.twilio.com/docs/{at}")
}

/// `twilio_queue` → `twilio_queues`.
fn several(name: &str) -> String {
    plural(name)
}

fn filters(place: &Place, list: &'static Operation, fields: &[Field]) -> (Option<String>, Vec<Field>) {
    let mut account = None;
    let mut filters = Vec::new();
    for parameter in list.params_in(Location::Query) {
        if ["Page", "PageSize", "PageToken", "pageSize", "pageToken", "page"].contains(&parameter.name.as_str()) {
            continue;
        }
        if snake_case(&parameter.name) == "account_sid" {
            account = Some(parameter.name.clone());
            continue;
        }
        let shape = place.spec.resolve(parameter);
        // `DateCreated<` and `DateCreated>`: before and after.
        let name = match parameter.name.strip_suffix('<') {
            Some(name) => format!("{}_before", snake_case(name)),
            None => match parameter.name.strip_suffix('>') {
                Some(name) => format!("{}_after", snake_case(name)),
                None => snake_case(&parameter.name),
            },
        };
        let kind = match shape.kind {
            twilio_simulator::contract::Kind::Boolean => Kind::Bool,
            twilio_simulator::contract::Kind::Integer => Kind::Int,
            twilio_simulator::contract::Kind::Number => Kind::Decimal,
            twilio_simulator::contract::Kind::Array => Kind::List(Box::new(Kind::Text)),
            _ => Kind::Text,
        };
        let absent = if parameter.required {
            Absent::Required
        } else {
            Absent::Clears
        };
        let mut filter = Field::new(&name, kind, Role::Setting(absent));
        filter.checks = checks(&filter.kind, shape);
        // What the field itself takes, its filter takes.
        if let (true, Some(field)) = (filter.checks.is_empty(), fields.iter().find(|field| field.name == name))
            && field.is_text()
            && matches!(filter.kind, Kind::Text)
        {
            filter.checks.clone_from(&field.checks);
        }
        let is_camel = fields::is_camel(place);
        let sent = if is_camel {
            fields::camel(&name)
        } else {
            fields::pascal(&name)
        };
        filter.written_as = (sent != parameter.name).then(|| parameter.name.clone());
        filters.push(filter);
    }
    (account, filters)
}

/// The name of it that people give, where the list has it.
fn natural_key(place: &Place, fields: &[Field], in_list: &dyn Fn(&str) -> bool) -> Option<String> {
    if !matches!(place.key, Key::Sid(_) | Key::Borrowed { .. }) || place.begin != Begin::Made || place.list.is_none() {
        return None;
    }
    if let Key::Borrowed { field, .. } = &place.key {
        return Some(field.clone());
    }
    let mut names = [
        "unique_name",
        "friendly_name",
        "display_name",
        "name",
        "domain_name",
        "description",
    ]
    .into_iter();
    let is_known = |name: &&str| {
        let field = fields.iter().find(|field| field.name == **name);
        field.is_some_and(|field| field.is_text() && field.is_readable() && field.absent().is_some()) && in_list(name)
    };
    names.find(is_known).map(str::to_owned)
}

/// What says more than a SID.
fn label(fields: &[Field]) -> Option<String> {
    let mut fields = fields
        .iter()
        .filter(|field| field.is_text() && field.is_readable() && !field.sensitive);
    let is_name = |field: &&Field| field.name == "phone_number" || field.name.ends_with("name");
    fields.find(is_name).map(|field| field.name.clone())
}

/// The size of page that the contract allows, where the client asks for another.
fn other_page_size(place: &Place, list: &'static Operation) -> Option<u64> {
    let listing = list.list.as_ref()?;
    let allowed = listing.max_page_size?;
    let requested = page_size(place.product, &place.collection).map(u64::from);
    (listing.paging != Paging::None && requested.is_some() && requested != Some(allowed)).then_some(allowed)
}
