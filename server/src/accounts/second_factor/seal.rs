//! Secrets at rest: sealed under a key that is derived from the house's secret.

use anyhow::Context as _;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use px360_domain::ids::UserId;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

use crate::chance::Chance;
use crate::error::Result;

/// One secret, one purpose per key.
const LABEL: &[u8] = b"px360 second factor v1";

/// The nonce is drawn; 24 bytes are enough to draw them without end.
const NONCE_BYTES: usize = 24;

/// What seals and opens secrets. The first key seals, all of them open.
pub(crate) struct SealKeys(Vec<XChaCha20Poly1305>);

/// What was opened.
pub(super) struct Opened {
    pub(super) secret: Vec<u8>,
    /// Whether a former key opened it, so that it had better be sealed anew.
    pub(super) outdated: bool,
}

impl SealKeys {
    /// Derives one key from each secret, the current one first.
    pub(crate) fn derive(secrets: &[SecretString]) -> Self {
        let keys = secrets.iter().filter_map(|secret| {
            // HMAC takes keys of every length, so there is always a key.
            let bytes = secret.expose_secret().as_bytes();
            let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(bytes).ok()?;
            mac.update(LABEL);
            let key: [u8; 32] = mac.finalize().into_bytes().into();
            Some(XChaCha20Poly1305::new(&Key::from(key)))
        });
        Self(keys.collect())
    }

    /// Seals a person's secret: it opens for that person only.
    pub(super) fn seal(&self, chance: &Chance, of: UserId, secret: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE_BYTES] = chance.bytes();
        let key = self.0.first().context("there is no secret to seal with")?;
        let payload = Payload { msg: secret, aad: of.0.as_bytes() };
        let sealed = key.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.ok().context("sealing a secret")?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens a person's secret; none when it was sealed for another one, changed, or sealed under a
    /// secret that the house no longer has.
    pub(super) fn open(&self, of: UserId, sealed: &[u8]) -> Option<Opened> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        self.0.iter().enumerate().find_map(|(number, key)| {
            let payload = Payload { msg: sealed, aad: of.0.as_bytes() };
            let secret = key.decrypt(&XNonce::from(*nonce), payload).ok()?;
            Some(Opened { secret, outdated: number > 0 })
        })
    }
}
