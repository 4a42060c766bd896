//! A small chart that is its own table: each line a name, a figure, and a bar as long as it.

use leptos::prelude::*;

/// A line of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What is counted.
    pub name: String,
    /// The figure, in words.
    pub figure: String,
    /// How many that is; the bars of a chart share one scale.
    pub count: u64,
}

/// The chart. The bars say nothing that the figures do not, and are hidden from whoever hears it.
#[component]
pub fn Bars(
    /// What it is of.
    #[prop(into)]
    caption: Signal<String>,
    /// The lines.
    #[prop(into)]
    bars: Signal<Vec<Bar>>,
) -> impl IntoView {
    let rows = move || {
        let bars = bars.get();
        let most = bars.iter().map(|bar| bar.count).max().unwrap_or_default();
        let row = |bar: Bar| {
            let width = format!("calc(100% * {} / {})", bar.count, most.max(1));
            view! {
                <tr>
                    <th scope="row">{bar.name}</th>
                    <td class="n">{bar.figure}</td>
                    <td class="bars-bar" aria-hidden="true">
                        <span style:width=width></span>
                    </td>
                </tr>
            }
        };
        bars.into_iter().map(row).collect::<Vec<_>>()
    };
    view! {
        <table class="bars">
            <caption>{caption}</caption>
            <tbody>{rows}</tbody>
        </table>
    }
}
