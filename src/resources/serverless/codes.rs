//! What Twilio's error codes mean for Functions and Assets. Those of 82001 to 82009 are in its debugger, but for 82007.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::{Exists, KnownCode};

/// Sorted by code.
pub const SERVERLESS: &[KnownCode] = &[
    KnownCode::new(
        20001,
        "Functions and Assets do not take a value: a version or a build that is not of this service, a build that is not completed, or a \
         name that is taken or too long; or they keep what is to be deleted: a build that runs, or what has a version in a build.",
        "Correct what Twilio names. A build is completed before it is deployed where wait_for_completion is true.",
    )
    .named(),
    KnownCode::new(
        20409,
        "Another object has this name already: unique names of services, and names and suffixes of environments, occur once.",
        "Choose another name, import what is there, or take it over with adopt_existing = true.",
    )
    .at(&["unique_name", "domain_suffix"])
    .exists(Exists::ByUniqueName),
    KnownCode::new(
        82001,
        "A function answered a request with a status of 400 to 499.",
        "Look into the log of the function: mostly it is called without a parameter that it needs, or is protected.",
    ),
    KnownCode::new(
        82002,
        "A function answered with an error, ran too long, or called back with an error.",
        "Look into the log of the function in the Console. It has 10 seconds.",
    ),
    KnownCode::new(
        82003,
        "The packages of a build could not be installed.",
        "Check the names and versions in dependencies, and whether they run with the runtime.",
    )
    .at(&["dependencies", "runtime"]),
    KnownCode::new(
        82004,
        "A function wrote a warning to its log.",
        "Look into the log of the function in the Console.",
    ),
    KnownCode::new(
        82005,
        "A function wrote an error to its log.",
        "Look into the log of the function in the Console.",
    ),
    KnownCode::new(
        82006,
        "The variables of an environment are larger than functions can take.",
        "Take variables out, or keep what is long in a private asset.",
    )
    .at(&["value"]),
    KnownCode::new(
        82007,
        "Twilio does not build for this runtime any more, or not yet.",
        "Use a current one, such as node22, and update the packages that need an older Node.js.",
    )
    .at(&["runtime"]),
    KnownCode::new(
        82008,
        "A function answered with headers or cookies that are too large.",
        "Let it send less in headers.",
    ),
    KnownCode::new(
        82009,
        "A function answered with a header that has several values.",
        "Let it set each header once.",
    ),
];
