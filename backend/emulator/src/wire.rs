//! What stands between HTTP and the operations: signatures, faults, tokens, paging and members of a request.

pub(crate) mod broken;
pub(crate) mod call;
pub(crate) mod canonical;
pub mod fault;
pub(crate) mod member;
pub(crate) mod paging;
pub(crate) mod place;
pub(crate) mod signature;
pub mod token;
