//! Where Video keeps recordings: what the first apply writes over, what it leaves, and what stays on when Terraform lets go.

use crate::sandbox::Sandbox;

const TYPE: &str = "twilio_video_recording_settings.a";

const CREDENTIAL: &str = "resource \"twilio_aws_credential\" \"a\" {\n  credentials_wo = \
                          \"AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\"\n  credentials_wo_version = 1\n}\n";

fn settings(more: &str) -> String {
    format!("{CREDENTIAL}resource \"twilio_video_recording_settings\" \"a\" {{\n  friendly_name = \"x\"\n{more}}}\n")
}

fn plan(sandbox: &Sandbox, config: &str) -> String {
    sandbox.configure(config);
    sandbox.succeed(&["plan", "-no-color"]).unwrapped()
}

#[test]
fn a_bucket_that_is_there_is_named_before_it_is_switched_off_and_stays_known() {
    let sandbox = Sandbox::standing();
    let url = "https://lessons-archive.s3.amazonaws.com/r";
    let with_bucket = settings(&format!(
        "  aws_storage_enabled = true\n  aws_s3_url = \"{url}\"\n  aws_credentials_sid = twilio_aws_credential.a.sid\n"
    ));
    sandbox.apply(&with_bucket);
    let credential = sandbox.resource(TYPE)["aws_credentials_sid"].clone();

    // Terraform lets go of them: they stay on.
    let said = plan(&sandbox, "");
    for needle in [
        "leaves its bucket in use",
        "goes, and nothing can be stored by it any more",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }

    // And of what is there the first plan says what it switches off.
    sandbox.succeed(&["state", "rm", TYPE]);
    let said = plan(&sandbox, &settings(""));
    assert!(said.contains("is written over: aws_storage_enabled."), "{said}");
    assert!(!said.contains(url), "{said}");
    sandbox.apply(&settings(""));
    let there = sandbox.resource(TYPE);
    assert_eq!(there["aws_storage_enabled"], false);
    assert_eq!(there["aws_s3_url"], url, "what is not configured stays as it was found");
    assert_eq!(there["aws_credentials_sid"], credential);
    sandbox.plan_is_empty("after they were taken over");
    let said = plan(&sandbox, "");
    assert!(!said.contains("leaves its bucket in use"), "{said}");
}
