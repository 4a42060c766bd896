//! What was wrong with a file, in sentences, with examples to find it by.

use crate::{
    components::{
        icon::{Lucide, lu},
        live::or_nothing,
        notice::{Banner, Tone},
    },
    locales::{Locale, Words, t_string, use_words},
    number,
    state::{format, prefs::Prefs},
};
use leptos::prelude::*;
use mendmap_core::city::{
    Encoding, Example, FileError, Form, OddCodes, Problem, Remark, Report, Tally,
};

/// What became of a file; nothing where all of it was good.
#[component]
pub fn Problems(
    /// What reading it said.
    report: Report,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let error = report.error.clone().map(|error| {
        let title = Signal::derive(move || file_error(words, &error));
        let (read, loaded) = (report.read, report.loaded);
        let kept = move || {
            let count = |n| format::count(locale.get(), n);
            t_string!(
                words,
                layers.loaded,
                read = count(read),
                loaded = count(loaded)
            )
        };
        view! {
            <Banner tone=Tone::Danger title=title>
                <p>{move || kept()}</p>
            </Banner>
        }
    });
    let (refused, mended) = (report.refused, report.mended);
    let headline = move || {
        let count = |n| format::count(locale.get(), n);
        let mut parts = Vec::new();
        if refused > 0 {
            parts.push(t_string!(words, layers.refused, n = count(refused)));
        }
        if mended > 0 {
            parts.push(t_string!(words, layers.mended, n = count(mended)));
        }
        if parts.is_empty() {
            parts.push(t_string!(words, layers.noted).to_string());
        }
        parts.join(" · ")
    };
    let tallies: Vec<_> = report
        .problems
        .into_iter()
        .map(|tally| view! { <Kind tally=tally /> })
        .collect();
    let details = (!tallies.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary>
                    <Lucide icon=lu::LuChevronRight small=true />
                    {move || headline()}
                </summary>
                {tallies}
            </details>
        }
    });
    let remarks = report.remarks.map(|remarks| {
        let remarks = remarks.0;
        view! {
            <p class="small">
                {move || {
                    let said = remarks.iter().map(|r| remark_words(words, r));
                    said.collect::<Vec<_>>().join(" ")
                }}
            </p>
        }
    });
    view! {
        {or_nothing(error)}
        {or_nothing(remarks)}
        {or_nothing(details)}
    }
}

/// One kind of problem, how often, and where first.
#[component]
fn Kind(tally: Tally) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let Tally { count, first, .. } = tally;
    let shown = first.len();
    let problem = first.first().map(|example| example.problem.clone());
    let text = move || {
        problem
            .as_ref()
            .map(|p| problem_words(words, p))
            .unwrap_or_default()
    };
    let examples = move || {
        let mut places: Vec<String> = first.iter().map(|e| example(words, e)).collect();
        if count > shown {
            let n = format::count(locale.get(), count - shown);
            places.push(t_string!(words, layers.and_more, n = n));
        }
        places.join(" · ")
    };
    view! {
        <div class="problem">
            <span>{move || text()} " (" {move || format::count(locale.get(), count)} ")"</span>
            <span class="examples">{move || examples()}</span>
        </div>
    }
}

fn example(words: Words, example: &Example) -> String {
    // People count from one.
    let i = example.index + 1;
    match &example.id {
        Some(id) => t_string!(words, layers.example_id, i = i, id = id),
        None => t_string!(words, layers.example, i = i),
    }
}

/// Codes that are not as the standard has them; none where all are.
pub fn odd_codes(words: Words, locale: Locale, odd: &OddCodes) -> Option<String> {
    let first = odd.first.join(" · ");
    (odd.count > 0).then(|| {
        let n = format::count(locale, odd.count);
        t_string!(words, layers.odd_codes, n = n, first = first)
    })
}

/// Why a whole file could not be read, and what to do.
pub fn file_error(words: Words, error: &FileError) -> String {
    match error {
        FileError::UnknownLayer => t_string!(words, layers.f_unknown_layer).into(),
        FileError::Empty => t_string!(words, layers.f_empty).into(),
        FileError::Html => t_string!(words, layers.f_html).into(),
        FileError::NotUtf8 { at } => t_string!(words, layers.f_not_utf8, at = at),
        FileError::Truncated { at } => t_string!(words, layers.f_truncated, at = at),
        FileError::NotJson { at, .. } => t_string!(words, layers.f_not_json, at = at),
        FileError::NotGeoJson { found } => {
            t_string!(words, layers.f_not_geojson, found = found)
        }
        FileError::UnknownCrs { name } => t_string!(words, layers.f_crs, name = name),
        FileError::NoFeatures => t_string!(words, layers.f_no_features).into(),
        FileError::TooLarge => t_string!(words, layers.f_too_large).into(),
        FileError::Foreign(form) => foreign(words, *form).into(),
    }
}

