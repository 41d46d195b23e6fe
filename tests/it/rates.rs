//! Nobody takes the house away from the others by asking too much.

use axum::body::Body;
use http::Request;
use px360_server::config::RateConfig;
use sqlx::PgPool;

use crate::house::{API_KEY, House, PASSWORD};

/// More than can come at once, by far, and than a slow machine is given anew meanwhile.
const MANY: usize = 200;

async fn ask(house: &House, path: &str, header: (&str, &str)) -> (u16, Option<u32>) {
    let request = Request::get(path).header(header.0, header.1).body(Body::empty()).unwrap();
    let (parts, _) = house.knock(request).await;
    let wait = parts.headers.get("retry-after").and_then(|value| value.to_str().ok());
    (parts.status.as_u16(), wait.and_then(|seconds| seconds.parse().ok()))
}

/// Asks until it is refused; answers after how many, and how long to wait then.
async fn until_refused(house: &House, path: &str, header: (&str, &str)) -> (usize, u32) {
    for count in 0..MANY {
        let (status, wait) = ask(house, path, header).await;
        if status == 429 {
            return (count, wait.unwrap());
        }
    }
    panic!("{path} is never refused");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_asks_too_much_waits_and_nobody_else_does(db: PgPool) {
    let rates = RateConfig { user: 1, source: 1, address: 1 };
    let house = House::with_rates(db, rates).await;
    let busy = format!("Bearer {}", house.token_of("coordinator", PASSWORD).await);
    let other = format!("Bearer {}", house.token_of("nurse", PASSWORD).await);
    let me = "/api/auth/users/me/";
    let (passed, wait) = until_refused(&house, me, ("authorization", &busy)).await;
    assert!(passed >= 10 && (1..=2).contains(&wait), "{passed}, {wait}");
    assert_eq!(ask(&house, me, ("authorization", &other)).await.0, 200);
    // A hospital's system, beside them.
    let key = format!("Api-Key {API_KEY}");
    let event = "/api/integrations/events/01936000-0000-7000-8000-00000000000a/";
    let (passed, _) = until_refused(&house, event, ("authorization", &key)).await;
    assert!(passed >= 10, "{passed}");
    // An address, by whoever is nobody, and by whoever guesses keys; another one goes on.
    let (passed, _) = until_refused(&house, "/ar/login", ("x-forwarded-for", "192.0.2.1")).await;
    assert!(passed >= 10, "{passed}");
    assert_eq!(ask(&house, "/ar/login", ("x-forwarded-for", "192.0.2.2")).await.0, 200);
    let guess = ("authorization", "Bearer nonsense");
    assert_eq!(ask(&house, me, guess).await.0, 401, "without an address nobody is counted");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_rate_of_nothing_counts_nobody(db: PgPool) {
    let house = House::with_rates(db, RateConfig::OFF).await;
    for _ in 0..MANY {
        let (status, _) = ask(&house, "/ar/login", ("x-forwarded-for", "192.0.2.1")).await;
        assert_eq!(status, 200);
    }
}
