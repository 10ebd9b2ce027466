//! The elements of TwiML: which stand where, and the attributes that each has.
//!
//! These are the facts that Twilio's own libraries have of the verbs of Voice (<https://www.twilio.com/docs/voice/twiml>), of
//! Messaging (<https://www.twilio.com/docs/messaging/twiml>) and of Fax. Enumerations that grow, such as voices, languages and regions, are
//! left to Twilio.

/// An element.
pub(super) struct Element {
    /// Its name.
    pub name: &'static str,
    /// Whether there may be text in it.
    pub text: bool,
    /// Its attributes, sorted by name.
    pub attributes: &'static [(&'static str, Kind)],
    /// What may stand in it, sorted by name.
    pub children: &'static [&'static Element],
}

/// What an attribute takes.
pub(super) enum Kind {
    /// Any text.
    Text,
    /// A whole number that is not negative.
    Number,
    /// `true` or `false`.
    Truth,
    /// Words with spaces between them, which may be written as a list.
    Words,
    /// The same, of these alone.
    WordsOf(&'static [&'static str]),
    /// One of these.
    OneOf(&'static [&'static str]),
}

const METHOD: Kind = Kind::OneOf(&["GET", "POST"]);

/// What a response of Voice consists of.
pub(super) static VOICE: &[&Element] = &[
    &CONNECT, &DIAL, &ECHO, &ENQUEUE, &GATHER, &HANGUP, &LEAVE, &PAUSE, &PAY, &PLAY, &PROMPT, &QUEUE, &RECORD,
    &REDIRECT, &REFER, &REJECT, &SAY, &SMS, &START, &STOP,
];

/// What a response of Messaging consists of.
pub(super) static MESSAGING: &[&Element] = &[&MESSAGE, &REDIRECT];

/// What a response of Fax consists of.
pub(super) static FAX: &[&Element] = &[&RECEIVE, &REJECT];

static AI_SESSION: Element = Element {
    name: "AiSession",
    text: false,
    attributes: &[("aiConnector", Kind::Text), ("aiSessionConfiguration", Kind::Text)],
    children: &[],
};

static APPLICATION: Element = Element {
    name: "Application",
    text: true,
    attributes: &[
        ("copyParentTo", Kind::Truth),
        ("customerId", Kind::Text),
        ("method", METHOD),
        ("statusCallback", Kind::Text),
        ("statusCallbackEvent", Kind::Words),
        ("statusCallbackMethod", METHOD),
        ("url", Kind::Text),
    ],
    children: &[&APPLICATION_SID, &PARAMETER],
};

static APPLICATION_SID: Element = Element {
    name: "ApplicationSid",
    text: true,
    attributes: &[],
    children: &[],
};

static AUTOPILOT: Element = Element {
    name: "Autopilot",
    text: true,
    attributes: &[],
    children: &[],
};

static BODY: Element = Element {
    name: "Body",
    text: true,
    attributes: &[],
    children: &[],
};

static CLIENT: Element = Element {
    name: "Client",
    text: true,
    attributes: &[
        ("method", METHOD),
        ("statusCallback", Kind::Text),
        ("statusCallbackEvent", Kind::Words),
        ("statusCallbackMethod", METHOD),
        ("url", Kind::Text),
    ],
    children: &[&IDENTITY, &PARAMETER],
};

