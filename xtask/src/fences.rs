//! What keeps the rooms of the house apart: who may depend on whom, and what may stand where.

use crate::files::{self, Source};
use crate::workspace::Workspace;
use crate::{Result, css, no_arguments, run};

/// A file longer than this has become two files.
const LINES_MAX: usize = 400;

/// Every folder with sources of ours.
const FOLDERS: [&str; 13] = [
    "src", "domain", "server", "app", "frontend", "cluster", "xtask", "tests", "benches", "style",
    "public", "end2end", "docs",
];

/// Checks every fence and lists everything that stands on the wrong side.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result {
    no_arguments("fences", arguments)?;
    run::step("fences", || {
        let mut broken = trees(workspace)?;
        let mut all = Vec::new();
        for folder in FOLDERS {
            all.extend(files::sources(&workspace.root, folder, &["rs", "css", "mjs", "js"])?);
        }
        for fence in [
            long_files,
            sql_outside_stores,
            server_in_pages,
            raw_textareas,
            unused_hydration,
            physical_css,
            crate::said::sentences,
        ] {
            broken.extend(all.iter().flat_map(fence));
        }
        if broken.is_empty() {
            println!("{} files stand where they belong.", all.len());
            return Ok(());
        }
        Err(format!("{} broken:\n  {}", broken.len(), broken.join("\n  ")).into())
    })
}

/// The crates that two of our packages must never need.
///
/// Trees are listed and searched: `cargo tree --invert` also succeeds, silently, when the crate
/// is only in another target's graph.
fn trees(workspace: &Workspace) -> Result<Vec<String>> {
    const DOMAIN: [&str; 5] = ["tokio", "axum", "sqlx", "reqwest", "leptos"];
    const BROWSER: [&str; 6] = ["sqlx", "tokio", "axum", "reqwest", "regex", "chrono-tz"];
    let list = |package: &str, target: &[&str]| {
        let mut cargo = workspace.cargo();
        cargo.args(["tree", "--package", package, "--prefix", "depth"]);
        // Macros run while compiling, on the host.
        cargo.args(["--edges", "normal,no-proc-macro"]);
        run::output(cargo.args(target))
    };
    let domain = list("px360-domain", &[])?;
    let browser = list("px360-frontend", &["--target", "wasm32-unknown-unknown"])?;
    let mut broken = needless(&domain, "px360-domain", &DOMAIN);
    broken.extend(needless(&browser, "px360-frontend", &BROWSER));
    Ok(broken)
}

/// Who names a forbidden crate in a tree whose lines begin with their depth.
fn needless(tree: &str, package: &str, forbidden: &[&str]) -> Vec<String> {
    // Reads the configuration of a server; the linker leaves it out of the WebAssembly.
    const EXCUSED: [(&str, &str); 1] = [("leptos_config", "regex")];
    let mut way: Vec<&str> = Vec::new();
    let mut broken = Vec::new();
    for line in tree.lines() {
        let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
        let (depth, rest) = line.split_at(digits);
        let name = rest.split(' ').next().unwrap_or_default();
        way.truncate(depth.parse().unwrap_or(0));
        let parent = way.last().copied().unwrap_or_default();
        way.push(name);
        if forbidden.contains(&name) && !EXCUSED.contains(&(parent, name)) {
            broken.push(format!("{package} must not depend on {name}, as {parent} does"));
        }
    }
    broken.sort();
    broken.dedup();
    broken
}

fn long_files(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    if lines <= LINES_MAX {
        return Vec::new();
    }
    vec![format!("{}: {lines} lines, more than {LINES_MAX}", source.path)]
}

/// SQL stays in the stores, and in the few files that the whole server stands on.
fn sql_outside_stores(source: &Source) -> Vec<String> {
    const ALLOWED: [&str; 5] = ["/store.rs", "/tx.rs", "/wall.rs", "/db.rs", "/jobs/queue.rs"];
    if !source.path.starts_with("server/src/") || ends_with_one(&source.path, &ALLOWED) {
        return Vec::new();
    }
    let imports = |line: &str| line.starts_with("use sqlx::") && line.contains("query");
    found(source, "SQL belongs into a store.rs", |line| {
        line.contains("sqlx::query") || imports(line)
    })
}

/// Pages reach the use cases through their server functions only.
fn server_in_pages(source: &Source) -> Vec<String> {
    const ALLOWED: [&str; 3] = ["/server_fns.rs", "/ssr.rs", "/error.rs"];
    if !source.path.starts_with("app/src/")
        || source.path.starts_with("app/src/public/")
        || ends_with_one(&source.path, &ALLOWED)
    {
        return Vec::new();
    }
    found(source, "pages do not know px360_server", |line| line.contains("px360_server"))
}

