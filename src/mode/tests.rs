//! Where steps lead.

use super::*;
use mendmap_core::{catalog::WorkKindId, ids::uuid_v7};

fn asset(n: u64) -> AssetUid {
    AssetUid(uuid_v7(n, [0; 10]))
}

fn task(n: u64) -> TaskUid {
    TaskUid(uuid_v7(n, [0; 10]))
}

fn at(mode: Mode) -> Screen {
    Screen {
        mode,
        ..Screen::default()
    }
}

#[test]
fn a_task_goes_from_tap_to_closed_and_back_never_meets_the_forms_again() {
    let mut screen = Screen::default();
    let mut trail = Vec::new();
    for step in [
        Step::TapAsset(asset(1)),
        Step::Plot,
        Step::Plotted(task(2)),
        Step::Report(task(2)),
        Step::Reported(task(2)),
    ] {
        let (next, how) = screen.after(step).expect("each step leads on");
        screen = next;
        trail.push(how);
    }
    assert_eq!(screen.mode, Mode::TaskSelected(task(2)));
    assert_eq!(trail[2], Trail::Replace);
    assert_eq!(trail[4], Trail::Replace);
}

#[test]
fn an_answer_leads_back_to_where_the_check_was_asked() {
    let check = |asset| Step::Check(task(1), "chamber-entry".into(), asset);
    let stop = at(Mode::Stopping(task(1), asset(2)));
    let card = at(Mode::TaskSelected(task(1)));
    for (before, stop) in [(stop, Some(asset(2))), (card, None)] {
        let (form, trail) = before.after(check(stop)).expect("asks");
        assert_eq!(trail, Trail::Push);
        assert_eq!(form.after(Step::TapAsset(asset(3))), None, "a stray touch");
        let (after, trail) = form.after(Step::Checked(task(1), stop)).expect("kept");
        assert_eq!((after.mode, trail), (before.mode, Trail::Replace));
    }
}

#[test]
fn a_stray_touch_never_leads_away_from_what_is_typed_or_drawn() {
    let sketch = Sketch {
        shape: PlaceType::Line,
        points: vec![[1.0, 2.0]],
    };
    for mode in [Mode::Reporting(task(1)), Mode::Drawing(sketch)] {
        assert_eq!(at(mode.clone()).after(Step::TapAsset(asset(1))), None);
        assert_eq!(at(mode.clone()).after(Step::TapTask(task(1))), None);
        assert_eq!(at(mode).after(Step::TapGround([0.0, 0.0])), None);
    }
}

#[test]
fn a_touch_chooses_and_a_second_one_takes_out_and_none_leads_away() {
    let (mut screen, trail) = at(Mode::AssetSelected(asset(1)))
        .after(Step::Choose(vec![asset(1)]))
        .expect("begins");
    assert_eq!(trail, Trail::Push);
    for (step, chosen) in [
        (Step::TapAsset(asset(2)), vec![asset(1), asset(2)]),
        (
            Step::OpenAsset(asset(3)),
            vec![asset(1), asset(2), asset(3)],
        ),
        (Step::TapAsset(asset(1)), vec![asset(2), asset(3)]),
    ] {
        let (next, trail) = screen.after(step).expect("chooses");
        assert_eq!(
            (next.mode.clone(), trail),
            (Mode::Choosing(chosen), Trail::Replace)
        );
        screen = next;
    }
    assert_eq!(screen.after(Step::TapTask(task(1))), None);
    assert_eq!(screen.after(Step::TapGround([0.0, 0.0])), None);
    assert_eq!(screen.after(Step::PressGround([0.0, 0.0])), None);
    let (menu, trail) = screen.after(Step::MakeRound).expect("a round of them");
    let chosen = Target::Chosen(vec![asset(2), asset(3)]);
    assert_eq!((menu.mode, trail), (Mode::Plotting(chosen), Trail::Push));
}

#[test]
fn a_touch_beside_a_selection_lets_go_of_it_first() {
    let (free, _) = at(Mode::AssetSelected(asset(1)))
        .after(Step::TapGround([1.0, 1.0]))
        .expect("lets go");
    assert_eq!(free.mode, Mode::Browsing);
    let (place, _) = free.after(Step::TapGround([1.0, 1.0])).expect("a place");
    assert_eq!(place.mode, Mode::PlaceSelected(Sketch::point([1.0, 1.0])));
}

#[test]
fn a_drawing_is_finished_only_when_it_has_its_corners() {
    let (drawing, _) = Screen::default()
        .after(Step::Draw(PlaceType::Polygon))
        .expect("draws");
    let (two, _) = drawing
        .after(Step::Sketched(vec![[0.0, 0.0], [1.0, 0.0]]))
        .expect("two corners");
    assert_eq!(two.after(Step::FinishSketch), None);
    let corners = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]];
    let (three, _) = two
        .after(Step::Sketched(corners.clone()))
        .expect("three corners");
    let (done, trail) = three.after(Step::FinishSketch).expect("finished");
    let expected = Sketch {
        shape: PlaceType::Polygon,
        points: corners,
    };
    assert_eq!(done.mode, Mode::PlaceSelected(expected));
    assert_eq!(trail, Trail::Push);
}