static CONFERENCE: Element = Element {
    name: "Conference",
    text: true,
    attributes: &[
        ("beep", Kind::OneOf(&["true", "false", "onEnter", "onExit"])),
        ("coach", Kind::Text),
        ("endConferenceOnExit", Kind::Truth),
        ("eventCallbackUrl", Kind::Text),
        ("jitterBufferSize", Kind::OneOf(&["large", "medium", "small", "off"])),
        ("maxParticipants", Kind::Number),
        ("muted", Kind::Truth),
        ("participantLabel", Kind::Text),
        ("record", Kind::Text),
        ("recordingConfigurationId", Kind::Text),
        ("recordingStatusCallback", Kind::Text),
        ("recordingStatusCallbackEvent", Kind::Words),
        ("recordingStatusCallbackMethod", METHOD),
        ("region", Kind::Text),
        ("startConferenceOnEnter", Kind::Truth),
        ("statusCallback", Kind::Text),
        ("statusCallbackEvent", Kind::Words),
        ("statusCallbackMethod", METHOD),
        ("trim", Kind::OneOf(&["trim-silence", "do-not-trim"])),
        ("waitMethod", METHOD),
        ("waitUrl", Kind::Text),
    ],
    children: &[],
};

static CONFIG: Element = Element {
    name: "Config",
    text: false,
    attributes: &[("name", Kind::Text), ("value", Kind::Text)],
    children: &[],
};

static CONNECT: Element = Element {
    name: "Connect",
    text: false,
    attributes: &[("action", Kind::Text), ("method", METHOD)],
    children: &[
        &AI_SESSION,
        &AUTOPILOT,
        &CONVERSATION,
        &CONVERSATION_RELAY,
        &CONVERSATION_RELAY_SESSION,
        &ROOM,
        &STREAM,
        &VIRTUAL_AGENT,
    ],
};

static CONVERSATION: Element = Element {
    name: "Conversation",
    text: false,
    attributes: &[
        ("inboundAutocreation", Kind::Truth),
        ("inboundTimeout", Kind::Number),
        ("method", METHOD),
        ("record", Kind::Text),
        ("recordingStatusCallback", Kind::Text),
        ("recordingStatusCallbackEvent", Kind::Words),
        ("recordingStatusCallbackMethod", METHOD),
        ("routingAssignmentTimeout", Kind::Number),
        ("serviceInstanceSid", Kind::Text),
        ("statusCallback", Kind::Text),
        ("statusCallbackEvent", Kind::Words),
        ("statusCallbackMethod", METHOD),
        ("trim", Kind::OneOf(&["trim-silence", "do-not-trim"])),
        ("url", Kind::Text),
    ],
    children: &[],
};

static CONVERSATION_RELAY: Element = Element {
    name: "ConversationRelay",
    text: false,
    attributes: &[
        ("applicationReconnect", Kind::Truth),
        ("asrSmartFormat", Kind::Truth),
        ("backgroundnoisereduction", Kind::Text),
        ("conversationConfiguration", Kind::Text),
        ("conversationId", Kind::Text),
        ("customerName", Kind::Text),
        ("debug", Kind::Text),
        ("deepgramsmartformat", Kind::Text),
        ("dtmfDetection", Kind::Truth),
        ("eagerEotThreshold", Kind::Text),
        ("echoPromptFiltering", Kind::Truth),
        ("elevenlabsLanguageTextNormalization", Kind::Truth),
        ("elevenlabsTextNormalization", Kind::Text),
        ("events", Kind::Text),
        ("hints", Kind::Text),
        ("ignorebackchannel", Kind::Text),
        ("includeInPrompt", Kind::Text),
        ("intelligenceService", Kind::Text),
        ("interruptSensitivity", Kind::Text),
        ("interruptible", Kind::Text),
        ("language", Kind::Text),
        ("partialPromptOnHangup", Kind::Truth),
        ("partialPrompts", Kind::Truth),
        ("preemptible", Kind::Truth),
        ("profanityFilter", Kind::Truth),
        ("reportInputDuringAgentSpeech", Kind::Truth),
        ("speechModel", Kind::Text),
        ("speechtimeout", Kind::Text),
        ("transcriptionLanguage", Kind::Text),
        ("transcriptionProvider", Kind::Text),
        ("ttsLanguage", Kind::Text),
        ("ttsLanguageTextNormalization", Kind::Truth),
        ("ttsProvider", Kind::Text),
        ("ttsTextNormalization", Kind::Text),
        ("turnDetection", Kind::Truth),
        ("url", Kind::Text),
        ("voice", Kind::Text),
        ("welcomeGreeting", Kind::Text),
        ("welcomeGreetingInterruptible", Kind::Text),
    ],
    children: &[&LANGUAGE, &PARAMETER],
};

