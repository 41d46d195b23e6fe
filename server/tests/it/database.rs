//! How long the database is waited for.

use sqlx::{ConnectOptions as _, PgPool};

async fn setting(pool: &PgPool, name: &str) -> String {
    let shown = sqlx::query_scalar("select current_setting($1)").bind(name);
    shown.fetch_one(pool).await.unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn no_connection_waits_for_a_lock_or_keeps_one_forever(db: PgPool) {
    let url = db.connect_options().to_url_lossy();
    let pool = px360_server::connect(url.as_str(), 2).await.unwrap();
    for _migrated in [false, true] {
        assert_eq!(setting(&pool, "lock_timeout").await, "10s");
        assert_eq!(setting(&pool, "idle_in_transaction_session_timeout").await, "30s");
        px360_server::migrate(&pool).await.unwrap();
    }
    pool.close().await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_migration_gives_up_soon_and_says_what_it_waited_for(db: PgPool) {
    px360_server::migrate(&db).await.unwrap();
    sqlx::raw_sql(
        "drop trigger audit_chains_no_truncate on audit_chains;
         drop trigger audit_chains_no_insert on audit_chains;
         delete from _sqlx_migrations where version = 20261125000009",
    )
    .execute(&db)
    .await
    .unwrap();
    let mut works = db.begin().await.unwrap();
    sqlx::raw_sql("lock table audit_chains").execute(&mut *works).await.unwrap();
    let refused = px360_server::migrate(&db).await.unwrap_err().chain();
    assert!(refused.contains("waited too long for a table"), "{refused}");
    works.rollback().await.unwrap();
    px360_server::migrate(&db).await.unwrap();
}