/// What a file is that is no GeoJSON, and how to come by one.
fn foreign(words: Words, form: Form) -> &'static str {
    match form {
        Form::TopoJson => t_string!(words, layers.f_foreign_topo_json),
        Form::EsriJson => t_string!(words, layers.f_foreign_esri_json),
        Form::Table => t_string!(words, layers.f_foreign_table),
        Form::Script => t_string!(words, layers.f_foreign_script),
        Form::Message => t_string!(words, layers.f_foreign_message),
        Form::Xml => t_string!(words, layers.f_foreign_xml),
        Form::Gzip => t_string!(words, layers.f_foreign_gzip),
        Form::Archive => t_string!(words, layers.f_foreign_archive),
        Form::Binary => t_string!(words, layers.f_foreign_binary),
    }
}

/// What was done with a file before it was read.
fn remark_words(words: Words, remark: &Remark) -> String {
    match remark {
        Remark::Unpacked => t_string!(words, layers.m_unpacked).into(),
        Remark::Decoded { from } => {
            let encoding = match from {
                Encoding::Gb18030 => "GBK/GB18030",
                Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            };
            t_string!(words, layers.m_decoded, encoding = encoding)
        }
        Remark::Sequence { texts } => t_string!(words, layers.m_sequence, n = texts),
        Remark::Converted {
            from,
            north_first: false,
        } => t_string!(words, layers.m_converted, name = from),
        Remark::Converted { from, .. } => t_string!(words, layers.m_north_first, name = from),
        Remark::Unshifted => t_string!(words, layers.m_unshifted).into(),
        Remark::Table { east, north } => {
            t_string!(words, layers.m_table, east = east, north = north)
        }
        Remark::LooksSwapped => t_string!(words, layers.m_looks_swapped).into(),
        Remark::LooksProjected { systems } => {
            let codes = systems.iter().map(|code| format!("EPSG:{code}"));
            let systems = codes.collect::<Vec<_>>().join(" · ");
            t_string!(words, layers.m_looks_projected, systems = systems)
        }
        Remark::LooksShifted { metres } => t_string!(words, layers.m_looks_shifted, n = metres),
    }
}

/// What is wrong with a feature, and what was or can be done about it.
fn problem_words(words: Words, problem: &Problem) -> String {
    let text = match problem {
        Problem::NotAFeature { .. } => t_string!(words, layers.p_not_a_feature),
        Problem::NoGeometry | Problem::EmptyGeometry => t_string!(words, layers.p_no_geometry),
        Problem::UnknownGeometry { found } => {
            return t_string!(words, layers.p_unknown_geometry, found = found);
        }
        Problem::GeometryCollection => t_string!(words, layers.p_collection),
        Problem::WrongGeometry { .. } => t_string!(words, layers.p_wrong_geometry),
        Problem::BadCoordinates => t_string!(words, layers.p_bad_coordinates),
        Problem::BadPosition { found } => {
            return t_string!(words, layers.p_bad_position, found = found);
        }
        Problem::OutOfRange { x, y } => {
            let [x, y] = [x, y].map(|degrees| number::text(*degrees, 6));
            return t_string!(words, layers.p_out_of_range, x = x, y = y);
        }
        Problem::TooShort { .. } => t_string!(words, layers.p_too_short),
        Problem::OpenRing => t_string!(words, layers.p_open_ring),
        Problem::WrongWinding => t_string!(words, layers.p_winding),
        Problem::BadHole => t_string!(words, layers.p_hole),
        Problem::UnknownKind { found } => {
            return t_string!(words, layers.p_unknown_kind, found = found);
        }
        Problem::CutOff => t_string!(words, layers.p_cut_off),
        Problem::BadJson { .. } => t_string!(words, layers.p_bad_json),
        Problem::BadProperties { .. } => t_string!(words, layers.p_bad_properties),
        Problem::BadUid { .. } | Problem::DuplicateUid { .. } => t_string!(words, layers.p_uid),
        Problem::DuplicateCode { code, .. } => {
            return t_string!(words, layers.p_code, code = code);
        }
    };
    text.into()
}
