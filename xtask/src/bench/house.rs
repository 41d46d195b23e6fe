//! A demo house under measurement: its own durable Postgres, its own server.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use px360_cluster::{Cluster, Options};

use crate::site::Site;
use crate::workspace::Workspace;
use crate::{Result, run};

/// Where the server listens.
pub(super) const SERVER: &str = "127.0.0.1:3361";
/// Where the yardstick of the survey page listens.
pub(super) const YARDSTICK: &str = "127.0.0.1:3362";
/// The key of the demo source.
pub(super) const API_KEY: &str = "bench-key";
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

/// A server that ends with this value.
pub(super) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, which is no less ended.
        let _ended = self.0.kill();
        let _waited = self.0.wait();
    }
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
        house.server = Some(house.start(&[])?);
        Ok(house)
    }

    fn px360(&self, verb: &str) -> Command {
        let mut program = Command::new(self.programs.join("px360"));
        program.current_dir(&self.workspace).arg(verb);
        program
            .env("DATABASE_URL", self.cluster.url(DATABASE))
            .env("PX360_ADDR", SERVER)
            .env("PX360_SECRET", "a secret that only this benchmark knows")
            .env("PX360_DEMO_API_KEY", API_KEY)
            .env("PX360_LOG", "warn")
            .env("LEPTOS_OUTPUT_NAME", "px360")
            .env("LEPTOS_SITE_PKG_DIR", "pkg")
            .env("LEPTOS_SITE_ROOT", &self.site)
            .env("LEPTOS_HASH_FILES", "true");
        program
    }

    /// Ends the server and starts it again with these variables besides.
    pub(super) fn restart(&mut self, variables: &[(&str, &str)]) -> Result {
        self.server.take();
        self.server = Some(self.start(variables)?);
        Ok(())
    }

    /// Starts the server and waits until it says that it serves.
    fn start(&self, variables: &[(&str, &str)]) -> Result<Running> {
        let mut program = self.px360("serve");
        program.envs(variables.iter().copied()).stdout(Stdio::piped());
        let mut child = program.spawn()?;
        let said = child.stdout.take().ok_or("a server without output")?;
        let running = Running(child);
        let mut lines = BufReader::new(said).lines();
        if !lines.by_ref().map_while(std::result::Result::ok).any(|line| line.contains("serves on"))
        {
            return Err("the server did not start".into());
        }
        // Whoever stops reading stops the writer, and the console channel writes.
        std::thread::spawn(move || lines.map_while(std::result::Result::ok).for_each(drop));
        Ok(running)
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
        let running = Running(child);
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
        let access = told.split("\"access\":\"").nth(1).and_then(|rest| rest.split('"').next());
        Ok(access.ok_or("no token")?.to_owned())
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
