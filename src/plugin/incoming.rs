//! Connections on their way to the gRPC server: accepted, and secured where the host wants that.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::stream::{self, Stream};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tonic::transport::server::Connected;

use crate::plugin::listener::{Io, Listener};

/// How long a peer may take to prove itself. Terraform needs a few milliseconds.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);

/// How long to rest when the system has no more file descriptors or memory for a connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The connections that `tls`, if there is any, lets through.
///
/// Each one is secured by a task of its own, so that a peer that stalls keeps nobody waiting. Dropping the stream closes
/// the listener, removes the socket's file, and ends the connections that are not through yet.
pub(super) fn connections(
    listener: Listener,
    tls: Option<TlsAcceptor>,
) -> impl Stream<Item = Result<Connection, Infallible>> {
    let state = (listener, tls, JoinSet::new());
    stream::unfold(state, |(listener, tls, mut pending)| async move {
        let connection = loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok(io) => { pending.spawn(admit(io, tls.clone())); }
                    Err(error) => {
                        tracing::warn!(%error, "could not accept a connection");
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                    }
                },
                // One that was refused must not end the wait for the others, so any result matches.
                Some(admitted) = pending.join_next() => if let Ok(Some(connection)) = admitted {
                    break connection;
                },
            }
        };
        Some((Ok(connection), (listener, tls, pending)))
    })
}

async fn admit(io: Box<dyn Io>, tls: Option<TlsAcceptor>) -> Option<Connection> {
    let Some(tls) = tls else {
        return Some(Connection(io));
    };
    match tokio::time::timeout(HANDSHAKE_LIMIT, tls.accept(io)).await {
        Ok(Ok(stream)) => Some(Connection(Box::new(stream))),
        Ok(Err(error)) => {
            tracing::warn!(%error, "refused a connection");
            None
        }
        Err(_) => {
            tracing::warn!("refused a connection that did not finish its TLS handshake");
            None
        }
    }
}

/// A connection as tonic wants it.
pub(super) struct Connection(Box<dyn Io>);

impl Connected for Connection {
    type ConnectInfo = ();

    fn connect_info(&self) -> Self::ConnectInfo {}
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
