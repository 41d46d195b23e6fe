//! Access tokens of scripts: short-lived JWTs that name a user and nothing else.
//!
//! Rights are not in the token. They are read on every request, like those of a session.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use px360_domain::ids::UserId;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

use crate::error::Result;

/// How long an access token is valid.
pub(super) const ACCESS_SECONDS: i64 = 15 * 60;

const ISSUER: &str = "px360";
const AUDIENCE: &str = "px360-api";
/// RFC 9068: an access token is told from every other JWT by its type.
const TYPE: &str = "at+jwt";
/// One secret, one purpose per key: a token can never pass for a survey link or the reverse.
const LABEL: &[u8] = b"px360 access token v1";

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    jti: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// What signs and verifies access tokens. The first key signs, all of them verify.
pub(crate) struct TokenKeys(Vec<(EncodingKey, DecodingKey)>);

impl TokenKeys {
    /// Derives one key from each secret, the current one first.
    pub(crate) fn derive(secrets: &[SecretString]) -> Self {
        let pairs = secrets.iter().filter_map(|secret| {
            // HMAC takes keys of every length, so there is always a key.
            let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
            mac.update(LABEL);
            let key = mac.finalize().into_bytes();
            Some((EncodingKey::from_secret(&key), DecodingKey::from_secret(&key)))
        });
        Self(pairs.collect())
    }

    /// Signs a token for this user.
    pub(super) fn sign(&self, user_id: UserId, jti: Uuid, now: DateTime<Utc>) -> Result<String> {
        let (key, _) = self.0.first().context("there is no secret to sign tokens with")?;
        let header = Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::HS256) };
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user_id,
            jti,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + TimeDelta::seconds(ACCESS_SECONDS)).timestamp(),
        };
        Ok(jsonwebtoken::encode(&header, &claims, key).context("signing an access token")?)
    }

    /// The user of a token that is ours, an access token, and valid now; and when it was signed.
    pub(crate) fn verify(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Option<(UserId, DateTime<Utc>)> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The crate would ask the machine's clock; below we ask ours.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let data = self
            .0
            .iter()
            .find_map(|(_, key)| jsonwebtoken::decode::<Claims>(token, key, &validation).ok())?;
        let is_access = data.header.typ.as_deref() == Some(TYPE);
        let is_current = data.claims.nbf <= now.timestamp() && now.timestamp() < data.claims.exp;
        let signed_at = DateTime::from_timestamp(data.claims.iat, 0)?;
        (is_access && is_current).then_some((data.claims.sub, signed_at))
    }
}
