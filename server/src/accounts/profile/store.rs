//! The rows of one's own details.

use chrono::NaiveDate;
use px360_domain::accounts::{MailsOf, Profile, SecondFactor, StaffMails};
use px360_domain::contact::{EmailAddress, PhoneNumber};
use px360_domain::ids::UserId;
use px360_domain::{Bilingual, Locale};
use sqlx::types::Json;

use crate::dates::day;
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Details that can be kept.
pub(super) struct Details {
    pub(super) name: Bilingual,
    pub(super) email: EmailAddress,
    pub(super) phone: Option<PhoneNumber>,
    pub(super) language: Locale,
    pub(super) mails: StaffMails,
    pub(super) mails_of: MailsOf,
    pub(super) mails_snoozed_until: Option<NaiveDate>,
}

pub(super) async fn find(read: Reader<'_>, id: UserId, today: NaiveDate) -> Result<Profile> {
    let row = sqlx::query!(
        r#"select username, name_ar, name_en, email, phone, language as "language: Locale", version,
                  mails as "mails: StaffMails", mails_of as "mails_of: Json<MailsOf>",
                  case when mails_snoozed_until > $2 then mails_snoozed_until end as snoozed_until,
                  must_change_password, totp_confirmed_at,
                  (select count(*) from recovery_codes c where c.user_id = u.id and used_at is null)
                      as "codes_left!"
           from users u
           where id = $1"#,
        id as UserId,
        today,
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
        mails_of: row.mails_of.0,
        mails_snoozed_until: row.snoozed_until,
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
    let now = tx.now();
    let done = sqlx::query!(
        "update users
         set name_ar = $3, name_en = $4, email_unproved = email_unproved or email <> $5,
             email = $5, phone = $6, language = $7, mails = $8,
             mails_of = $9, version = version + 1,
             -- On the first morning the digest of what was missed is still to come.
             mails_snoozed_until = coalesce($10, case when mails_snoozed_until = $11 then $11 end)
         where id = $1 and version = $2",
        id as UserId,
        version,
        details.name.ar,
        details.name.en,
        details.email.as_str(),
        details.phone.as_ref().map(PhoneNumber::as_str),
        details.language as Locale,
        details.mails as StaffMails,
        Json(&details.mails_of) as _,
        details.mails_snoozed_until,
        day(now),
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}
