//! Controls and texts of the page. They know HTML only: neither our types nor the API.

mod announce;
mod button;
mod chip;
mod command;
mod copy;
mod download;
mod field;
mod icon;
mod later;
mod notice;
mod number;
mod paint;
mod prose;
mod results;
mod skeleton;
mod tabs;
mod time;

pub use announce::{Announcements, Announcer};
pub use button::{Button, ButtonKind};
pub use chip::{Chip, Tone};
pub use command::Command;
pub use copy::CopyButton;
pub use download::{DownloadButton, save_file};
pub use field::{Field, Select};
pub use icon::{Glyph, Icon};
pub use later::Later;
pub use notice::{EmptyState, ErrorNotice, Notice};
pub use number::{bytes, count, grouped};
pub use paint::{after_paint, once_painted};
pub use prose::Prose;
pub use results::{RequestCell, Results};
pub use skeleton::{Skeleton, SkeletonRows};
pub use tabs::Tabs;
pub use time::{Clock, Moment, ago, day, moment, now, pause};
