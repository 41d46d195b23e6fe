//! A password for a pair of tokens: how scripts sign in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::Failure;
use px360_domain::ids::UserId;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::keys::ACCESS_SECONDS;
use super::store::{self, NewRefreshToken};
use crate::accounts::sign_in::{OpenStep, SignIn, sign_in_with};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Tx;

/// How long a family of refresh tokens lives; then the password is asked for again.
const FAMILY_DAYS: i64 = 30;

/// What a script gets for a password or for a refresh token.
#[derive(Clone, Serialize, utoipa::ToSchema)]
pub struct TokenPair {
    /// The access token: `Authorization: Bearer …`.
    pub access: String,
    /// The refresh token: good for one renewal.
    pub refresh: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds until the access token expires.
    #[schema(example = 900)]
    pub expires_in: i64,
}

/// Signs a script in and begins a family of refresh tokens.
///
/// # Errors
/// As [`crate::accounts::sign_in`]; `OtpRequired` when the password was right and a code is missing.
pub async fn issue_tokens(ctx: &Ctx, cmd: SignIn) -> Result<TokenPair> {
    let (mut tx, signed_in) = match sign_in_with(ctx, cmd).await? {
        OpenStep::In(tx, signed_in) => (tx, signed_in),
        OpenStep::Half(_) => return Err(Failure::OtpRequired.into()),
    };
    let id: Uuid = ctx.new_id();
    let lineage = Lineage {
        user_id: signed_in.user_id,
        // The first token gives its name to the family: its row is what renewals lock.
        family_id: id,
        expires_at: tx.now() + TimeDelta::days(FAMILY_DAYS),
    };
    let pair = issue_in(&mut tx, id, &lineage).await?;
    tx.record(Entry::done("account.tokens_issued", "token_family", lineage.family_id));
    tx.commit().await?;
    Ok(pair)
}

/// What all tokens of one family share.
pub(super) struct Lineage {
    pub(super) user_id: UserId,
    pub(super) family_id: Uuid,
    pub(super) expires_at: DateTime<Utc>,
}

/// Stores a new refresh token of this family, by its hash alone, and signs an access token.
pub(super) async fn issue_in(tx: &mut Tx, id: Uuid, lineage: &Lineage) -> Result<TokenPair> {
    let now = tx.now();
    let deps = tx.ctx().deps().clone();
    let refresh = URL_SAFE_NO_PAD.encode(deps.chance().bytes::<32>());
    let token = NewRefreshToken {
        id,
        family_id: lineage.family_id,
        user_id: lineage.user_id,
        token_hash: &token_hash(&refresh),
        expires_at: lineage.expires_at,
    };
    store::insert(tx, &token).await?;
    let access = deps.tokens().sign(lineage.user_id, deps.chance().id(now), now)?;
    Ok(TokenPair { access, refresh, token_type: "Bearer", expires_in: ACCESS_SECONDS })
}

/// A token of 256 random bits needs no salt and no slow hash.
pub(super) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
