//! What the map shows, and what is done to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{DomainPath, RepositoryPath};
use shared::names::RepositoryName;

use super::chart::{Chart, Marks, Node};
use super::geometry::{Frame, Point};
use super::viewport::{Margins, Size, Viewport};
use super::wiring::{Meaning, Wire};
use crate::navigation::Navigation;
use crate::parts::DomainData;
use crate::place::{MapPlace, MapView, Place, Selected};

/// Room for headings above, and for tools and tray below.
const MARGINS: Margins = Margins { top: 48.0, bottom: 64.0, sides: 12.0 };
/// Below this zoom the words on a card cannot be read: it is drawn as a plain box then.
const READABLE_ZOOM: f64 = 0.4;
/// The zoom at which a card that was looked for is shown.
const CLOSE_ZOOM: f64 = 0.8;
/// Up to this many cards all are drawn, seen or not.
const FEW: usize = 120;
/// Cards are taken in and out in steps of so many screen pixels, so that panning seldom touches the page.
const STEP: f64 = 400.0;
/// Up to this many repositories every edge shows its priority.
const FEW_EDGES: usize = 30;

/// The state of a map. All of it that can be linked to lives in the address.
#[derive(Clone, Copy)]
pub struct MapState {
    navigation: Navigation,
    domain: StoredValue<DomainPath>,
    /// The domain, laid out.
    pub chart: Memo<Arc<Chart>>,
    /// What the address selects.
    pub selected: Memo<Option<Selected>>,
    /// The list of upstreams that the address proposes for the selected repository.
    pub draft: Memo<Option<Vec<RepositoryName>>>,
    /// What the selection marks.
    pub marks: Memo<Arc<Marks>>,
    /// The whole way of the selected repository's leaks is marked.
    pub path_shown: RwSignal<bool>,
    /// Position and zoom.
    pub viewport: RwSignal<Viewport>,
    /// Size of the window onto the map.
    pub window: RwSignal<Size>,
    /// The card that the arrow keys start from.
    pub focused: RwSignal<Option<usize>>,
    /// What is searched for.
    pub search: RwSignal<String>,
    /// The cards that the search finds.
    pub found: Memo<Arc<BTreeSet<usize>>>,
    /// What is being dragged from card to card, or off a card.
    pub wire: RwSignal<Option<Wire>>,
    /// The card that would take what is dragged, if it were dropped now.
    pub target: Memo<Option<usize>>,
    /// The edge that the pointer could take off.
    pub hot: RwSignal<Option<usize>>,
    /// What a screen reader says about the last step.
    pub said: RwSignal<String>,
}

impl MapState {
    /// The map of this domain, with what the address selects.
    pub fn new(data: DomainData) -> Self {
        let navigation = expect_context::<Navigation>();
        let chart = Memo::new(move |before: Option<&Arc<Chart>>| match &*data.map.read() {
            Some(map) => Arc::new(Chart::new(map)),
            None => before.cloned().unwrap_or_default(),
        });
        let selected = Memo::new(move |_| match &*navigation.place().read() {
            Some(Place::Map(place)) => place.selected.clone(),
            _ => None,
        });
        let draft = Memo::new(move |_| match &*navigation.place().read() {
            Some(Place::Map(MapPlace { selected: Some(Selected::Repository(_)), upstreams, .. })) => upstreams.clone(),
            _ => None,
        });
        let wire = RwSignal::new(None::<Wire>);
        let target = Memo::new(move |_| match wire.read().as_ref()? {
            Wire { over, meaning: Meaning::Upstreams { .. } | Meaning::Connection { .. }, .. } => *over,
            Wire { meaning: Meaning::Nothing(_), .. } => None,
        });
        let path_shown = RwSignal::new(false);
        let marks = Memo::new(move |_| Arc::new(Marks::new(&chart.read(), selected.read().as_ref(), path_shown.get())));
        let search = RwSignal::new(String::new());
        let found = Memo::new(move |_| Arc::new(chart.read().search(&search.read()).into_iter().collect()));
        Self {
            navigation,
            domain: StoredValue::new(data.path()),
            chart,
            selected,
            draft,
            marks,
            path_shown,
            viewport: RwSignal::new(Viewport::default()),
            window: RwSignal::new(Size::default()),
            focused: RwSignal::new(None),
            search,
            found,
            wire,
            target,
            hot: RwSignal::new(None),
            said: RwSignal::new(String::new()),
        }
    }

