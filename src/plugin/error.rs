//! Why a plugin could not be served.

use std::io;
use std::path::PathBuf;

use crate::plugin::tls::TlsError;

/// Why [`serve`](crate::plugin::serve()) gave up before, or while, serving.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The cookie is missing or wrong: a person, not Terraform, started the program.
    #[error(
        "this program is a Terraform provider and is not meant to be started by hand: Terraform and OpenTofu start it \
         themselves when a configuration requires it"
    )]
    NotStartedByHost,

    /// Only encrypted connections were asked for, and they cannot be set up.
    #[error("cannot set up the encrypted connection to Terraform")]
    Tls(#[from] TlsError),

    /// `PLUGIN_MIN_PORT` and `PLUGIN_MAX_PORT` do not name a range.
    #[error("PLUGIN_MIN_PORT={min:?} and PLUGIN_MAX_PORT={max:?} are not a range of ports")]
    PortRange {
        /// The lower variable as it was given.
        min: String,
        /// The upper variable as it was given.
        max: String,
    },

    /// `PLUGIN_UNIX_SOCKET_GROUP` names a group that the system does not have.
    #[error("PLUGIN_UNIX_SOCKET_GROUP={0:?} is no group of this system")]
    UnknownGroup(String),

    /// The socket's path cannot stand in the handshake or is longer than the system allows.
    #[error("a socket cannot be at {path:?}: its path {reason}")]
    SocketPath {
        /// Where the socket would have been.
        path: PathBuf,
        /// What is wrong with it.
        reason: &'static str,
    },

    /// No address could be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// What was tried.
        address: String,
        /// What the system said.
        source: io::Error,
    },

    /// Signals could not be taken over.
    #[error("cannot handle signals")]
    Signals(#[source] io::Error),

    /// The handshake could not be written, most likely because Terraform is gone.
    #[error("cannot print the address that Terraform connects to")]
    Announce(#[source] io::Error),

    /// The server stopped by itself.
    #[error("the gRPC server failed")]
    Serve(#[from] tonic::transport::Error),
}

impl ServeError {
    /// The error and its causes in one line, outermost first.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(cause) = source {
            text.push_str(": ");
            text.push_str(&cause.to_string());
            source = cause.source();
        }
        text
    }
}