static CONVERSATION_RELAY_SESSION: Element = Element {
    name: "ConversationRelaySession",
    text: false,
    attributes: &[("connector", Kind::Text), ("sessionConfiguration", Kind::Text)],
    children: &[],
};

static DIAL: Element = Element {
    name: "Dial",
    text: true,
    attributes: &[
        ("action", Kind::Text),
        ("answerOnBridge", Kind::Truth),
        ("callerId", Kind::Text),
        ("events", Kind::Text),
        ("hangupOnStar", Kind::Truth),
        ("method", METHOD),
        ("passports", Kind::Text),
        ("record", Kind::Text),
        ("recordingConfigurationId", Kind::Text),
        ("recordingStatusCallback", Kind::Text),
        ("recordingStatusCallbackEvent", Kind::Words),
        ("recordingStatusCallbackMethod", METHOD),
        ("recordingTrack", Kind::OneOf(&["both", "inbound", "outbound"])),
        ("referMethod", METHOD),
        ("referUrl", Kind::Text),
        ("ringTone", Kind::Text),
        ("sequential", Kind::Truth),
        ("timeLimit", Kind::Number),
        ("timeout", Kind::Number),
        ("trim", Kind::OneOf(&["trim-silence", "do-not-trim"])),
    ],
    children: &[
        &APPLICATION,
        &CLIENT,
        &CONFERENCE,
        &NUMBER,
        &QUEUE,
        &SIM,
        &SIP,
        &WHATS_APP,
    ],
};

static ECHO: Element = Element {
    name: "Echo",
    text: false,
    attributes: &[],
    children: &[],
};

static ENQUEUE: Element = Element {
    name: "Enqueue",
    text: true,
    attributes: &[
        ("action", Kind::Text),
        ("maxQueueSize", Kind::Number),
        ("method", METHOD),
        ("waitUrl", Kind::Text),
        ("waitUrlMethod", METHOD),
        ("workflowSid", Kind::Text),
    ],
    children: &[&TASK],
};

static GATHER: Element = Element {
    name: "Gather",
    text: false,
    attributes: &[
        ("action", Kind::Text),
        ("actionOnEmptyResult", Kind::Truth),
        ("bargeIn", Kind::Truth),
        ("debug", Kind::Truth),
        ("enhanced", Kind::Truth),
        ("finishOnKey", Kind::Text),
        ("hints", Kind::Text),
        // <https://www.twilio.com/docs/voice/twiml/gather#input>
        ("input", Kind::WordsOf(&["dtmf", "speech"])),
        ("language", Kind::Text),
        ("maxSpeechTime", Kind::Number),
        ("method", METHOD),
        ("numDigits", Kind::Number),
        ("partialResultCallback", Kind::Text),
        ("partialResultCallbackMethod", METHOD),
        ("profanityFilter", Kind::Truth),
        ("speechModel", Kind::Text),
        ("speechTimeout", Kind::Text),
        ("timeout", Kind::Number),
    ],
    children: &[&PAUSE, &PLAY, &SAY],
};

static HANGUP: Element = Element {
    name: "Hangup",
    text: false,
    attributes: &[],
    children: &[&PARAMETER],
};

static HEADER: Element = Element {
    name: "Header",
    text: false,
    attributes: &[("name", Kind::Text), ("value", Kind::Text)],
    children: &[],
};

static HEADERS: Element = Element {
    name: "Headers",
    text: false,
    attributes: &[],
    children: &[&HEADER],
};

static IDENTITY: Element = Element {
    name: "Identity",
    text: true,
    attributes: &[],
    children: &[],
};

