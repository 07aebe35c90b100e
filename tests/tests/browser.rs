//! The page that `typedown diff --format html` writes, in a real headless Chromium.
//!
//! Needs `chromedriver` and Chromium. Where they are not there the test says that it is skipped, unless the environment
//! has `TYPEDOWN_BROWSER`, as in CI: then it fails.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use typedown_tests::workspace;

/// A running chromedriver, ended with the test.
struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    /// Starts it on a free port; none if it is not installed.
    fn start() -> Option<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let output = process.stdout.take()?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let started = lines.find(|line| line.contains("started successfully on port"))?;
        let digits = |c: char| !c.is_ascii_digit();
        let port = started.trim_end_matches(digits).rsplit(digits).next()?;
        let address = format!("http://127.0.0.1:{port}");
        Some(Self { process, address })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Asks for what a browser has logged.
#[derive(Debug)]
struct Log(&'static str);

impl WebDriverCompatibleCommand for Log {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (
            http::Method::POST,
            Some(json!({"type": self.0}).to_string()),
        )
    }
}

async fn log(client: &Client, kind: &'static str) -> Vec<Value> {
    let entries = client.issue_cmd(Log(kind)).await.unwrap();
    entries.as_array().unwrap().clone()
}

/// Writes the page: docs-input, v1.0 against beta.
fn write_page(path: &Path) {
    let docs = workspace().join("docs-input");
    let config = path.with_extension("toml");
    std::fs::write(&config, "").unwrap();
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let args = [
        "typedown".to_owned(),
        "diff".to_owned(),
        "--docs".to_owned(),
        text(&docs),
        "--between".to_owned(),
        "v1.0".to_owned(),
        "beta".to_owned(),
        "--format".to_owned(),
        "html".to_owned(),
        "--out".to_owned(),
        text(path),
        "--config".to_owned(),
        text(&config),
        "--allow".to_owned(),
        text(&config),
    ];
    let mut err = Vec::new();
    let code = typedown::cli::run(args, &mut Vec::new(), &mut err);
    assert_eq!(code, 0, "{}", String::from_utf8_lossy(&err));
}

#[test]
fn the_page_works_in_a_browser() {
    let Some(driver) = Driver::start() else {
        assert!(
            std::env::var_os("TYPEDOWN_BROWSER").is_none(),
            "chromedriver cannot be started"
        );
        eprintln!("SKIPPED the_page_works_in_a_browser: there is no chromedriver");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("diff.html");
    write_page(&page);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(drive(&driver.address, folder.path(), &page));
}

/// A browser that keeps a log, with or without scripts.
async fn browser(driver: &str, folder: &Path, scripts: bool) -> Client {
    let profile = folder.join(if scripts {
        "profile"
    } else {
        "profile-without-scripts"
    });
    let mut options = json!({
        "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            format!("--user-data-dir={}", profile.display()),
        ],
    });
    if !scripts {
        options["prefs"] = json!({"profile.managed_default_content_settings.javascript": 2});
    }
    let capabilities = json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
    });
    let Value::Object(capabilities) = capabilities else {
        unreachable!("it is written as an object");
    };
    ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
        .capabilities(capabilities)
        .connect(driver)
        .await
        .unwrap()
}

/// How many findings are to be seen.
async fn visible(client: &Client) -> usize {
    let script = "return document.querySelectorAll('.f:not([hidden])').length";
    let count = client.execute(script, Vec::new()).await.unwrap();
    usize::try_from(count.as_u64().unwrap()).unwrap()
}

async fn choose(client: &Client, name: &str, value: &str) {
    let select = client
        .find(Locator::Css(&format!("select[name={name}]")))
        .await
        .unwrap();
    select.select_by_label(value).await.unwrap();
}

async fn hash(client: &Client) -> String {
    let url = client.current_url().await.unwrap();
    url.fragment().unwrap_or_default().to_owned()
}

