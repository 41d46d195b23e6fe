//! Who asks, and the policy's yes.

use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
pub use px360_domain::access::HeldGrant;
use px360_domain::access::{DELEGATED, OWN_ACCOUNT, Permission, Reach, Scope, policy};
use px360_domain::ids::{HospitalId, SourceId, SurveyId, UserId};
use px360_domain::{Bilingual, Failure, Locale};
use tower_sessions::Session;
use uuid::Uuid;

use crate::deps::Deps;
use crate::error::Result;
use crate::tx::{Reader, Tx};
use crate::wall::Walls;

/// Whoever asks for something.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Nobody we know.
    Anonymous,
    /// A person who signed in.
    User {
        /// Who.
        id: UserId,
        /// The name to sign in with.
        username: String,
        /// The name in both scripts.
        name: Bilingual,
        /// The preferred language.
        language: Locale,
        /// Every role and where it holds.
        grants: Vec<HeldGrant>,
        /// Whether their password was reset: until it is changed, only their own account is open.
        must_change_password: bool,
        /// Whom they stand in for today.
        stands_in_for: Vec<StandIn>,
    },
    /// An external system with a valid key.
    Source {
        /// Which.
        id: SourceId,
        /// The hospitals it may speak for; empty means all.
        hospitals: Vec<HospitalId>,
    },
    /// A patient with a valid survey link.
    Invited {
        /// The survey of the link.
        survey: SurveyId,
    },
    /// The clockwork: a job, a timetable, a command of the operator.
    System(&'static str),
}

/// Somebody who is away, in whose place another acts.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// Who is away.
    pub id: UserId,
    /// The name that they sign in with.
    pub username: String,
    /// Their name in both scripts.
    pub name: Bilingual,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Their roles, and where these hold.
    pub grants: Vec<HeldGrant>,
}

impl StandIn {
    /// How far their permission reaches, where it is one that is handed over; rows that are their own are not.
    pub(crate) fn reach(&self, permission: Permission) -> Option<Reach> {
        let handed_over = DELEGATED.contains(&permission);
        let reach = handed_over.then(|| user_reach(self.id, &self.grants, permission)).flatten()?;
        Some(Reach { own: None, ..reach })
    }
}

impl Actor {
    /// How far this actor's permission reaches; none is no.
    fn reach(&self, permission: Permission) -> Option<Reach> {
        use Permission as P;
        match self {
            Self::Anonymous => (permission == P::SignIn).then(Reach::default),
            // Whoever could sign in may also sign out and look after their account.
            Self::User { id, .. } if OWN_ACCOUNT.contains(&permission) => {
                Some(Reach { own: Some(*id), ..Reach::default() })
            }
            Self::User { must_change_password: true, .. } => None,
            Self::User { id, grants, stands_in_for, .. } => {
                let own = user_reach(*id, grants, permission);
                let others = stands_in_for.iter().filter_map(|absent| absent.reach(permission));
                others
                    .fold(own, |reach, other| Some(reach.unwrap_or_default().and_places_of(other)))
            }
            Self::Source { hospitals, .. } => matches!(permission, P::EventSend | P::EventRead)
                .then(|| Reach {
                    all: hospitals.is_empty(),
                    hospitals: hospitals.clone(),
                    ..Reach::default()
                }),
            Self::Invited { .. } => (permission == P::SurveyAnswer).then(Reach::default),
            Self::System(_) => matches!(
                permission,
                P::EventProcess
                    | P::NotificationDeliver
                    | P::ActionEscalate
                    | P::ImportRun
                    | P::SystemSetUp
                    | P::EventReplay
                    | P::SurveyPosterRead
            )
            .then(Reach::everything),
        }
    }

    /// The kind and the name that the audit log knows this actor by.
    pub(crate) fn audit_name(&self) -> (&'static str, String) {
        match self {
            Self::Anonymous => ("anonymous", String::new()),
            Self::User { username, .. } => ("user", username.clone()),
            Self::Source { id, .. } => ("source", id.to_string()),
            Self::Invited { survey } => ("patient", survey.to_string()),
            Self::System(name) => ("system", (*name).to_owned()),
        }
    }
}

fn user_reach(id: UserId, grants: &[HeldGrant], permission: Permission) -> Option<Reach> {
    let mut reach = Reach::default();
    let mut allowed = false;
    for grant in grants {
        let Some(scope) = policy(grant.role, permission) else { continue };
        allowed = true;
        match (scope, grant.hospital_id) {
            (Scope::All, _) | (Scope::Hospital | Scope::DepartmentSubtree, None) => {
                reach.all = true;
            }
            (Scope::Hospital, Some(hospital)) => reach.hospitals.push(hospital),
            (Scope::DepartmentSubtree, Some(hospital)) if grant.department_id.is_none() => {
                reach.hospitals.push(hospital);
            }
            (Scope::DepartmentSubtree, Some(_)) => reach.departments.extend(&grant.subtree),
            (Scope::Own, _) => reach.own = Some(id),
        }
    }
    allowed.then_some(reach)
}

/// Where a request came from, for logs and the audit.
#[derive(Clone, Debug, Default)]
pub struct RequestMeta {
    /// The id that the log and every error answer carry.
    pub request_id: String,
    /// The address of the client.
    pub ip: Option<IpAddr>,
    /// What the client says it is; at most 200 characters.
    pub user_agent: Option<String>,
}

