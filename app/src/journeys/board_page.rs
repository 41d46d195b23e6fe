//! Who is where now, stage by stage.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::Locale;
use px360_domain::journeys::{Board, BoardFilter, JourneyFilter, JourneyStatus, JourneyType};

use super::board_column::{Scene, column};
use super::live::Live;
use super::sections::{Section, Sections};
use super::server_fns::journeys_board;
use super::{address, board_address, words};
use crate::UiError;
use crate::layout::MeResource;
use crate::loaded::load;
use crate::ui::card::Skeleton;
use crate::ui::dates::date_time;
use crate::ui::empty::EmptyState;
use crate::ui::failures::sentence;
use crate::ui::fields::Switch;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::problem::ProblemCard;

/// A patient's place on the board, while somebody points at it.
const CARD_IN_HAND: &str = ".board-card:is(:hover, :focus-within)";

/// What was asked for, and what came back.
type Before = (BoardFilter, Board);

/// The live board.
#[component]
pub(crate) fn BoardPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let filter = Memo::new(move |_| board_address::from_query(&query.read()));
    let board = load(move || filter.get(), journeys_board);
    let again = Callback::new(move |()| board.refetch());
    let live = Live::begin(again, CARD_IN_HAND);
    let me = use_context::<MeResource>();
    let before = StoredValue::new(None::<Before>);
    let body = move || {
        let (answer, me) = (board.get(), me.and_then(|MeResource(me)| me.get()));
        let (answer, me) = (answer?, me?.ok()?);
        // Not followed: the next answer comes with what it answers.
        let asked = filter.get_untracked();
        let several = asked.hospital.is_none() && me.hospitals.len() > 1;
        Some(match latest(answer, &asked, before) {
            Ok((board, fault)) => whole(locale, board, &asked, several, fault),
            Err(error) => view! { <ProblemCard error=error retry=again/> }.into_any(),
        })
    };
    view! {
        <a class="skip-link" href="#results" rel="external">
            {text!(locale, common.skip_to_results)}
        </a>
        <header class="page-head">
            <PageHeading title=text!(locale, journeys.board_title)/>
        </header>
        <Sections current=Section::Board/>
        <div class="toolbar">
            <Types filter=filter/>
            <LiveSwitch live=live/>
        </div>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

/// What came back; without a connection what was there before, and that it is old.
fn latest(
    answer: Result<Board, UiError>,
    asked: &BoardFilter,
    before: StoredValue<Option<Before>>,
) -> Result<(Board, Option<UiError>), UiError> {
    match answer {
        Ok(board) => {
            before.set_value(Some((asked.clone(), board.clone())));
            Ok((board, None))
        }
        Err(UiError::Transport) => {
            let same = before.get_value().filter(|(filter, _)| filter == asked);
            same.map(|(_, board)| (board, Some(UiError::Transport))).ok_or(UiError::Transport)
        }
        Err(error) => Err(error),
    }
}

/// Which kind of encounter.
#[component]
fn Types(
    /// What holds.
    filter: Memo<BoardFilter>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let links = JourneyType::ALL
        .iter()
        .copied()
        .map(|kind| {
            let href = move || {
                let other = BoardFilter { journey_type: kind, ..filter.get() };
                board_address::href(locale, &other)
            };
            let current = move || (filter.read().journey_type == kind).then_some("page");
            view! {
                <li>
                    <a class="segment" href=href aria-current=current>
                        {words::journey_type(locale, kind)}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="segments" aria-label=text!(locale, journeys.encounter_type)>
            <ul>{links}</ul>
        </nav>
    }
}

/// Whether the board is kept up to date.
#[component]
fn LiveSwitch(
    /// What keeps it.
    live: Live,
) -> impl IntoView {
    let locale = crate::texts::current();
    let resting = move || live.is_resting().then(|| text!(locale, journeys.live_resting));
    view! {
        <div class="board-live">
            <Switch
                id="live"
                label=text!(locale, journeys.live)
                on=live.is_on()
                turn=live.turn()
            />
            <p class="hint" role="status">{resting}</p>
        </div>
    }
}

/// How many there are, and where they are.
fn whole(
    locale: Locale,
    board: Board,
    asked: &BoardFilter,
    several: bool,
    fault: Option<UiError>,
) -> AnyView {
    let fault = fault.map(|error| {
        view! {
            <div class="alert board-stale" role="alert">
                <Icon name="wifi-off"/>
                <p>{sentence(locale, &error)}</p>
            </div>
        }
    });
    let rest = JourneyFilter {
        hospital: asked.hospital.clone(),
        journey_type: Some(board.journey_type),
        status: Some(JourneyStatus::Active),
        ..JourneyFilter::default()
    };
    let scene = Scene { as_of: board.as_of, several, rest: address::href(locale, &rest) };
    let as_of = text!(locale, common.as_of, at = date_time(locale, board.as_of));
    let (patients, late) =
        (words::patients(locale, board.patients), words::late_count(locale, board.overdue));
    let shown = if board.patients == 0 {
        empty(locale)
    } else {
        let columns = board.columns.into_iter().enumerate();
        let columns = columns.map(|(at, stage)| column(locale, at, stage, &scene)).collect_view();
        let label = text!(locale, journeys.board_region);
        view! {
            <div class="board" role="region" aria-label=label tabindex="0">
                {columns}
            </div>
        }
        .into_any()
    };
    view! {
        {fault}
        <div class="list-summary">
            <p id="results" class="board-counts" role="status" tabindex="-1">
                <span>{patients}</span>
                {late}
            </p>
            <span class="as-of">{as_of}</span>
        </div>
        {shown}
    }
    .into_any()
}

/// Nobody is anywhere.
fn empty(locale: Locale) -> AnyView {
    let hint = text!(locale, journeys.board_empty_hint);
    view! { <EmptyState icon="hospital" title=text!(locale, journeys.board_empty) hint=hint/> }
        .into_any()
}
