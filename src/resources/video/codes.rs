//! What Twilio's error codes mean for Video. <https://www.twilio.com/docs/api/errors>
//!
//! Twilio takes settings that it cannot work with, and says so in the account's log later: those codes stand here for `explain_error`.

use crate::engine::facts::KnownCode;

const BUCKET: &str = "Use the URL of a bucket that exists, with a name that DNS takes and only characters of a URL: https://my-bucket.s3.amazonaws.com/folder.";
const CREDENTIAL: &str =
    "Check that the AWS credential is in this account, and that its key is active and may put objects into the bucket.";
const KEY: &str =
    "Check that encryption_key_sid names a public key credential of this account, with an RSA key in PEM form.";
const AGAIN: &str = "Nothing in the configuration is at fault. If it goes on, ask Twilio's support, with the SID.";

/// Sorted by code.
pub const VIDEO: &[KnownCode] = &[
    KnownCode::new(
        53103,
        "Video does not create such a room.",
        "Leave out what new accounts do not have, such as LargeRoom, and create it again.",
    ),
    KnownCode::new(
        53107,
        "A room cannot have that many participants.",
        "MaxParticipants is 1 to 50.",
    ),
    KnownCode::new(
        53110,
        "Video takes no such HTTP method for a callback.",
        "Use GET or POST.",
    )
    .at(&["status_callback_method"]),
    KnownCode::new(
        53111,
        "Video does not take this URL for a callback.",
        "Use an absolute URL that can be reached from the internet.",
    )
    .at(&["status_callback"]),
    KnownCode::new(
        53112,
        "Video takes no such status for a room.",
        "A room can only be completed, and only while it is in progress.",
    ),
    KnownCode::new(
        53113,
        "The room could not be created, for example since there is no such media region.",
        "Use a media region that Twilio's page on the IP addresses of Video lists, or gll for the nearest one.",
    ),
    KnownCode::new(
        53123,
        "A participant cannot stay in a room for that long.",
        "MaxParticipantDuration is 600 to 86,400 seconds.",
    ),
    KnownCode::new(
        53126,
        "Video does not have this type of room any more.",
        "Use the type group.",
    ),
    KnownCode::new(
        53127,
        "Video does not have rooms for audio alone any more.",
        "Create a room without AudioOnly.",
    ),
    KnownCode::new(53600, "The URL of the bucket for recordings is not valid.", BUCKET).at(&["aws_s3_url"]),
    KnownCode::new(
        53601,
        "The AWS credential for the bucket of recordings is not valid.",
        CREDENTIAL,
    )
    .at(&["aws_credentials_sid"]),
    KnownCode::new(53602, "The key that recordings are to be encrypted with is not valid.", KEY)
        .at(&["encryption_key_sid"]),
    KnownCode::new(
        53604,
        "A recording could not be uploaded to the bucket.",
        "Check the bucket, its policy and the AWS credential; Twilio tries for a while, and then deletes the recording.",
    )
    .at(&["aws_s3_url"]),
    KnownCode::new(53605, "Twilio could not read the account's recording settings.", AGAIN),
    KnownCode::new(53610, "The URL of the bucket in the recording settings is not valid.", BUCKET).at(&["aws_s3_url"]),
    KnownCode::new(
        53611,
        "The AWS credential in the recording settings is not valid.",
        CREDENTIAL,
    )
    .at(&["aws_credentials_sid"]),
    KnownCode::new(53612, "The public key in the recording settings is not valid.", KEY).at(&["encryption_key_sid"]),
    KnownCode::new(
        53613,
        "The AWS credential in the recording settings could not be loaded.",
        CREDENTIAL,
    )
    .at(&["aws_credentials_sid"]),
    KnownCode::new(53614, "The public key in the recording settings could not be loaded.", KEY)
        .at(&["encryption_key_sid"]),
    KnownCode::new(
        53615,
        "AWS denies access to the bucket in the recording settings.",
        CREDENTIAL,
    )
    .at(&["aws_credentials_sid", "aws_s3_url"]),
    KnownCode::new(
        53616,
        "Twilio gave up storing a recording as the settings say, and deleted it.",
        "Find the warning about the bucket, the credential or the key that came before it, and mend that. The recording does not come back.",
    ),
    KnownCode::new(53620, "The URL of the bucket in the composition settings is not valid.", BUCKET)
        .at(&["aws_s3_url"]),
    KnownCode::new(
        53621,
        "The AWS credential in the composition settings is not valid.",
        CREDENTIAL,
    )
    .at(&["aws_credentials_sid"]),
    KnownCode::new(53622, "The public key in the composition settings is not valid.", KEY)
        .at(&["encryption_key_sid"]),
    KnownCode::new(
        53623,
        "The AWS credential in the composition settings could not be loaded.",
        CREDENTIAL,
    )
    .at(&["aws_credentials_sid"]),
    KnownCode::new(53624, "The public key in the composition settings could not be loaded.", KEY)
        .at(&["encryption_key_sid"]),
    KnownCode::new(
        53625,
        "AWS denies access to the bucket in the composition settings.",
        CREDENTIAL,
    )
    .at(&["aws_credentials_sid", "aws_s3_url"]),
    KnownCode::new(
        53630,
        "No track is left to compose.",
        "Check the names in audio_sources and video_layout against the tracks of the room; audio_sources_excluded may leave none.",
    )
    .at(&["audio_sources", "video_layout"]),
    KnownCode::new(
        53631,
        "A composition hook could not compose a room that ended.",
        "Check that the hook's sources and layout fit the tracks of the room. The room can still be composed by the API.",
    )
    .at(&["video_layout", "audio_sources"]),
    KnownCode::new(
        53633,
        "The composition is too large.",
        "Compose fewer tracks, in a lower resolution, or let trim cut out what is empty.",
    )
    .at(&["resolution", "video_layout"]),
    KnownCode::new(
        53660,
        "The URL for callbacks did not answer in time.",
        "Answer at once, and do the work afterwards.",
    )
    .at(&["status_callback"]),
    KnownCode::new(
        53661,
        "Video takes no such HTTP method for a callback.",
        "Use GET or POST.",
    )
    .at(&["status_callback_method"]),
    KnownCode::new(
        53662,
        "Video does not take this URL for a callback.",
        "Use an absolute URL that can be reached from the internet.",
    )
    .at(&["status_callback"]),
    KnownCode::new(53664, "The URL of the bucket in the composition settings is not valid.", BUCKET)
        .at(&["aws_s3_url"]),
    KnownCode::new(
        53665,
        "The AWS credential in the composition settings is not valid.",
        CREDENTIAL,
    )
    .at(&["aws_credentials_sid"]),
    KnownCode::new(53666, "The public key in the composition settings is not valid.", KEY)
        .at(&["encryption_key_sid"]),
    KnownCode::new(
        53667,
        "The AWS credential in the composition settings could not be loaded.",
        CREDENTIAL,
    )
    .at(&["aws_credentials_sid"]),
    KnownCode::new(53668, "The public key in the composition settings could not be loaded.", KEY)
        .at(&["encryption_key_sid"]),
    KnownCode::new(
        53669,
        "AWS denies access to the bucket in the composition settings.",
        CREDENTIAL,
    )
    .at(&["aws_credentials_sid", "aws_s3_url"]),
];
