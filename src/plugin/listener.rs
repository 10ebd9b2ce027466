//! Where the plugin listens: a Unix socket that nobody else can reach, or a port on loopback.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use crate::plugin::ServeError;

#[cfg(unix)]
pub use unix::SocketFile;

/// An address as the handshake and reattach mode spell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// The path of a Unix socket.
    Unix(String),
    /// An address on loopback.
    Tcp(SocketAddr),
}

impl Address {
    /// The word for this kind of address: `unix` or `tcp`.
    #[must_use]
    pub fn network(&self) -> &'static str {
        match self {
            Self::Unix(_) => "unix",
            Self::Tcp(_) => "tcp",
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => f.write_str(path),
            Self::Tcp(address) => address.fmt(f),
        }
    }
}

/// A byte stream of either kind.
pub trait Io: AsyncRead + AsyncWrite + Send + Unpin + 'static {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin + 'static> Io for T {}

/// Something that accepts connections. Dropping it closes the address and removes the socket's file.
#[derive(Debug)]
pub struct Listener {
    socket: Socket,
    address: Address,
}

#[derive(Debug)]
enum Socket {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix {
        listener: tokio::net::UnixListener,
        _file: SocketFile,
    },
}

impl Listener {
    /// Listens on 127.0.0.1, on the first free port of `ports` (any free port for `0..=0`).
    ///
    /// # Errors
    /// [`ServeError::Listen`] with the last port's error when none is free.
    pub async fn tcp(ports: RangeInclusive<u16>) -> Result<Self, ServeError> {
        let mut failure = io::Error::from(io::ErrorKind::AddrNotAvailable);
        let shown = format!("127.0.0.1, ports {} to {}", ports.start(), ports.end());
        for port in ports {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
                Ok(listener) => {
                    let address = listener
                        .local_addr()
                        .map_err(|source| ServeError::Listen { address: shown, source })?;
                    return Ok(Self {
                        socket: Socket::Tcp(listener),
                        address: Address::Tcp(address),
                    });
                }
                Err(error) => failure = error,
            }
        }
        Err(ServeError::Listen {
            address: shown,
            source: failure,
        })
    }

    /// Listens on a new Unix socket: in `dir` where the host wants it there, else in a new private directory.
    /// `group` (name or number) may connect too; everybody else may not.
    ///
    /// # Errors
    /// [`ServeError::SocketPath`], [`ServeError::UnknownGroup`], or [`ServeError::Listen`].
    #[cfg(unix)]
    pub fn unix(dir: Option<&std::path::Path>, group: Option<&str>) -> Result<Self, ServeError> {
        let file = SocketFile::choose(dir, group)?;
        let (listener, path) = file.bind()?;
        Ok(Self {
            socket: Socket::Unix { listener, _file: file },
            address: Address::Unix(path),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Waits for the next connection.
    ///
    /// # Errors
    /// What the system says, which concerns one connection (it is already gone) or a passing lack of resources.
    pub async fn accept(&self) -> io::Result<Box<dyn Io>> {
        match &self.socket {
            Socket::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok(Box::new(stream))
            }
            #[cfg(unix)]
            Socket::Unix { listener, .. } => Ok(Box::new(listener.accept().await?.0)),
        }
    }
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt as _, chown};
    use std::path::{Path, PathBuf};

    use super::{ServeError, io};

    /// The longest path that a socket can have everywhere: macOS has room for 104 bytes and a terminating zero.
    const MAX_PATH_BYTES: usize = 103;

    /// What stands in for the temp directory when that is too deep to hold a socket.
    const SHORT_TEMP_DIR: &str = "/tmp";

    /// The place of a socket in the file system. Dropping it removes what was made.
    #[derive(Debug)]
    pub struct SocketFile {
        path: PathBuf,
        /// The group's number, if one may connect.
        group: Option<u32>,
        /// The directory made for the socket alone, if the host did not name one.
        private_dir: Option<tempfile::TempDir>,
    }

    impl SocketFile {
        pub(super) fn choose(dir: Option<&Path>, group: Option<&str>) -> Result<Self, ServeError> {
            let group = group.map(group_number).transpose()?;
            let Some(dir) = dir else {
                return Self::in_private_dir(group);
            };
            // The host looks for the socket in the directory itself, so it cannot have one of its own.
            let name = format!("plugin-{}-{:08x}", std::process::id(), fastrand::u32(..));
            Ok(Self {
                path: dir.join(name),
                group,
                private_dir: None,
            })
        }

        fn in_private_dir(group: Option<u32>) -> Result<Self, ServeError> {
            let temp = std::env::temp_dir();
            // The name of the directory and of the socket in it take 20 bytes.
            let temp = if temp.as_os_str().len() + 20 > MAX_PATH_BYTES {
                PathBuf::from(SHORT_TEMP_DIR)
            } else {
                temp
            };
            let dir = tempfile::Builder::new()
                .prefix("plugin-")
                .permissions(Permissions::from_mode(0o700))
                .tempdir_in(&temp)
                .map_err(listen_error(&temp))?;
            if let Some(group) = group {
                chown(dir.path(), None, Some(group)).map_err(listen_error(dir.path()))?;
                fs::set_permissions(dir.path(), Permissions::from_mode(0o710)).map_err(listen_error(dir.path()))?;
            }
            Ok(Self {
                path: dir.path().join("socket"),
                group,
                private_dir: Some(dir),
            })
        }

        /// Binds the socket and returns its path as the handshake spells it.
        pub(super) fn bind(&self) -> Result<(tokio::net::UnixListener, String), ServeError> {
            let path = announceable(&self.path)?;
            let failed = listen_error(&self.path);
            let listener = tokio::net::UnixListener::bind(&self.path).map_err(&failed)?;
            if let Some(group) = self.group {
                chown(&self.path, None, Some(group)).map_err(&failed)?;
            }
            let mode = if self.group.is_some() { 0o660 } else { 0o600 };
            fs::set_permissions(&self.path, Permissions::from_mode(mode)).map_err(&failed)?;
            Ok((listener, path))
        }
    }

    impl Drop for SocketFile {
        fn drop(&mut self) {
            // A private directory goes with everything in it. Failing to clean up is no reason to fail.
            if self.private_dir.is_none() {
                let _ = fs::remove_file(&self.path);
            }
        }
    }

    fn listen_error(path: &Path) -> impl Fn(io::Error) -> ServeError {
        let address = path.display().to_string();
        move |source| ServeError::Listen {
            address: address.clone(),
            source,
        }
    }

    fn announceable(path: &Path) -> Result<String, ServeError> {
        let refuse = |reason| {
            Err(ServeError::SocketPath {
                path: path.to_owned(),
                reason,
            })
        };
        let Some(text) = path.to_str() else {
            return refuse("is not UTF-8");
        };
        if text.contains(|c: char| c == '|' || c.is_control()) {
            return refuse("has a character that the handshake cannot carry");
        }
        if text.len() > MAX_PATH_BYTES {
            return refuse("is longer than 103 bytes");
        }
        Ok(text.to_owned())
    }

    /// The number of a group, which may be given as a number. Only the local group file is read: asking a directory
    /// service would need the C library's help.
    fn group_number(group: &str) -> Result<u32, ServeError> {
        if let Ok(number) = group.parse() {
            return Ok(number);
        }
        fs::read_to_string("/etc/group")
            .ok()
            .and_then(|table| find_group(&table, group))
            .ok_or_else(|| ServeError::UnknownGroup(group.to_owned()))
    }

    /// Looks a name up in the lines `name:password:number:members`.
    fn find_group(table: &str, name: &str) -> Option<u32> {
        table.lines().find_map(|line| {
            let mut fields = line.split(':');
            (fields.next() == Some(name))
                .then(|| fields.nth(1)?.parse().ok())
                .flatten()
        })
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use std::os::unix::fs::FileTypeExt as _;

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).expect("the file").permissions().mode() & 0o777
        }

        #[tokio::test]
        async fn the_socket_is_in_a_private_directory_that_goes_with_it() {
            let file = SocketFile::choose(None, None).expect("a place");
            let (listener, path) = file.bind().expect("a socket");
            let path = PathBuf::from(path);
            let dir = path.parent().expect("a directory").to_owned();
            assert_eq!((mode(&dir), mode(&path)), (0o700, 0o600));
            assert!(fs::metadata(&path).expect("the socket").file_type().is_socket());
            drop((listener, file));
            assert!(!dir.exists());
        }

        #[tokio::test]
        async fn a_directory_of_the_host_is_kept_and_the_socket_in_it_removed() {
            let dir = tempfile::tempdir().expect("a directory");
            let file = SocketFile::choose(Some(dir.path()), None).expect("a place");
            let (listener, path) = file.bind().expect("a socket");
            assert_eq!(Path::new(&path).parent(), Some(dir.path()));
            assert_eq!(mode(Path::new(&path)), 0o600);
            drop((listener, file));
            assert_eq!(fs::read_dir(dir.path()).expect("the directory").count(), 0);
        }

        #[tokio::test]
        async fn a_group_of_our_own_may_connect() {
            use std::os::unix::fs::MetadataExt as _;
            let dir = tempfile::tempdir().expect("a directory");
            let own_group = fs::metadata(dir.path()).expect("the directory").gid();
            let file = SocketFile::choose(None, Some(&own_group.to_string())).expect("a place");
            let (_listener, path) = file.bind().expect("a socket");
            let path = Path::new(&path);
            assert_eq!(mode(path), 0o660);
            assert_eq!(mode(path.parent().expect("a directory")), 0o710);
            assert_eq!(fs::metadata(path).expect("the socket").gid(), own_group);
        }

        #[test]
        fn paths_that_the_handshake_cannot_carry_are_refused() {
            assert!(announceable(Path::new("/tmp/plugin-1/socket")).is_ok());
            let long = format!("/tmp/{}", "x".repeat(99));
            for path in ["/tmp/a|b", "/tmp/a\nb", &long] {
                assert!(announceable(Path::new(path)).is_err(), "{path:?}");
            }
        }

        #[test]
        fn groups_are_found_by_number_and_by_name() {
            let table = "root:x:0:\nadm:x:4:syslog,me\nbroken\nodd:x:many:\n";
            assert_eq!(find_group(table, "adm"), Some(4));
            assert_eq!(find_group(table, "odd"), None);
            assert_eq!(find_group(table, "broken"), None);
            assert_eq!(find_group(table, "nobody"), None);
            assert_eq!(group_number("1234").ok(), Some(1234));
            assert!(matches!(
                group_number("no such group"),
                Err(ServeError::UnknownGroup(_))
            ));
        }
    }
}
