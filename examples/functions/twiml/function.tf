variable "company" {
  type    = string
  default = "Smith & Sons"
}

output "menu" {
  value = provider::twilio::twiml(
    { Say = { voice = "Polly.Amy", content = "Welcome to ${var.company}." } },
    {
      Gather = {
        action    = "https://example.com/menu"
        input     = ["dtmf", "speech"]
        numDigits = 1
        content = [
          { Say = "Press one for sales, two for support." },
          { Pause = { length = 2 } },
        ]
      }
    },
    { Say = ["Or call us at ", { say-as = { interpret-as = "telephone", content = "+14155550142" } }, "."] },
    { Dial = { timeout = 20, content = [{ Number = "+14155550142" }, { Client = "reception" }] } },
    { Hangup = {} },
  )
}
