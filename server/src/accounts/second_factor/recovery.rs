//! Words that are drawn: recovery codes and temporary passwords.

use px360_domain::accounts::{Hidden, RecoveryCodes};
use px360_domain::contact::fold_digits;
use px360_domain::ids::UserId;
use sha2::{Digest as _, Sha256};
use totp_rs::Secret;

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Tx;

/// How many codes a person gets.
const CODES: usize = 10;

/// 80 random bits in four groups of four: `k3vd-2mxq-7tbe-ahpw`. Base 32 has neither `0` nor `1`, so
/// nobody has to ask which letter that is.
pub(in crate::accounts) fn random_words(ctx: &Ctx) -> Hidden {
    let drawn = Secret::from(ctx.deps().chance().bytes::<10>()).to_base32().to_lowercase();
    let groups: Vec<&str> =
        [0..4, 4..8, 8..12, 12..16].into_iter().filter_map(|group| drawn.get(group)).collect();
    Hidden::from(groups.join("-"))
}

/// Draws a person's codes and keeps what tells them again.
pub(super) async fn new_codes_in(tx: &mut Tx, user_id: UserId) -> Result<RecoveryCodes> {
    let codes: Vec<Hidden> = (0..CODES).map(|_| random_words(tx.ctx())).collect();
    for code in &codes {
        store::insert_recovery_code(tx, user_id, &code_hash(code.expose())).await?;
    }
    Ok(RecoveryCodes { codes })
}

/// What is stored of a code, however it is written. Codes are random and long, so a fast hash is
/// enough.
pub(super) fn code_hash(code: &str) -> [u8; 32] {
    Sha256::digest(plain(code).to_lowercase().as_bytes()).into()
}

/// A code without what people put between its groups, its digits in one script.
pub(super) fn plain(code: &str) -> String {
    fold_digits(code).chars().filter(char::is_ascii_alphanumeric).collect()
}
