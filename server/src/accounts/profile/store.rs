//! The rows of one's own details.

use px360_domain::accounts::{Profile, SecondFactor, StaffMails};
use px360_domain::contact::{EmailAddress, PhoneNumber};
use px360_domain::ids::UserId;
use px360_domain::{Bilingual, Locale};

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Details that can be kept.
pub(super) struct Details {
    pub(super) name: Bilingual,
    pub(super) email: EmailAddress,
    pub(super) phone: Option<PhoneNumber>,
    pub(super) language: Locale,
    pub(super) mails: StaffMails,
}

pub(super) async fn find(read: Reader<'_>, id: UserId) -> Result<Profile> {
    let row = sqlx::query!(
        r#"select username, name_ar, name_en, email, phone, language as "language: Locale", version,
                  mails as "mails: StaffMails",
                  must_change_password, totp_confirmed_at,
                  (select count(*) from recovery_codes c where c.user_id = u.id and used_at is null)
                      as "codes_left!"
           from users u
           where id = $1"#,
        id as UserId,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    let codes_left = row.codes_left;
    Ok(Profile {
        username: row.username,
        name: Bilingual::new(row.name_ar, row.name_en),
        email: row.email,
        phone: row.phone,
        language: row.language,
        mails: row.mails,
        version: row.version,
        must_change_password: row.must_change_password,
        second_factor: row
            .totp_confirmed_at
            .map(|since| SecondFactor { since, recovery_codes_left: codes_left }),
    })
}

/// False when the row has another version by now.
pub(super) async fn update(
    tx: &mut Tx,
    id: UserId,
    version: i64,
    details: &Details,
) -> Result<bool> {
    let done = sqlx::query!(
        "update users
         set name_ar = $3, name_en = $4, email_unproved = email_unproved or email <> $5,
             email = $5, phone = $6, language = $7, mails = $8, version = version + 1
         where id = $1 and version = $2",
        id as UserId,
        version,
        details.name.ar,
        details.name.en,
        details.email.as_str(),
        details.phone.as_ref().map(PhoneNumber::as_str),
        details.language as Locale,
        details.mails as StaffMails,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}