static LANGUAGE: Element = Element {
    name: "Language",
    text: false,
    attributes: &[
        ("asrSmartFormat", Kind::Truth),
        ("code", Kind::Text),
        ("hints", Kind::Text),
        ("speechModel", Kind::Text),
        ("transcriptionProvider", Kind::Text),
        ("ttsLanguageTextNormalization", Kind::Truth),
        ("ttsProvider", Kind::Text),
        ("ttsTextNormalization", Kind::Text),
        ("voice", Kind::Text),
    ],
    children: &[],
};

static LEAVE: Element = Element {
    name: "Leave",
    text: false,
    attributes: &[],
    children: &[],
};

static MEDIA: Element = Element {
    name: "Media",
    text: true,
    attributes: &[],
    children: &[],
};

static MEDIA_FILTER: Element = Element {
    name: "MediaFilter",
    text: false,
    attributes: &[
        ("filterType", Kind::Text),
        ("model", Kind::Text),
        ("name", Kind::Text),
        (
            "track",
            Kind::OneOf(&["inbound_track", "outbound_track", "both_tracks"]),
        ),
    ],
    children: &[&PARAMETER],
};

static MESSAGE: Element = Element {
    name: "Message",
    text: true,
    attributes: &[
        ("action", Kind::Text),
        ("from", Kind::Text),
        ("method", METHOD),
        ("statusCallback", Kind::Text),
        ("to", Kind::Text),
    ],
    children: &[&BODY, &MEDIA],
};

static NUMBER: Element = Element {
    name: "Number",
    text: true,
    attributes: &[
        ("amdStatusCallback", Kind::Text),
        ("amdStatusCallbackMethod", METHOD),
        ("byoc", Kind::Text),
        ("machineDetection", Kind::Text),
        ("machineDetectionSilenceTimeout", Kind::Number),
        ("machineDetectionSpeechEndThreshold", Kind::Number),
        ("machineDetectionSpeechThreshold", Kind::Number),
        ("machineDetectionTimeout", Kind::Number),
        ("method", METHOD),
        ("sendDigits", Kind::Text),
        ("statusCallback", Kind::Text),
        ("statusCallbackEvent", Kind::Words),
        ("statusCallbackMethod", METHOD),
        ("url", Kind::Text),
    ],
    children: &[],
};

static PARAMETER: Element = Element {
    name: "Parameter",
    text: false,
    attributes: &[("name", Kind::Text), ("value", Kind::Text)],
    children: &[],
};

static PAUSE: Element = Element {
    name: "Pause",
    text: false,
    attributes: &[("length", Kind::Number)],
    children: &[],
};

static PAY: Element = Element {
    name: "Pay",
    text: false,
    attributes: &[
        ("action", Kind::Text),
        (
            "bankAccountType",
            Kind::OneOf(&[
                "consumer-checking",
                "consumer-savings",
                "commercial-checking",
                "commercial-savings",
            ]),
        ),
        ("chargeAmount", Kind::Text),
        ("currency", Kind::Text),
        ("description", Kind::Text),
        ("input", Kind::Text),
        ("language", Kind::Text),
        ("maxAttempts", Kind::Number),
        ("minPostalCodeLength", Kind::Number),
        ("paymentConnector", Kind::Text),
        ("paymentMethod", METHOD),
        ("postalCode", Kind::Text),
        ("securityCode", Kind::Truth),
        ("statusCallback", Kind::Text),
        ("statusCallbackMethod", METHOD),
        ("timeout", Kind::Number),
        ("tokenType", Kind::OneOf(&["one-time", "reusable", "payment-method"])),
        ("validCardTypes", Kind::Words),
    ],
    children: &[&PARAMETER, &PROMPT],
};

static PLAY: Element = Element {
    name: "Play",
    text: true,
    attributes: &[("digits", Kind::Text), ("loop", Kind::Number)],
    children: &[],
};

