//! Logging in, and what is asked of whom.

use crate::kit::{CITY, device, events, ndjson, told};
use crate::{Answered, Site, site};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use mendmap_core::account::Role;
use mendmap_core::ids::{AssetUid, Uuid};
use mendmap_core::log::{
    AccountAdded, AssetConfirmed, AssetVanished, Draft, Moment, Stamp, Subject, Undone,
};
use mendmap_core::sync::{Answer, Held, Refused, Verdict};
use mendmap_server::user::{Deed, UserError, act};
use serde_json::{Value, json};

/// The events of `kit` act in its name.
const CREW: &str = "crew-1";
pub(crate) const PASSWORD: &str = "一二三四五六七八";

/// What nobody reads who may not.
const READS: [&str; 12] = [
    "/api/v1/me",
    "/api/v1/events",
    "/api/v1/stream",
    "/api/v1/receipts",
    "/api/v1/snapshot",
    "/api/v1/segments?to=1",
    "/api/v1/held",
    "/api/v1/tasks",
    "/api/v1/tasks/x",
    "/api/v1/ledger",
    "/api/v1/layers",
    "/api/v1/layers/roads",
];

fn made(role: Role) -> Deed {
    Deed::Add {
        name: "王".into(),
        role,
        crews: Vec::new(),
        password: PASSWORD.into(),
    }
}

pub(crate) async fn with_crew() -> Site {
    with(Role::Crew).await
}

/// A site with one account.
pub(crate) async fn with(role: Role) -> Site {
    let site = site().await;
    act(&site.app, CREW, made(role)).await.unwrap();
    site
}

impl Site {
    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answered {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Value::Null => Body::empty(),
            body => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
        };
        self.send(request.body(body).unwrap()).await
    }

    async fn log_in(&self, account: &str, password: &str, device: Option<String>) -> Answered {
        let mut said = json!({ "account": account, "password": password });
        if let Some(device) = device {
            said["device"] = device.into();
        }
        self.ask(Method::POST, "/api/v1/session", &[], &said).await
    }

    /// Logs the one account in.
    pub(crate) async fn cookie(&self) -> String {
        cookie(&self.log_in(CREW, PASSWORD, None).await)
    }

    pub(crate) async fn with_cookie(&self, method: Method, path: &str, cookie: &str) -> Answered {
        self.ask(method, path, &[("cookie", cookie)], &Value::Null)
            .await
    }
}

/// What the browser sends back.
fn cookie(answered: &Answered) -> String {
    let set = answered.header("set-cookie");
    set.split(';').next().unwrap().to_owned()
}

fn is(answered: &Answered, status: u16, code: &str) {
    assert_eq!(
        (answered.status.as_u16(), answered.problem().as_str()),
        (status, code)
    );
}

