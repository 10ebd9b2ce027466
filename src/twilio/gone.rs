//! What says that an object is not there.

/// A response by which Twilio says that there is no such object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// HTTP status.
    pub status: u16,
    /// Twilio's own code.
    pub code: u32,
}

impl Gone {
    /// What says so in all products: <https://www.twilio.com/docs/api/errors/20404>.
    pub const USUAL: &'static [Self] = &[Self {
        status: 404,
        code: 20404,
    }];
}