impl RequestMeta {
    /// The same without what tells whose device it is: for whoever is promised that nobody knows.
    #[must_use]
    pub fn of_nobody(self) -> Self {
        Self { request_id: self.request_id, ip: None, user_agent: None }
    }
}

/// The context of one request or one run of a job.
#[derive(Clone)]
pub struct Ctx {
    deps: Deps,
    actor: Arc<Actor>,
    meta: RequestMeta,
    session: Option<Session>,
}

/// The policy's yes. Only [`Ctx::require`] and [`Ctx::may`] make it; without it there is no
/// connection.
#[derive(Clone, Debug)]
pub struct Granted {
    permission: Permission,
    /// How far it reaches.
    within: Reach,
    /// What statements are told of that: the same, unless a test takes this wall away.
    asked: Reach,
}

impl Granted {
    /// What was granted.
    pub fn permission(&self) -> Permission {
        self.permission
    }

    /// How far it reaches: what SQL cuts lists by.
    pub fn reach(&self) -> &Reach {
        &self.asked
    }

    /// How far it reaches: what the database cuts every row by.
    pub(crate) fn within(&self) -> &Reach {
        &self.within
    }
}

impl Ctx {
    pub(crate) fn new(deps: Deps, actor: Actor, meta: RequestMeta) -> Self {
        Self { deps, actor: Arc::new(actor), meta, session: None }
    }

    /// The same, asked through this session of a browser.
    pub(crate) fn in_session(self, session: Session) -> Self {
        Self { session: Some(session), ..self }
    }

    /// The browser's session that this was asked through; scripts have none.
    pub(crate) fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The signed-in person, if it is one.
    pub fn user_id(&self) -> Option<UserId> {
        match *self.actor {
            Actor::User { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Whom the signed-in person stands in for today.
    pub(crate) fn stands_in_for(&self) -> &[StandIn] {
        match &*self.actor {
            Actor::User { stands_in_for, .. } => stands_in_for,
            _ => &[],
        }
    }

    /// How far a person's permission reaches by their own roles alone.
    pub(crate) fn reach_alone(&self, permission: Permission) -> Option<Reach> {
        match &*self.actor {
            Actor::User { id, grants, .. } => user_reach(*id, grants, permission),
            other => other.reach(permission),
        }
    }

    /// The language of the signed-in person; Arabic for everybody else.
    pub(crate) fn language(&self) -> Locale {
        match *self.actor {
            Actor::User { language, .. } => language,
            _ => Locale::Ar,
        }
    }

    /// The same, of whom nothing is known but what they do.
    pub(crate) fn of_nobody(&self) -> Self {
        Self { meta: self.meta.clone().of_nobody(), ..self.clone() }
    }

    /// Where the request came from.
    pub fn meta(&self) -> &RequestMeta {
        &self.meta
    }

    pub(crate) fn deps(&self) -> &Deps {
        &self.deps
    }

    /// This instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.deps.clock().now()
    }

    /// A new id of any kind.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        T::from(self.deps.chance().id(self.now()))
    }

    /// Asks the policy. A no is logged and counted here, once.
    ///
    /// # Errors
    /// `Unauthenticated` for nobody, `Forbidden` for somebody.
    pub fn require(&self, permission: Permission) -> Result<Granted> {
        if let Some(reach) = self.actor.reach(permission) {
            return Ok(self.grant(permission, reach));
        }
        metrics::counter!("px360_refusals_total", "permission" => permission.as_str()).increment(1);
        tracing::info!(%permission, actor = ?self.actor.audit_name(), request_id = %self.meta.request_id, "refused");
        Err(match *self.actor {
            Actor::Anonymous => Failure::Unauthenticated,
            Actor::User { must_change_password: true, .. } => Failure::PasswordChangeRequired,
            _ => Failure::Forbidden,
        }
        .into())
    }

    /// Like [`Ctx::require`], without a log line: for what a page may offer.
    pub fn may(&self, permission: Permission) -> Option<Granted> {
        self.actor.reach(permission).map(|reach| self.grant(permission, reach))
    }

    /// Like [`Ctx::may`], by the caller's own roles alone: what nobody does in somebody else's place.
    pub(crate) fn may_alone(&self, permission: Permission) -> Option<Granted> {
        // Asked first, because a temporary password closes everything.
        self.may(permission)?;
        self.reach_alone(permission).map(|reach| self.grant(permission, reach))
    }

    fn grant(&self, permission: Permission, reach: Reach) -> Granted {
        match self.deps.walls() {
            Walls::Both => Granted { permission, within: reach.clone(), asked: reach },
            Walls::ScopeAlone => Granted { permission, within: Reach::everything(), asked: reach },
            Walls::RowsAlone => Granted { permission, within: reach, asked: Reach::everything() },
        }
    }

    /// Begins one unit of work.
    pub async fn begin(&self, granted: Granted) -> Result<Tx> {
        Tx::begin(self.clone(), granted).await
    }

    /// Reads, cut to what was granted.
    pub fn read<'a>(&'a self, granted: &'a Granted) -> Reader<'a> {
        Reader::new(self, granted)
    }
}