async fn drive(driver: &str, folder: &Path, page: &Path) {
    let client = browser(driver, folder, true).await;
    let address = format!("file://{}", page.display());
    client.goto(&address).await.unwrap();
    let all = visible(&client).await;
    assert!(all > 20, "{all} findings");

    // The slash goes to the search, which leaves what has all of its words.
    let body = client.find(Locator::Css("body")).await.unwrap();
    body.send_keys("/").await.unwrap();
    let active = client.active_element().await.unwrap();
    assert_eq!(active.attr("name").await.unwrap().as_deref(), Some("q"));
    active.send_keys("commsOperation datetime").await.unwrap();
    assert_eq!(visible(&client).await, 2);
    assert_eq!(hash(&client).await, "q=commsOperation+datetime");
    let shown = client.find(Locator::Css("#shown")).await.unwrap();
    assert_eq!(shown.text().await.unwrap(), format!("2 of {all} findings"));

    // The state is in the address: the same page again shows the same.
    client.refresh().await.unwrap();
    assert_eq!(visible(&client).await, 2);

    // What is typed is no shortcut, and Escape leaves the search.
    let search = client.find(Locator::Css("input[name=q]")).await.unwrap();
    search.clear().await.unwrap();
    search.send_keys("nothing/like/this").await.unwrap();
    assert_eq!(visible(&client).await, 0);
    let nothing = client.find(Locator::Css("#nothing")).await.unwrap();
    assert!(nothing.is_displayed().await.unwrap());
    search.send_keys(&Key::Escape.to_string()).await.unwrap();
    client
        .find(Locator::Css("button[type=reset]"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(visible(&client).await, all);
    assert_eq!(hash(&client).await, "");

    // Filters narrow each other.
    choose(&client, "level", "error").await;
    let errors = visible(&client).await;
    assert!(errors > 0 && errors < all);
    choose(&client, "axis", "wire-read breaking").await;
    let readers = visible(&client).await;
    assert!(readers > 0 && readers <= errors);
    assert_eq!(hash(&client).await, "axis=wire-read-breaking&level=error");
    choose(&client, "axis", "any").await;
    choose(&client, "level", "any").await;
    choose(&client, "kind", "added").await;
    let added = visible(&client).await;
    choose(&client, "rule", "property-added").await;
    assert!(visible(&client).await < added);
    assert_eq!(hash(&client).await, "rule=property-added&kind=added");
    choose(&client, "area", "microsoft-teams").await;
    assert!(hash(&client).await.ends_with("area=microsoft-teams"));

    // A permalink leaves the filters as they are.
    choose(&client, "area", "any").await;
    let filtered = visible(&client).await;
    client
        .execute(
            "location.hash = document.querySelector('.f:not([hidden])').id",
            Vec::new(),
        )
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let kind = client.find(Locator::Css("select[name=kind]")).await;
    let kind = kind.unwrap().prop("value").await.unwrap();
    assert_eq!(kind.as_deref(), Some("added"));
    assert_eq!(visible(&client).await, filtered);

    // It opens its finding, whatever was filtered before.
    let id = client
        .find(Locator::Css(".f[data-rule=enum-member-added]"))
        .await
        .unwrap()
        .attr("id")
        .await
        .unwrap()
        .unwrap();
    client.goto("about:blank").await.unwrap();
    client.goto(&format!("{address}#{id}")).await.unwrap();
    let finding = client.find(Locator::Id(&id)).await.unwrap();
    assert!(finding.attr("open").await.unwrap().is_some());
    let table = finding.find(Locator::Css("table.sides")).await.unwrap();
    assert!(table.is_displayed().await.unwrap());
    let text = table.text().await.unwrap();
    for row in ["place", "docs", "JSON", "Rust"] {
        assert!(text.contains(row), "{text}");
    }

    // j and k go from finding to finding.
    client.goto("about:blank").await.unwrap();
    client.goto(&address).await.unwrap();
    let focused = "return document.activeElement.closest('.f')?.id ?? ''";
    let body = client.find(Locator::Css("body")).await.unwrap();
    body.send_keys("j").await.unwrap();
    let first = client.execute(focused, Vec::new()).await.unwrap();
    client
        .active_element()
        .await
        .unwrap()
        .send_keys("j")
        .await
        .unwrap();
    let second = client.execute(focused, Vec::new()).await.unwrap();
    assert_ne!(first, second);
    client
        .active_element()
        .await
        .unwrap()
        .send_keys("k")
        .await
        .unwrap();
    assert_eq!(client.execute(focused, Vec::new()).await.unwrap(), first);

    // The matrix has a row for every type.
    client
        .find(Locator::Css("#matrix summary"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    let rows = client
        .find_all(Locator::Css("#matrix tbody tr"))
        .await
        .unwrap()
        .len();
    assert_eq!(rows, 76);
    let first = client
        .find(Locator::Css("#matrix a"))
        .await
        .unwrap()
        .attr("href")
        .await
        .unwrap()
        .unwrap();
    let section = client.find(Locator::Id(&first[1..])).await.unwrap();
    assert!(section.is_displayed().await.unwrap());

    // Nothing was complained of, and nothing was asked for but the page itself.
    let complaints = log(&client, "browser").await;
    assert_eq!(complaints, Vec::<Value>::new());
    for entry in log(&client, "performance").await {
        let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
        let message = &message["message"];
        if message["method"] == "Network.requestWillBeSent" {
            let url = message["params"]["request"]["url"].as_str().unwrap();
            let is_local = ["file://", "data:", "about:", "chrome"]
                .iter()
                .any(|start| url.starts_with(start));
            assert!(is_local, "the page asked for {url}");
        }
    }
    client.close().await.unwrap();

    // Without scripts it is a document: every finding is there, and opens.
    let client = browser(driver, folder, false).await;
    client.goto(&address).await.unwrap();
    let filters = client.find(Locator::Css("#filters")).await.unwrap();
    assert!(!filters.is_displayed().await.unwrap());
    let findings = client.find_all(Locator::Css(".f")).await.unwrap();
    assert_eq!(findings.len(), all);
    let summary = findings[0].find(Locator::Css("summary")).await.unwrap();
    summary.click().await.unwrap();
    let more = findings[0].find(Locator::Css(".more")).await.unwrap();
    assert!(more.is_displayed().await.unwrap());
    client.close().await.unwrap();
}
