//! Whether a phone can be told what is news while the app is closed, and what keeps it from that.

/// What its browser, its owner and its server say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ways {
    /// The server has a key.
    pub has_key: bool,
    /// The page came by https, or from this machine.
    pub is_secure: bool,
    /// It is WeChat's own browser.
    pub is_wechat: bool,
    /// The browser has all that it takes.
    pub has_push: bool,
    /// Its owner has said no to notifications, and is not asked again.
    pub is_denied: bool,
    /// The browser has an address at which it is told.
    pub is_subscribed: bool,
    /// The server tells this device.
    pub is_told: bool,
    /// Its account is in a crew.
    pub has_crews: bool,
}

/// How that stands, or what is in its way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// The server tells nobody.
    NoKey,
    /// Plain http.
    Insecure,
    /// WeChat's own browser, which has none of it.
    WeChat,
    /// A browser, or a way of opening it, that has none of it.
    NoPush,
    /// Its owner said no, and has to say otherwise in the browser's settings.
    Denied,
    /// It could be told.
    Off,
    /// It would be told, were its account in a crew.
    NoCrew,
    /// It is told.
    On,
}

impl Telling {
    /// Whether both sides have it so, whatever there is to be told.
    pub fn is_on(self) -> bool {
        matches!(self, Telling::On | Telling::NoCrew)
    }
}

impl Ways {
    /// How that stands. It is told only where both sides say so: an address that the server has not
    /// is nobody's, and one that the browser gave up is told nothing.
    pub fn telling(self) -> Telling {
        match self {
            Ways { has_key: false, .. } => Telling::NoKey,
            Ways {
                is_secure: false, ..
            } => Telling::Insecure,
            Ways {
                has_push: false,
                is_wechat: true,
                ..
            } => Telling::WeChat,
            Ways {
                has_push: false, ..
            } => Telling::NoPush,
            Ways {
                is_denied: true, ..
            } => Telling::Denied,
            Ways {
                is_subscribed: true,
                is_told: true,
                has_crews,
                ..
            } => match has_crews {
                true => Telling::On,
                false => Telling::NoCrew,
            },
            _ => Telling::Off,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_where_both_sides_say_so_and_else_what_is_first_in_its_way_is_said() {
        let on = Ways {
            has_key: true,
            is_secure: true,
            has_push: true,
            is_subscribed: true,
            is_told: true,
            has_crews: true,
            ..Ways::default()
        };
        let none = Ways {
            has_push: false,
            ..on
        };
        let wechat = Ways {
            is_wechat: true,
            ..none
        };
        for (ways, telling) in [
            (on, Telling::On),
            (
                Ways {
                    has_crews: false,
                    ..on
                },
                Telling::NoCrew,
            ),
            (
                Ways {
                    is_told: false,
                    ..on
                },
                Telling::Off,
            ),
            (
                Ways {
                    is_subscribed: false,
                    ..on
                },
                Telling::Off,
            ),
            (
                Ways {
                    is_wechat: true,
                    ..on
                },
                Telling::On,
            ),
            (
                Ways {
                    is_denied: true,
                    ..on
                },
                Telling::Denied,
            ),
            (none, Telling::NoPush),
            (wechat, Telling::WeChat),
            (
                Ways {
                    is_secure: false,
                    ..wechat
                },
                Telling::Insecure,
            ),
            (
                Ways {
                    has_key: false,
                    ..wechat
                },
                Telling::NoKey,
            ),
            (Ways::default(), Telling::NoKey),
        ] {
            assert_eq!(ways.telling(), telling, "{ways:?}");
        }
    }
}
