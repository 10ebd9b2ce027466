//! Where Twilio documents a resource. The contract does not say; but the simulator names the page of what it knows, and Twilio's pages
//! are called after what they are about.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use regex::Regex;
use twilio_simulator::contract::snake_case;

use super::draft::Draft;
use super::place::Place;
use super::words::singular;

/// The start of each page.
const DOCS: &str = "https://www.twilio.com/docs/";

/// The page of the resource, where one is known that is called after it.
///
/// # Errors
/// When the simulator's sources in the checkout at `root` cannot be read.
pub fn of(root: &Path, draft: &Draft) -> Result<Option<String>> {
    let mut pages = BTreeSet::new();
    let link = Regex::new(r"https://www\.twilio\.com/docs/[a-z0-9/_-]*[a-z0-9]")?;
    for (_, text) in crate::tidy::texts(&root.join("simulator/src"))? {
        pages.extend(link.find_iter(&text).map(|page| page.as_str().to_owned()));
    }
    Ok(called_after(&draft.place, &draft.page, &pages))
}

/// Of these pages the one that is called after what is at a place, among those beside the product's page. One that says what it is
/// a part of is better than one that does not.
fn called_after(place: &Place, product: &str, pages: &BTreeSet<String>) -> Option<String> {
    let folder = |page: &str| page.strip_prefix(DOCS)?.split('/').next().map(str::to_owned);
    let product = folder(product)?;
    let names = names(place);
    let mut found: Vec<(usize, &String)> = pages
        .iter()
        .filter(|page| folder(page).as_ref() == Some(&product))
        .filter_map(|page| {
            let last = plain(page.rsplit('/').next()?.trim_end_matches("-resource"));
            let own = last.strip_prefix(&plain(&product)).unwrap_or(&last);
            let rank = names.iter().position(|name| *name == last || *name == own)?;
            Some((rank, page))
        })
        .collect();
    // The longest name stands last.
    found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    found.first().map(|(_, page)| (*page).clone())
}

/// What a page of it may be called: its own name, and that with what it stands below before it, ever more.
fn names(place: &Place) -> Vec<String> {
    let path = match place.collection.as_str() {
        "" => &place.instance,
        collection => collection,
    };
    let path = path.split('?').next().unwrap_or_default().trim_end_matches(".json");
    let words: Vec<_> = path
        .split('/')
        .filter(|segment| !segment.is_empty() && !segment.starts_with('{'))
        .map(|segment| plain(&snake_case(segment)))
        .collect();
    let mut names = Vec::new();
    let mut name = String::new();
    for word in words.iter().rev() {
        name = format!("{word}{name}");
        names.push(name.clone());
    }
    names
}

/// Letters alone, of one of it: `IpRecords`, `ip-record` and `iprecord` are the same.
fn plain(name: &str) -> String {
    let name = singular(&name.replace('-', "_"));
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::super::place;
    use super::*;
    use crate::process::root;

    #[track_caller]
    fn page(at: &str, product: &str, pages: &[&str]) -> Option<String> {
        let place = place::find(place::contract(&root()).expect("the contract"), at).expect("a place");
        let pages = pages.iter().map(|page| format!("{DOCS}{page}")).collect();
        let found = called_after(&place, &format!("{DOCS}{product}"), &pages)?;
        found.strip_prefix(DOCS).map(str::to_owned)
    }

    #[test]
    fn a_page_is_known_by_its_name() {
        let of_sync = [
            "sync/api/map-resource",
            "sync/api/sync-map-permission-resource",
            "sync/limits",
        ];
        let permissions = "sync.twilio.com/v1/Services/{ServiceSid}/Maps/{MapSid}/Permissions";
        assert_eq!(
            page(permissions, "sync/api", &of_sync).as_deref(),
            Some("sync/api/sync-map-permission-resource")
        );
        let documents = "sync.twilio.com/v1/Services/{ServiceSid}/Documents";
        assert_eq!(page(documents, "sync/api", &of_sync), None, "nothing is called so");
        let urls = "trunking.twilio.com/v1/Trunks/{TrunkSid}/OriginationUrls";
        let pages = [
            "sip-trunking/api/originationurl-resource",
            "sip-trunking/api/trunk-resource",
        ];
        assert_eq!(page(urls, "sip-trunking/api", &pages).as_deref(), Some(pages[0]));
        // Another product's page of the same name.
        assert_eq!(page(urls, "voice/api", &pages), None);
        let settings = "conversations.twilio.com/v1/Services/{ChatServiceSid}/Configuration";
        let both = [
            "conversations/api/configuration-resource",
            "conversations/api/service-configuration-resource",
        ];
        assert_eq!(page(settings, "conversations/api", &both).as_deref(), Some(both[1]));
    }
}