static PROMPT: Element = Element {
    name: "Prompt",
    text: false,
    attributes: &[
        ("attempt", Kind::Words),
        ("cardType", Kind::Words),
        ("errorType", Kind::Words),
        ("for", Kind::Text),
        ("requireMatchingInputs", Kind::Truth),
    ],
    children: &[&PAUSE, &PLAY, &SAY],
};

static QUEUE: Element = Element {
    name: "Queue",
    text: true,
    attributes: &[
        ("method", METHOD),
        ("postWorkActivitySid", Kind::Text),
        ("reservationSid", Kind::Text),
        ("url", Kind::Text),
    ],
    children: &[],
};

static RECEIVE: Element = Element {
    name: "Receive",
    text: false,
    attributes: &[
        ("action", Kind::Text),
        ("mediaType", Kind::OneOf(&["application/pdf", "image/tiff"])),
        ("method", METHOD),
        ("pageSize", Kind::OneOf(&["letter", "legal", "a4"])),
        ("storeMedia", Kind::Truth),
    ],
    children: &[],
};

static RECORD: Element = Element {
    name: "Record",
    text: false,
    attributes: &[
        ("action", Kind::Text),
        ("finishOnKey", Kind::Text),
        ("maxLength", Kind::Number),
        ("method", METHOD),
        ("playBeep", Kind::Truth),
        ("recordingConfigurationId", Kind::Text),
        ("recordingStatusCallback", Kind::Text),
        ("recordingStatusCallbackEvent", Kind::Words),
        ("recordingStatusCallbackMethod", METHOD),
        ("timeout", Kind::Number),
        ("transcribe", Kind::Truth),
        ("transcribeCallback", Kind::Text),
        ("trim", Kind::OneOf(&["trim-silence", "do-not-trim"])),
    ],
    children: &[],
};

static RECORDING: Element = Element {
    name: "Recording",
    text: false,
    attributes: &[
        ("channels", Kind::OneOf(&["mono", "dual"])),
        ("recordingConfigurationId", Kind::Text),
        ("recordingStatusCallback", Kind::Text),
        ("recordingStatusCallbackEvent", Kind::Words),
        ("recordingStatusCallbackMethod", METHOD),
        ("track", Kind::OneOf(&["inbound", "outbound", "both"])),
        ("trim", Kind::OneOf(&["trim-silence", "do-not-trim"])),
    ],
    children: &[],
};

static REDIRECT: Element = Element {
    name: "Redirect",
    text: true,
    attributes: &[("method", METHOD)],
    children: &[],
};

static REFER: Element = Element {
    name: "Refer",
    text: false,
    attributes: &[("action", Kind::Text), ("method", METHOD)],
    children: &[&REFER_SIP],
};

static REFER_SIP: Element = Element {
    name: "Sip",
    text: true,
    attributes: &[],
    children: &[],
};

static REJECT: Element = Element {
    name: "Reject",
    text: false,
    attributes: &[("reason", Kind::OneOf(&["rejected", "busy"]))],
    children: &[&PARAMETER],
};

static ROOM: Element = Element {
    name: "Room",
    text: true,
    attributes: &[("participantIdentity", Kind::Text)],
    children: &[],
};

static SAY: Element = Element {
    name: "Say",
    text: true,
    attributes: &[("language", Kind::Text), ("loop", Kind::Number), ("voice", Kind::Text)],
    children: &[
        &SSML_BREAK,
        &SSML_EMPHASIS,
        &SSML_LANG,
        &SSML_P,
        &SSML_PHONEME,
        &SSML_PROSODY,
        &SSML_S,
        &SSML_SAY_AS,
        &SSML_SUB,
        &SSML_W,
    ],
};

static SIM: Element = Element {
    name: "Sim",
    text: true,
    attributes: &[],
    children: &[],
};

