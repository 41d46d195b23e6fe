//! Survey links: signed, bound to one survey, derived when needed and stored nowhere.
//!
//! Shape: one character that names the key, then 43 characters of URL-safe base64: the survey's id
//! (16 bytes) and the first 16 bytes of an HMAC-SHA-256 over it. Guessing one link takes 2^128
//! tries, and a wrong one is refused without asking the database.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use px360_domain::Failure;
use px360_domain::ids::SurveyId;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::error::Result;

const MAC_BYTES: usize = 16;
const KEY_NAMES: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The keys that sign survey links: the current one and those before it.
pub struct SurveyTokens(Vec<Key>);

struct Key {
    name: char,
    secret: [u8; 32],
}

impl SurveyTokens {
    /// Derives a key from each secret; the first one signs, all of them verify.
    pub fn derive(secrets: &[SecretString]) -> Self {
        Self(secrets.iter().map(Key::derive).collect())
    }

    /// The token of this survey's link.
    pub fn sign(&self, survey: SurveyId) -> String {
        let Some(key) = self.0.first() else { return String::new() };
        let mut bytes = survey.0.as_bytes().to_vec();
        bytes.extend_from_slice(&key.mac(survey));
        format!("{}{}", key.name, URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The survey of a token.
    ///
    /// # Errors
    /// `NotFound` for what is not one of our tokens.
    pub fn verify(&self, token: &str) -> Result<SurveyId> {
        let refused = || Failure::not_found("survey");
        let name = token.chars().next().ok_or_else(refused)?;
        let rest = token.get(name.len_utf8()..).ok_or_else(refused)?;
        let bytes = URL_SAFE_NO_PAD.decode(rest).map_err(|_not_base64| refused())?;
        let (id, mac) = bytes.split_at_checked(16).ok_or_else(refused)?;
        let survey = SurveyId(Uuid::from_slice(id).map_err(|_not_an_id| refused())?);
        let signed = self
            .0
            .iter()
            .filter(|key| key.name == name)
            .any(|key| bool::from(key.mac(survey).ct_eq(mac)));
        if signed { Ok(survey) } else { Err(refused().into()) }
    }
}

impl Key {
    fn derive(secret: &SecretString) -> Self {
        let secret: [u8; 32] = Sha256::new()
            .chain_update(b"px360 survey link v1\0")
            .chain_update(secret.expose_secret().as_bytes())
            .finalize()
            .into();
        // The name only sorts keys; it gives away six bits of a hash of the key.
        let name = Sha256::digest(secret)[0] & 63;
        Self { name: char::from(KEY_NAMES[usize::from(name)]), secret }
    }

    fn mac(&self, survey: SurveyId) -> [u8; MAC_BYTES] {
        let mut bytes = [0; MAC_BYTES];
        // HMAC takes keys of any length; the error case does not exist for 32 bytes.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) {
            mac.update(survey.0.as_bytes());
            bytes.copy_from_slice(&mac.finalize().into_bytes()[..MAC_BYTES]);
        }
        bytes
    }
}
