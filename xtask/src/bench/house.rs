//! A demo house under measurement: its own durable Postgres, its own server.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use px360_cluster::{Cluster, Options};

use crate::running::Running;
use crate::site::Site;
use crate::workspace::Workspace;
use crate::{Result, json, run};

/// Where the server listens.
pub(super) const SERVER: &str = "127.0.0.1:3361";
/// Where the yardstick of the survey page listens.
pub(super) const YARDSTICK: &str = "127.0.0.1:3362";
/// The key of the demo source.
pub(super) const API_KEY: &str = "bench-key";
/// What the server signs with.
const SECRET: &str = "a secret that only this benchmark knows";
/// The database under measurement.
pub(super) const DATABASE: &str = "px360";

/// A demo house under measurement.
pub(super) struct House {
    pub(super) cluster: Cluster,
    pub(super) workspace: PathBuf,
    pub(super) programs: PathBuf,
    /// The path of the link of a survey that waits: `/s/…`.
    pub(super) link: String,
    /// That survey's id.
    pub(super) survey: String,
    server: Option<Running>,
    site: PathBuf,
}

impl House {
    /// Starts a durable Postgres and fills it with a month of demo data.
    pub(super) fn prepare(workspace: &Workspace, site: &Site) -> Result<Self> {
        let mut options = Options::throw_away()?;
        options.durable = true;
        let cluster = Cluster::start(&options)?;
        cluster.create_database(DATABASE)?;
        let programs = site.program.parent().ok_or("a program without a folder")?.to_path_buf();
        let mut house = Self {
            cluster,
            workspace: workspace.root.clone(),
            programs,
            link: String::new(),
            survey: String::new(),
            server: None,
            site: site.root.clone(),
        };
        let told = run::output(house.px360("seed-demo").args(["--days", "30"]))?;
        let link = told.split_whitespace().find(|word| word.contains("/s/"));
        let path = link.and_then(|link| link.find("/s/").map(|at| &link[at..]));
        house.link = path.ok_or("seed-demo named no survey")?.to_owned();
        house.survey = house.ask(
            "select id from surveys where status in ('scheduled', 'sent')
             order by created_at desc, id limit 1",
        )?;
        house.server = Some(house.start(&[], &[])?);
        Ok(house)
    }

    fn px360(&self, verb: &str) -> Command {
        let mut program = Command::new(self.programs.join("px360"));
        program.current_dir(&self.workspace).arg(verb);
        program
            .env("DATABASE_URL", self.cluster.url(DATABASE))
            .env("PX360_ADDR", SERVER)
            .env("PX360_SECRET", SECRET)
            .env("PX360_DEMO_API_KEY", API_KEY)
            .env("PX360_LOG", "warn")
            .env("PX360_RATE_USER", "0")
            .env("PX360_RATE_SOURCE", "0")
            .env("PX360_RATE_ADDRESS", "0")
            .env("LEPTOS_OUTPUT_NAME", "px360")
            .env("LEPTOS_SITE_PKG_DIR", "pkg")
            .env("LEPTOS_SITE_ROOT", &self.site)
            .env("LEPTOS_HASH_FILES", "true");
        program
    }

    /// What signs and checks the links of surveys as the server does.
    pub(super) fn tokens(&self) -> Command {
        let mut tokens = Command::new(self.programs.join("bench-survey-tokens"));
        tokens.env("PX360_SECRET", SECRET);
        tokens
    }

    /// Ends the server and starts it again with these variables besides.
    pub(super) fn restart(&mut self, variables: &[(&str, &str)]) -> Result {
        self.server.take();
        self.server = Some(self.start(&[], variables)?);
        Ok(())
    }

    /// Ends the server and starts it again so that it leaves the jobs to others.
    pub(super) fn restart_without_jobs(&mut self) -> Result {
        self.server.take();
        self.server = Some(self.start(&["--no-worker"], &[])?);
        Ok(())
    }

    /// Starts the server and waits until it says that it serves.
    fn start(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Result<Running> {
        let mut program = self.px360("serve");
        program.args(arguments).envs(variables.iter().copied());
        Running::start(&mut program)
    }

    /// How much memory the server takes now, and took at most, in megabytes.
    pub(super) fn memory(&self) -> Result<(u64, u64)> {
        let server = self.server.as_ref().ok_or("no server")?;
        let status = fs::read_to_string(format!("/proc/{}/status", server.id()))?;
        let of = |name: &str| -> Option<u64> {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        };
        let (now, most) = (of("VmRSS:"), of("VmHWM:"));
        Ok((now.ok_or("no VmRSS")? / 1_024, most.ok_or("no VmHWM")? / 1_024))
    }

    /// Starts the yardstick of the survey page on a copy of what our own server answers.
    pub(super) fn start_yardstick(&self) -> Result<Running> {
        let page = self.cluster.dir().join("page.html");
        let address = format!("http://{SERVER}{}", self.link);
        fs::write(&page, run::output(Command::new("curl").args(["-sf", &address]))?)?;
        let child = Command::new(self.programs.join("bench-survey-page"))
            .env("DATABASE_URL", self.cluster.url(DATABASE))
            .env("PX360_ADDR", YARDSTICK)
            .env("REFERENCE_PAGE", &page)
            .env("REFERENCE_TOKEN", self.link.trim_start_matches("/s/"))
            .env("REFERENCE_SURVEY", &self.survey)
            .spawn()?;
        let running = Running::of(child);
        let there = format!("http://{YARDSTICK}{}", self.link);
        let mut curl = Command::new("curl");
        curl.args(["-sf", "-o", "/dev/null", "--retry", "50", "--retry-delay", "0"]);
        run::output(curl.args(["--retry-connrefused", "--retry-max-time", "20", &there]))?;
        Ok(running)
    }

    /// What a script of the demo's administrator signs its requests with.
    pub(super) fn token(&self) -> Result<String> {
        let mut curl = Command::new("curl");
        curl.args(["-sf", "-H", "Content-Type: application/json", "-d"]);
        curl.arg(r#"{"username":"admin","password":"px360-demo"}"#);
        let told = run::output(curl.arg(format!("http://{SERVER}/api/auth/token/")))?;
        Ok(json::parse(&told)?.text("access").ok_or("no token")?.to_owned())
    }

    /// One value out of the database under measurement.
    pub(super) fn ask(&self, sql: &str) -> Result<String> {
        Ok(self.cluster.ask(DATABASE, sql)?.trim().to_owned())
    }

    /// Stops the server and removes everything.
    pub(super) fn close(mut self) -> Result {
        self.server.take();
        Ok(self.cluster.stop()?)
    }
}