#[test]
fn corners_are_added_and_taken_out_beside_the_map() {
    let draw = |shape| Step::Draw(shape);
    let points = |screen: &Screen| match &screen.mode {
        Mode::Drawing(sketch) => sketch.points.clone(),
        other => panic!("{other:?} is no drawing"),
    };
    let walk = |shape, corners: &[Point]| {
        let (mut screen, _) = Screen::default().after(draw(shape)).expect("draws");
        for corner in corners {
            if let Some((next, trail)) = screen.after(Step::AddCorner(*corner)) {
                assert_eq!(trail, Trail::Replace);
                screen = next;
            }
        }
        screen
    };
    let (a, b, c) = ([123.5, 43.5], [123.6, 43.5], [123.6, 43.6]);
    let line = walk(PlaceType::Line, &[a, a, b, [123.600_000_001, 43.5]]);
    assert_eq!(
        points(&line),
        [a, b],
        "a second press at one place adds none"
    );
    let (moved, _) = line.after(Step::MoveCorner(1, c)).expect("moved");
    assert_eq!(points(&moved), [a, c]);
    assert_eq!(line.after(Step::MoveCorner(2, c)), None);
    let (back, _) = moved.after(Step::CornerBack).expect("taken back");
    assert_eq!(points(&back), [a]);
    assert_eq!(walk(PlaceType::Line, &[]).after(Step::CornerBack), None);
    let (one, _) = line.after(Step::DropCorner(0)).expect("taken out");
    assert_eq!(points(&one), [b]);
    assert_eq!(one.after(Step::DropCorner(1)), None);
    assert_eq!(one.after(Step::FinishSketch), None);
    let there_and_back = walk(PlaceType::Polygon, &[a, b, a]);
    assert_eq!(there_and_back.after(Step::FinishSketch), None);
    let area = walk(PlaceType::Polygon, &[a, b, c]);
    assert!(area.after(Step::FinishSketch).is_some());
    let bow_tie = walk(PlaceType::Polygon, &[a, c, b, [123.5, 43.6]]);
    assert_eq!(bow_tie.after(Step::FinishSketch), None);
    assert_eq!(points(&walk(PlaceType::Point, &[a, b])), [b]);
    assert_eq!(
        walk(PlaceType::Line, &[[200.0, 0.0]]),
        walk(PlaceType::Line, &[])
    );
}

#[test]
fn the_lens_stays_on_cards_and_goes_with_the_page() {
    let lens = Lens {
        work: WorkKindId("drain-clear".into()),
        from: "2026-01-01".into(),
        to: "2026-12-31".into(),
        aside: Aside::default(),
    };
    let screen = Screen {
        lens: Some(lens.clone()),
        ..at(Mode::Completion)
    };
    let (card, _) = screen.after(Step::OpenAsset(asset(1))).expect("opens");
    assert_eq!(card.lens, Some(lens));
    let (map, _) = card.after(Step::Go(Tab::Map)).expect("goes");
    assert_eq!(map.lens, None);
}

#[test]
fn what_is_said_of_an_asset_leads_back_to_its_card_and_a_tap_means_its_new_place() {
    let card = at(Mode::AssetSelected(asset(1)));
    let (form, trail) = card.after(Step::Amend).expect("opens");
    assert_eq!(trail, Trail::Push);
    assert_eq!(form.after(Step::TapAsset(asset(2))), None, "a stray touch");
    let (moved, trail) = form.after(Step::AddCorner([1.0, 2.0])).expect("a place");
    assert_eq!(trail, Trail::Replace);
    let (moved, _) = moved.after(Step::AddCorner([3.0, 4.0])).expect("another");
    assert_eq!(moved.mode, Mode::Amending(asset(1), vec![[3.0, 4.0]]));
    let (nowhere, _) = moved.after(Step::Sketched(Vec::new())).expect("none");
    assert_eq!(nowhere.mode, form.mode);
    let (after, trail) = moved.after(Step::Amended(asset(1))).expect("kept");
    assert_eq!((after, trail), (card, Trail::Replace));
}

#[test]
fn an_asset_is_put_on_the_map_at_a_place_and_nowhere_else() {
    let place = Sketch::point([1.0, 2.0]);
    let card = at(Mode::PlaceSelected(place.clone()));
    let (form, _) = card.after(Step::Add).expect("opens");
    assert_eq!(form.mode, Mode::Adding(place.clone()));
    let (after, _) = form.after(Step::Amended(asset(1))).expect("kept");
    assert_eq!(after.mode, Mode::AssetSelected(asset(1)));
    let line = Sketch {
        shape: PlaceType::Line,
        points: vec![[1.0, 2.0], [3.0, 4.0]],
    };
    assert_eq!(at(Mode::PlaceSelected(line)).after(Step::Add), None);
}

#[test]
fn what_waits_for_a_decision_is_opened_from_the_list_of_work_and_belongs_to_it() {
    let (list, trail) = at(Mode::MyWork)
        .after(Step::OpenProposals)
        .expect("the list");
    assert_eq!((&list.mode, trail), (&Mode::Proposals, Trail::Push));
    assert_eq!(list.mode.tab(), Tab::Work);
}

#[test]
fn a_place_is_the_same_by_its_address() {
    let place = at(Mode::PlaceSelected(Sketch::point([
        123.456_789_012_3,
        43.1,
    ])));
    assert_eq!(Screen::from_hash(&place.to_hash()).mode, place.mode);
}

#[test]
fn what_is_chosen_or_drawn_is_given_out() {
    let area = Sketch {
        shape: PlaceType::Polygon,
        points: vec![[1.0, 1.0], [2.0, 1.0], [2.0, 2.0]],
    };
    let chosen = vec![asset(1), asset(2)];
    let given = |mode| at(mode).after(Step::GiveOut).map(|(next, _)| next.mode);
    assert_eq!(
        given(Mode::Drawing(area.clone())),
        Some(Mode::Giving(Some(Target::Inside(area.clone()))))
    );
    assert_eq!(
        given(Mode::Choosing(chosen.clone())),
        Some(Mode::Giving(Some(Target::Chosen(chosen))))
    );
    let half = Sketch {
        points: area.points[..2].to_vec(),
        ..area
    };
    assert_eq!(given(Mode::Drawing(half)), None);
}
