//! The root of each day.

use chrono::TimeDelta;
use px360_domain::Failure;
use px360_server::audit::{self, Fault};
use px360_server::jobs::{self, Wake};
use sqlx::PgPool;

use super::lived;
use crate::harness::TestApp;

async fn keep(app: &TestApp) -> usize {
    jobs::run(&app.deps, Wake::KeepAuditRoot).await.unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn each_day_keeps_one_root_and_its_ends_are_links_for_good(db: PgPool) {
    let app = TestApp::new(db).await;
    let operator = app.deps.system("test");
    assert!(matches!(
        audit::find_root(&operator, None).await,
        Err(px360_server::Error::Refused(Failure::NotFound { .. }))
    ));
    assert_eq!((keep(&app).await, keep(&app).await), (1, 0), "once a day");
    let first = audit::find_root(&operator, None).await.unwrap();
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(keep(&app).await, 1);
    let second = audit::find_root(&operator, None).await.unwrap();
    assert_eq!(second.day, first.day.succ_opt().unwrap());
    assert_ne!(second.root, first.root, "keeping the first was remembered");
    for kept in [&first, &second] {
        let verdict = audit::verify_since(&operator, &kept.ends).await.unwrap();
        assert_eq!(verdict.broken, []);
    }
    assert_eq!(audit::find_root(&operator, Some(first.day)).await.unwrap(), first);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_log_that_was_written_anew_does_not_lead_to_the_days_ends(db: PgPool) {
    let app = lived(db).await;
    let operator = app.deps.system("test");
    app.clock.advance(TimeDelta::days(1));
    keep(&app).await;
    let kept = audit::find_root(&operator, None).await.unwrap();
    let mut other = kept.ends.clone();
    let end = other.iter_mut().find(|end| end.position > 0).expect("something was written");
    end.hash[0] ^= 1;
    let verdict = audit::verify_since(&operator, &other).await.unwrap();
    assert!(verdict.broken.iter().any(|link| link.fault == Fault::Rewritten));
}
