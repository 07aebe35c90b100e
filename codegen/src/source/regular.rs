//! Reading files that may be something else: a pipe to which nobody writes, a device without an end, more bytes than there is
//! memory for.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// So much is read of a file that Typedown wrote itself, or that its user names.
const OWN_BYTES: usize = 1 << 30;

/// Whether a link at the end of a path is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    Followed,
    Refused,
}

/// Opens a file for reading; a pipe, a device or a folder is an error, and nothing is waited for.
pub(super) fn open(path: &Path, links: Links) -> io::Result<(File, Metadata)> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(match links {
            Links::Followed => libc::O_NONBLOCK,
            Links::Refused => libc::O_NONBLOCK | libc::O_NOFOLLOW,
        });
    }
    #[cfg(not(unix))]
    let _ = links;
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    match metadata.is_file() {
        true => Ok((file, metadata)),
        false => Err(no_file(&metadata)),
    }
}

/// That something is no file.
pub(super) fn no_file(metadata: &Metadata) -> io::Error {
    let found = match metadata.is_dir() {
        true => "folder",
        false => "pipe or a device",
    };
    io::Error::new(
        io::ErrorKind::InvalidInput,
        format!("expected a file, found a {found}"),
    )
}

/// The bytes of an open file, if there are no more than a limit.
pub(super) fn bytes(file: &File, metadata: &Metadata, limit: usize) -> io::Result<Vec<u8>> {
    let size = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    if size > limit {
        return Err(too_large(limit));
    }
    // One byte more, for it may grow while it is read.
    let mut bytes = Vec::with_capacity(size + 1);
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    file.take(most).read_to_end(&mut bytes)?;
    match bytes.len() > limit {
        true => Err(too_large(limit)),
        false => Ok(bytes),
    }
}

/// That a file has more bytes than a limit.
pub(crate) fn too_large(limit: usize) -> io::Error {
    io::Error::new(
        io::ErrorKind::FileTooLarge,
        format!("it has more than {limit} bytes"),
    )
}

/// The bytes of a file that is no page: one that Typedown wrote itself, or that its user names.
///
/// # Errors
///
/// As the file system has it; if it is no file, or of a size that no such file has.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let (file, metadata) = open(path, Links::Followed)?;
    bytes(&file, &metadata, OWN_BYTES)
}

/// The text of such a file.
///
/// # Errors
///
/// Those of [`read`]; `InvalidData` if it is not UTF-8.
pub(crate) fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|error| {
        let error = error.utf8_error();
        io::Error::new(io::ErrorKind::InvalidData, error)
    })
}

/// Whether these are the bytes of such a file.
///
/// # Errors
///
/// As the file system has it; if it is no file.
pub(crate) fn is(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let (mut file, metadata) = open(path, Links::Followed)?;
    if metadata.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut rest = bytes;
    let mut part = vec![0; rest.len().min(1 << 16) + 1];
    loop {
        let read = file.read(&mut part)?;
        match rest.split_at_checked(read) {
            Some(([], behind)) => return Ok(behind.is_empty()),
            Some((same, behind)) if *same == part[..read] => rest = behind,
            _ => return Ok(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_these_bytes_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let long = vec![b'x'; 200_000];
        for bytes in [&b""[..], b"four", &long] {
            std::fs::write(&path, bytes).unwrap();
            assert!(is(&path, bytes).unwrap());
            let mut other = bytes.to_vec();
            other.push(b'x');
            assert!(!is(&path, &other).unwrap());
            if let Some(last) = bytes.len().checked_sub(1) {
                other.truncate(bytes.len());
                other[last] = b'y';
                assert!(!is(&path, &other).unwrap());
                assert!(!is(&path, &other[..last]).unwrap());
            }
        }
    }

    #[test]
    fn a_file_that_is_as_large_as_the_limit_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "four").unwrap();
        let (file, metadata) = open(&path, Links::Refused).unwrap();
        assert_eq!(bytes(&file, &metadata, 4).unwrap(), b"four");
    }

    #[test]
    fn a_file_that_grows_beyond_the_limit_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "four").unwrap();
        let (file, metadata) = open(&path, Links::Refused).unwrap();
        std::fs::write(&path, "more than four").unwrap();
        let error = bytes(&file, &metadata, 4).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_an_error() {
        for (path, found) in [("/dev/zero", "a pipe or a device"), ("/", "a folder")] {
            let error = read(Path::new(path)).unwrap_err();
            assert_eq!(error.to_string(), format!("expected a file, found {found}"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_refused_where_there_was_none() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        std::fs::write(&target, "text").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert!(open(&link, Links::Followed).is_ok());
        assert!(open(&link, Links::Refused).is_err());
    }
}
