//! The statements that every kind of record answers: each is written once, over the functions that give
//! all kinds one shape (migration `records`), and checked for each kind.

use px360_domain::records::{RecordKind, TOTAL_MAX};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::record::Row;
use super::statements::{Asked, Order, Sight};
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// The columns of [`Row`], where rows are in no order of a field.
macro_rules! kind_of_record {
    ($kind:ident, $records:literal, $found:literal) => {
        mod $kind {
            use super::*;

            pub(super) async fn newest(
                read: Reader<'_>,
                Sight { reach, identify }: Sight<'_>,
                asked: &Asked,
                limit: i64,
            ) -> Result<Vec<Row>> {
                Ok(sqlx::query_as!(
                    Row,
                    r#"select id as "id!", version as "version!", doc as "doc!", names as "names!",
                              '' as "place!"
                       from "# + $records + r#"($1, $2, $3, $4, $5)
                       where doc @> $6 and words like all($7) and ($8::uuid is null or id < $8)
                       order by id desc
                       limit $9"#,
                    reach.all,
                    &reach.hospitals as _,
                    &reach.departments as _,
                    reach.own as _,
                    identify,
                    asked.contains,
                    &asked.words,
                    asked.after.as_ref().map(|after| after.id),
                    limit,
                )
                .fetch_all(read.db())
                .await?)
            }

            pub(super) async fn found(
                read: Reader<'_>,
                Sight { reach, identify }: Sight<'_>,
                asked: &Asked,
                limit: i64,
            ) -> Result<Vec<Row>> {
                Ok(sqlx::query_as!(
                    Row,
                    r#"select id as "id!", version as "version!", doc as "doc!", names as "names!",
                              '' as "place!"
                       from "# + $records + r#"($1, $2, $3, $4, $5)
                       where id in (select * from "# + $found + r#"($10, $5))
                         and doc @> $6 and words like all($7) and ($8::uuid is null or id < $8)
                       order by id desc
                       limit $9"#,
                    reach.all,
                    &reach.hospitals as _,
                    &reach.departments as _,
                    reach.own as _,
                    identify,
                    asked.contains,
                    &asked.words,
                    asked.after.as_ref().map(|after| after.id),
                    limit,
                    asked.word,
                )
                .fetch_all(read.db())
                .await?)
            }

            pub(super) async fn upwards(
                read: Reader<'_>,
                Sight { reach, identify }: Sight<'_>,
                asked: &Asked,
                field: &str,
                limit: i64,
            ) -> Result<Vec<Row>> {
                Ok(sqlx::query_as!(
                    Row,
                    r#"select id as "id!", version as "version!", doc as "doc!", names as "names!",
                              place as "place!"
                       from "# + $records + r#"($1, $2, $3, $4, $5)
                       cross join lateral (
                           select coalesce(fold_words(doc ->> $11), '') collate "C" as place) as placed
                       where doc @> $6 and words like all($7)
                         and ($10::text is null or words like $10)
                         and ($8::uuid is null or (place, id) > ($9, $8))
                       order by place, id
                       limit $12"#,
                    reach.all,
                    &reach.hospitals as _,
                    &reach.departments as _,
                    reach.own as _,
                    identify,
                    asked.contains,
                    &asked.words,
                    asked.after.as_ref().map(|after| after.id),
                    asked.after.as_ref().map(|after| after.place.as_str()),
                    asked.word,
                    field,
                    limit,
                )
                .fetch_all(read.db())
                .await?)
            }

            pub(super) async fn downwards(
                read: Reader<'_>,
                Sight { reach, identify }: Sight<'_>,
                asked: &Asked,
                field: &str,
                limit: i64,
            ) -> Result<Vec<Row>> {
                Ok(sqlx::query_as!(
                    Row,
                    r#"select id as "id!", version as "version!", doc as "doc!", names as "names!",
                              place as "place!"
                       from "# + $records + r#"($1, $2, $3, $4, $5)
                       cross join lateral (
                           select coalesce(fold_words(doc ->> $11), '') collate "C" as place) as placed
                       where doc @> $6 and words like all($7)
                         and ($10::text is null or words like $10)
                         and ($8::uuid is null or (place, id) < ($9, $8))
                       order by place desc, id desc
                       limit $12"#,
                    reach.all,
                    &reach.hospitals as _,
                    &reach.departments as _,
                    reach.own as _,
                    identify,
                    asked.contains,
                    &asked.words,
                    asked.after.as_ref().map(|after| after.id),
                    asked.after.as_ref().map(|after| after.place.as_str()),
                    asked.word,
                    field,
                    limit,
                )
                .fetch_all(read.db())
                .await?)
            }

            pub(super) async fn count(
                read: Reader<'_>,
                Sight { reach, identify }: Sight<'_>,
                asked: &Asked,
            ) -> Result<i64> {
                Ok(sqlx::query_scalar!(
                    r#"select count(*) as "count!"
                       from (select from "# + $records + r#"($1, $2, $3, $4, $5)
                             where doc @> $6 and words like all($7) limit $8) as few"#,
                    reach.all,
                    &reach.hospitals as _,
                    &reach.departments as _,
                    reach.own as _,
                    identify,
                    asked.contains,
                    &asked.words,
                    i64::from(TOTAL_MAX) + 1,
                )
                .fetch_one(read.db())
                .await?)
            }

            pub(super) async fn count_found(
                read: Reader<'_>,
                Sight { reach, identify }: Sight<'_>,
                asked: &Asked,
            ) -> Result<i64> {
                Ok(sqlx::query_scalar!(
                    r#"select count(*) as "count!"
                       from (select from "# + $records + r#"($1, $2, $3, $4, $5)
                             where id in (select * from "# + $found + r#"($9, $5))
                               and doc @> $6 and words like all($7) limit $8) as few"#,
                    reach.all,
                    &reach.hospitals as _,
                    &reach.departments as _,
                    reach.own as _,
                    identify,
                    asked.contains,
                    &asked.words,
                    i64::from(TOTAL_MAX) + 1,
                    asked.word,
                )
                .fetch_one(read.db())
                .await?)
            }

            pub(super) async fn find(
                db: impl PgExecutor<'_>,
                Sight { reach, identify }: Sight<'_>,
                id: Uuid,
            ) -> Result<Option<Row>> {
                Ok(sqlx::query_as!(
                    Row,
                    r#"select id as "id!", version as "version!", doc as "doc!", names as "names!",
                              '' as "place!"
                       from "# + $records + r#"($1, $2, $3, $4, $5) where id = $6"#,
                    reach.all,
                    &reach.hospitals as _,
                    &reach.departments as _,
                    reach.own as _,
                    identify,
                    id,
                )
                .fetch_optional(db)
                .await?)
            }
        }
    };
}