#[tokio::test]
async fn until_there_is_an_account_whoever_is_at_the_machine_is_its_keeper() {
    let site = site().await;
    let me = site.get("/api/v1/me").await.json();
    assert_eq!(
        (&me["account"], &me["role"]),
        (&Value::Null, &json!("administrator"))
    );
    act(&site.app, CREW, made(Role::Crew)).await.unwrap();
    for path in READS {
        is(&site.get(path).await, 401, "no-session");
    }
    let posted = site
        .post("application/x-ndjson", ndjson(&events(1, 1)))
        .await;
    is(&posted, 401, "no-session");
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(site.get("/index.html").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_crew_logs_in_hands_over_and_logs_out() {
    let site = with_crew().await;
    let answered = site
        .log_in(CREW, PASSWORD, Some(device(1).to_string()))
        .await;
    assert_eq!(answered.status, StatusCode::OK);
    assert_eq!(answered.json()["role"], "crew");
    let set = answered.header("set-cookie").to_ascii_lowercase();
    assert!(set.starts_with(&format!("mendmap-{CITY}=")), "{set}");
    for part in ["httponly", "samesite=strict", "path=/"] {
        assert!(set.contains(part), "{set}");
    }
    let cookie = cookie(&answered);
    let me = site.with_cookie(Method::GET, "/api/v1/me", &cookie).await;
    assert_eq!(me.json()["account"], CREW);

    let request = Request::post("/api/v1/events")
        .header("cookie", &cookie)
        .header("content-type", "application/x-ndjson");
    let handed = site
        .send(request.body(ndjson(&events(1, 2)).into()).unwrap())
        .await;
    let receipts: Vec<Answer> = serde_json::from_value(handed.json()["receipts"].clone()).unwrap();
    assert!(receipts.iter().all(|r| crate::kit::place(r).is_some()));

    let out = site
        .with_cookie(Method::DELETE, "/api/v1/session", &cookie)
        .await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    let after = site.with_cookie(Method::GET, "/api/v1/me", &cookie).await;
    is(&after, 401, "no-session");
}

#[tokio::test]
async fn nothing_tells_a_wrong_account_from_a_wrong_password_and_trying_has_its_price() {
    let site = with_crew().await;
    is(
        &site.log_in("nobody", PASSWORD, None).await,
        401,
        "wrong-password",
    );
    for _ in 0..5 {
        is(
            &site.log_in(CREW, "something else", None).await,
            401,
            "wrong-password",
        );
    }
    let late = site.log_in(CREW, PASSWORD, None).await;
    is(&late, 429, "too-many-tries");
    assert!(late.header("retry-after").parse::<u64>().unwrap() >= 1);
}

#[tokio::test]
async fn a_session_from_before_the_login_is_not_kept() {
    let site = with_crew().await;
    let planted = format!("mendmap-{CITY}=AAAAAAAAAAAAAAAAAAAAAA");
    let said = json!({ "account": CREW, "password": PASSWORD });
    let answered = site
        .ask(
            Method::POST,
            "/api/v1/session",
            &[("cookie", &planted)],
            &said,
        )
        .await;
    assert_eq!(answered.status, StatusCode::OK);
    assert_ne!(cookie(&answered), planted);
    let by_planted = site.with_cookie(Method::GET, "/api/v1/me", &planted).await;
    is(&by_planted, 401, "no-session");
    // Logging in again gives another id, and the one from before is over.
    let first = cookie(&answered);
    let again = site
        .ask(
            Method::POST,
            "/api/v1/session",
            &[("cookie", &first)],
            &said,
        )
        .await;
    assert_ne!(cookie(&again), first);
    is(
        &site.with_cookie(Method::GET, "/api/v1/me", &first).await,
        401,
        "no-session",
    );
}

#[tokio::test]
async fn another_site_cannot_make_a_browser_log_in_or_out() {
    let site = with_crew().await;
    let said = json!({ "account": CREW, "password": PASSWORD });
    for (name, value) in [
        ("origin", "https://elsewhere.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for method in [Method::POST, Method::DELETE] {
            let answered = site
                .ask(method, "/api/v1/session", &[(name, value)], &said)
                .await;
            is(&answered, 421, "elsewhere");
        }
    }
    // What a form can send is no request of ours.
    let form = Request::post("/api/v1/session")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("account=crew-1&password=x"))
        .unwrap();
    is(&site.send(form).await, 400, "form");
}

#[tokio::test]
async fn another_password_ends_the_other_sessions() {
    let site = with_crew().await;
    let here = cookie(&site.log_in(CREW, PASSWORD, None).await);
    let elsewhere = cookie(&site.log_in(CREW, PASSWORD, None).await);
    let change = async |old: &str, new: &str| {
        let said = json!({ "old": old, "new": new });
        site.ask(
            Method::POST,
            "/api/v1/me/password",
            &[("cookie", &here)],
            &said,
        )
        .await
    };
    is(&change(PASSWORD, "short").await, 400, "weak-password");
    is(
        &change("not the old one", "long enough").await,
        401,
        "wrong-password",
    );
    let changed = change(PASSWORD, "long enough").await;
    assert_eq!(changed.status, StatusCode::NO_CONTENT);
    let here = cookie(&changed);
    let me = site.with_cookie(Method::GET, "/api/v1/me", &here).await;
    assert_eq!(me.status, StatusCode::OK);
    is(
        &site
            .with_cookie(Method::GET, "/api/v1/me", &elsewhere)
            .await,
        401,
        "no-session",
    );
    is(
        &site.log_in(CREW, PASSWORD, None).await,
        401,
        "wrong-password",
    );
}

#[tokio::test]
async fn an_administrator_gives_others_a_password_and_ends_their_sessions_by_it() {
    let site = with(Role::Administrator).await;
    act(&site.app, "li", made(Role::Crew)).await.unwrap();
    let here = site.cookie().await;
    let lis = cookie(&site.log_in("li", PASSWORD, None).await);
    let give = async |cookie: &str, account: &str, password: &str| {
        let path = format!("/api/v1/accounts/{account}/password");
        let said = json!({ "password": password });
        site.ask(Method::PUT, &path, &[("cookie", cookie)], &said)
            .await
    };
    is(&give(&here, "li", "short").await, 400, "weak-password");
    is(&give(&here, "zhao", "long enough").await, 404, "not-found");
    is(&give(&here, CREW, "long enough").await, 403, "not-allowed");
    is(&give(&lis, CREW, "long enough").await, 403, "not-allowed");
    let given = give(&here, "li", "long enough").await;
    assert_eq!(given.status, StatusCode::NO_CONTENT);
    let me = site.with_cookie(Method::GET, "/api/v1/me", &lis).await;
    is(&me, 401, "no-session");
    is(
        &site.log_in("li", PASSWORD, None).await,
        401,
        "wrong-password",
    );
    let back = site.log_in("li", "long enough", None).await;
    assert_eq!(back.status, StatusCode::OK);
    // And where there are no accounts yet, nobody logs in at all.
    let keepers = self::site().await;
    let said = json!({ "password": "long enough" });
    let path = "/api/v1/accounts/li/password";
    let asked = keepers.ask(Method::PUT, path, &[], &said).await;
    is(&asked, 403, "not-allowed");
}

#[tokio::test]
async fn a_locked_account_reads_nothing_and_what_it_captured_is_held() {
    let site = with_crew().await;
    let cookie = cookie(&site.log_in(CREW, PASSWORD, None).await);
    act(&site.app, CREW, Deed::Lock(true)).await.unwrap();
    is(&site.log_in(CREW, PASSWORD, None).await, 403, "locked");
    for path in READS {
        is(
            &site.with_cookie(Method::GET, path, &cookie).await,
            403,
            "locked",
        );
    }
    let request = Request::post("/api/v1/events")
        .header("cookie", &cookie)
        .header("content-type", "application/x-ndjson");
    let handed = site
        .send(request.body(ndjson(&events(1, 1)).into()).unwrap())
        .await;
    let receipts: Vec<Answer> = serde_json::from_value(handed.json()["receipts"].clone()).unwrap();
    assert_eq!(receipts[0].receipt.verdict, Verdict::Held(Held::Locked));
    act(&site.app, CREW, Deed::Lock(false)).await.unwrap();
    let me = site.with_cookie(Method::GET, "/api/v1/me", &cookie).await;
    assert_eq!(me.status, StatusCode::OK);
}

#[tokio::test]
async fn a_device_belongs_to_who_logged_in_with_it_first() {
    let site = with_crew().await;
    act(&site.app, "li", made(Role::Crew)).await.unwrap();
    let own = Some(device(1).to_string());
    assert_eq!(
        site.log_in(CREW, PASSWORD, own.clone()).await.status,
        StatusCode::OK
    );
    let answered = site.log_in("li", PASSWORD, own).await;
    is(&answered, 409, "anothers-device");
    assert_eq!(
        answered.header("set-cookie"),
        "",
        "nobody is logged in by it"
    );
    let other = Some(device(2).to_string());
    assert_eq!(
        site.log_in("li", PASSWORD, other).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_program_acts_by_a_key_until_it_is_taken_away() {
    let site = with_crew().await;
    let key = act(&site.app, CREW, Deed::Token { name: "x".into() })
        .await
        .unwrap()
        .unwrap();
    let by_key = async |key: &str| {
        let bearer = format!("Bearer {key}");
        site.ask(
            Method::GET,
            "/api/v1/me",
            &[("authorization", &bearer)],
            &Value::Null,
        )
        .await
    };
    assert_eq!(by_key(&key).await.json()["account"], CREW);
    is(&by_key("0123").await, 401, "no-session");
    act(&site.app, CREW, Deed::DropTokens).await.unwrap();
    is(&by_key(&key).await, 401, "no-session");
}

#[tokio::test]
async fn no_crew_makes_itself_an_administrator() {
    let site = with_crew().await;
    let cookie = cookie(&site.log_in(CREW, PASSWORD, None).await);
    let stamp = |seq: u64| Stamp {
        id: events(1, seq).pop().unwrap().id().unwrap(),
        device: device(1),
        seq,
        actor: CREW.into(),
        at: "2024-05-03T09:12:44+08:00".parse::<Moment>().unwrap(),
        offset_ms: 0,
    };
    let own = || Subject::Account(CREW.into());
    let crowned = AccountAdded {
        name: "王".into(),
        role: "administrator".into(),
        crews: Vec::new(),
    };
    let crown = Draft::new(own(), crowned)
        .seal(CITY, stamp(1), &[])
        .unwrap();
    let first = site.app.store().about(&CREW.into()).await.unwrap();
    let undone = Undone {
        events: vec![first[0].id().unwrap()],
        note: None,
    };
    let undo = Draft::new(own(), undone).seal(CITY, stamp(2), &[]).unwrap();
    let request = Request::post("/api/v1/events")
        .header("cookie", &cookie)
        .header("content-type", "application/x-ndjson");
    let handed = site
        .send(request.body(ndjson(&[crown, undo]).into()).unwrap())
        .await;
    let receipts: Vec<Answer> = serde_json::from_value(handed.json()["receipts"].clone()).unwrap();
    for (receipt, kind) in receipts.iter().zip(["account_added", "undone"]) {
        let (role, kind) = (Role::Crew, kind.to_owned());
        let refused = Verdict::Refused(Refused::Permission { role, kind });
        assert_eq!(receipt.receipt.verdict, refused);
    }
    let me = site.with_cookie(Method::GET, "/api/v1/me", &cookie).await;
    assert_eq!(me.json()["role"], "crew");
}

#[tokio::test]
async fn the_keeper_is_told_what_cannot_be_done() {
    let site = with_crew().await;
    let done = async |id: &str, deed: Deed| act(&site.app, id, deed).await;
    for id in ["", "a b", "王", "operator", &"x".repeat(33)] {
        let refused = done(id, made(Role::Crew)).await;
        assert!(
            matches!(refused, Err(UserError::Id(_))),
            "{id}: {refused:?}"
        );
    }
    let twice = done(CREW, made(Role::Crew)).await;
    assert!(matches!(twice, Err(UserError::Exists(_))), "{twice:?}");
    let nobody = done("nobody", Deed::Lock(true)).await;
    assert!(matches!(nobody, Err(UserError::Unknown(_))), "{nobody:?}");
    let weak = done(CREW, Deed::Password("short".into())).await;
    assert!(matches!(weak, Err(UserError::Weak)), "{weak:?}");
    done(
        CREW,
        Deed::Change {
            role: Some(Role::Viewer),
            crews: None,
        },
    )
    .await
    .unwrap();
    let account = site
        .app
        .store()
        .account(&CREW.into())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(account.role, Role::Viewer);
}

#[tokio::test]
async fn a_crew_says_that_a_lid_is_missing_and_only_a_supervisor_confirms_it() {
    let lid = || Subject::Asset(AssetUid(Uuid::from_u128(0xa55e)));
    let missing = told(lid(), 1, 1, AssetVanished::default(), &[]);
    let confirmed = AssetConfirmed {
        proposal: missing.id().unwrap(),
        note: None,
    };
    let confirmed = told(lid(), 1, 2, confirmed, &[&missing]);
    for role in [Role::Crew, Role::Supervisor] {
        let site = with(role).await;
        let cookie = site.cookie().await;
        let handed = Request::post("/api/v1/events")
            .header("cookie", &cookie)
            .header("content-type", "application/x-ndjson")
            .body(ndjson([&missing, &confirmed]).into());
        let handed = site.send(handed.unwrap()).await.json();
        let receipts: Vec<Answer> = serde_json::from_value(handed["receipts"].clone()).unwrap();
        let counts = receipts.iter().map(|r| crate::kit::place(r).is_some());
        let counts: Vec<bool> = counts.collect();
        assert_eq!(counts, [true, role == Role::Supervisor], "{role:?}");
    }
}