/// Leptos does not escape what stands in a text area. Two components know the way round it: one
/// for staff pages, one for patients' pages.
fn raw_textareas(source: &Source) -> Vec<String> {
    const ALLOWED: [&str; 2] = ["app/src/ui/fields/text_area.rs", "app/src/public/text_area.rs"];
    if !source.path.starts_with("app/src/") || ALLOWED.contains(&source.path.as_str()) {
        return Vec::new();
    }
    found(source, "only text_area.rs may write a <textarea>", |line| line.contains("<textarea"))
}

/// What could call the entrances that `web/bin/drop-hydrate-async.mjs` takes out.
fn unused_hydration(source: &Source) -> Vec<String> {
    if !source.path.ends_with(".rs") || source.path.starts_with("xtask/") {
        return Vec::new();
    }
    found(source, "this way of hydrating is taken out of the WebAssembly (ADR 0018)", |line| {
        ["hydrate_lazy", "hydrate_from_async", "hydrate_islands", "hydrate_async"]
            .iter()
            .any(|name| line.contains(name))
    })
}

fn physical_css(source: &Source) -> Vec<String> {
    if !source.path.ends_with(".css") {
        return Vec::new();
    }
    let said = |(line, declaration)| {
        format!("{}:{line}: `{declaration}` does not mirror for Arabic", source.path)
    };
    css::physical(&source.text).into_iter().map(said).collect()
}

/// The lines of code, not of comments, that a fence forbids.
fn found(source: &Source, reason: &str, forbidden: impl Fn(&str) -> bool) -> Vec<String> {
    (1..)
        .zip(source.text.lines().map(str::trim_start))
        .filter(|(_, line)| !line.starts_with("//") && forbidden(line))
        .map(|(number, _)| format!("{}:{number}: {reason}", source.path))
        .collect()
}

fn ends_with_one(path: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_tree_names_who_needs_a_forbidden_crate() {
        let tree = "0px360-domain v0.1.0 (/x)\n1serde v1.0.2\n1tokio-util v0.7\n2bytes v1.0\n\
                    1store v1.0.0\n2sqlx v0.9.0 (*)\n";
        assert_eq!(
            needless(tree, "p", &["tokio", "sqlx"]),
            ["p must not depend on sqlx, as store does"]
        );
    }

    #[test]
    fn what_leptos_brings_along_is_excused() {
        let tree = "0front v1\n1leptos v1\n2leptos_config v1\n3regex v1\n";
        assert!(needless(tree, "p", &["regex"]).is_empty());
        let own = format!("{tree}1regex v1 (*)\n");
        assert_eq!(needless(&own, "p", &["regex"]), ["p must not depend on regex, as front does"]);
    }

    #[test]
    fn sql_is_refused_outside_the_stores() {
        let text = "// sqlx::query is fine here\nlet x = sqlx::query!(\"select 1\");\n";
        let broken = sql_outside_stores(&source("server/src/actions/raise.rs", text));
        assert_eq!(broken, ["server/src/actions/raise.rs:2: SQL belongs into a store.rs"]);
        let import = source("server/src/x.rs", "use sqlx::{PgPool, query_as};\n");
        assert_eq!(sql_outside_stores(&import).len(), 1);
        for path in ["server/src/actions/store.rs", "server/src/jobs/queue.rs", "server/tests/x.rs"]
        {
            assert!(sql_outside_stores(&source(path, text)).is_empty(), "{path}");
        }
    }

    #[test]
    fn pages_do_not_know_the_server() {
        let text = "px360_server::actions::raise(ctx)";
        assert_eq!(server_in_pages(&source("app/src/actions/list_page.rs", text)).len(), 1);
        for path in ["app/src/actions/server_fns.rs", "app/src/public/survey.rs", "src/lib.rs"] {
            assert!(server_in_pages(&source(path, text)).is_empty(), "{path}");
        }
    }

    #[test]
    fn nothing_asks_for_the_hydration_that_was_taken_out() {
        let text = "// not hydrate_lazy, but\nleptos::mount::hydrate_lazy(App);\n";
        assert_eq!(unused_hydration(&source("frontend/src/lib.rs", text)).len(), 1);
        let fine = source("frontend/src/lib.rs", "leptos::mount::hydrate_body(px360_app::App);");
        assert!(unused_hydration(&fine).is_empty());
    }

    #[test]
    fn text_areas_have_one_home() {
        let text = "view! { <textarea name=\"x\"></textarea> }";
        assert_eq!(raw_textareas(&source("app/src/public/survey.rs", text)).len(), 1);
        assert!(raw_textareas(&source("app/src/ui/fields/text_area.rs", text)).is_empty());
    }

    #[test]
    fn a_long_file_is_named() {
        assert!(long_files(&source("a.rs", &"x\n".repeat(400))).is_empty());
        assert_eq!(long_files(&source("a.rs", &"x\n".repeat(401))).len(), 1);
    }
}
