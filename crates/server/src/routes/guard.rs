//! Requests that another site has made a browser send.

use crate::app::App;
use crate::origin::Origin;
use crate::problem::Problem;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets a request through if it was sent to this machine by a name of this machine or by the
/// proxy's, and, where it can change something, from a page of ours.
///
/// Without a proxy the server trusts whoever reaches it on the loopback interface. A browser
/// on this machine reaches it too, on behalf of any page: one whose name was made to point
/// here (it shows in `Host`), or one that just posts (it shows in `Origin`).
pub(super) async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    match is_ours(request.method(), request.headers(), app.origin()) {
        true if is_private(&request, app.origin()) => Problem::NotFound.into_response(),
        true => next.run(request).await,
        false => Problem::Elsewhere.into_response(),
    }
}

/// How the server fares is for who runs it, who asks by a name of this machine.
fn is_private(request: &Request, origin: Option<&Origin>) -> bool {
    let host = request
        .headers()
        .get(HOST)
        .map(|v| v.to_str().unwrap_or(""));
    let from_others = origin.zip(host).is_some_and(|(o, host)| o.is_host(host));
    from_others && request.uri().path() == "/metrics"
}

fn is_ours(method: &Method, headers: &HeaderMap, ours: Option<&Origin>) -> bool {
    let value = |name: HeaderName| headers.get(name).map(|v| v.to_str().unwrap_or(""));
    let host = value(HOST);
    let proxied = ours.filter(|ours| host.is_some_and(|host| ours.is_host(host)));
    if proxied.is_none() && host.is_some_and(|host| !is_loopback(host)) {
        return false;
    }
    let safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(method);
    // A browser says so itself, also where it sends no origin.
    let from = value(HeaderName::from_static("sec-fetch-site"));
    if !safe && !matches!(from, None | Some("same-origin" | "none")) {
        return false;
    }
    match value(ORIGIN) {
        Some(origin) if !safe && proxied.is_some() => {
            proxied.is_some_and(|ours| ours.is_origin(origin))
        }
        Some(origin) if !safe => {
            let named = origin.split_once("://").map(|(_, named)| named);
            named.is_some() && named == host
        }
        _ => true,
    }
}

fn is_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority.host();
    let number = name.trim_start_matches('[').trim_end_matches(']');
    let number = number.parse::<std::net::IpAddr>();
    name.eq_ignore_ascii_case("localhost") || number.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(method: Method, host: Option<&str>, origin: Option<&str>) -> bool {
        behind(None, method, host, origin)
    }

    fn behind(
        proxy: Option<&str>,
        method: Method,
        host: Option<&str>,
        origin: Option<&str>,
    ) -> bool {
        let proxy = proxy.map(|proxy| proxy.parse::<Origin>().unwrap());
        let mut headers = HeaderMap::new();
        let mut put = |name, value: Option<&str>| {
            value.map(|value| headers.insert(name, value.parse().unwrap()));
        };
        put(HOST, host);
        put(ORIGIN, origin);
        is_ours(&method, &headers, proxy.as_ref())
    }

    #[test]
    fn behind_a_proxy_its_name_is_ours_and_only_over_https() {
        let city = "https://city.example";
        let posts = |host, origin| behind(Some(city), Method::POST, Some(host), Some(origin));
        assert!(behind(Some(city), Method::GET, Some("City.Example"), None));
        assert!(posts("city.example", city));
        assert!(posts("city.example:443", city));
        for origin in [
            "http://city.example",
            "https://city.example:8443",
            "https://elsewhere.example",
            "null",
        ] {
            assert!(!posts("city.example", origin), "{origin}");
        }
        // A proxy that does not pass on what it was called.
        assert!(!posts("127.0.0.1:8080", city));
        assert!(!behind(
            Some(city),
            Method::GET,
            Some("elsewhere.example"),
            None
        ));
        assert!(!ours(Method::GET, Some("city.example"), None));
    }

    #[test]
    fn another_sites_requests_do_not_get_in() {
        for host in [
            "127.0.0.1:8080",
            "localhost",
            "LOCALHOST:1",
            "[::1]:8080",
            "127.8.8.8",
        ] {
            assert!(ours(Method::GET, Some(host), None), "{host}");
            let own = format!("http://{host}");
            assert!(ours(Method::POST, Some(host), Some(&own)), "{host}");
            assert!(!ours(
                Method::POST,
                Some(host),
                Some("https://elsewhere.example")
            ));
            assert!(!ours(Method::POST, Some(host), Some("null")));
            // A page on another port of this machine is another site.
            assert!(!ours(Method::POST, Some(host), Some(&format!("{own}0"))));
        }
        for host in [
            "elsewhere.example",
            "127.0.0.1.elsewhere.example",
            "10.0.0.1",
            "",
            "a b",
        ] {
            assert!(!ours(Method::GET, Some(host), None), "{host}");
        }
        assert!(
            ours(Method::POST, Some("localhost"), None),
            "programs send no origin"
        );
    }
}
