//! The whole house on one database, with demo places and people.

use std::sync::Arc;

use axum::body::Body;
use http::{Request, Response};
use http_body_util::BodyExt as _;
use leptos::config::LeptosOptions;
use px360_domain::Bilingual;
use px360_domain::Locale;
use px360_domain::ids::UserId;
use px360_server::config::{HttpConfig, RateConfig};
use px360_server::gateways::{Gateways, IdentityProvider};
use px360_server::seed::demo::{self, HistoryPlan, SeedDemo};
use px360_server::{Chance, Deps, DepsParts, RequestMeta, SystemClock, Walls};
use secrecy::SecretString;
use sqlx::PgPool;
use tower::ServiceExt as _;

pub(crate) const SECRET: &str = "a secret of a test, thirty-two or more";
pub(crate) const PASSWORD: &str = "px360-demo";
pub(crate) const API_KEY: &str = "px360-demo-key";

/// One number out of a database.
pub(crate) async fn count(db: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(db).await.unwrap()
}

/// The whole house.
pub(crate) struct House {
    pub(crate) db: PgPool,
    pub(crate) deps: Deps,
    router: axum::Router,
}

impl House {
    pub(crate) async fn new(db: PgPool) -> Self {
        Self::with_walls(db, Walls::Both).await
    }

    /// The same, with perhaps one wall less.
    pub(crate) async fn with_walls(db: PgPool, walls: Walls) -> Self {
        Self::build(db, walls, None, RateConfig::OFF).await
    }

    /// The same, with an identity provider.
    pub(crate) async fn with_provider(db: PgPool, provider: IdentityProvider) -> Self {
        Self::build(db, Walls::Both, Some(provider), RateConfig::OFF).await
    }

    /// The same, where nobody may ask more than this.
    pub(crate) async fn with_rates(db: PgPool, rates: RateConfig) -> Self {
        Self::build(db, Walls::Both, None, rates).await
    }

    async fn build(
        db: PgPool,
        walls: Walls,
        identity_provider: Option<IdentityProvider>,
        rates: RateConfig,
    ) -> Self {
        px360_server::migrate(&db).await.unwrap();
        let deps = Deps::new(DepsParts {
            walls,
            pool: db.clone(),
            clock: Arc::new(SystemClock),
            chance: Chance::from_system(),
            secrets: vec![SecretString::from(SECRET)],
            gateways: Gateways::silent(),
            events: px360_server::config::EventsConfig::default(),
            identity_provider,
            http: HttpConfig {
                addr: ([127, 0, 0, 1], 3000).into(),
                public_url: "http://px360.test".to_owned(),
                worker_addr: None,
                // So that a test can come from several addresses.
                trust_proxy: rates != RateConfig::OFF,
                rates,
            },
        });
        let seed = SeedDemo {
            password: PASSWORD.to_owned().into(),
            api_key: API_KEY.to_owned().into(),
            history: HistoryPlan { days: 0, ..HistoryPlan::default() },
            today: true,
        };
        demo::seed_demo(&deps, &db, seed).await.unwrap();
        let options = LeptosOptions::builder().output_name("px360").build();
        let router = px360::router(&deps, &options);
        Self { db, deps, router }
    }

    /// Knocks; answers the status, the headers and the body as text.
    pub(crate) async fn knock(&self, request: Request<Body>) -> (http::response::Parts, String) {
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (parts, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Signs in as a script does; answers the access token.
    pub(crate) async fn token_of(&self, username: &str, password: &str) -> String {
        let body = serde_json::json!({ "username": username, "password": password });
        let request = Request::post("/api/auth/token/")
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let (parts, body) = self.knock(request).await;
        assert_eq!(parts.status, 200, "{body}");
        let pair: serde_json::Value = serde_json::from_str(&body).unwrap();
        pair["access"].as_str().unwrap().to_owned()
    }

    /// Somebody who may sign in and was granted nothing.
    pub(crate) async fn db_nobody(&self) -> UserId {
        let hash: String = sqlx::query_scalar("select password_hash from users limit 1")
            .fetch_one(&self.db)
            .await
            .unwrap();
        let ctx = self.deps.system("seed-demo");
        let granted = ctx.require(px360_domain::access::Permission::SystemSetUp).unwrap();
        let mut tx = ctx.begin(granted).await.unwrap();
        let user = px360_server::accounts::NewUser {
            username: "nobody".to_owned(),
            email: "nobody@demo.example".to_owned(),
            name: Bilingual::new("لا أحد", "Nobody"),
            language: Locale::Ar,
            hospital_id: None,
            is_demo: true,
            grants: Vec::new(),
        };
        let id = px360_server::accounts::create_in(&mut tx, user, hash).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// The token of the survey that waits.
    pub(crate) async fn survey_token(&self) -> String {
        let waiting = demo::waiting_survey(&self.deps).await.unwrap().unwrap();
        self.deps.survey_token(waiting.id)
    }

    pub(crate) fn meta() -> RequestMeta {
        RequestMeta::default()
    }
}