static SIP: Element = Element {
    name: "Sip",
    text: true,
    attributes: &[
        ("amdStatusCallback", Kind::Text),
        ("amdStatusCallbackMethod", METHOD),
        ("machineDetection", Kind::Text),
        ("machineDetectionSilenceTimeout", Kind::Number),
        ("machineDetectionSpeechEndThreshold", Kind::Number),
        ("machineDetectionSpeechThreshold", Kind::Number),
        ("machineDetectionTimeout", Kind::Number),
        ("method", METHOD),
        ("password", Kind::Text),
        ("statusCallback", Kind::Text),
        ("statusCallbackEvent", Kind::Words),
        ("statusCallbackMethod", METHOD),
        ("url", Kind::Text),
        ("username", Kind::Text),
    ],
    children: &[&HEADERS, &SIP_URI],
};

static SIPREC: Element = Element {
    name: "Siprec",
    text: false,
    attributes: &[
        ("connectorName", Kind::Text),
        ("name", Kind::Text),
        ("statusCallback", Kind::Text),
        ("statusCallbackMethod", METHOD),
        (
            "track",
            Kind::OneOf(&["inbound_track", "outbound_track", "both_tracks"]),
        ),
    ],
    children: &[&PARAMETER],
};

static SIP_URI: Element = Element {
    name: "Uri",
    text: true,
    attributes: &[
        ("password", Kind::Text),
        ("priority", Kind::Text),
        ("username", Kind::Text),
        ("weight", Kind::Text),
    ],
    children: &[],
};

static SMS: Element = Element {
    name: "Sms",
    text: true,
    attributes: &[
        ("action", Kind::Text),
        ("from", Kind::Text),
        ("method", METHOD),
        ("statusCallback", Kind::Text),
        ("to", Kind::Text),
    ],
    children: &[],
};

static SSML_BREAK: Element = Element {
    name: "break",
    text: false,
    attributes: &[
        (
            "strength",
            Kind::OneOf(&["none", "x-weak", "weak", "medium", "strong", "x-strong"]),
        ),
        ("time", Kind::Text),
    ],
    children: &[],
};

static SSML_EMPHASIS: Element = Element {
    name: "emphasis",
    text: true,
    attributes: &[("level", Kind::OneOf(&["strong", "moderate", "reduced"]))],
    children: &[
        &SSML_BREAK,
        &SSML_EMPHASIS,
        &SSML_LANG,
        &SSML_PHONEME,
        &SSML_PROSODY,
        &SSML_SAY_AS,
        &SSML_SUB,
        &SSML_W,
    ],
};

static SSML_LANG: Element = Element {
    name: "lang",
    text: true,
    attributes: &[("xml:lang", Kind::Text)],
    children: &[
        &SSML_BREAK,
        &SSML_EMPHASIS,
        &SSML_LANG,
        &SSML_P,
        &SSML_PHONEME,
        &SSML_PROSODY,
        &SSML_S,
        &SSML_SAY_AS,
        &SSML_SUB,
        &SSML_W,
    ],
};

static SSML_P: Element = Element {
    name: "p",
    text: true,
    attributes: &[],
    children: &[
        &SSML_BREAK,
        &SSML_EMPHASIS,
        &SSML_LANG,
        &SSML_PHONEME,
        &SSML_PROSODY,
        &SSML_S,
        &SSML_SAY_AS,
        &SSML_SUB,
        &SSML_W,
    ],
};

static SSML_PHONEME: Element = Element {
    name: "phoneme",
    text: true,
    attributes: &[("alphabet", Kind::Text), ("ph", Kind::Text)],
    children: &[],
};

static SSML_PROSODY: Element = Element {
    name: "prosody",
    text: true,
    attributes: &[("pitch", Kind::Text), ("rate", Kind::Text), ("volume", Kind::Text)],
    children: &[
        &SSML_BREAK,
        &SSML_EMPHASIS,
        &SSML_LANG,
        &SSML_P,
        &SSML_PHONEME,
        &SSML_PROSODY,
        &SSML_S,
        &SSML_SAY_AS,
        &SSML_SUB,
        &SSML_W,
    ],
};

