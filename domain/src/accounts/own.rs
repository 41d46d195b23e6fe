//! What crosses the wire when people look after their own account.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Hidden;
use crate::ids::SessionId;
use crate::notifications::NotificationKind;
use crate::{Bilingual, Locale};

/// The longest name of a person, in either script.
pub const PERSON_NAME_CHARS_MAX: usize = 150;
/// The longest that mails can be held back, in days.
pub const SNOOZE_DAYS_MAX: i64 = 60;

/// One's own account, as the form of it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// The name to sign in with; it does not change.
    pub username: String,
    /// The name in both scripts.
    pub name: Bilingual,
    /// Where mail about the account and escalations goes.
    pub email: String,
    /// The phone in E.164.
    pub phone: Option<String>,
    /// The preferred language.
    pub language: Locale,
    /// How often mails come.
    pub mails: StaffMails,
    /// Of which things they come otherwise.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, StaffMails>))]
    pub mails_of: MailsOf,
    /// The first day on which they come again; none when they do.
    pub mails_snoozed_until: Option<NaiveDate>,
    /// The row's version, to send back with a change.
    pub version: i64,
    /// Whether the password was reset, so that nothing but a new one can follow.
    pub must_change_password: bool,
    /// The second factor; none when signing in asks for the password only.
    pub second_factor: Option<SecondFactor>,
}

closed_enum! {
    /// How often somebody gets mails about what they are told; their inbox has everything at once.
    #[derive(Default)]
    pub enum StaffMails {
        /// One for each thing, when it happens.
        #[default]
        AtOnce => "at_once",
        /// One a day, in the morning, that says how much was not read.
        Daily => "daily",
        /// None.
        InboxOnly => "inbox_only",
    }
}

/// What is told otherwise than the rest, by its kind: only [`NotificationKind::OF_STAFF`].
pub type MailsOf = BTreeMap<NotificationKind, StaffMails>;

/// A second factor that is in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactor {
    /// Since when.
    #[serde(with = "crate::compact::instant")]
    pub since: DateTime<Utc>,
    /// Recovery codes that were not used yet.
    pub recovery_codes_left: i64,
}

/// Change one's own details; replaces all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateProfile {
    /// The version that was seen.
    #[cfg_attr(feature = "openapi", schema(example = 1))]
    pub version: i64,
    /// The name; one script is enough.
    pub name: Bilingual,
    /// A mail address.
    #[cfg_attr(feature = "openapi", schema(example = "noura@example.sa"))]
    pub email: String,
    /// A phone number as people write it; none or empty for none.
    #[cfg_attr(feature = "openapi", schema(example = "0501234567"))]
    pub phone: Option<String>,
    /// The preferred language.
    pub language: Locale,
    /// How often mails come; at once when absent.
    #[serde(default)]
    pub mails: StaffMails,
    /// Of which things they come otherwise; none when absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, StaffMails>))]
    pub mails_of: MailsOf,
    /// The first day on which they come again, at most [`SNOOZE_DAYS_MAX`] ahead; at once when absent.
    #[serde(default)]
    pub mails_snoozed_until: Option<NaiveDate>,
}

/// Change one's own password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    /// The password until now.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, example = "correct horse battery staple")
    )]
    pub current: Hidden,
    /// The password from now on; 12 characters or more, and none that guessers begin with.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, example = "a quiet lamp on the seventh floor")
    )]
    pub new: Hidden,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionCard {
    /// Which.
    pub id: SessionId,
    /// When it was signed in with.
    #[serde(with = "crate::compact::instant_option")]
    pub begun_at: Option<DateTime<Utc>>,
    /// The last request, to the minute.
    #[serde(with = "crate::compact::instant_option")]
    pub seen_at: Option<DateTime<Utc>>,
    /// The address that signed in.
    pub ip: Option<String>,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Every browser that is signed in as one person, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionList {
    /// The sessions.
    pub items: Vec<SessionCard>,
}

/// One's own password once more, before something that a stolen session must not do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BeginSecondFactor {
    /// The password.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, example = "correct horse battery staple")
    )]
    pub password: Hidden,
}

/// A secret for an authenticator app. It is shown now and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorOffer {
    /// The secret in base 32, for typing in.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password))]
    pub secret: Hidden,
    /// The same as an `otpauth:` address, for apps.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password))]
    pub uri: Hidden,
    /// The address as a picture, for cameras.
    pub picture: QrPicture,
}

/// A QR code as the parts of an SVG: `<svg viewBox="0 0 {side} {side}"><path d="{path}"/></svg>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QrPicture {
    /// Width and height, the quiet zone included.
    pub side: u32,
    /// The dark squares.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub path: Hidden,
}

/// Begin to use the second factor that was offered: the app shows the right codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmSecondFactor {
    /// The six digits that the app shows now.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "287082"))]
    pub code: Hidden,
}

/// What lets one in without the device, each once. Shown now and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// The codes.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub codes: Vec<Hidden>,
}

/// Show both factors once more: to go back to the password alone, or for new recovery codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProveSecondFactor {
    /// The password.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, example = "correct horse battery staple")
    )]
    pub password: Hidden,
    /// A code of the app, or a recovery code.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "287082"))]
    pub code: Hidden,
}

/// A password for one sign-in. It is shown now and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemporaryPassword {
    /// The password; after signing in with it, only a new one can be chosen.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password))]
    pub password: Hidden,
}
