//! What signs links and tokens.

use secrecy::{ExposeSecret as _, SecretString};

use super::Reader;

/// What signs links and tokens.
#[derive(Clone, Debug)]
pub struct SecretConfig {
    /// `PX360_SECRET`: 32 characters or more. Unset: made once and kept in the data folder.
    pub current: Option<SecretString>,
    /// `PX360_SECRET_PREVIOUS`: the secret before; links signed with it stay valid.
    pub previous: Option<SecretString>,
}

impl SecretConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let mut checked = |name: &str| {
            let secret = reader.secret(name)?;
            if secret.expose_secret().len() < 32 {
                reader.fault(name, "must have 32 characters or more");
            }
            Some(secret)
        };
        Self { current: checked("PX360_SECRET"), previous: checked("PX360_SECRET_PREVIOUS") }
    }
}
