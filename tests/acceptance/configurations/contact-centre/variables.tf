variable "release" {
  type    = string
  default = "1"
}

variable "closed_text" {
  type    = string
  default = "We are closed. Please call again tomorrow."
}

variable "brands" {
  type = map(object({ number = string }))
  default = {
    anchor = { number = "+14155550171" }
    beacon = { number = "+14155550172" }
  }
}

variable "activities" {
  type = map(object({ label = string, available = optional(bool, false) }))
  default = {
    ready      = { label = "Ready", available = true }
    lunch      = { label = "Lunch" }
    after-call = { label = "After call" }
    logged-out = { label = "Logged out" }
  }
}

variable "channels" {
  type = map(string)
  default = {
    voice  = "Calls"
    sms    = "Text messages"
    mail   = "Mail"
    ticket = "Tickets"
  }
}

variable "queues" {
  type = map(object({
    label        = string
    workers      = string
    max_reserved = optional(number)
    order        = optional(string)
  }))
  default = {
    all     = { label = "All", workers = "1==1" }
    billing = { label = "Billing", workers = "skills HAS \"billing\"", max_reserved = 3 }
    spanish = { label = "Spanish", workers = "languages HAS 'es'", order = "LIFO" }
    nobody  = { label = "Nobody", workers = "1==0" }
  }
}

variable "workflows" {
  type = map(object({
    label               = string
    template            = string
    reservation_timeout = optional(number)
  }))
  default = {
    main      = { label = "Main", template = "main.json.tftpl", reservation_timeout = 40 }
    hand-over = { label = "Hand-over", template = "hand-over.json.tftpl" }
    survey    = { label = "Survey", template = "survey.json.tftpl" }
  }
}

variable "menus" {
  type = map(object({ template = string, workflow = string, channel = string }))
  default = {
    voice = { template = "voice-menu.json.tftpl", workflow = "main", channel = "ticket" }
    sms   = { template = "sms-menu.json.tftpl", workflow = "main", channel = "ticket" }
  }
}

variable "event_types" {
  type = set(string)
  default = [
    "com.twilio.taskrouter.task.created",
    "com.twilio.taskrouter.task.completed",
    "com.twilio.taskrouter.task.canceled",
    "com.twilio.taskrouter.worker.activity.update",
    "com.twilio.messaging.inbound-message.received",
    "com.twilio.messaging.message.delivered",
  ]
}
