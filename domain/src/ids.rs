//! Every typed id, alphabetical. All are `UUIDv7`, made by the server's `Ctx::new_id`.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(pub uuid::Uuid);

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self { Self(id) }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { uuid::Uuid::parse_str(text).map(Self) }
        }
    )+};
}

ids! {
    /// A PX action.
    ActionId,
    /// A time that somebody is away and another stands in.
    DelegationId,
    /// That messages to patients stand still.
    DeliveryPauseId,
    /// A department of a hospital.
    DepartmentId,
    /// One message of a source, as it was received.
    EventId,
    /// A rule about how often patients are asked.
    FatigueRuleId,
    /// A hospital: the tenant of almost every row.
    HospitalId,
    /// What happened to one encounter.
    JourneyId,
    /// One version of what should happen in an encounter.
    JourneyTemplateId,
    /// One outbound message.
    NotificationId,
    /// A patient.
    PatientId,
    /// A physician.
    PhysicianId,
    /// A list with its filters, kept under a name.
    SavedViewId,
    /// A browser that is signed in: what may be shown of it, never its key.
    SessionId,
    /// An external system that sends events.
    SourceId,
    /// One step of a journey.
    StageId,
    /// One step of a journey template.
    StageTemplateId,
    /// One invitation to one patient.
    SurveyId,
    /// A file that somebody added to their answers.
    SurveyFileId,
    /// A picture of a choice.
    SurveyPictureId,
    /// A poster with a code that visitors of a place read.
    SurveyPosterId,
    /// An authored survey; its content lives in versions.
    SurveyTemplateId,
    /// One immutable published version of a survey template.
    SurveyVersionId,
    /// A person who signs in.
    UserId,
}