    /// The place with this selection and view. What is proposed for the selected repository stays with it.
    pub fn place(self, selected: Option<Selected>, view: MapView) -> Place {
        let upstreams = if selected == self.selected.get() { self.draft.get() } else { None };
        Place::Map(MapPlace { domain: self.domain.get_value(), selected, upstreams, view })
    }

    /// How the address asks the map to be shown.
    pub fn view(self) -> MapView {
        match &*self.navigation.place().read() {
            Some(Place::Map(place)) => place.view,
            _ => MapView::Flow,
        }
    }

    /// Selects a card, or nothing.
    pub fn select(self, node: Option<usize>) {
        let key = node.and_then(|node| self.chart.with_untracked(|chart| chart.nodes.get(node).map(Node::key)));
        self.path_shown.set(false);
        let place = untrack(|| self.place(key, self.view()));
        // Back leads to what was proposed.
        if self.draft.read_untracked().is_some() {
            self.navigation.go(&place);
        } else {
            self.navigation.replace(&place);
        }
    }

    /// Proposes a list of upstreams for a repository, to be looked at before it is saved.
    pub fn propose(self, repository: RepositoryName, upstreams: Vec<RepositoryName>) {
        let before = untrack(|| (self.selected.get(), self.draft.get()));
        let selected = Some(Selected::Repository(repository));
        let goes_on = before.1.is_some() && before.0 == selected;
        let view = untrack(|| self.view());
        let upstreams = Some(upstreams);
        let place = Place::Map(MapPlace { domain: self.domain.get_value(), selected, upstreams, view });
        if goes_on {
            self.navigation.replace(&place);
        } else {
            self.navigation.go(&place);
        }
    }

    /// Proposes the upstreams as they are, to be changed in the list.
    pub fn propose_for(self, node: usize) {
        let repository = self.chart.with_untracked(|chart| match chart.nodes.get(node) {
            Some(Node::Repository { repository, .. }) if repository.problem.is_none() => Some(repository.clone()),
            _ => None,
        });
        if let Some(repository) = repository {
            self.propose(repository.name, repository.upstreams);
        }
    }

    /// Gives the proposal up: the repository stays selected.
    pub fn keep(self, repository: &RepositoryName) {
        let selected = Some(Selected::Repository(repository.clone()));
        let view = untrack(|| self.view());
        let place = MapPlace { domain: self.domain.get_value(), selected, upstreams: None, view };
        self.navigation.replace(&Place::Map(place));
    }

    /// The list that is proposed for a repository, if one is.
    pub fn drafted(self, repository: &RepositoryName) -> Option<Vec<RepositoryName>> {
        let selected = self.selected.read_untracked();
        let same = matches!(&*selected, Some(Selected::Repository(name)) if name == repository);
        self.draft.get_untracked().filter(|_| same)
    }

    /// The pointer is here on the screen and holds nothing; none where it cannot take an edge. Of a large domain only
    /// the edges into the selected repository can be taken: its map is moved far more often.
    pub fn point_at(self, at: Option<Point>) {
        let chart = self.chart.read_untracked();
        let viewport = self.viewport.get_untracked();
        let hot = at.filter(|_| viewport.zoom >= READABLE_ZOOM).and_then(|at| {
            let at = viewport.to_map(at);
            if chart.nodes.len() <= FEW_EDGES {
                chart.edge_at(0..chart.edges.len(), at, viewport.zoom)
            } else {
                chart.edge_at(self.marks.read_untracked().numbered.iter().copied(), at, viewport.zoom)
            }
        });
        if hot != self.hot.get_untracked() {
            self.hot.set(hot);
        }
    }

    /// Lets go of what is dragged: proposes what it means, or leads to where it is done.
    pub fn drop_wire(self) {
        let meaning = self.wire.get_untracked().map(|wire| wire.meaning);
        self.wire.set(None);
        match meaning {
            Some(Meaning::Upstreams { repository, list, .. }) => self.propose(repository, list),
            Some(Meaning::Connection { repository, registry, .. }) => {
                let DomainPath { connection, domain } = self.domain.get_value();
                let path = RepositoryPath { connection, domain, repository };
                self.navigation.go(&Place::RepositorySettings(path, Some(registry)));
            }
            Some(Meaning::Nothing(_)) | None => {}
        }
    }

