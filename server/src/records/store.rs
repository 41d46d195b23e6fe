//! The statements that every kind of record answers: each is written once, over the functions that give
//! all kinds one shape (migration `records`), and checked for each kind.

use px360_domain::records::RecordKind;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::record::Row;
use super::statements::{Asked, Order, Sight};
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Rows of records within sight: where each stands in the order, the function that gives them, the rest of
/// the statement, and the values that it names from `$6` on.
macro_rules! rows_of {
    (
        $place:literal, $records:literal, $sight:expr, [$($rest:literal),+], $($value:expr),+ $(,)?
    ) => {{
        let Sight { reach, identify } = $sight;
        sqlx::query_as!(
            Row,
            r#"select id as "id!", version as "version!", doc as "doc!", names as "names!", "#
                + $place + r#" as "place!" from "# + $records + "($1, $2, $3, $4, $5) "
                $(+ $rest)+,
            reach.all,
            &reach.hospitals as _,
            &reach.departments as _,
            reach.own as _,
            identify,
            $($value),+
        )
    }};
}

/// A count of records within sight; the rest as for [`rows_of`].
macro_rules! count_of {
    ($records:literal, $sight:expr, [$($rest:literal),+], $($value:expr),+ $(,)?) => {{
        let Sight { reach, identify } = $sight;
        sqlx::query_scalar!(
            r#"select count(*) as "count!" from (select from "#
                + $records + "($1, $2, $3, $4, $5) " $(+ $rest)+ + ") as few",
            reach.all,
            &reach.hospitals as _,
            &reach.departments as _,
            reach.own as _,
            identify,
            $($value),+
        )
    }};
}

/// A function that gives a page in the order of a field.
macro_rules! ordered {
    ($name:ident, $records:literal, $beyond:literal, $order:literal) => {
        pub(super) async fn $name(
            read: Reader<'_>,
            sight: Sight<'_>,
            asked: &Asked,
            field: &str,
            limit: i64,
        ) -> Result<Vec<Row>> {
            Ok(rows_of!(
                "place",
                $records,
                sight,
                [
                    r#"cross join lateral (
                           select coalesce(fold_words(doc ->> $11), '') collate "C" as place) as placed
                       where doc @> $6 and words like all($7)
                         and ($10::text is null or words like $10)
                         and ($8::uuid is null or (place, id) "#,
                    $beyond,
                    " ($9, $8)) order by ",
                    $order,
                    " limit $12"
                ],
                asked.contains,
                &asked.words,
                asked.after.as_ref().map(|after| after.id),
                asked.after.as_ref().map(|after| after.place.as_str()),
                asked.word,
                field,
                limit,
            )
            .fetch_all(&mut *read.db().await?)
            .await?)
        }
    };
}

