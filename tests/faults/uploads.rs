//! A file that changes between the plan and the apply.

use serde_json::json;

use crate::samples::sample_of;
use crate::terraform::{Terraform, text, value};
use crate::twilio::Twilio;

const FUNCTION: &str = "twilio_serverless_function";
const DOCUMENT: &str = "twilio_test_supporting_document";

/// The requests to hosts that take files.
async fn uploads(twilio: &Twilio) -> usize {
    let requests = twilio.requests().await;
    let to_upload =
        |request: &&serde_json::Value| request["host"].as_str().is_some_and(|host| host.contains("-upload."));
    requests.iter().filter(to_upload).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_file_than_planned_is_refused_before_anything_is_sent() {
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let folder = tempfile::tempdir().expect("a folder");
    for (type_name, file, hash) in [
        (FUNCTION, "code.js", "content_sha256"),
        (DOCUMENT, "scan.png", "source_sha256"),
    ] {
        let path = folder.path().join(file);
        let write = |content: &str| std::fs::write(&path, content).expect("it can be written");
        let mut config = sample_of(type_name).prepare(&twilio).await.config;
        config["content"].take();
        config["source"] = json!(path);
        if type_name == DOCUMENT {
            config.as_object_mut().expect("an object").remove("content");
        }
        let config = value(type_name, &config);

        // Of a create Terraform would call another hash a bug of the provider, in the plan within the apply.
        write("hush-1");
        let plan = terraform.plan(type_name, None, &config).await.expect("it plans");
        assert!(plan.planned.attr(hash).is_unknown(), "{type_name}");
        write("hush-2");
        let made = terraform.apply(type_name, plan).await.expect("it is answered");
        let made = made.succeeded("a create of the file as it is").expect("it is made");
        write("hush-3");
        let read = terraform.read(type_name, &made).await.expect("it is answered");
        let read = read.succeeded("the refresh").expect("it is read");
        let plan = terraform.plan(type_name, Some(&read), &config).await.expect("it plans");
        assert_eq!(plan.replaces, type_name == DOCUMENT);
        assert!(plan.planned.attr(hash).is_known(), "{type_name}");
        write("hush-4");
        let (before, places) = (uploads(&twilio).await, twilio.places().await);
        // Terraform plans again within the apply, with the state of the first plan.
        let again = terraform.plan(type_name, Some(&read), &config).await;
        let said = again.err().expect("it is refused");
        assert!(
            said.contains("changed after the plan") && said.contains("Nothing was changed"),
            "{said}"
        );
        assert!(!said.contains("hush"), "{said}");
        if plan.replaces {
            continue;
        }
        let outcome = terraform.apply(type_name, plan).await.expect("it is answered");
        let said = outcome.errors().iter().map(|error| text(error)).collect::<String>();
        assert!(
            said.contains("changed after the plan") && said.contains("Nothing was changed"),
            "{said}"
        );
        assert_eq!((uploads(&twilio).await, twilio.places().await), (before, places));
        // Where nothing was read, nothing is promised.
        let plan = terraform.plan(type_name, Some(&made), &config).await.expect("it plans");
        assert!(plan.planned.attr(hash).is_unknown(), "{type_name}");
    }
}
