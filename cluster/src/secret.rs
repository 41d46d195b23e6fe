//! Random words and the file of the cluster's password.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::account::Account;
use crate::error::Error;

/// The hexadecimal form of `bytes` random bytes, fit for a name or a password in a URL.
pub(crate) fn random_hex(bytes: usize) -> Result<String, Error> {
    let source = Path::new("/dev/urandom");
    let mut buffer = vec![0; bytes];
    File::open(source)
        .and_then(|mut file| file.read_exact(&mut buffer))
        .map_err(Error::io("read", source))?;
    Ok(buffer.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Where the superuser's password is kept, beside the data.
pub(crate) fn file(dir: &Path) -> PathBuf {
    dir.join("password")
}

/// The password of the cluster that is there.
pub(crate) fn read(dir: &Path) -> Result<String, Error> {
    let path = file(dir);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text.trim().to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Error::NoPassword(path)),
        Err(error) => Err(Error::io("read", &path)(error)),
    }
}

/// Makes the password of a cluster that is about to be created; readable by its server only.
pub(crate) fn create(dir: &Path, account: &Account) -> Result<(), Error> {
    let path = file(dir);
    // One of an interrupted creation is worthless: no data was made with it.
    drop(fs::remove_file(&path));
    let password = random_hex(24)?;
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .and_then(|mut file| file.write_all(password.as_bytes()))
        .map_err(Error::io("write", &path))?;
    account.own(&path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_words_differ_and_have_their_length() {
        let (one, other) = (random_hex(24).unwrap(), random_hex(24).unwrap());
        assert_eq!(one.len(), 48);
        assert!(one.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_ne!(one, other);
    }
}
