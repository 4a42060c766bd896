//! Which addresses a phone may name, and which of them are asked.
//!
//! An address of a push service comes from whoever is logged in, and the server asks it: so it is a
//! way to have the server ask its neighbours. What is asked is https, at a name, at the usual port;
//! a name is asked only at addresses that are everybody's; nobody is followed elsewhere, and what is
//! answered goes to nobody.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use url::{Host, Url};

/// The most bytes of an address.
const ADDRESS_BYTES: usize = 1024;

/// The address at which a phone's push service takes messages; none where it is not one that is
/// asked. `here` lets addresses of this machine through as well, for tests.
pub(super) fn endpoint(text: &str, here: bool) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    if !is_plain || url.fragment().is_some() || url.as_str().len() > ADDRESS_BYTES {
        return None;
    }
    let is_outside = url.scheme() == "https"
        && url.port().is_none()
        // A name of this machine or its network has no dot, or none but the last.
        && matches!(url.host(), Some(Host::Domain(name)) if name.trim_end_matches('.').contains('.'));
    (is_outside || here && is_here(&url)).then_some(url)
}

fn is_here(url: &Url) -> bool {
    let is_loopback = matches!(url.host(), Some(Host::Ipv4(ip)) if ip.is_loopback());
    url.scheme() == "http" && is_loopback
}

/// Finds addresses of a name, and of them only those that are everybody's.
pub(super) struct Outside;

impl Resolve for Outside {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let outside: Vec<SocketAddr> = found.filter(|at| is_everybodys(at.ip())).collect();
            match outside.is_empty() {
                true => Err("no address outside".into()),
                false => Ok(Box::new(outside.into_iter()) as Addrs),
            }
        })
    }
}

/// Whether an address is one of the internet's, by the registries of IANA for special purposes; what
/// is not known to be one is none.
fn is_everybodys(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_everybodys_v4(ip),
        IpAddr::V6(ip) => is_everybodys_v6(ip),
    }
}

fn is_everybodys_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = match (a, b, c) {
        // This network; carriers' own; protocols' own; the old 6to4 relays; benchmarks.
        (0, ..) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18..=19, _) => true,
        // Kept for later, and everybody at once.
        (240..=255, ..) => true,
        _ => false,
    };
    let is_near = ip.is_private() || ip.is_loopback() || ip.is_link_local();
    !(is_special || is_near || ip.is_documentation() || ip.is_multicast())
}

fn is_everybodys_v6(ip: Ipv6Addr) -> bool {
    if let Some(ip) = ip.to_ipv4_mapped() {
        return is_everybodys_v4(ip);
    }
    match ip.segments() {
        // By which a network of IPv6 alone reaches what has an IPv4 address (RFC 6052).
        [0x64, 0xff9b, 0, 0, 0, 0, a, b] => {
            is_everybodys_v4(Ipv4Addr::from(u32::from(a) << 16 | u32::from(b)))
        }
        // Protocols' own, documentation, 6to4.
        [0x2001, 0..=0x01ff, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => {
            false
        }
        // What is given to networks at all.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_outside_can_be_named_and_only_by_https() {
        for good in [
            "https://fcm.googleapis.com/fcm/send/abc:DEF-_",
            "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
            "https://web.push.apple.com/QAbc?x=1",
            "https://push.city.example:443/a",
        ] {
            assert!(endpoint(good, false).is_some(), "{good}");
        }
        let long = format!("https://push.example/{}", "a".repeat(ADDRESS_BYTES));
        for bad in [
            "http://push.example/a",
            "https://127.0.0.1/a",
            "https://0x7f.1/a",
            "https://2130706433/a",
            "https://[::1]/a",
            "https://93.184.216.34/a",
            "https://localhost/a",
            "https://localhost./a",
            "https://postgres/a",
            "https://push.example:5432/a",
            "https://me:hush@push.example/a",
            "https://push.example/a#b",
            "http://127.0.0.1:9/a",
            "file:///etc/hostname",
            "",
            &long,
        ] {
            assert!(endpoint(bad, false).is_none(), "{bad}");
        }
        assert!(endpoint("http://127.0.0.1:9/a", true).is_some());
        assert!(endpoint("https://127.0.0.1/a", true).is_none());
    }

    #[test]
    fn an_address_that_is_not_everybodys_is_not_asked() {
        let is = |text: &str| is_everybodys(text.parse().unwrap());
        for near in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.1",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:a00:1::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!is(near), "{near}");
        }
        for far in [
            "1.1.1.1",
            "142.250.72.10",
            "2001:4860:4860::8888",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
        ] {
            assert!(is(far), "{far}");
        }
    }

    #[tokio::test]
    async fn a_name_of_this_machine_has_no_address_outside() {
        assert!(Outside.resolve("localhost".parse().unwrap()).await.is_err());
    }
}
