//! Readmes of the story. One has everything Markdown can do, and something that must not be done with it.

pub(super) const UI: &str = r#"# @acme/ui

Buttons, tables and forms for every Acme front end. See the [style guide](https://example.com/acme/style).

![A row of buttons](https://example.com/acme/buttons.png)

## Install

```sh
npm install @acme/ui
```

## Use

```js
import { Button } from '@acme/ui';

document.body.append(Button('Save'));
```

| Part | Since | Keyboard |
|---|---|---|
| `Button` | 1.0.0 | Enter, Space |
| `Table` | 1.2.0 | arrow keys |
| `Form` | 1.3.0 | Tab |

1. Read the *style guide*.
2. Use **one** primary button a page.
   - The others are plain.

> Colours come from tokens. Never write a colour by hand.

<img src="x" onerror="alert('this must never run')">

[Do not follow this](javascript:alert(1))
"#;

pub(super) const CORE: &str = r#"# @acme/core

Configuration, retries and errors, the same in every service.

## Retries

```js
const { retry } = require('@acme/core');
await retry(() => fetch('https://example.com/'), { times: 3 });
```

Version 2.2.0 leaks a timer; use 2.3.1 or later.
"#;

pub(super) const BILLING: &str = r#"# Billing

Create invoices and follow them up.

| Call | Meaning |
|---|---|
| `invoice(amount)` | a new invoice |
| `remind(invoice)` | a friendly letter |

Amounts are in cents.
"#;
