//! Numbers as plain text, for addresses, styles and shapes; what people read is written
//! by [`format`](crate::state::format).
//!
//! Both ways are JSON's, which is in the app anyway. The standard library's own reader
//! and writer of floats would be 16 kB more of the download: say `f64` in neither
//! `format!` nor `parse`.

/// A finite number; `None` for anything else.
pub fn read(text: &str) -> Option<f64> {
    serde_json::from_str(text).ok()
}

/// A number rounded to so many decimals, without zeros at its end.
pub fn text(value: f64, decimals: u8) -> String {
    let parts = 10_f64.powi(i32::from(decimals));
    let rounded = (value * parts).round() / parts;
    // No number of ours is infinite; JSON would say null.
    let mut text = serde_json::to_string(&rounded).unwrap_or_default();
    if text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_as_long_as_it_must_be() {
        assert_eq!(text(123.456_789_4, 6), "123.456789");
        assert_eq!(text(43.520_000_000_01, 6), "43.52");
        assert_eq!(text(15.0, 2), "15");
        assert_eq!(text(-0.5, 0), "-1");
        assert_eq!(text(1200.0, 0), "1200");
    }

    #[test]
    fn what_is_written_is_read() {
        for value in [0.0, -123.5, 43.520_123, 1e-6, 180.0] {
            assert_eq!(read(&text(value, 6)), Some(value));
        }
        for no_number in ["", "NaN", "inf", "1e999", "15a", "0x1"] {
            assert_eq!(read(no_number), None, "{no_number}");
        }
    }
}
