// The page's Trusted Types policy, the only one that the Content-Security-Policy lets anybody make.
// Leptos fills <template> elements with strings that the compiler wrote out of the page's own source; no data is in them.
// Those pass. What could run a script does not, so that a slip elsewhere cannot become one.
// There is no createScript and no createScriptURL: the browser then refuses every script made from a string.
"use strict";
(() => {
  if (!window.trustedTypes) return;
  // Elements that run or load something, and those that can change an address after it was checked.
  const elements = /<\s*\/?\s*(?:script|iframe|frame|frameset|object|embed|applet|base|meta|link|style|animate|set|foreignobject)\b/i;
  // Inside a tag: event handlers, and documents in an attribute.
  const handlers = /<[^>]*[\s"'/](?:on[a-z]+|srcdoc)\s*=/i;
  // Inside a tag: addresses that are neither on this site nor plainly of the web or mail.
  const fine = "(?:\\/|#|\\.|\\?|https?:\\/\\/|mailto:)";
  const addresses = new RegExp(
    `<[^>]*[\\s"'/](?:href|src|srcset|action|formaction|ping|xlink:href)\\s*=\\s*(?!"(?:"|${fine})|'(?:'|${fine})|[\\s>]|${fine})`,
    "i",
  );
  window.trustedTypes.createPolicy("default", {
    createHTML: (text) => (elements.test(text) || handlers.test(text) || addresses.test(text) ? null : text),
  });
})();