static SSML_S: Element = Element {
    name: "s",
    text: true,
    attributes: &[],
    children: &[
        &SSML_BREAK,
        &SSML_EMPHASIS,
        &SSML_LANG,
        &SSML_PHONEME,
        &SSML_PROSODY,
        &SSML_SAY_AS,
        &SSML_SUB,
        &SSML_W,
    ],
};

static SSML_SAY_AS: Element = Element {
    name: "say-as",
    text: true,
    attributes: &[("format", Kind::Text), ("interpret-as", Kind::Text)],
    children: &[],
};

static SSML_SUB: Element = Element {
    name: "sub",
    text: true,
    attributes: &[("alias", Kind::Text)],
    children: &[],
};

static SSML_W: Element = Element {
    name: "w",
    text: true,
    attributes: &[("role", Kind::Text)],
    children: &[
        &SSML_BREAK,
        &SSML_EMPHASIS,
        &SSML_PHONEME,
        &SSML_PROSODY,
        &SSML_SAY_AS,
        &SSML_SUB,
    ],
};

static START: Element = Element {
    name: "Start",
    text: false,
    attributes: &[("action", Kind::Text), ("method", METHOD)],
    children: &[&MEDIA_FILTER, &RECORDING, &SIPREC, &STREAM, &TRANSCRIPTION],
};

static STOP: Element = Element {
    name: "Stop",
    text: false,
    attributes: &[],
    children: &[&MEDIA_FILTER, &SIPREC, &STREAM, &TRANSCRIPTION],
};

static STREAM: Element = Element {
    name: "Stream",
    text: false,
    attributes: &[
        ("audioFormat", Kind::Text),
        ("connectorName", Kind::Text),
        ("name", Kind::Text),
        ("sampleRate", Kind::Text),
        ("statusCallback", Kind::Text),
        ("statusCallbackMethod", METHOD),
        (
            "track",
            Kind::OneOf(&["inbound_track", "outbound_track", "both_tracks"]),
        ),
        ("url", Kind::Text),
    ],
    children: &[&PARAMETER],
};

static TASK: Element = Element {
    name: "Task",
    text: true,
    attributes: &[("priority", Kind::Number), ("timeout", Kind::Number)],
    children: &[],
};

static TRANSCRIPTION: Element = Element {
    name: "Transcription",
    text: false,
    attributes: &[
        ("conversationConfiguration", Kind::Text),
        ("conversationId", Kind::Text),
        ("enableAutomaticPunctuation", Kind::Truth),
        ("hints", Kind::Text),
        ("inboundTrackLabel", Kind::Text),
        ("intelligenceService", Kind::Text),
        ("languageCode", Kind::Text),
        ("name", Kind::Text),
        ("outboundTrackLabel", Kind::Text),
        ("partialResults", Kind::Truth),
        ("profanityFilter", Kind::Truth),
        ("speechModel", Kind::Text),
        ("statusCallbackMethod", METHOD),
        ("statusCallbackUrl", Kind::Text),
        (
            "track",
            Kind::OneOf(&["inbound_track", "outbound_track", "both_tracks"]),
        ),
        ("transcriptionEngine", Kind::Text),
    ],
    children: &[&CONFIG, &PARAMETER],
};

static VIRTUAL_AGENT: Element = Element {
    name: "VirtualAgent",
    text: false,
    attributes: &[
        ("connectorName", Kind::Text),
        ("language", Kind::Text),
        ("sentimentAnalysis", Kind::Truth),
        ("statusCallback", Kind::Text),
        ("statusCallbackMethod", METHOD),
    ],
    children: &[&CONFIG, &PARAMETER],
};

static WHATS_APP: Element = Element {
    name: "WhatsApp",
    text: true,
    attributes: &[
        ("method", METHOD),
        ("statusCallback", Kind::Text),
        ("statusCallbackEvent", Kind::Words),
        ("statusCallbackMethod", METHOD),
        ("url", Kind::Text),
    ],
    children: &[],
};
