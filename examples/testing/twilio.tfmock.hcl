# Values for `mock_provider "twilio"` in `terraform test`: see the guide to testing. Written by `cargo xtask docs`.
#
# Objects of one kind all get the same SID. Where a test tells them apart, override one with override_resource.

mock_resource "twilio_api_key" {
  defaults = {
    sid                 = "SK00000000000000000000000000000001"
    id                  = "SK00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    key_type            = "standard"
    deletion_protection = false
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_aws_credential" {
  defaults = {
    sid          = "CR00000000000000000000000000000001"
    id           = "CR00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_bulk_export_configuration" {
  defaults = {
    id             = "Messages"
    account_sid    = "AC00000000000000000000000000000001"
    enabled        = false
    webhook_method = "POST"
  }
}

mock_resource "twilio_connect_app" {
  defaults = {
    sid                         = "CN00000000000000000000000000000001"
    id                          = "CN00000000000000000000000000000001"
    account_sid                 = "AC00000000000000000000000000000001"
    friendly_name               = "Call reports"
    company_name                = "Example Inc."
    authorize_redirect_url      = "https://example.com/reports/welcome"
    deauthorize_callback_method = "GET"
    permissions                 = ["get-all"]
  }
}

mock_resource "twilio_public_key_credential" {
  defaults = {
    sid          = "CR00000000000000000000000000000001"
    id           = "CR00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_safelist_number" {
  defaults = {
    id             = "+14155550170"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
  }
}

mock_resource "twilio_subaccount" {
  defaults = {
    sid                 = "AC00000000000000000000000000000001"
    id                  = "AC00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000002"
    status              = "active"
    on_destroy          = "close"
    force_close         = false
    deletion_protection = false
    expose_auth_token   = false
    adopt_existing      = false
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_conversations_configuration" {
  defaults = {
    id                            = "AC00000000000000000000000000000001"
    account_sid                   = "AC00000000000000000000000000000001"
    default_chat_service_sid      = "IS00000000000000000000000000000001"
    default_messaging_service_sid = "MG00000000000000000000000000000001"
  }
}

mock_resource "twilio_event_sink" {
  defaults = {
    sid            = "DG00000000000000000000000000000001"
    id             = "DG00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_event_subscription" {
  defaults = {
    sid            = "DF00000000000000000000000000000001"
    id             = "DF00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_intelligence_custom_operator" {
  defaults = {
    sid            = "LY00000000000000000000000000000001"
    id             = "LY00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_intelligence_service" {
  defaults = {
    sid                       = "GA00000000000000000000000000000001"
    id                        = "GA00000000000000000000000000000001"
    account_sid               = "AC00000000000000000000000000000001"
    language_code             = "de-DE"
    auto_transcribe           = true
    auto_redaction            = true
    webhook_http_method       = "POST"
    encryption_credential_sid = "CR00000000000000000000000000000001"
    adopt_existing            = false
    deletion_protection       = false
    date_created              = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_intelligence_service_operator" {
  defaults = {
    id          = "GA00000000000000000000000000000001/LY00000000000000000000000000000001"
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_resource "twilio_lookup_override" {
  defaults = {
    id                 = "+14155550142"
    account_sid        = "AC00000000000000000000000000000001"
    reason             = "Ticket 4711: the carrier confirmed that it is a mobile number."
    override_timestamp = "2026-01-01T00:00:00Z"
    adopt_existing     = false
  }
}

mock_resource "twilio_lookup_rate_limit" {
  defaults = {
    id             = "line_type_intelligence/sign-up"
    account_sid    = "AC00000000000000000000000000000001"
    ttl            = 60
    adopt_existing = false
  }
}

mock_resource "twilio_marketplace_installed_add_on" {
  defaults = {
    sid          = "XE00000000000000000000000000000001"
    id           = "XE00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    unique_name  = "spam-scores"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_marketplace_installed_add_on_extension" {
  defaults = {
    sid         = "XF00000000000000000000000000000001"
    id          = "XE00000000000000000000000000000001/XF00000000000000000000000000000001"
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_resource "twilio_marketplace_listing" {
  defaults = {
    sid         = "XB00000000000000000000000000000001"
    id          = "XB00000000000000000000000000000001"
    account_sid = "AC00000000000000000000000000000001"
    description = "{\"overview\":\"When the water is high, for each phone number with a coast nearby.\"}"
    support     = "{\"technical_email\":\"help@example.com\"}"
  }
}

mock_resource "twilio_messaging_geo_permissions" {
  defaults = {
    id          = "DE"
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_resource "twilio_messaging_service" {
  defaults = {
    sid                           = "MG00000000000000000000000000000001"
    id                            = "MG00000000000000000000000000000001"
    account_sid                   = "AC00000000000000000000000000000001"
    inbound_method                = "POST"
    fallback_method               = "POST"
    use_inbound_webhook_on_number = false
    sticky_sender                 = true
    smart_encoding                = true
    mms_converter                 = true
    area_code_geomatch            = true
    validity_period               = 36000
    scan_message_content          = "inherit"
    usecase                       = "undeclared"
    force_destroy                 = false
    deletion_protection           = false
    adopt_existing                = false
    date_created                  = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_messaging_service_phone_number" {
  defaults = {
    sid            = "PN00000000000000000000000000000001"
    id             = "MG00000000000000000000000000000001/PN00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    phone_number   = "+14155550100"
    country_code   = "US"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_short_code" {
  defaults = {
    sid                 = "SC00000000000000000000000000000001"
    id                  = "SC00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    friendly_name       = "Alerts"
    sms_method          = "POST"
    sms_fallback_method = "POST"
    api_version         = "2010-04-01"
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_address" {
  defaults = {
    sid                  = "AD00000000000000000000000000000001"
    id                   = "AD00000000000000000000000000000001"
    account_sid          = "AC00000000000000000000000000000001"
    emergency_enabled    = false
    auto_correct_address = true
    adopt_existing       = false
    date_created         = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_phone_number" {
  defaults = {
    sid                    = "PN00000000000000000000000000000001"
    id                     = "PN00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    phone_number           = "+14155550145"
    adopt_existing         = false
    on_destroy             = "release"
    deletion_protection    = false
    friendly_name          = "Support line"
    voice_method           = "POST"
    voice_fallback_method  = "POST"
    trunk_sid              = "TK00000000000000000000000000000001"
    voice_caller_id_lookup = false
    voice_receive_mode     = "voice"
    status_callback_method = "POST"
    sms_method             = "POST"
    sms_fallback_method    = "POST"
    address_sid            = "AD00000000000000000000000000000001"
    bundle_sid             = "BU00000000000000000000000000000001"
    identity_sid           = "RI00000000000000000000000000000001"
    api_version            = "2010-04-01"
    date_created           = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_phone_number_add_on" {
  defaults = {
    sid            = "XE00000000000000000000000000000001"
    id             = "PN00000000000000000000000000000001/XE00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_phone_number_webhooks" {
  defaults = {
    sid                    = "PN00000000000000000000000000000001"
    id                     = "PN00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    phone_number           = "+14155550142"
    phone_number_sid       = "PN00000000000000000000000000000001"
    voice_method           = "POST"
    voice_fallback_method  = "POST"
    trunk_sid              = "TK00000000000000000000000000000001"
    voice_caller_id_lookup = false
    voice_receive_mode     = "voice"
    status_callback_method = "POST"
    sms_method             = "POST"
    sms_fallback_method    = "POST"
    on_destroy             = "clear"
  }
}

mock_resource "twilio_phone_number_route" {
  defaults = {
    id            = "+35315550100"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Dublin office"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sip_domain_route" {
  defaults = {
    id            = "sydney.sip.twilio.com"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Sydney office"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_trunk_route" {
  defaults = {
    id            = "exchange.pstn.twilio.com"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Exchange in Dublin"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_serverless_asset" {
  defaults = {
    sid            = "ZH00000000000000000000000000000001"
    id             = "ZS00000000000000000000000000000001/ZH00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    version_sid    = "ZN00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_serverless_build" {
  defaults = {
    sid                 = "ZB00000000000000000000000000000001"
    id                  = "ZS00000000000000000000000000000001/ZB00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    dependencies        = { twilio = "5.3.0" }
    runtime             = "node20"
    wait_for_completion = true
    on_destroy          = "delete"
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_serverless_deployment" {
  defaults = {
    id          = "ZS00000000000000000000000000000001/ZE00000000000000000000000000000001"
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_resource "twilio_serverless_environment" {
  defaults = {
    sid                 = "ZE00000000000000000000000000000001"
    id                  = "ZS00000000000000000000000000000001/ZE00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    adopt_existing      = false
    deletion_protection = false
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_serverless_function" {
  defaults = {
    sid            = "ZH00000000000000000000000000000001"
    id             = "ZS00000000000000000000000000000001/ZH00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    version_sid    = "ZN00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_serverless_project" {
  defaults = {
    id             = "ZS00000000000000000000000000000001/ZE00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    build_sid      = "ZB00000000000000000000000000000001"
    adopt_existing = false
    on_destroy     = "delete"
  }
}

mock_resource "twilio_serverless_service" {
  defaults = {
    sid                 = "ZS00000000000000000000000000000001"
    id                  = "ZS00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    include_credentials = true
    ui_editable         = false
    adopt_existing      = false
    deletion_protection = false
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_serverless_variable" {
  defaults = {
    sid            = "ZV00000000000000000000000000000001"
    id             = "ZS00000000000000000000000000000001/ZE00000000000000000000000000000001/ZV00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sip_credential" {
  defaults = {
    sid            = "CR00000000000000000000000000000001"
    id             = "CL00000000000000000000000000000001/CR00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sip_credential_list" {
  defaults = {
    sid            = "CL00000000000000000000000000000001"
    id             = "CL00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sip_domain" {
  defaults = {
    sid                          = "SD00000000000000000000000000000001"
    id                           = "SD00000000000000000000000000000001"
    account_sid                  = "AC00000000000000000000000000000001"
    voice_method                 = "POST"
    voice_fallback_method        = "POST"
    voice_status_callback_method = "POST"
    sip_registration             = false
    secure                       = false
    emergency_caller_sid         = "PN00000000000000000000000000000001"
    byoc_trunk_sid               = "BY00000000000000000000000000000001"
    adopt_existing               = false
    deletion_protection          = false
    date_created                 = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sip_domain_credential_list_mapping" {
  defaults = {
    sid            = "CL00000000000000000000000000000001"
    id             = "SD00000000000000000000000000000001/CL00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sip_domain_ip_access_control_list_mapping" {
  defaults = {
    sid            = "AL00000000000000000000000000000001"
    id             = "SD00000000000000000000000000000001/AL00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sip_domain_registration_credential_list_mapping" {
  defaults = {
    sid            = "CL00000000000000000000000000000001"
    id             = "SD00000000000000000000000000000001/CL00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sip_ip_access_control_list" {
  defaults = {
    sid            = "AL00000000000000000000000000000001"
    id             = "AL00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sip_ip_address" {
  defaults = {
    sid                = "IP00000000000000000000000000000001"
    id                 = "AL00000000000000000000000000000001/IP00000000000000000000000000000001"
    account_sid        = "AC00000000000000000000000000000001"
    cidr_prefix_length = 32
    adopt_existing     = false
    date_created       = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_studio_flow" {
  defaults = {
    sid            = "FW00000000000000000000000000000001"
    id             = "FW00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    webhook_url    = "https://example.com/mock"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_studio_flow_test_users" {
  defaults = {
    id          = "FW00000000000000000000000000000001"
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_resource "twilio_sync_document" {
  defaults = {
    sid                 = "ET00000000000000000000000000000001"
    id                  = "IS00000000000000000000000000000001/ET00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    date_expires        = "2026-01-01T00:00:00Z"
    adopt_existing      = false
    deletion_protection = false
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sync_document_permission" {
  defaults = {
    id             = "IS00000000000000000000000000000001/ET00000000000000000000000000000001/phones"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
  }
}

mock_resource "twilio_sync_list" {
  defaults = {
    sid                 = "ES00000000000000000000000000000001"
    id                  = "IS00000000000000000000000000000001/ES00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    date_expires        = "2026-01-01T00:00:00Z"
    adopt_existing      = false
    deletion_protection = false
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sync_list_item" {
  defaults = {
    id                  = "IS00000000000000000000000000000001/ES00000000000000000000000000000001/1000"
    account_sid         = "AC00000000000000000000000000000001"
    index               = "1000"
    deletion_protection = false
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sync_list_permission" {
  defaults = {
    id             = "IS00000000000000000000000000000001/ES00000000000000000000000000000001/kitchen"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
  }
}

mock_resource "twilio_sync_map" {
  defaults = {
    sid                 = "MP00000000000000000000000000000001"
    id                  = "IS00000000000000000000000000000001/MP00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    date_expires        = "2026-01-01T00:00:00Z"
    adopt_existing      = false
    deletion_protection = false
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sync_map_item" {
  defaults = {
    id                  = "IS00000000000000000000000000000001/MP00000000000000000000000000000001/features/greeting"
    account_sid         = "AC00000000000000000000000000000001"
    adopt_existing      = false
    deletion_protection = false
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sync_map_permission" {
  defaults = {
    id             = "IS00000000000000000000000000000001/MP00000000000000000000000000000001/operators"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
  }
}

mock_resource "twilio_sync_service" {
  defaults = {
    sid                             = "IS00000000000000000000000000000001"
    id                              = "IS00000000000000000000000000000001"
    account_sid                     = "AC00000000000000000000000000000001"
    acl_enabled                     = false
    webhooks_from_rest_enabled      = false
    reachability_webhooks_enabled   = false
    reachability_debouncing_enabled = false
    reachability_debouncing_window  = 5000
    adopt_existing                  = false
    deletion_protection             = false
    date_created                    = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_sync_stream" {
  defaults = {
    sid            = "TO00000000000000000000000000000001"
    id             = "IS00000000000000000000000000000001/TO00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    date_expires   = "2026-01-01T00:00:00Z"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_taskrouter_activity" {
  defaults = {
    sid            = "WA00000000000000000000000000000001"
    id             = "WS00000000000000000000000000000001/WA00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    available      = false
    adopt_existing = false
    on_destroy     = "delete"
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_taskrouter_task_channel" {
  defaults = {
    sid                       = "TC00000000000000000000000000000001"
    id                        = "WS00000000000000000000000000000001/TC00000000000000000000000000000001"
    account_sid               = "AC00000000000000000000000000000001"
    channel_optimized_routing = true
    adopt_existing            = false
    on_destroy                = "delete"
    date_created              = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_taskrouter_task_queue" {
  defaults = {
    sid                  = "WQ00000000000000000000000000000001"
    id                   = "WS00000000000000000000000000000001/WQ00000000000000000000000000000001"
    account_sid          = "AC00000000000000000000000000000001"
    target_workers       = "1==1"
    max_reserved_workers = 1
    task_order           = "FIFO"
    adopt_existing       = false
    on_destroy           = "delete"
    date_created         = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_taskrouter_worker" {
  defaults = {
    sid            = "WK00000000000000000000000000000001"
    id             = "WS00000000000000000000000000000001/WK00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    activity_sid   = "WA00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_taskrouter_worker_channel" {
  defaults = {
    id               = "WS00000000000000000000000000000001/WK00000000000000000000000000000001/chat"
    account_sid      = "AC00000000000000000000000000000001"
    capacity         = 3
    task_channel_sid = "TC00000000000000000000000000000001"
    date_created     = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_taskrouter_workflow" {
  defaults = {
    sid                      = "WW00000000000000000000000000000001"
    id                       = "WS00000000000000000000000000000001/WW00000000000000000000000000000001"
    account_sid              = "AC00000000000000000000000000000001"
    task_routing             = { default_filter = { queue = "WQ00000000000000000000000000000001" } }
    task_reservation_timeout = 120
    adopt_existing           = false
    on_destroy               = "delete"
    date_created             = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_taskrouter_workspace" {
  defaults = {
    sid                    = "WS00000000000000000000000000000001"
    id                     = "WS00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    prioritize_queue_order = "FIFO"
    adopt_existing         = false
    deletion_protection    = false
    date_created           = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_taskrouter_workspace_configuration" {
  defaults = {
    id                   = "WS00000000000000000000000000000001"
    account_sid          = "AC00000000000000000000000000000001"
    default_activity_sid = "WA00000000000000000000000000000001"
    timeout_activity_sid = "WA00000000000000000000000000000001"
  }
}

mock_resource "twilio_trunk" {
  defaults = {
    sid                      = "TK00000000000000000000000000000001"
    id                       = "TK00000000000000000000000000000001"
    account_sid              = "AC00000000000000000000000000000001"
    disaster_recovery_method = "POST"
    transfer_mode            = "disable-all"
    transfer_caller_id       = "from-transferee"
    secure                   = false
    cnam_lookup_enabled      = false
    adopt_existing           = false
    deletion_protection      = false
    date_created             = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_trunk_credential_list" {
  defaults = {
    sid            = "CL00000000000000000000000000000001"
    id             = "TK00000000000000000000000000000001/CL00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_trunk_ip_access_control_list" {
  defaults = {
    sid            = "AL00000000000000000000000000000001"
    id             = "TK00000000000000000000000000000001/AL00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_trunk_origination_url" {
  defaults = {
    sid            = "OU00000000000000000000000000000001"
    id             = "TK00000000000000000000000000000001/OU00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_trunk_phone_number" {
  defaults = {
    sid            = "PN00000000000000000000000000000001"
    id             = "TK00000000000000000000000000000001/PN00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    phone_number   = "+14155550100"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_trunk_recording" {
  defaults = {
    id          = "TK00000000000000000000000000000001"
    account_sid = "AC00000000000000000000000000000001"
    mode        = "do-not-record"
    trim        = "do-not-trim"
  }
}

mock_resource "twilio_usage_trigger" {
  defaults = {
    sid             = "UT00000000000000000000000000000001"
    id              = "UT00000000000000000000000000000001"
    account_sid     = "AC00000000000000000000000000000001"
    trigger_by      = "usage"
    callback_method = "POST"
    friendly_name   = "More than 100 a day"
    adopt_existing  = false
    date_created    = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_verify_messaging_configuration" {
  defaults = {
    id             = "VA00000000000000000000000000000001/DE"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_verify_rate_limit" {
  defaults = {
    sid            = "RK00000000000000000000000000000001"
    id             = "VA00000000000000000000000000000001/RK00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_verify_rate_limit_bucket" {
  defaults = {
    sid          = "BL00000000000000000000000000000001"
    id           = "VA00000000000000000000000000000001/RK00000000000000000000000000000001/BL00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_verify_safelist_number" {
  defaults = {
    id             = "+14155550142"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
  }
}

mock_resource "twilio_verify_service" {
  defaults = {
    sid                               = "VA00000000000000000000000000000001"
    id                                = "VA00000000000000000000000000000001"
    account_sid                       = "AC00000000000000000000000000000001"
    code_length                       = 6
    lookup_enabled                    = false
    skip_sms_to_landlines             = false
    dtmf_input_required               = true
    psd2_enabled                      = false
    do_not_share_warning_enabled      = false
    custom_code_enabled               = false
    verify_event_subscription_enabled = false
    totp                              = { issuer = "Shop", code_length = 7 }
    adopt_existing                    = false
    date_created                      = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_verify_webhook" {
  defaults = {
    sid            = "YW00000000000000000000000000000001"
    id             = "VA00000000000000000000000000000001/YW00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    status         = "enabled"
    version        = "v2"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_video_composition_hook" {
  defaults = {
    sid                    = "HK00000000000000000000000000000001"
    id                     = "HK00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    enabled                = true
    resolution             = "640x480"
    format                 = "webm"
    status_callback_method = "POST"
    trim                   = true
    adopt_existing         = false
    date_created           = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_video_composition_settings" {
  defaults = {
    id                  = "AC00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    aws_storage_enabled = false
    aws_s3_url          = "https://lessons-archive.s3.amazonaws.com/compositions"
    aws_credentials_sid = "CR00000000000000000000000000000001"
    encryption_enabled  = false
    encryption_key_sid  = "CR00000000000000000000000000000001"
  }
}

mock_resource "twilio_video_recording_settings" {
  defaults = {
    id                  = "AC00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    aws_storage_enabled = false
    aws_s3_url          = "https://lessons-archive.s3.amazonaws.com/recordings"
    aws_credentials_sid = "CR00000000000000000000000000000001"
    encryption_enabled  = false
    encryption_key_sid  = "CR00000000000000000000000000000001"
  }
}

mock_resource "twilio_outgoing_caller_id" {
  defaults = {
    sid           = "PN00000000000000000000000000000001"
    id            = "PN00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Office"
    phone_number  = "+14155550100"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_queue" {
  defaults = {
    sid            = "QU00000000000000000000000000000001"
    id             = "QU00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    max_size       = 200
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_twiml_app" {
  defaults = {
    sid                                = "AP00000000000000000000000000000001"
    id                                 = "AP00000000000000000000000000000001"
    account_sid                        = "AC00000000000000000000000000000001"
    voice_url                          = "https://example.com/voice"
    voice_method                       = "POST"
    voice_fallback_method              = "POST"
    status_callback_method             = "POST"
    voice_caller_id_lookup             = false
    sms_url                            = "https://example.com/sms"
    sms_method                         = "POST"
    sms_fallback_method                = "POST"
    public_application_connect_enabled = false
    api_version                        = "2010-04-01"
    adopt_existing                     = false
    date_created                       = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_voice_byoc_trunk" {
  defaults = {
    sid                    = "BY00000000000000000000000000000001"
    id                     = "BY00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    voice_method           = "POST"
    voice_fallback_method  = "POST"
    status_callback_method = "POST"
    cnam_lookup_enabled    = false
    connection_policy_sid  = "NY00000000000000000000000000000001"
    from_domain_sid        = "SD00000000000000000000000000000001"
    adopt_existing         = false
    deletion_protection    = false
    date_created           = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_voice_connection_policy" {
  defaults = {
    sid            = "NY00000000000000000000000000000001"
    id             = "NY00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_voice_connection_policy_target" {
  defaults = {
    sid            = "NE00000000000000000000000000000001"
    id             = "NY00000000000000000000000000000001/NE00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    priority       = 10
    weight         = 10
    enabled        = true
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_voice_dialing_permissions_country" {
  defaults = {
    id                                  = "DE"
    account_sid                         = "AC00000000000000000000000000000001"
    low_risk_numbers_enabled            = true
    high_risk_special_numbers_enabled   = false
    high_risk_tollfraud_numbers_enabled = false
  }
}

mock_resource "twilio_voice_dialing_permissions_settings" {
  defaults = {
    id          = "AC00000000000000000000000000000001"
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_resource "twilio_voice_insights_settings" {
  defaults = {
    id                = "AC00000000000000000000000000000001"
    account_sid       = "AC00000000000000000000000000000001"
    advanced_features = true
  }
}

mock_resource "twilio_voice_ip_record" {
  defaults = {
    sid                = "IL00000000000000000000000000000001"
    id                 = "IL00000000000000000000000000000001"
    account_sid        = "AC00000000000000000000000000000001"
    cidr_prefix_length = 32
    adopt_existing     = false
    date_created       = "2026-01-01T00:00:00Z"
  }
}

mock_resource "twilio_voice_source_ip_mapping" {
  defaults = {
    sid            = "IB00000000000000000000000000000001"
    id             = "IB00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    adopt_existing = false
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_api_key" {
  defaults = {
    sid           = "SK00000000000000000000000000000001"
    id            = "SK00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Application"
    key_type      = "standard"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_api_keys" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["SK00000000000000000000000000000001"]
  }
}

mock_data "twilio_aws_credential" {
  defaults = {
    sid           = "CR00000000000000000000000000000001"
    id            = "CR00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Recordings bucket"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_aws_credentials" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["CR00000000000000000000000000000001"]
  }
}

mock_data "twilio_bulk_export_configuration" {
  defaults = {
    id             = "Messages"
    account_sid    = "AC00000000000000000000000000000001"
    resource_type  = "Messages"
    enabled        = true
    webhook_url    = "https://warehouse.example.com/twilio/exports"
    webhook_method = "POST"
  }
}

mock_data "twilio_connect_app" {
  defaults = {
    sid                         = "CN00000000000000000000000000000001"
    id                          = "CN00000000000000000000000000000001"
    account_sid                 = "AC00000000000000000000000000000001"
    connect_app_sid             = "CN00000000000000000000000000000001"
    friendly_name               = "Call reports"
    company_name                = "Example Inc."
    description                 = "Reports on the calls of your account, each morning."
    homepage_url                = "https://example.com/reports"
    authorize_redirect_url      = "https://example.com/reports/welcome"
    deauthorize_callback_url    = "https://example.com/reports/goodbye"
    deauthorize_callback_method = "GET"
    permissions                 = ["get-all"]
  }
}

mock_data "twilio_connect_apps" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["CN00000000000000000000000000000001"]
  }
}

mock_data "twilio_public_key_credential" {
  defaults = {
    sid           = "CR00000000000000000000000000000001"
    id            = "CR00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Recordings of calls"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_public_key_credentials" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["CR00000000000000000000000000000001"]
  }
}

mock_data "twilio_safelist_number" {
  defaults = {
    id           = "+14155550170"
    account_sid  = "AC00000000000000000000000000000001"
    phone_number = "+14155550170"
  }
}

mock_data "twilio_subaccount" {
  defaults = {
    sid           = "AC00000000000000000000000000000001"
    id            = "AC00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000002"
    friendly_name = "Customer 42"
    status        = "active"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_subaccounts" {
  defaults = {
    sids = ["AC00000000000000000000000000000001"]
  }
}

mock_data "twilio_conversations_configuration" {
  defaults = {
    id                            = "AC00000000000000000000000000000001"
    account_sid                   = "AC00000000000000000000000000000001"
    default_chat_service_sid      = "IS00000000000000000000000000000001"
    default_messaging_service_sid = "MG00000000000000000000000000000001"
    default_inactive_timer        = "PT1H"
    default_closed_timer          = "P7D"
  }
}

mock_data "twilio_event_sink" {
  defaults = {
    sid                = "DG00000000000000000000000000000001"
    id                 = "DG00000000000000000000000000000001"
    account_sid        = "AC00000000000000000000000000000001"
    description        = "Events for the data warehouse"
    sink_type          = "webhook"
    sink_configuration = { destination = "https://example.com/events", method = "POST", batch_events = true }
    date_created       = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_event_sinks" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["DG00000000000000000000000000000001"]
  }
}

mock_data "twilio_event_subscription" {
  defaults = {
    sid          = "DF00000000000000000000000000000001"
    id           = "DF00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    description  = "What became of messages"
    sink_sid     = "DG00000000000000000000000000000001"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_event_subscriptions" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["DF00000000000000000000000000000001"]
  }
}

mock_data "twilio_intelligence_custom_operator" {
  defaults = {
    sid           = "LY00000000000000000000000000000001"
    id            = "LY00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Asks for a refund"
    operator_type = "Classify-Phrases"
    config        = "{\"phrases\":[\"money back\",\"refund\"]}"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_intelligence_custom_operators" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["LY00000000000000000000000000000001"]
  }
}

mock_data "twilio_intelligence_service" {
  defaults = {
    sid                       = "GA00000000000000000000000000000001"
    id                        = "GA00000000000000000000000000000001"
    account_sid               = "AC00000000000000000000000000000001"
    unique_name               = "support-calls"
    friendly_name             = "Calls to support"
    language_code             = "de-DE"
    auto_transcribe           = true
    auto_redaction            = true
    webhook_url               = "https://example.com/transcripts"
    webhook_http_method       = "POST"
    encryption_credential_sid = "CR00000000000000000000000000000001"
    date_created              = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_intelligence_services" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["GA00000000000000000000000000000001"]
  }
}

mock_data "twilio_intelligence_service_operator" {
  defaults = {
    id           = "GA00000000000000000000000000000001/LY00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    service_sid  = "GA00000000000000000000000000000001"
    operator_sid = "LY00000000000000000000000000000001"
  }
}

mock_data "twilio_lookup_override" {
  defaults = {
    id                 = "+14155550142"
    account_sid        = "AC00000000000000000000000000000001"
    phone_number       = "+14155550142"
    line_type          = "mobile"
    reason             = "Ticket 4711: the carrier confirmed that it is a mobile number."
    override_timestamp = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_lookup_rate_limit" {
  defaults = {
    id          = "line_type_intelligence/sign-up"
    account_sid = "AC00000000000000000000000000000001"
    field       = "line_type_intelligence"
    bucket      = "sign-up"
    limit       = 100
    ttl         = 60
  }
}

mock_data "twilio_marketplace_installed_add_on" {
  defaults = {
    sid                  = "XE00000000000000000000000000000001"
    id                   = "XE00000000000000000000000000000001"
    account_sid          = "AC00000000000000000000000000000001"
    available_add_on_sid = "XB00000000000000000000000000000001"
    configuration        = "{\"region\":\"eu\"}"
    unique_name          = "spam-scores"
    date_created         = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_marketplace_installed_add_ons" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["XE00000000000000000000000000000001"]
  }
}

mock_data "twilio_marketplace_installed_add_on_extension" {
  defaults = {
    sid                  = "XF00000000000000000000000000000001"
    id                   = "XE00000000000000000000000000000001/XF00000000000000000000000000000001"
    account_sid          = "AC00000000000000000000000000000001"
    installed_add_on_sid = "XE00000000000000000000000000000001"
    extension_sid        = "XF00000000000000000000000000000001"
    enabled              = true
  }
}

mock_data "twilio_marketplace_installed_add_on_extensions" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["XF00000000000000000000000000000001"]
  }
}

mock_data "twilio_marketplace_listing" {
  defaults = {
    sid         = "XB00000000000000000000000000000001"
    id          = "XB00000000000000000000000000000001"
    account_sid = "AC00000000000000000000000000000001"
    listing_sid = "XB00000000000000000000000000000001"
    description = "{\"overview\":\"When the water is high, for each phone number with a coast nearby.\"}"
    support     = "{\"technical_email\":\"help@example.com\"}"
  }
}

mock_data "twilio_messaging_geo_permissions" {
  defaults = {
    id           = "DE"
    account_sid  = "AC00000000000000000000000000000001"
    country_code = "DE"
    enabled      = true
  }
}

mock_data "twilio_messaging_service" {
  defaults = {
    sid                           = "MG00000000000000000000000000000001"
    id                            = "MG00000000000000000000000000000001"
    account_sid                   = "AC00000000000000000000000000000001"
    friendly_name                 = "Alerts"
    inbound_request_url           = "https://example.com/sms"
    inbound_method                = "POST"
    fallback_url                  = "https://example.com/mock"
    fallback_method               = "POST"
    status_callback               = "https://example.com/sms/status"
    use_inbound_webhook_on_number = false
    sticky_sender                 = true
    smart_encoding                = true
    mms_converter                 = true
    area_code_geomatch            = true
    validity_period               = 600
    scan_message_content          = "inherit"
    usecase                       = "notifications"
    date_created                  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_messaging_services" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["MG00000000000000000000000000000001"]
  }
}

mock_data "twilio_messaging_service_phone_number" {
  defaults = {
    sid              = "PN00000000000000000000000000000001"
    id               = "MG00000000000000000000000000000001/PN00000000000000000000000000000001"
    account_sid      = "AC00000000000000000000000000000001"
    service_sid      = "MG00000000000000000000000000000001"
    phone_number_sid = "PN00000000000000000000000000000001"
    phone_number     = "+14155550100"
    country_code     = "US"
    date_created     = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_messaging_service_phone_numbers" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["PN00000000000000000000000000000001"]
  }
}

mock_data "twilio_short_code" {
  defaults = {
    sid                 = "SC00000000000000000000000000000001"
    id                  = "SC00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    short_code_sid      = "SC00000000000000000000000000000001"
    friendly_name       = "Alerts"
    sms_url             = "https://example.com/sms"
    sms_method          = "POST"
    sms_fallback_url    = "https://fallback.example.com/sms"
    sms_fallback_method = "POST"
    api_version         = "2010-04-01"
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_short_codes" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["SC00000000000000000000000000000001"]
  }
}

mock_data "twilio_address" {
  defaults = {
    sid               = "AD00000000000000000000000000000001"
    id                = "AD00000000000000000000000000000001"
    account_sid       = "AC00000000000000000000000000000001"
    friendly_name     = "Office"
    customer_name     = "Example Inc."
    street            = "101 Spear Street"
    street_secondary  = "5th floor"
    city              = "San Francisco"
    region            = "CA"
    postal_code       = "94105"
    iso_country       = "US"
    emergency_enabled = true
    date_created      = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_addresses" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["AD00000000000000000000000000000001"]
  }
}

mock_data "twilio_phone_number" {
  defaults = {
    sid                    = "PN00000000000000000000000000000001"
    id                     = "PN00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    phone_number           = "+14155550145"
    friendly_name          = "Support line"
    voice_url              = "https://example.com/voice"
    voice_method           = "GET"
    voice_fallback_url     = "https://example.com/mock"
    voice_fallback_method  = "POST"
    voice_application_sid  = "AP00000000000000000000000000000001"
    trunk_sid              = "TK00000000000000000000000000000001"
    voice_caller_id_lookup = false
    voice_receive_mode     = "voice"
    status_callback        = "https://example.com/status"
    status_callback_method = "POST"
    sms_url                = "https://example.com/sms"
    sms_method             = "POST"
    sms_fallback_url       = "https://example.com/mock"
    sms_fallback_method    = "POST"
    sms_application_sid    = "AP00000000000000000000000000000001"
    address_sid            = "AD00000000000000000000000000000001"
    bundle_sid             = "BU00000000000000000000000000000001"
    identity_sid           = "RI00000000000000000000000000000001"
    emergency_address_sid  = "AD00000000000000000000000000000001"
    api_version            = "2010-04-01"
    date_created           = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_phone_numbers" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["PN00000000000000000000000000000001"]
  }
}

mock_data "twilio_phone_number_add_on" {
  defaults = {
    sid                  = "XE00000000000000000000000000000001"
    id                   = "PN00000000000000000000000000000001/XE00000000000000000000000000000001"
    account_sid          = "AC00000000000000000000000000000001"
    phone_number_sid     = "PN00000000000000000000000000000001"
    installed_add_on_sid = "XE00000000000000000000000000000001"
    date_created         = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_phone_number_add_ons" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["XE00000000000000000000000000000001"]
  }
}

mock_data "twilio_phone_number_webhooks" {
  defaults = {
    sid                    = "PN00000000000000000000000000000001"
    id                     = "PN00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    phone_number           = "+14155550142"
    phone_number_sid       = "PN00000000000000000000000000000001"
    voice_url              = "https://example.com/voice"
    voice_method           = "GET"
    voice_fallback_url     = "https://example.com/mock"
    voice_fallback_method  = "POST"
    voice_application_sid  = "AP00000000000000000000000000000001"
    trunk_sid              = "TK00000000000000000000000000000001"
    voice_caller_id_lookup = false
    voice_receive_mode     = "voice"
    status_callback        = "https://example.com/mock"
    status_callback_method = "POST"
    sms_url                = "https://example.com/sms"
    sms_method             = "POST"
    sms_fallback_url       = "https://example.com/mock"
    sms_fallback_method    = "POST"
    sms_application_sid    = "AP00000000000000000000000000000001"
  }
}

mock_data "twilio_phone_number_route" {
  defaults = {
    id            = "+35315550100"
    account_sid   = "AC00000000000000000000000000000001"
    phone_number  = "+35315550100"
    voice_region  = "ie1"
    friendly_name = "Dublin office"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sip_domain_route" {
  defaults = {
    id            = "sydney.sip.twilio.com"
    account_sid   = "AC00000000000000000000000000000001"
    sip_domain    = "sydney.sip.twilio.com"
    voice_region  = "au1"
    friendly_name = "Sydney office"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_trunk_route" {
  defaults = {
    id               = "exchange.pstn.twilio.com"
    account_sid      = "AC00000000000000000000000000000001"
    sip_trunk_domain = "exchange.pstn.twilio.com"
    voice_region     = "ie1"
    friendly_name    = "Exchange in Dublin"
    date_created     = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_serverless_asset" {
  defaults = {
    sid           = "ZH00000000000000000000000000000001"
    id            = "ZS00000000000000000000000000000001/ZH00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    service_sid   = "ZS00000000000000000000000000000001"
    friendly_name = "Page"
    path          = "/index.html"
    visibility    = "public"
    version_sid   = "ZN00000000000000000000000000000001"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_serverless_assets" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["ZH00000000000000000000000000000001"]
  }
}

mock_data "twilio_serverless_build" {
  defaults = {
    sid                   = "ZB00000000000000000000000000000001"
    id                    = "ZS00000000000000000000000000000001/ZB00000000000000000000000000000001"
    account_sid           = "AC00000000000000000000000000000001"
    service_sid           = "ZS00000000000000000000000000000001"
    function_version_sids = ["ZN00000000000000000000000000000001"]
    asset_version_sids    = ["ZN00000000000000000000000000000001"]
    dependencies          = { twilio = "5.3.0" }
    runtime               = "node20"
    date_created          = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_serverless_builds" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["ZB00000000000000000000000000000001"]
  }
}

mock_data "twilio_serverless_deployment" {
  defaults = {
    id              = "ZS00000000000000000000000000000001/ZE00000000000000000000000000000001"
    account_sid     = "AC00000000000000000000000000000001"
    service_sid     = "ZS00000000000000000000000000000001"
    environment_sid = "ZE00000000000000000000000000000001"
    build_sid       = "ZB00000000000000000000000000000001"
  }
}

mock_data "twilio_serverless_environment" {
  defaults = {
    sid           = "ZE00000000000000000000000000000001"
    id            = "ZS00000000000000000000000000000001/ZE00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    service_sid   = "ZS00000000000000000000000000000001"
    unique_name   = "test"
    domain_suffix = "test"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_serverless_environments" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["ZE00000000000000000000000000000001"]
  }
}

mock_data "twilio_serverless_function" {
  defaults = {
    sid           = "ZH00000000000000000000000000000001"
    id            = "ZS00000000000000000000000000000001/ZH00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    service_sid   = "ZS00000000000000000000000000000001"
    friendly_name = "Tides"
    path          = "/tides"
    visibility    = "protected"
    version_sid   = "ZN00000000000000000000000000000001"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_serverless_functions" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["ZH00000000000000000000000000000001"]
  }
}

mock_data "twilio_serverless_project" {
  defaults = {
    id              = "ZS00000000000000000000000000000001/ZE00000000000000000000000000000001"
    account_sid     = "AC00000000000000000000000000000001"
    service_sid     = "ZS00000000000000000000000000000001"
    environment_sid = "ZE00000000000000000000000000000001"
    build_sid       = "ZB00000000000000000000000000000001"
  }
}

mock_data "twilio_serverless_service" {
  defaults = {
    sid                 = "ZS00000000000000000000000000000001"
    id                  = "ZS00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    unique_name         = "tide-line"
    friendly_name       = "Tide line"
    include_credentials = true
    ui_editable         = true
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_serverless_services" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["ZS00000000000000000000000000000001"]
  }
}

mock_data "twilio_serverless_variable" {
  defaults = {
    sid             = "ZV00000000000000000000000000000001"
    id              = "ZS00000000000000000000000000000001/ZE00000000000000000000000000000001/ZV00000000000000000000000000000001"
    account_sid     = "AC00000000000000000000000000000001"
    service_sid     = "ZS00000000000000000000000000000001"
    environment_sid = "ZE00000000000000000000000000000001"
    key             = "TABLE"
    value           = "tides"
    date_created    = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_serverless_variables" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["ZV00000000000000000000000000000001"]
  }
}

mock_data "twilio_sip_credential" {
  defaults = {
    sid                 = "CR00000000000000000000000000000001"
    id                  = "CL00000000000000000000000000000001/CR00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    credential_list_sid = "CL00000000000000000000000000000001"
    username            = "reception"
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sip_credentials" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["CR00000000000000000000000000000001"]
  }
}

mock_data "twilio_sip_credential_list" {
  defaults = {
    sid           = "CL00000000000000000000000000000001"
    id            = "CL00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Phones of the office"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sip_credential_lists" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["CL00000000000000000000000000000001"]
  }
}

mock_data "twilio_sip_domain" {
  defaults = {
    sid                          = "SD00000000000000000000000000000001"
    id                           = "SD00000000000000000000000000000001"
    account_sid                  = "AC00000000000000000000000000000001"
    domain_name                  = "example-office.sip.twilio.com"
    friendly_name                = "Office"
    voice_url                    = "https://example.com/voice"
    voice_method                 = "POST"
    voice_fallback_url           = "https://example.com/mock"
    voice_fallback_method        = "POST"
    voice_status_callback_url    = "https://example.com/mock"
    voice_status_callback_method = "POST"
    sip_registration             = true
    secure                       = true
    emergency_caller_sid         = "PN00000000000000000000000000000001"
    byoc_trunk_sid               = "BY00000000000000000000000000000001"
    date_created                 = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sip_domains" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["SD00000000000000000000000000000001"]
  }
}

mock_data "twilio_sip_domain_credential_list_mapping" {
  defaults = {
    sid                 = "CL00000000000000000000000000000001"
    id                  = "SD00000000000000000000000000000001/CL00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    credential_list_sid = "CL00000000000000000000000000000001"
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sip_domain_credential_list_mappings" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["CL00000000000000000000000000000001"]
  }
}

mock_data "twilio_sip_domain_ip_access_control_list_mapping" {
  defaults = {
    sid                        = "AL00000000000000000000000000000001"
    id                         = "SD00000000000000000000000000000001/AL00000000000000000000000000000001"
    account_sid                = "AC00000000000000000000000000000001"
    ip_access_control_list_sid = "AL00000000000000000000000000000001"
    date_created               = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sip_domain_ip_access_control_list_mappings" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["AL00000000000000000000000000000001"]
  }
}

mock_data "twilio_sip_domain_registration_credential_list_mapping" {
  defaults = {
    sid                 = "CL00000000000000000000000000000001"
    id                  = "SD00000000000000000000000000000001/CL00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    credential_list_sid = "CL00000000000000000000000000000001"
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sip_domain_registration_credential_list_mappings" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["CL00000000000000000000000000000001"]
  }
}

mock_data "twilio_sip_ip_access_control_list" {
  defaults = {
    sid           = "AL00000000000000000000000000000001"
    id            = "AL00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Office"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sip_ip_access_control_lists" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["AL00000000000000000000000000000001"]
  }
}

mock_data "twilio_sip_ip_address" {
  defaults = {
    sid                        = "IP00000000000000000000000000000001"
    id                         = "AL00000000000000000000000000000001/IP00000000000000000000000000000001"
    account_sid                = "AC00000000000000000000000000000001"
    ip_access_control_list_sid = "AL00000000000000000000000000000001"
    friendly_name              = "Exchange"
    ip_address                 = "203.0.113.16"
    cidr_prefix_length         = 28
    date_created               = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sip_ip_addresses" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["IP00000000000000000000000000000001"]
  }
}

mock_data "twilio_studio_flow" {
  defaults = {
    sid            = "FW00000000000000000000000000000001"
    id             = "FW00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    friendly_name  = "Greeting"
    status         = "published"
    definition     = "{\"description\":\"Says hello\",\"flags\":{\"allow_concurrent_calls\":true},\"initial_state\":\"Trigger\",\"states\":[{\"name\":\"Trigger\",\"properties\":{\"offset\":{\"x\":0,\"y\":0}},\"transitions\":[{\"event\":\"incomingCall\",\"next\":\"hello\"},{\"event\":\"incomingMessage\"},{\"event\":\"incomingRequest\"}],\"type\":\"trigger\"},{\"name\":\"hello\",\"properties\":{\"loop\":1,\"offset\":{\"x\":0,\"y\":200},\"say\":\"Hello!\"},\"transitions\":[{\"event\":\"audioComplete\"}],\"type\":\"say-play\"}]}"
    commit_message = "First version"
    webhook_url    = "https://example.com/mock"
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_studio_flows" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["FW00000000000000000000000000000001"]
  }
}

mock_data "twilio_studio_flow_test_users" {
  defaults = {
    id          = "FW00000000000000000000000000000001"
    account_sid = "AC00000000000000000000000000000001"
    flow_sid    = "FW00000000000000000000000000000001"
    test_users  = ["+14155550170", "qa-anna"]
  }
}

mock_data "twilio_sync_document" {
  defaults = {
    sid          = "ET00000000000000000000000000000001"
    id           = "IS00000000000000000000000000000001/ET00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    service_sid  = "IS00000000000000000000000000000001"
    unique_name  = "settings"
    data         = "{\"retries\":3,\"theme\":\"dark\"}"
    date_expires = "2026-01-01T00:00:00Z"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sync_documents" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["ET00000000000000000000000000000001"]
  }
}

mock_data "twilio_sync_document_permission" {
  defaults = {
    id           = "IS00000000000000000000000000000001/ET00000000000000000000000000000001/phones"
    account_sid  = "AC00000000000000000000000000000001"
    service_sid  = "IS00000000000000000000000000000001"
    document_sid = "ET00000000000000000000000000000001"
    identity     = "phones"
    read         = true
    write        = false
    manage       = false
  }
}

mock_data "twilio_sync_document_permissions" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    ids         = ["IS00000000000000000000000000000001/ET00000000000000000000000000000001/phones"]
  }
}

mock_data "twilio_sync_list" {
  defaults = {
    sid          = "ES00000000000000000000000000000001"
    id           = "IS00000000000000000000000000000001/ES00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    service_sid  = "IS00000000000000000000000000000001"
    unique_name  = "orders"
    date_expires = "2026-01-01T00:00:00Z"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sync_lists" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["ES00000000000000000000000000000001"]
  }
}

mock_data "twilio_sync_list_item" {
  defaults = {
    id           = "IS00000000000000000000000000000001/ES00000000000000000000000000000001/1000"
    account_sid  = "AC00000000000000000000000000000001"
    service_sid  = "IS00000000000000000000000000000001"
    list_sid     = "ES00000000000000000000000000000001"
    index        = "1000"
    data         = "{\"dish\":\"Soup\",\"table\":1}"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sync_list_items" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    ids         = ["IS00000000000000000000000000000001/ES00000000000000000000000000000001/1000"]
  }
}

mock_data "twilio_sync_list_permission" {
  defaults = {
    id          = "IS00000000000000000000000000000001/ES00000000000000000000000000000001/kitchen"
    account_sid = "AC00000000000000000000000000000001"
    service_sid = "IS00000000000000000000000000000001"
    list_sid    = "ES00000000000000000000000000000001"
    identity    = "kitchen"
    read        = true
    write       = true
    manage      = false
  }
}

mock_data "twilio_sync_list_permissions" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    ids         = ["IS00000000000000000000000000000001/ES00000000000000000000000000000001/kitchen"]
  }
}

mock_data "twilio_sync_map" {
  defaults = {
    sid          = "MP00000000000000000000000000000001"
    id           = "IS00000000000000000000000000000001/MP00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    service_sid  = "IS00000000000000000000000000000001"
    unique_name  = "flags"
    date_expires = "2026-01-01T00:00:00Z"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sync_maps" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["MP00000000000000000000000000000001"]
  }
}

mock_data "twilio_sync_map_item" {
  defaults = {
    id           = "IS00000000000000000000000000000001/MP00000000000000000000000000000001/features/greeting"
    account_sid  = "AC00000000000000000000000000000001"
    service_sid  = "IS00000000000000000000000000000001"
    map_sid      = "MP00000000000000000000000000000001"
    key          = "features/greeting"
    data         = "{\"enabled\":true,\"text\":\"Hello\"}"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sync_map_items" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    ids         = ["IS00000000000000000000000000000001/MP00000000000000000000000000000001/features/greeting"]
  }
}

mock_data "twilio_sync_map_permission" {
  defaults = {
    id          = "IS00000000000000000000000000000001/MP00000000000000000000000000000001/operators"
    account_sid = "AC00000000000000000000000000000001"
    service_sid = "IS00000000000000000000000000000001"
    map_sid     = "MP00000000000000000000000000000001"
    identity    = "operators"
    read        = true
    write       = true
    manage      = false
  }
}

mock_data "twilio_sync_map_permissions" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    ids         = ["IS00000000000000000000000000000001/MP00000000000000000000000000000001/operators"]
  }
}

mock_data "twilio_sync_service" {
  defaults = {
    sid                             = "IS00000000000000000000000000000001"
    id                              = "IS00000000000000000000000000000001"
    account_sid                     = "AC00000000000000000000000000000001"
    friendly_name                   = "App state"
    webhook_url                     = "https://example.com/sync"
    acl_enabled                     = true
    webhooks_from_rest_enabled      = false
    reachability_webhooks_enabled   = true
    reachability_debouncing_enabled = true
    reachability_debouncing_window  = 10000
    date_created                    = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sync_services" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["IS00000000000000000000000000000001"]
  }
}

mock_data "twilio_sync_stream" {
  defaults = {
    sid          = "TO00000000000000000000000000000001"
    id           = "IS00000000000000000000000000000001/TO00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    service_sid  = "IS00000000000000000000000000000001"
    unique_name  = "alerts"
    date_expires = "2026-01-01T00:00:00Z"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_sync_streams" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["TO00000000000000000000000000000001"]
  }
}

mock_data "twilio_taskrouter_activity" {
  defaults = {
    sid           = "WA00000000000000000000000000000001"
    id            = "WS00000000000000000000000000000001/WA00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    workspace_sid = "WS00000000000000000000000000000001"
    friendly_name = "Lunch"
    available     = false
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_taskrouter_activities" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["WA00000000000000000000000000000001"]
  }
}

mock_data "twilio_taskrouter_task_channel" {
  defaults = {
    sid                       = "TC00000000000000000000000000000001"
    id                        = "WS00000000000000000000000000000001/TC00000000000000000000000000000001"
    account_sid               = "AC00000000000000000000000000000001"
    workspace_sid             = "WS00000000000000000000000000000001"
    friendly_name             = "Tickets"
    unique_name               = "ticket"
    channel_optimized_routing = true
    date_created              = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_taskrouter_task_channels" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["TC00000000000000000000000000000001"]
  }
}

mock_data "twilio_taskrouter_task_queue" {
  defaults = {
    sid                      = "WQ00000000000000000000000000000001"
    id                       = "WS00000000000000000000000000000001/WQ00000000000000000000000000000001"
    account_sid              = "AC00000000000000000000000000000001"
    workspace_sid            = "WS00000000000000000000000000000001"
    friendly_name            = "Billing"
    target_workers           = "skills HAS \"billing\""
    max_reserved_workers     = 5
    task_order               = "LIFO"
    reservation_activity_sid = "WA00000000000000000000000000000001"
    assignment_activity_sid  = "WA00000000000000000000000000000001"
    date_created             = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_taskrouter_task_queues" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["WQ00000000000000000000000000000001"]
  }
}

mock_data "twilio_taskrouter_worker" {
  defaults = {
    sid           = "WK00000000000000000000000000000001"
    id            = "WS00000000000000000000000000000001/WK00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    workspace_sid = "WS00000000000000000000000000000001"
    friendly_name = "Ada"
    attributes    = "{\"contact_uri\":\"client:ada\",\"level\":3,\"skills\":[\"billing\",\"technical\"]}"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_taskrouter_workers" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["WK00000000000000000000000000000001"]
  }
}

mock_data "twilio_taskrouter_worker_channel" {
  defaults = {
    id                       = "WS00000000000000000000000000000001/WK00000000000000000000000000000001/chat"
    account_sid              = "AC00000000000000000000000000000001"
    workspace_sid            = "WS00000000000000000000000000000001"
    worker_sid               = "WK00000000000000000000000000000001"
    task_channel_unique_name = "chat"
    capacity                 = 3
    task_channel_sid         = "TC00000000000000000000000000000001"
    date_created             = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_taskrouter_worker_channels" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    ids         = ["WS00000000000000000000000000000001/WK00000000000000000000000000000001/chat"]
  }
}

mock_data "twilio_taskrouter_workflow" {
  defaults = {
    sid                              = "WW00000000000000000000000000000001"
    id                               = "WS00000000000000000000000000000001/WW00000000000000000000000000000001"
    account_sid                      = "AC00000000000000000000000000000001"
    workspace_sid                    = "WS00000000000000000000000000000001"
    friendly_name                    = "Support"
    task_routing                     = { default_filter = { queue = "WQ00000000000000000000000000000001" } }
    assignment_callback_url          = "https://example.com/assignment"
    fallback_assignment_callback_url = "https://example.com/fallback"
    task_reservation_timeout         = 30
    date_created                     = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_taskrouter_workflows" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["WW00000000000000000000000000000001"]
  }
}

mock_data "twilio_taskrouter_workspace" {
  defaults = {
    sid                    = "WS00000000000000000000000000000001"
    id                     = "WS00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    friendly_name          = "Support"
    event_callback_url     = "https://example.com/events"
    events_filter          = ["task.created", "task.completed", "worker.activity.update"]
    prioritize_queue_order = "LIFO"
    date_created           = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_taskrouter_workspaces" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["WS00000000000000000000000000000001"]
  }
}

mock_data "twilio_taskrouter_workspace_configuration" {
  defaults = {
    id                   = "WS00000000000000000000000000000001"
    account_sid          = "AC00000000000000000000000000000001"
    workspace_sid        = "WS00000000000000000000000000000001"
    default_activity_sid = "WA00000000000000000000000000000001"
    timeout_activity_sid = "WA00000000000000000000000000000001"
  }
}

mock_data "twilio_trunk" {
  defaults = {
    sid                      = "TK00000000000000000000000000000001"
    id                       = "TK00000000000000000000000000000001"
    account_sid              = "AC00000000000000000000000000000001"
    friendly_name            = "Office"
    domain_name              = "example.pstn.twilio.com"
    disaster_recovery_url    = "https://example.com/voice/office-is-down"
    disaster_recovery_method = "POST"
    transfer_mode            = "sip-only"
    transfer_caller_id       = "from-transferee"
    secure                   = true
    cnam_lookup_enabled      = false
    date_created             = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_trunks" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["TK00000000000000000000000000000001"]
  }
}

mock_data "twilio_trunk_credential_list" {
  defaults = {
    sid                 = "CL00000000000000000000000000000001"
    id                  = "TK00000000000000000000000000000001/CL00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    trunk_sid           = "TK00000000000000000000000000000001"
    credential_list_sid = "CL00000000000000000000000000000001"
    date_created        = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_trunk_credential_lists" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["CL00000000000000000000000000000001"]
  }
}

mock_data "twilio_trunk_ip_access_control_list" {
  defaults = {
    sid                        = "AL00000000000000000000000000000001"
    id                         = "TK00000000000000000000000000000001/AL00000000000000000000000000000001"
    account_sid                = "AC00000000000000000000000000000001"
    trunk_sid                  = "TK00000000000000000000000000000001"
    ip_access_control_list_sid = "AL00000000000000000000000000000001"
    date_created               = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_trunk_ip_access_control_lists" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["AL00000000000000000000000000000001"]
  }
}

mock_data "twilio_trunk_origination_url" {
  defaults = {
    sid           = "OU00000000000000000000000000000001"
    id            = "TK00000000000000000000000000000001/OU00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    trunk_sid     = "TK00000000000000000000000000000001"
    weight        = 10
    priority      = 1
    enabled       = true
    friendly_name = "Exchange"
    sip_url       = "sip:pbx.example.com;transport=tls"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_trunk_origination_urls" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["OU00000000000000000000000000000001"]
  }
}

mock_data "twilio_trunk_phone_number" {
  defaults = {
    sid              = "PN00000000000000000000000000000001"
    id               = "TK00000000000000000000000000000001/PN00000000000000000000000000000001"
    account_sid      = "AC00000000000000000000000000000001"
    trunk_sid        = "TK00000000000000000000000000000001"
    phone_number_sid = "PN00000000000000000000000000000001"
    phone_number     = "+14155550100"
    date_created     = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_trunk_phone_numbers" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["PN00000000000000000000000000000001"]
  }
}

mock_data "twilio_trunk_recording" {
  defaults = {
    id          = "TK00000000000000000000000000000001"
    account_sid = "AC00000000000000000000000000000001"
    mode        = "record-from-answer-dual"
    trim        = "trim-silence"
  }
}

mock_data "twilio_usage_trigger" {
  defaults = {
    sid             = "UT00000000000000000000000000000001"
    id              = "UT00000000000000000000000000000001"
    account_sid     = "AC00000000000000000000000000000001"
    usage_category  = "totalprice"
    trigger_value   = "100"
    trigger_by      = "price"
    recurring       = "daily"
    callback_url    = "https://example.com/spend"
    callback_method = "GET"
    friendly_name   = "More than 100 a day"
    date_created    = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_usage_triggers" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["UT00000000000000000000000000000001"]
  }
}

mock_data "twilio_verify_messaging_configuration" {
  defaults = {
    id                    = "VA00000000000000000000000000000001/DE"
    account_sid           = "AC00000000000000000000000000000001"
    service_sid           = "VA00000000000000000000000000000001"
    country               = "DE"
    messaging_service_sid = "MG00000000000000000000000000000001"
    date_created          = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_verify_messaging_configurations" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    ids         = ["VA00000000000000000000000000000001/DE"]
  }
}

mock_data "twilio_verify_rate_limit" {
  defaults = {
    sid          = "RK00000000000000000000000000000001"
    id           = "VA00000000000000000000000000000001/RK00000000000000000000000000000001"
    account_sid  = "AC00000000000000000000000000000001"
    service_sid  = "VA00000000000000000000000000000001"
    unique_name  = "end_user_ip_address"
    description  = "Starts from one address"
    date_created = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_verify_rate_limits" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["RK00000000000000000000000000000001"]
  }
}

mock_data "twilio_verify_rate_limit_bucket" {
  defaults = {
    sid            = "BL00000000000000000000000000000001"
    id             = "VA00000000000000000000000000000001/RK00000000000000000000000000000001/BL00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    service_sid    = "VA00000000000000000000000000000001"
    rate_limit_sid = "RK00000000000000000000000000000001"
    max            = 10
    interval       = 60
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_verify_rate_limit_buckets" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["BL00000000000000000000000000000001"]
  }
}

mock_data "twilio_verify_safelist_number" {
  defaults = {
    id           = "+14155550142"
    account_sid  = "AC00000000000000000000000000000001"
    phone_number = "+14155550142"
  }
}

mock_data "twilio_verify_service" {
  defaults = {
    sid                               = "VA00000000000000000000000000000001"
    id                                = "VA00000000000000000000000000000001"
    account_sid                       = "AC00000000000000000000000000000001"
    friendly_name                     = "Shop"
    code_length                       = 5
    lookup_enabled                    = false
    skip_sms_to_landlines             = false
    dtmf_input_required               = true
    psd2_enabled                      = false
    do_not_share_warning_enabled      = true
    custom_code_enabled               = false
    verify_event_subscription_enabled = false
    default_template_sid              = "HJ00000000000000000000000000000001"
    totp                              = { issuer = "Shop", code_length = 7 }
    passkeys                          = { relying_party = { id = "example.com", name = "Shop", origins = ["shop.example.com", "login.example.com"] } }
    date_created                      = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_verify_services" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["VA00000000000000000000000000000001"]
  }
}

mock_data "twilio_verify_webhook" {
  defaults = {
    sid           = "YW00000000000000000000000000000001"
    id            = "VA00000000000000000000000000000001/YW00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    service_sid   = "VA00000000000000000000000000000001"
    friendly_name = "Factors"
    event_types   = ["factor.verified", "challenge.approved"]
    webhook_url   = "https://example.com/verify"
    status        = "disabled"
    version       = "v1"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_verify_webhooks" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["YW00000000000000000000000000000001"]
  }
}

mock_data "twilio_video_composition_hook" {
  defaults = {
    sid                    = "HK00000000000000000000000000000001"
    id                     = "HK00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    friendly_name          = "Lessons, side by side"
    enabled                = true
    video_layout           = "{\"grid\":{\"video_sources\":[\"*\"]}}"
    audio_sources          = ["*"]
    audio_sources_excluded = ["hold-music"]
    resolution             = "1280x720"
    format                 = "mp4"
    status_callback        = "https://example.com/compositions"
    status_callback_method = "POST"
    trim                   = true
    date_created           = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_video_composition_hooks" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["HK00000000000000000000000000000001"]
  }
}

mock_data "twilio_video_composition_settings" {
  defaults = {
    id                  = "AC00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    friendly_name       = "To our own bucket"
    aws_storage_enabled = true
    aws_s3_url          = "https://lessons-archive.s3.amazonaws.com/compositions"
    aws_credentials_sid = "CR00000000000000000000000000000001"
    encryption_enabled  = false
    encryption_key_sid  = "CR00000000000000000000000000000001"
  }
}

mock_data "twilio_video_recording_settings" {
  defaults = {
    id                  = "AC00000000000000000000000000000001"
    account_sid         = "AC00000000000000000000000000000001"
    friendly_name       = "To our own bucket"
    aws_storage_enabled = true
    aws_s3_url          = "https://lessons-archive.s3.amazonaws.com/recordings"
    aws_credentials_sid = "CR00000000000000000000000000000001"
    encryption_enabled  = false
    encryption_key_sid  = "CR00000000000000000000000000000001"
  }
}

mock_data "twilio_outgoing_caller_id" {
  defaults = {
    sid                    = "PN00000000000000000000000000000001"
    id                     = "PN00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    outgoing_caller_id_sid = "PN00000000000000000000000000000001"
    friendly_name          = "Office"
    phone_number           = "+14155550100"
    date_created           = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_outgoing_caller_ids" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["PN00000000000000000000000000000001"]
  }
}

mock_data "twilio_queue" {
  defaults = {
    sid           = "QU00000000000000000000000000000001"
    id            = "QU00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Support"
    max_size      = 200
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_queues" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["QU00000000000000000000000000000001"]
  }
}

mock_data "twilio_twiml_app" {
  defaults = {
    sid                                = "AP00000000000000000000000000000001"
    id                                 = "AP00000000000000000000000000000001"
    account_sid                        = "AC00000000000000000000000000000001"
    friendly_name                      = "Support line"
    voice_url                          = "https://example.com/voice"
    voice_method                       = "POST"
    voice_fallback_url                 = "https://example.com/mock"
    voice_fallback_method              = "POST"
    status_callback                    = "https://example.com/status"
    status_callback_method             = "POST"
    voice_caller_id_lookup             = false
    sms_url                            = "https://example.com/sms"
    sms_method                         = "GET"
    sms_fallback_url                   = "https://example.com/mock"
    sms_fallback_method                = "POST"
    message_status_callback            = "https://example.com/mock"
    public_application_connect_enabled = false
    api_version                        = "2010-04-01"
    date_created                       = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_twiml_apps" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["AP00000000000000000000000000000001"]
  }
}

mock_data "twilio_voice_byoc_trunk" {
  defaults = {
    sid                    = "BY00000000000000000000000000000001"
    id                     = "BY00000000000000000000000000000001"
    account_sid            = "AC00000000000000000000000000000001"
    friendly_name          = "Carrier"
    voice_url              = "https://example.com/voice"
    voice_method           = "POST"
    voice_fallback_url     = "https://example.com/voice-fallback"
    voice_fallback_method  = "POST"
    status_callback_url    = "https://example.com/calls"
    status_callback_method = "POST"
    cnam_lookup_enabled    = false
    connection_policy_sid  = "NY00000000000000000000000000000001"
    from_domain_sid        = "SD00000000000000000000000000000001"
    date_created           = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_voice_byoc_trunks" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["BY00000000000000000000000000000001"]
  }
}

mock_data "twilio_voice_connection_policy" {
  defaults = {
    sid           = "NY00000000000000000000000000000001"
    id            = "NY00000000000000000000000000000001"
    account_sid   = "AC00000000000000000000000000000001"
    friendly_name = "Carrier"
    date_created  = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_voice_connection_policies" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["NY00000000000000000000000000000001"]
  }
}

mock_data "twilio_voice_connection_policy_target" {
  defaults = {
    sid                   = "NE00000000000000000000000000000001"
    id                    = "NY00000000000000000000000000000001/NE00000000000000000000000000000001"
    account_sid           = "AC00000000000000000000000000000001"
    connection_policy_sid = "NY00000000000000000000000000000001"
    target                = "sip:carrier.example.com:5060"
    friendly_name         = "First site"
    priority              = 1
    weight                = 20
    enabled               = true
    date_created          = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_voice_connection_policy_targets" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["NE00000000000000000000000000000001"]
  }
}

mock_data "twilio_voice_dialing_permissions_country" {
  defaults = {
    id                                  = "DE"
    account_sid                         = "AC00000000000000000000000000000001"
    iso_code                            = "DE"
    low_risk_numbers_enabled            = true
    high_risk_special_numbers_enabled   = false
    high_risk_tollfraud_numbers_enabled = false
  }
}

mock_data "twilio_voice_dialing_permissions_settings" {
  defaults = {
    id                              = "AC00000000000000000000000000000001"
    account_sid                     = "AC00000000000000000000000000000001"
    dialing_permissions_inheritance = false
  }
}

mock_data "twilio_voice_insights_settings" {
  defaults = {
    id                = "AC00000000000000000000000000000001"
    account_sid       = "AC00000000000000000000000000000001"
    advanced_features = true
  }
}

mock_data "twilio_voice_ip_record" {
  defaults = {
    sid                = "IL00000000000000000000000000000001"
    id                 = "IL00000000000000000000000000000001"
    account_sid        = "AC00000000000000000000000000000001"
    ip_address         = "198.51.100.0"
    friendly_name      = "Carrier"
    cidr_prefix_length = 30
    date_created       = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_voice_ip_records" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["IL00000000000000000000000000000001"]
  }
}

mock_data "twilio_voice_source_ip_mapping" {
  defaults = {
    sid            = "IB00000000000000000000000000000001"
    id             = "IB00000000000000000000000000000001"
    account_sid    = "AC00000000000000000000000000000001"
    ip_record_sid  = "IL00000000000000000000000000000001"
    sip_domain_sid = "SD00000000000000000000000000000001"
    date_created   = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_voice_source_ip_mappings" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    sids        = ["IB00000000000000000000000000000001"]
  }
}

mock_data "twilio_account" {
  defaults = {
    account_sid       = "AC00000000000000000000000000000001"
    owner_account_sid = "AC00000000000000000000000000000001"
    date_created      = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_account_audit" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    complete    = true
  }
}

mock_data "twilio_account_balance" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    balance     = 100
    currency    = "USD"
  }
}

mock_data "twilio_account_inventory" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    complete    = true
  }
}

mock_data "twilio_account_webhooks" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    complete    = true
  }
}

mock_data "twilio_key_policy" {
  defaults = {
    policy = { allow = ["/twilio/messaging/messages/read"] }
  }
}

mock_data "twilio_webhook_check" {
  defaults = {
  }
}

mock_data "twilio_event_schema" {
  defaults = {
    account_sid                 = "AC00000000000000000000000000000001"
    latest_version_date_created = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_event_types" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_intelligence_operator_types" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_intelligence_prebuilt_operators" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_lookup" {
  defaults = {
    account_sid  = "AC00000000000000000000000000000001"
    country_code = "US"
  }
}

mock_data "twilio_marketplace_available_add_ons" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_monitor_alerts" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_monitor_events" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_address_dependent_phone_numbers" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_available_phone_number_countries" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_available_phone_numbers" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_phone_number_portability" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_pricing_messaging" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    price_unit  = "usd"
  }
}

mock_data "twilio_pricing_phone_numbers" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    price_unit  = "usd"
  }
}

mock_data "twilio_pricing_trunking" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    price_unit  = "usd"
  }
}

mock_data "twilio_pricing_trunking_number" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    price_unit  = "usd"
    iso_country = "US"
  }
}

mock_data "twilio_pricing_voice" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    price_unit  = "usd"
  }
}

mock_data "twilio_pricing_voice_number" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    price_unit  = "usd"
    iso_country = "US"
  }
}

mock_data "twilio_studio_flow_revisions" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_budget_status" {
  defaults = {
    account_sid     = "AC00000000000000000000000000000001"
    state           = "within"
    projected_state = "within"
    price_unit      = "usd"
    as_of           = "2026-01-01T00:00:00Z"
  }
}

mock_data "twilio_usage_anomaly" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    complete    = true
    as_of       = "2026-01-01T00:00:00Z"
    price_unit  = "usd"
  }
}

mock_data "twilio_usage_by_account" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    price_unit  = "usd"
    as_of       = "2026-01-01T00:00:00Z"
    complete    = true
  }
}

mock_data "twilio_usage_records" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
    price_unit  = "usd"
  }
}

mock_data "twilio_verify_templates" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_voice_dialing_permissions_countries" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}

mock_data "twilio_voice_high_risk_special_prefixes" {
  defaults = {
    account_sid = "AC00000000000000000000000000000001"
  }
}
