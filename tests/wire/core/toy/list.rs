//! Searches for `toy_thing`s, in pages of two.

use async_trait::async_trait;
use terraform_provider_twilio::framework::diagnostics::{Diagnostic, Diagnostics};
use terraform_provider_twilio::framework::list::{ListEnd, ListItem, ListRequest, ListResource, ListSink};
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::value::Value;

use super::{Fault, Toy, schemas};

pub(super) struct Things(pub(super) Toy);

/// Tells that a search is over, also of one that is dropped.
struct Over<'a>(&'a Toy);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.searched.notify_one();
    }
}

#[async_trait]
impl ListResource for Things {
    fn type_name(&self) -> &str {
        "toy_thing"
    }

    fn schema(&self) -> Schema {
        schemas::things()
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        match config.attr("name_prefix").as_str() {
            Some(prefix) if prefix.contains('!') => {
                let told = Diagnostic::error("No such name", "A name does not shout. Nothing was changed.");
                told.at_attribute("name_prefix").into()
            }
            _ => Diagnostics::new(),
        }
    }

    async fn list(&self, request: ListRequest, sink: &ListSink) -> Result<(), ListEnd> {
        let toy = &self.0;
        let _over = Over(toy);
        let prefix = request.config.attr("name_prefix").as_str().unwrap_or_default();
        let asked = format!("{:?} {} {prefix}", request.limit, request.include_resource);
        toy.memory().called("list", &asked);
        let objects: Vec<_> = {
            let memory = toy.memory();
            let things = memory.objects.iter().filter(|(id, _)| id.starts_with("thing-"));
            let objects = things.map(|(_, object)| object.clone());
            objects
                .filter(|object| {
                    object
                        .attr("name")
                        .as_str()
                        .is_some_and(|name| name.starts_with(prefix))
                })
                .collect()
        };
        for (number, page) in objects.chunks(2).enumerate() {
            toy.memory().called("page", &number.to_string());
            if number > 0 {
                assert!(!toy.has(Fault::ListPanics), "the secret is on page {number}");
                if toy.has(Fault::ListHangs) {
                    toy.hanging.notify_one();
                    std::future::pending::<()>().await;
                }
                if toy.has(Fault::ListRefused) {
                    let told = Diagnostic::error("The toy lost its place", "Nothing was changed. Search again.");
                    return Err(told.into());
                }
            }
            for object in page {
                sink.send(item(object)).await?;
            }
        }
        sink.warn(Diagnostic::error("The end", "Nothing else is there."))
            .await?;
        Ok(())
    }
}

fn item(object: &Value) -> ListItem {
    let name = object.attr("name").as_str().unwrap_or_default();
    let mut item = ListItem::new(name, object.clone());
    match name {
        "broken" => item.diagnostics = Diagnostic::error("One is broken", "It is not shown.").into(),
        "odd" => item.diagnostics = Diagnostic::warning("One is odd", "It is shown.").into(),
        "nameless" => item.state.set_attr("id", Value::Null),
        "open" => item.state.set_attr("revision", Value::UNKNOWN),
        "partial" => item = item.partial(),
        _ => {}
    }
    item
}
