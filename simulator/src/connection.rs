//! Connections that can be broken on purpose.
//!
//! A handler cannot refuse, reset or cut off its own connection through HTTP types, so the socket is wrapped: a [`Breaker`]
//! that the handler holds tells the socket how to end.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// No limit on what may still be written.
const WHOLE: u64 = u64::MAX;

/// Tells a connection to end early.
#[derive(Clone, Debug)]
pub(crate) struct Breaker(Arc<AtomicU64>);

impl Breaker {
    fn new() -> Self {
        Self(Arc::new(AtomicU64::new(WHOLE)))
    }

    /// Resets the connection (RST) instead of writing anything more.
    pub(crate) fn reset(&self) {
        self.0.store(0, Ordering::Release);
    }

    /// Lets this many bytes more out, then resets.
    pub(crate) fn reset_after_bytes(&self, bytes: u64) {
        self.0.store(bytes, Ordering::Release);
    }

    fn left(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }
}

/// A socket that obeys its [`Breaker`].
pub(crate) struct Connection {
    stream: TcpStream,
    breaker: Breaker,
}

impl Connection {
    fn broken(&self) -> io::Error {
        // Without lingering, closing sends RST: the peer sees a reset and no orderly end.
        if let Err(error) = self.stream.set_zero_linger() {
            tracing::debug!(%error, "could not arrange a reset");
        }
        io::Error::from(io::ErrorKind::ConnectionReset)
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let left = self.breaker.left();
        if left == WHOLE {
            return Pin::new(&mut self.stream).poll_write(cx, buf);
        }
        if left == 0 {
            return Poll::Ready(Err(self.broken()));
        }
        let allowed = usize::try_from(left).unwrap_or(usize::MAX).min(buf.len());
        let written = Pin::new(&mut self.stream).poll_write(cx, &buf[..allowed]);
        if let Poll::Ready(Ok(count)) = &written {
            self.breaker.reset_after_bytes(left - *count as u64);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.breaker.left() == 0 {
            return Poll::Ready(Err(self.broken()));
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.breaker.left() == 0 {
            return Poll::Ready(Err(self.broken()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// Accepts [`Connection`]s.
pub(crate) struct Listener(pub(crate) TcpListener);

impl axum::serve::Listener for Listener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = axum::serve::Listener::accept(&mut self.0).await;
        // Answers are written whole; waiting to coalesce them only costs time.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "could not switch off Nagle's algorithm");
        }
        (
            Connection {
                stream,
                breaker: Breaker::new(),
            },
            address,
        )
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Listener>> for Breaker {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().breaker.clone()
    }
}