/// The lists of one kind, and how many it has: the function that gives its records, and the one that finds
/// them by a word.
macro_rules! lists_of {
    ($records:literal, $found:literal) => {
        pub(super) async fn newest(
            read: Reader<'_>,
            sight: Sight<'_>,
            asked: &Asked,
            limit: i64,
        ) -> Result<Vec<Row>> {
            Ok(rows_of!(
                "''",
                $records,
                sight,
                ["where doc @> $6 and words like all($7) and ($8::uuid is null or id < $8)
                  order by id desc
                  limit $9"],
                asked.contains,
                &asked.words,
                asked.after.as_ref().map(|after| after.id),
                limit,
            )
            .fetch_all(&mut *read.db().await?)
            .await?)
        }

        // Not `newest` with a condition that may be absent: such a plan could not begin at the index.
        pub(super) async fn found(
            read: Reader<'_>,
            sight: Sight<'_>,
            asked: &Asked,
            limit: i64,
        ) -> Result<Vec<Row>> {
            Ok(rows_of!(
                "''",
                $records,
                sight,
                [
                    "where id in (select * from ",
                    $found,
                    "($10, $5))
                       and doc @> $6 and words like all($7) and ($8::uuid is null or id < $8)
                     order by id desc
                     limit $9"
                ],
                asked.contains,
                &asked.words,
                asked.after.as_ref().map(|after| after.id),
                limit,
                asked.word,
            )
            .fetch_all(&mut *read.db().await?)
            .await?)
        }

        pub(super) async fn alike(
            read: Reader<'_>,
            sight: Sight<'_>,
            asked: &Asked,
            limit: i64,
        ) -> Result<Vec<Row>> {
            Ok(rows_of!(
                "''",
                $records,
                sight,
                ["where doc @> $6 and slips($7, words) is not null
                  order by slips($7, words), id desc
                  limit $8"],
                asked.contains,
                &asked.names,
                limit,
            )
            .fetch_all(&mut *read.db().await?)
            .await?)
        }

        pub(super) async fn count(
            read: Reader<'_>,
            sight: Sight<'_>,
            asked: &Asked,
            counted_max: i64,
        ) -> Result<i64> {
            Ok(count_of!(
                $records,
                sight,
                ["where doc @> $6 and words like all($7) limit $8"],
                asked.contains,
                &asked.words,
                counted_max,
            )
            .fetch_one(&mut *read.db().await?)
            .await?)
        }

        pub(super) async fn count_found(
            read: Reader<'_>,
            sight: Sight<'_>,
            asked: &Asked,
            counted_max: i64,
        ) -> Result<i64> {
            Ok(count_of!(
                $records,
                sight,
                [
                    "where id in (select * from ",
                    $found,
                    "($9, $5)) and doc @> $6 and words like all($7) limit $8"
                ],
                asked.contains,
                &asked.words,
                counted_max,
                asked.word,
            )
            .fetch_one(&mut *read.db().await?)
            .await?)
        }
    };
}

/// Whatever else one kind answers: the function that gives its records, its table, and what else a removal
/// sets.
macro_rules! records_of {
    ($records:literal, $table:literal, $removed:literal) => {
        ordered!(upwards, $records, ">", "place, id");
        ordered!(downwards, $records, "<", "place desc, id desc");

        pub(super) async fn find(
            db: impl PgExecutor<'_>,
            sight: Sight<'_>,
            id: Uuid,
        ) -> Result<Option<Row>> {
            Ok(rows_of!("''", $records, sight, ["where id = $6"], id).fetch_optional(db).await?)
        }

        pub(super) async fn remove(tx: &mut Tx, id: Uuid, version: i64) -> Result<bool> {
            let now = tx.now();
            let done = sqlx::query!(
                "update "
                    + $table
                    + " set deleted_at = $3, version = version + 1"
                    + $removed
                    + " where id = $1 and version = $2 and deleted_at is null",
                id,
                version,
                now,
            )
            .execute(tx.db())
            .await?;
            Ok(done.rows_affected() == 1)
        }
    };
}

/// The statements of a kind of which there are thousands.
macro_rules! kind_of_record {
    ($kind:ident, $records:literal, $found:literal, $table:literal, $removed:literal) => {
        mod $kind {
            use super::*;

            lists_of!($records, $found);
            records_of!($records, $table, $removed);
        }
    };
}

kind_of_record!(hospital, "hospital_records", "hospitals_found", "hospitals", ", active = false");
kind_of_record!(
    department,
    "department_records",
    "departments_found",
    "departments",
    ", active = false"
);
kind_of_record!(
    physician,
    "physician_records",
    "physicians_found",
    "physicians",
    ", active = false"
);
kind_of_record!(employee, "employee_records", "employees_found", "employees", ", active = false");
kind_of_record!(
    user,
    "user_records",
    "users_found",
    "users",
    ", active = false, sso_issuer = null, sso_subject = null"
);

mod patient {
    use super::*;
    // Of patients there are millions, so their lists have statements of their own.
    pub(super) use crate::records::patients::{
        alike, count, count as count_found, found, found as newest,
    };

    records_of!("patient_records", "patients", "");
}

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

/// The records whose names are nearly what was asked for, likest first.
pub(super) async fn alike(
    read: Reader<'_>,
    kind: RecordKind,
    sight: Sight<'_>,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Row>> {
    of_kind!(kind, alike(read, sight, asked, limit))
}

/// How many records there are; none is counted beyond the last that would be told.
pub(super) async fn count(
    read: Reader<'_>,
    kind: RecordKind,
    sight: Sight<'_>,
    asked: &Asked,
    counted_max: i64,
) -> Result<i64> {
    if asked.word.is_some() {
        of_kind!(kind, count_found(read, sight, asked, counted_max))
    } else {
        of_kind!(kind, count(read, sight, asked, counted_max))
    }
}

/// One record within reach.
pub(super) async fn find(
    read: Reader<'_>,
    kind: RecordKind,
    sight: Sight<'_>,
    id: Uuid,
) -> Result<Option<Row>> {
    of_kind!(kind, find(&mut *read.db().await?, sight, id))
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

/// Takes a record out of every list; false when the version is stale.
pub(super) async fn remove(tx: &mut Tx, kind: RecordKind, id: Uuid, version: i64) -> Result<bool> {
    of_kind!(kind, remove(tx, id, version))
}