    /// Opens the page of a repository; an external connection has none and is selected.
    pub fn open(self, node: usize) {
        let repository = self.chart.with_untracked(|chart| match chart.nodes.get(node) {
            Some(Node::Repository { repository, .. }) => Some(repository.name.clone()),
            Some(Node::Source { .. }) | None => None,
        });
        match repository {
            Some(name) => self.navigation.go(&Place::repository(&self.domain.get_value(), &name)),
            None => self.select(Some(node)),
        }
    }

    /// Makes a card the one that arrow keys start from, says what it is, and brings it onto the screen.
    pub fn focus(self, node: usize) {
        self.focused.set(Some(node));
        self.said.set(self.chart.with_untracked(|chart| chart.spoken(node)));
        self.reveal(node);
    }

    /// Moves the map just so far that a card is on the screen; not at all when it is.
    pub fn reveal(self, node: usize) {
        let frame = self.chart.with_untracked(|chart| chart.layout.cards.get(node).copied());
        if let Some(frame) = frame {
            let now = self.viewport.get_untracked();
            let next = now.revealing(frame, self.window.get_untracked(), MARGINS);
            if next != now {
                self.viewport.set(next);
            }
        }
    }

    /// Makes a card the focused one, and shows it in the middle where it could not be read before.
    pub fn approach(self, node: usize) {
        let frame = self.chart.with_untracked(|chart| chart.layout.cards.get(node).copied());
        let (now, window) = (self.viewport.get_untracked(), self.window.get_untracked());
        if let Some(frame) = frame.filter(|_| now.zoom < READABLE_ZOOM) {
            self.viewport.set(Viewport::centred(frame.centre(), CLOSE_ZOOM, window));
        }
        self.focus(node);
    }

    /// Shows all of the map.
    pub fn fit(self) {
        let (width, height) = self.chart.with_untracked(|chart| (chart.layout.width, chart.layout.height));
        let content = Frame { x: 0.0, y: 0.0, width, height };
        self.viewport.set(Viewport::fit(content, self.window.get_untracked(), MARGINS));
    }

    /// Zooms around the middle of the window.
    pub fn zoom(self, factor: f64) {
        let window = self.window.get_untracked();
        let middle = Point { x: window.width / 2.0, y: window.height / 2.0 };
        self.viewport.update(|viewport| *viewport = viewport.zoomed(factor, middle));
    }

    /// Shows the map at 100 %.
    pub fn full_size(self) {
        self.zoom(1.0 / self.viewport.get_untracked().zoom);
    }

    /// Whether cards are drawn as plain boxes.
    pub fn plain(self) -> Memo<bool> {
        let viewport = self.viewport;
        Memo::new(move |_| viewport.read().zoom < READABLE_ZOOM)
    }

    /// The cards to draw: all of a small domain, of a large one those on the screen and a little around it.
    pub fn drawn(self) -> Memo<Vec<usize>> {
        let (viewport, window, chart) = (self.viewport, self.window, self.chart);
        let around = Memo::new(move |_| {
            let step = STEP / viewport.read().zoom;
            let shown = viewport.read().shown(*window.read());
            let snap = |value: f64| (value / step).floor() * step;
            let (x, y) = (snap(shown.x) - step, snap(shown.y) - step);
            Frame { x, y, width: snap(shown.right()) + 2.0 * step - x, height: snap(shown.bottom()) + 2.0 * step - y }
        });
        Memo::new(move |_| {
            let chart = chart.read();
            let all = 0..chart.nodes.len();
            if all.len() <= FEW {
                return all.collect();
            }
            let around = around.get();
            all.filter(|&node| chart.layout.cards[node].overlaps(&around)).collect()
        })
    }

    /// The edges whose priority is shown: the selected repository's, and in a small domain all that have a choice.
    pub fn numbered(self) -> Memo<Vec<usize>> {
        let (chart, marks) = (self.chart, self.marks);
        Memo::new(move |_| {
            let (chart, marks) = (chart.read(), marks.read());
            let small = chart.nodes.len() <= FEW_EDGES;
            let has_choice = |edge: usize| {
                let to = chart.edges[edge].to;
                chart.edges.iter().filter(|other| other.to == to).count() > 1
            };
            let own: Vec<usize> = marks.numbered.iter().copied().collect();
            let others =
                (0..chart.edges.len()).filter(|edge| small && !marks.numbered.contains(edge) && has_choice(*edge));
            own.into_iter().chain(others).collect()
        })
    }
}
