//! The few words on the map itself.

/// Words of the controls in one language.
pub(super) struct Words {
    pub(super) map: &'static str,
    pub(super) zoom_in: &'static str,
    pub(super) zoom_out: &'static str,
    pub(super) locate: &'static str,
}

const ZH: Words = Words {
    map: "地图。方向键移动，加号和减号缩放，回车选取准星处",
    zoom_in: "放大",
    zoom_out: "缩小",
    locate: "我的位置",
};

const EN: Words = Words {
    map: "Map. Arrow keys move, plus and minus zoom, Enter picks what is under the crosshair",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    locate: "My location",
};

/// The words in Chinese or in English.
pub(super) fn words(zh: bool) -> &'static Words {
    if zh { &ZH } else { &EN }
}
