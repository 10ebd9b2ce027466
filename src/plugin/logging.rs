//! The log: JSON lines on standard error in the form of hclog, which Terraform reads, filters and prints as its own.
//!
//! The level comes from the variables that Terraform people know. When none is set nothing is installed, and an event
//! costs a comparison. Only events of this program are written: libraries log whole requests at their lowest levels, and
//! requests carry secrets.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Write as _};

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

use crate::plugin::terminal;

/// The longest value that is written whole. Terraform reads lines of up to 64 KiB and does not understand longer ones.
const MAX_VALUE_BYTES: usize = 4096;

/// Events come from this crate, or they are not written.
const CRATE: &str = env!("CARGO_CRATE_NAME");

/// Starts logging at the level that the environment asks for, or not at all. `provider` is the provider's short name.
/// Only the first call in a process has an effect.
pub(crate) fn init(provider: &str) {
    let level = level(provider, |name| std::env::var_os(name));
    if level == LevelFilter::OFF {
        return;
    }
    let subscriber = tracing_subscriber::registry().with(HclogLayer { level });
    // A second call finds a subscriber in place, and that one stays.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// Writes an error line whatever the level is: for failures after which there is no other way to speak.
pub(crate) fn write_error(message: &str) {
    write_line(&line(Level::ERROR, CRATE, message, Map::new()));
}

/// The level for `provider`: of `TF_LOG_PROVIDER_<NAME>`, else of `TF_LOG_PROVIDER`, else of `TF_LOG`. Unset and `OFF`
/// mean nothing, `JSON` and words that are no level mean everything, as in Terraform itself.
fn level(provider: &str, lookup: impl Fn(&str) -> Option<OsString>) -> LevelFilter {
    let own = format!("TF_LOG_PROVIDER_{}", provider.to_uppercase().replace('-', "_"));
    [own.as_str(), "TF_LOG_PROVIDER", "TF_LOG"]
        .into_iter()
        .find_map(|name| lookup(name).filter(|value| !value.is_empty()))
        .map_or(LevelFilter::OFF, |value| {
            match value.to_string_lossy().to_uppercase().as_str() {
                "OFF" => LevelFilter::OFF,
                "ERROR" => LevelFilter::ERROR,
                "WARN" => LevelFilter::WARN,
                "INFO" => LevelFilter::INFO,
                "DEBUG" => LevelFilter::DEBUG,
                _ => LevelFilter::TRACE,
            }
        })
}

/// Writes events, with the fields of the spans that they are in, as hclog lines.
struct HclogLayer {
    level: LevelFilter,
}

impl HclogLayer {
    fn writes(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level && is_own(metadata.target())
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for HclogLayer {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.writes(metadata) {
            Interest::always()
        } else {
            Interest::never()
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _ctx: Context<'_, S>) -> bool {
        self.writes(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, ctx: Context<'_, S>) {
        if let Some(span) = ctx.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, ctx: Context<'_, S>) {
        if let Some(span) = ctx.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, ctx: Context<'_, S>) {
        let mut fields = Fields::default();
        for span in ctx.event_scope(event).into_iter().flat_map(|scope| scope.from_root()) {
            if let Some(outer) = span.extensions().get::<Fields>() {
                fields.0.extend(outer.0.clone());
            }
        }
        event.record(&mut fields);
        let message = match fields.0.remove("message") {
            Some(Value::String(message)) => message,
            Some(other) => other.to_string(),
            None => String::new(),
        };
        let metadata = event.metadata();
        write_line(&line(*metadata.level(), metadata.target(), &message, fields.0));
    }
}

fn is_own(target: &str) -> bool {
    target
        .strip_prefix(CRATE)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// `provider.twilio.retry` for the module `twilio::retry` of this crate.
fn module(target: &str) -> String {
    let path = target.strip_prefix(CRATE).unwrap_or(target);
    format!("provider{}", path.replace("::", "."))
}

/// Lines have to parse, so every value is a JSON scalar, and none is so long that the line could be cut.
fn line(level: Level, target: &str, message: &str, fields: Map<String, Value>) -> String {
    let level = match level {
        Level::ERROR => "error",
        Level::WARN => "warn",
        Level::INFO => "info",
        Level::DEBUG => "debug",
        Level::TRACE => "trace",
    };
    let mut entry = Map::new();
    entry.insert("@level".to_owned(), level.into());
    entry.insert("@message".to_owned(), shown(message).into());
    // Terraform reads the time only if it has exactly six fractional digits.
    #[expect(clippy::disallowed_methods, reason = "a log line says when it was written")]
    let now = format!("{:.6}", jiff::Timestamp::now());
    entry.insert("@timestamp".to_owned(), now.into());
    entry.insert("@module".to_owned(), module(target).into());
    entry.extend(fields);
    Value::Object(entry).to_string()
}

/// A text as it may be seen: Terraform prints it as it is.
fn shown(text: &str) -> String {
    // Long before anything is looked at closely, so that a megabyte costs no more than what is written of it.
    let begin = text
        .get(..text.floor_char_boundary(2 * MAX_VALUE_BYTES))
        .unwrap_or(text);
    shortened(terminal::line(begin).into_owned())
}

fn shortened(mut text: String) -> String {
    if text.len() > MAX_VALUE_BYTES {
        text.truncate(text.floor_char_boundary(MAX_VALUE_BYTES));
        text.push('…');
    }
    text
}

/// One write per line. A log that nobody reads any more is no reason to fail.
fn write_line(line: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(format!("{line}\n").as_bytes());
}

/// The fields of a span or an event, in the order in which they were given.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Fields {
    fn set(&mut self, field: &Field, value: impl Into<Value>) {
        self.0.insert(field.name().to_owned(), value.into());
    }
}

impl Visit for Fields {
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.set(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.set(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.set(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        // Infinities have no form in JSON and become null.
        self.set(field, value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.set(field, shown(value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.set(field, shown(&format!("{value:?}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level_of(variables: &[(&str, &str)]) -> LevelFilter {
        level("twilio-x", |name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_most_specific_variable_decides_the_level() {
        assert_eq!(level_of(&[]), LevelFilter::OFF);
        assert_eq!(level_of(&[("TF_LOG", "INFO")]), LevelFilter::INFO);
        assert_eq!(
            level_of(&[("TF_LOG", "TRACE"), ("TF_LOG_PROVIDER", "WARN")]),
            LevelFilter::WARN
        );
        assert_eq!(
            level_of(&[("TF_LOG_PROVIDER", "WARN"), ("TF_LOG_PROVIDER_TWILIO_X", "debug")]),
            LevelFilter::DEBUG
        );
        assert_eq!(
            level_of(&[("TF_LOG_PROVIDER", "OFF"), ("TF_LOG", "TRACE")]),
            LevelFilter::OFF
        );
        assert_eq!(
            level_of(&[("TF_LOG_PROVIDER", ""), ("TF_LOG", "ERROR")]),
            LevelFilter::ERROR
        );
        assert_eq!(level_of(&[("TF_LOG", "JSON")]), LevelFilter::TRACE);
        assert_eq!(level_of(&[("TF_LOG", "1")]), LevelFilter::TRACE);
    }

    #[test]
    fn a_line_is_one_json_object_that_terraform_understands() {
        let fields = Map::from_iter([("tries".to_owned(), Value::from(3))]);
        let text = line(
            Level::WARN,
            "terraform_provider_twilio::twilio::retry",
            "two\nlines",
            fields,
        );
        assert!(!text.contains('\n'));
        let entry: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(entry["@level"], "warn");
        assert_eq!(entry["@message"], "two\\nlines");
        assert_eq!(entry["@module"], "provider.twilio.retry");
        assert_eq!(entry["tries"], 3);
        let time = entry["@timestamp"].as_str().expect("a time");
        let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        assert_eq!(shape, "0000-00-00T00:00:00.000000Z");
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        let cut = shortened("é".repeat(MAX_VALUE_BYTES));
        assert!(cut.len() <= MAX_VALUE_BYTES + '…'.len_utf8());
        assert!(cut.ends_with("é…"));
        assert_eq!(shortened("short".to_owned()), "short");
    }

    #[test]
    fn only_events_of_this_crate_are_written() {
        assert!(is_own("terraform_provider_twilio"));
        assert!(is_own("terraform_provider_twilio::plugin"));
        assert!(!is_own("terraform_provider_twilio_other"));
        assert!(!is_own("h2::codec"));
    }

    #[test]
    fn every_kind_of_field_is_a_json_scalar() {
        use std::sync::{Arc, Mutex};

        /// Keeps what the last event recorded.
        struct Capture(Arc<Mutex<Map<String, Value>>>);
        impl<S: Subscriber> Layer<S> for Capture {
            fn on_event(&self, event: &Event<'_>, _ctx: Context<'_, S>) {
                let mut fields = Fields::default();
                event.record(&mut fields);
                *self.0.lock().expect("no panic while held") = fields.0;
            }
        }
        let seen = Arc::new(Mutex::new(Map::new()));
        let subscriber = tracing_subscriber::registry().with(Capture(seen.clone()));
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(
                flag = true,
                less = -1,
                more = u64::MAX,
                part = 0.5,
                endless = f64::INFINITY,
                text = "x",
                list = ?[1, 2],
                "said"
            );
        });
        let seen = seen.lock().expect("no panic while held");
        assert!(seen.values().all(|value| !value.is_array() && !value.is_object()));
        assert_eq!(seen["more"], u64::MAX);
        assert_eq!(seen["list"], "[1, 2]");
        assert_eq!(seen["message"], "said");
        assert!(seen["endless"].is_null());
    }
}
