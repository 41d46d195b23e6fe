//! What a house remembers of its messages.

use px360_domain::ids::NotificationId;

use super::house::House;

/// One row of the notification log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct LogRow {
    pub(super) attempt: i32,
    pub(super) channel: Option<String>,
    pub(super) provider: Option<String>,
    pub(super) address_masked: Option<String>,
    pub(super) body: Option<String>,
    pub(super) status: String,
    pub(super) reason: Option<String>,
    pub(super) error: Option<String>,
    pub(super) provider_message_id: Option<String>,
    pub(super) segments: Option<i16>,
}

impl House {
    pub(super) async fn log(&self, id: NotificationId) -> Vec<LogRow> {
        sqlx::query_as(
            "select attempt, channel, provider, address_masked, body, status, reason, error,
                 provider_message_id, segments
             from notification_log where notification_id = $1 order by attempt",
        )
        .bind(id)
        .fetch_all(&self.db)
        .await
        .unwrap()
    }

    /// The log in short: `1 sms failed`.
    pub(super) async fn log_lines(&self, id: NotificationId) -> Vec<String> {
        let line = |row: LogRow| {
            format!("{} {} {}", row.attempt, row.channel.unwrap_or_default(), row.status)
        };
        self.log(id).await.into_iter().map(line).collect()
    }

    /// What the audit log remembers of a message, in order.
    pub(super) async fn audit(&self, id: NotificationId) -> Vec<String> {
        sqlx::query_scalar(
            "select action from audit_events where entity = 'notification' and entity_id = $1
             order by id",
        )
        .bind(id.to_string())
        .fetch_all(&self.db)
        .await
        .unwrap()
    }

    /// Every table of ours with these words anywhere in a row.
    pub(super) async fn tables_with(&self, words: &str) -> Vec<String> {
        let tables: Vec<String> = sqlx::query_scalar(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
             where schemaname not in ('pg_catalog', 'information_schema') order by 1",
        )
        .fetch_all(&self.db)
        .await
        .unwrap();
        let mut found = Vec::new();
        for table in tables {
            let statement = format!("select count(*) from {table} t where strpos(t::text, $1) > 0");
            let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
                .bind(words)
                .fetch_one(&self.db)
                .await
                .unwrap();
            if rows > 0 {
                found.push(table.trim_start_matches("public.").to_owned());
            }
        }
        found
    }
}
