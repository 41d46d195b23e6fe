//! A house with one door, for the tests of accounts.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, SET_COOKIE};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use px360_domain::access::Role;
use px360_domain::accounts::{Grant, Hidden};
use px360_domain::ids::{HospitalId, UserId};
use px360_domain::{Bilingual, Failure, Locale};
use px360_server::accounts::{self, NewUser, SignIn, SignedIn, Step};
use px360_server::config::{HttpConfig, RateConfig};
use px360_server::gateways::Gateways;
use px360_server::http::{Body as JsonBody, Session, guard, session};
use px360_server::{
    Actor, Chance, Ctx, Deps, DepsParts, ManualClock, RequestMeta, Result, Walls, seed,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use sqlx::{Executor as _, PgPool};
use tower::ServiceExt as _;

pub(super) const PASSWORD: &str = "a long enough password";
pub(super) const SECRET: &str = "the current secret, 32 characters or more";

pub(super) struct House {
    pub(super) db: PgPool,
    pub(super) clock: Arc<ManualClock>,
    pub(super) deps: Deps,
    pub(super) router: Router,
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

impl House {
    pub(super) async fn new(db: PgPool) -> Self {
        Self::with_secrets(db, &[SECRET], "http://px360.test").await
    }

    pub(super) async fn with_secrets(db: PgPool, secrets: &[&str], public_url: &str) -> Self {
        let clock = Arc::new(ManualClock::at(at("2026-03-01T09:00:00Z")));
        let deps = Deps::new(DepsParts {
            walls: Walls::Both,
            pool: db.clone(),
            clock: clock.clone(),
            chance: Chance::seeded(7),
            secrets: secrets.iter().map(|secret| SecretString::from(*secret)).collect(),
            gateways: Gateways::silent(),
            events: px360_server::config::EventsConfig::default(),
            identity_provider: None,
            http: HttpConfig {
                addr: ([127, 0, 0, 1], 3000).into(),
                public_url: public_url.to_owned(),
                worker_addr: None,
                trust_proxy: true,
                rates: RateConfig::OFF,
            },
        });
        px360_server::migrate(&db).await.unwrap();
        seed::roles::create_default_roles(&deps.system("tests")).await.unwrap();
        let (api, _) = accounts::api::router().split_for_parts();
        let routes = api
            .route("/visit", get(visit))
            .route("/login", post(login))
            .route("/code", post(code))
            .route("/logout", post(logout))
            .route("/whoami", get(whoami))
            .with_state(deps.clone());
        let router = guard(routes, &deps);
        Self { db, clock, deps, router }
    }

    pub(super) async fn user(&self, username: &str, grants: Vec<Grant>) -> UserId {
        let hash = accounts::hash_password(&self.deps, PASSWORD.into()).await.unwrap();
        let ctx = self.deps.system("tests");
        let granted = ctx.require(px360_domain::access::Permission::SystemSetUp).unwrap();
        let mut tx = ctx.begin(granted).await.unwrap();
        let user = NewUser {
            username: username.to_owned(),
            email: format!("{username}@example.sa"),
            name: Bilingual::new("نورة", "Noura"),
            language: Locale::Ar,
            hospital_id: None,
            is_demo: false,
            grants,
        };
        let id = accounts::create_in(&mut tx, user, hash).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub(super) async fn admin(&self, username: &str) -> UserId {
        self.user(username, vec![grant(Role::PxAdmin, None)]).await
    }

    pub(super) fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    pub(super) async fn sign_in(&self, username: &str, password: &str) -> Result<SignedIn> {
        self.sign_in_from("10.0.0.1", username, password).await
    }

    pub(super) async fn sign_in_from(
        &self,
        ip: &str,
        username: &str,
        password: &str,
    ) -> Result<SignedIn> {
        let meta = RequestMeta { ip: Some(ip.parse().unwrap()), ..RequestMeta::default() };
        let cmd = SignIn { username: username.to_owned(), password: password.into(), otp: None };
        match accounts::sign_in(&self.deps.anonymous(meta), cmd).await? {
            Step::In(signed_in) => Ok(signed_in),
            Step::Half(_) => Err(Failure::OtpRequired.into()),
        }
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Signs in through the door and gives back the cookie.
    pub(super) async fn cookie_of(&self, username: &str) -> String {
        let answer = self.send(login_as(username, PASSWORD, None)).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.cookie().unwrap()
    }

    /// Who the door takes the holder of this cookie for.
    pub(super) async fn whoami(&self, cookie: &str) -> Value {
        self.send(get_with("/whoami", &[("cookie", cookie)])).await.body
    }

    pub(super) async fn run(&self, sql: &'static str) {
        self.db.execute(sql).await.unwrap();
    }

    pub(super) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.db).await.unwrap()
    }

    /// The audit log without its beginning, oldest first: action, outcome, who, and to whom.
    pub(super) async fn remembered(&self, prefix: &str) -> Vec<String> {
        sqlx::query_scalar(
            "select concat_ws(' ', action, outcome, actor_kind, nullif(actor, ''), detail->>'reason')
             from audit_events where action like $1 || '%' and action <> 'account.created'
             order by id",
        )
        .bind(prefix)
        .fetch_all(&self.db)
        .await
        .unwrap()
    }
}

impl Answer {
    /// The session cookie that the answer sets, as the browser sends it back.
    pub(super) fn cookie(&self) -> Option<String> {
        let cookie = self.headers.get(SET_COOKIE)?.to_str().unwrap();
        cookie.split(';').next().map(str::to_owned)
    }
}

pub(super) fn grant(role: Role, hospital_id: Option<HospitalId>) -> Grant {
    Grant { role, hospital_id, department_id: None }
}

pub(super) fn request(
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

pub(super) fn get_with(path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    request(Method::GET, path, headers, "")
}

pub(super) fn post_json(path: &str, body: &Value) -> Request<Body> {
    request(Method::POST, path, &[(CONTENT_TYPE.as_str(), "application/json")], &body.to_string())
}

/// What the holder of this cookie sends from a page of ours.
pub(super) fn send_as(method: Method, path: &str, cookie: &str, body: &Value) -> Request<Body> {
    let headers = [
        (COOKIE.as_str(), cookie),
        ("sec-fetch-site", "same-origin"),
        (CONTENT_TYPE.as_str(), "application/json"),
    ];
    request(method, path, &headers, &body.to_string())
}

pub(super) fn bearer(token: &str) -> Request<Body> {
    get_with("/api/auth/users/me/", &[(AUTHORIZATION.as_str(), &format!("Bearer {token}"))])
}

pub(super) fn login_as(username: &str, password: &str, cookie: Option<&str>) -> Request<Body> {
    let body = json!({ "username": username, "password": password });
    let mut request = post_json("/login", &body);
    let headers = request.headers_mut();
    headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
    if let Some(cookie) = cookie {
        headers.insert(COOKIE, cookie.parse().unwrap());
    }
    request
}

/// Leaves something in the session of a stranger, as an attacker would prepare one.
async fn visit(session: Session) -> Result<StatusCode> {
    session.insert("left", "behind").await.unwrap();
    Ok(StatusCode::OK)
}

#[derive(serde::Deserialize)]
struct Credentials {
    username: String,
    password: String,
}

async fn login(
    State(_deps): State<Deps>,
    ctx: Ctx,
    session: Session,
    JsonBody(body): JsonBody<Credentials>,
) -> Result<StatusCode> {
    let cmd = SignIn { username: body.username, password: body.password.into(), otp: None };
    match accounts::sign_in(&ctx, cmd).await? {
        Step::In(signed_in) => session::begin(&session, ctx.meta(), &signed_in).await?,
        Step::Half(half) => session::begin_half(&session, &half).await?,
    }
    Ok(StatusCode::OK)
}

/// The second step: a code in the body.
async fn code(
    State(deps): State<Deps>,
    meta: RequestMeta,
    session: Session,
    JsonBody(code): JsonBody<Hidden>,
) -> Result<StatusCode> {
    let half = session::half(&session).await?.ok_or(Failure::NotFound { what: String::new() })?;
    let ctx = deps.anonymous(meta.clone());
    let signed_in = accounts::finish_sign_in(&ctx, &half, &code).await?;
    session::begin(&session, &meta, &signed_in).await?;
    Ok(StatusCode::OK)
}

async fn logout(ctx: Ctx, session: Session) -> Result<StatusCode> {
    session::end(&session, &ctx).await?;
    Ok(StatusCode::OK)
}

async fn whoami(session: Session, Extension(ctx): Extension<Ctx>) -> Json<Value> {
    let name = match ctx.actor() {
        Actor::User { username, .. } => username.clone(),
        Actor::Source { id, .. } => id.to_string(),
        _ => "nobody".to_owned(),
    };
    let left: Option<String> = session.get("left").await.unwrap();
    Json(json!({ "name": name, "left": left, "ip": ctx.meta().ip }))
}
