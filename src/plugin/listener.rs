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
        file: SocketFile,
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
        let (file, listener, path) = unix::bind(dir, group, &unix::temp_dirs())?;
        Ok(Self {
            socket: Socket::Unix { listener, file },
            address: Address::Unix(path),
        })
    }

    /// The directory that was made for the socket alone.
    #[cfg(unix)]
    pub(super) fn own_dir(&self) -> Option<std::path::PathBuf> {
        match &self.socket {
            Socket::Tcp(_) => None,
            Socket::Unix { file, .. } => file.own_dir(),
        }
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
    use std::fs::{self, File, Permissions};
    use std::os::unix::fs::{PermissionsExt as _, chown};
    use std::path::{Path, PathBuf};

    use super::{ServeError, io};
    use crate::plugin::leftovers::{PREFIX, SOCKET};

    /// The longest path that a socket can have everywhere: macOS has room for 104 bytes and a terminating zero.
    const MAX_PATH_BYTES: usize = 103;

    /// What stands in for the temp directory when that is missing, not writable, or too deep to hold a socket.
    const OTHER_TEMP_DIRS: &[&str] = &["/tmp", "/var/tmp", "/dev/shm"];

    /// Where a socket may be, best first.
    pub(super) fn temp_dirs() -> Vec<PathBuf> {
        let of_session = std::env::var_os("XDG_RUNTIME_DIR").filter(|dir| !dir.is_empty());
        let mut dirs = vec![std::env::temp_dir()];
        dirs.extend(of_session.map(PathBuf::from));
        dirs.extend(OTHER_TEMP_DIRS.iter().map(PathBuf::from));
        dirs.retain(|dir| dir.is_absolute());
        dirs
    }

    /// A bound socket and its path as the handshake spells it: in `dir` if the host named one, else in a directory of its own
    /// in the first of `temps` where that works. The error is that of the first.
    pub(super) fn bind(
        dir: Option<&Path>,
        group: Option<&str>,
        temps: &[PathBuf],
    ) -> Result<(SocketFile, tokio::net::UnixListener, String), ServeError> {
        let group = group.map(group_number).transpose()?;
        let bound = |file: SocketFile| file.bind().map(|(listener, path)| (file, listener, path));
        if let Some(dir) = dir {
            return bound(SocketFile::in_dir(dir, group));
        }
        let mut failure = None;
        for temp in temps {
            match SocketFile::in_private_dir(temp, group).and_then(bound) {
                Ok(bound) => return Ok(bound),
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        Err(failure.unwrap_or_else(|| listen_error(Path::new("a temp directory"))(io::ErrorKind::NotFound.into())))
    }

    /// The place of a socket in the file system. Dropping it removes what was made.
    #[derive(Debug)]
    pub struct SocketFile {
        path: PathBuf,
        /// The group's number, if one may connect.
        group: Option<u32>,
        /// The directory made for the socket alone, if the host did not name one.
        private_dir: Option<tempfile::TempDir>,
        /// Says that this directory has an owner, as long as the process lives: see [`crate::plugin::leftovers`].
        _lock: Option<File>,
    }

    impl SocketFile {
        fn in_dir(dir: &Path, group: Option<u32>) -> Self {
            // The host looks for the socket in the directory itself, so it cannot have one of its own.
            let name = format!("plugin-{}-{:08x}", std::process::id(), fastrand::u32(..));
            Self {
                path: dir.join(name),
                group,
                private_dir: None,
                _lock: None,
            }
        }

        fn in_private_dir(temp: &Path, group: Option<u32>) -> Result<Self, ServeError> {
            // Looked at before anything is made; the name has as many letters.
            announceable(&temp.join(format!("{PREFIX}XXXXXX")).join(SOCKET))?;
            let dir = tempfile::Builder::new()
                .prefix(PREFIX)
                .permissions(Permissions::from_mode(0o700))
                .tempdir_in(temp)
                .map_err(listen_error(temp))?;
            // Where directories cannot be locked nobody can tell that this one has an owner, nor that it has none.
            let lock = File::open(dir.path()).ok().filter(|dir| dir.try_lock().is_ok());
            if let Some(group) = group {
                chown(dir.path(), None, Some(group)).map_err(listen_error(dir.path()))?;
                fs::set_permissions(dir.path(), Permissions::from_mode(0o710)).map_err(listen_error(dir.path()))?;
            }
            Ok(Self {
                path: dir.path().join(SOCKET),
                group,
                private_dir: Some(dir),
                _lock: lock,
            })
        }

        pub(super) fn own_dir(&self) -> Option<PathBuf> {
            self.private_dir.as_ref().map(|dir| dir.path().to_owned())
        }

        /// Binds the socket and returns its path as the handshake spells it.
        fn bind(&self) -> Result<(tokio::net::UnixListener, String), ServeError> {
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
            let (file, listener, path) = bind(None, None, &temp_dirs()).expect("a socket");
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
            let (file, listener, path) = bind(Some(dir.path()), None, &[]).expect("a socket");
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
            let (_file, _listener, path) = bind(None, Some(&own_group.to_string()), &temp_dirs()).expect("a socket");
            let path = Path::new(&path);
            assert_eq!(mode(path), 0o660);
            assert_eq!(mode(path.parent().expect("a directory")), 0o710);
            assert_eq!(fs::metadata(path).expect("the socket").gid(), own_group);
        }

        #[tokio::test]
        async fn the_first_directory_that_can_hold_a_socket_holds_it() {
            let temp = tempfile::tempdir().expect("a directory");
            let file = temp.path().join("file");
            fs::write(&file, "").expect("written");
            let odd = temp.path().join("a|b");
            fs::create_dir(&odd).expect("a directory");
            let deep = temp.path().join("x".repeat(100));
            fs::create_dir(&deep).expect("a directory");
            let unusable = [temp.path().join("missing"), file, odd.clone(), deep.clone()];
            let good = temp.path().join("good");
            fs::create_dir(&good).expect("a directory");
            let all: Vec<_> = unusable.iter().cloned().chain([good.clone()]).collect();
            let (_file, _listener, path) = bind(None, None, &all).expect("a socket");
            assert!(Path::new(&path).starts_with(&good), "{path}");
            for untouched in [odd, deep] {
                assert_eq!(fs::read_dir(untouched).expect("the directory").count(), 0);
            }
            let error = bind(None, None, &unusable).map(drop).expect_err("there is no place");
            assert!(error.chain().contains("missing"), "{}", error.chain());
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
