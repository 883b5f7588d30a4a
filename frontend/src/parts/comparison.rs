//! Two repositories side by side. Only the rows in view stand in the page, so that thousands stay smooth.

mod bulk;
mod contents;
mod facets;
mod file_difference;
mod listing;
mod row;
mod shown;
mod sides;
mod table;
mod times;
mod words;

pub use bulk::ChooseMany;
pub use contents::{Contents, query as version_query};
pub use facets::{ComparisonFilters, KindFacets};
pub use file_difference::FileDifference;
pub use listing::ComparisonListing;
pub use shown::ShownLines;
pub use sides::SideFields;
pub use table::ComparisonTable;