kind_of_record!(hospital, "hospital_records", "hospitals_found");
kind_of_record!(department, "department_records", "departments_found");
kind_of_record!(physician, "physician_records", "physicians_found");
kind_of_record!(employee, "employee_records", "employees_found");
kind_of_record!(patient, "patient_records", "patients_found");
kind_of_record!(user, "user_records", "users_found");

/// Calls the function of this name for the kind.
macro_rules! of_kind {
    ($kind:expr, $name:ident ( $($argument:expr),* )) => {
        match $kind {
            RecordKind::Hospital => hospital::$name($($argument),*).await,
            RecordKind::Department => department::$name($($argument),*).await,
            RecordKind::Physician => physician::$name($($argument),*).await,
            RecordKind::Employee => employee::$name($($argument),*).await,
            RecordKind::Patient => patient::$name($($argument),*).await,
            RecordKind::User => user::$name($($argument),*).await,
        }
    };
}

/// One page of records.
pub(super) async fn list(
    read: Reader<'_>,
    kind: RecordKind,
    sight: Sight<'_>,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Row>> {
    match asked.order {
        Order::Newest if asked.word.is_some() => of_kind!(kind, found(read, sight, asked, limit)),
        Order::Newest => of_kind!(kind, newest(read, sight, asked, limit)),
        Order::Up(field) => of_kind!(kind, upwards(read, sight, asked, field, limit)),
        Order::Down(field) => of_kind!(kind, downwards(read, sight, asked, field, limit)),
    }
}

/// How many records there are; no more than one above [`TOTAL_MAX`].
pub(super) async fn count(
    read: Reader<'_>,
    kind: RecordKind,
    sight: Sight<'_>,
    asked: &Asked,
) -> Result<i64> {
    if asked.word.is_some() {
        of_kind!(kind, count_found(read, sight, asked))
    } else {
        of_kind!(kind, count(read, sight, asked))
    }
}

/// One record within reach.
pub(super) async fn find(
    read: Reader<'_>,
    kind: RecordKind,
    sight: Sight<'_>,
    id: Uuid,
) -> Result<Option<Row>> {
    of_kind!(kind, find(read.db(), sight, id))
}

/// One record within reach, as this unit of work sees it.
pub(super) async fn find_in(
    tx: &mut Tx,
    kind: RecordKind,
    sight: Sight<'_>,
    id: Uuid,
) -> Result<Option<Row>> {
    of_kind!(kind, find(tx.db(), sight, id))
}
