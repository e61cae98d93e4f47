// What the staff pages do without the server: fill gaps, copy with one press, and leave when the session is over.
// What is typed stays in this page, for one customer: nothing is stored, nothing sent.
let values = {}
let current = null
let timer = 0
let asking = 0
let wasConnected = false

const all = (selector) => [...document.querySelectorAll(selector)]

function render() {
  const number = document.querySelector("[data-st-case]")?.dataset.stCase ?? null
  if (number !== null && number !== current) {
    values = {} // another customer
    current = number
  }
  for (const field of all("[data-st-fill]")) {
    const value = values[field.dataset.stFill] || ""
    if (field !== document.activeElement && field.value !== value) field.value = value
  }
  for (const gap of all("[data-ht-gap]")) {
    const text = values[gap.dataset.htGap] || `{${gap.dataset.htGap}}`
    if (gap.textContent !== text) gap.textContent = text
  }
  watch()
  watchConnection()
}

// The screen goes with the session: loaded again, it is the page that asks to sign in.
function watch() {
  const until = Number(document.querySelector("[data-st-until]")?.dataset.stUntil)
  clearTimeout(timer)
  if (until) timer = setTimeout(() => location.reload(), Math.max(0, Math.min(until * 1000 - Date.now() + 1000, 2 ** 31 - 1)))
}

// A connection that is gone may mean a sign-out in another tab: then this one is emptied, too.
function watchConnection() {
  const state = document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState
  wasConnected ||= state === "CONNECTED"
  if (!wasConnected || !state || state === "CONNECTED" || asking) return
  asking = setTimeout(async () => {
    const answer = await fetch("/", { cache: "no-store" }).catch(() => null)
    asking = 0
    if (answer && [401, 403].includes(answer.status)) location.reload()
  }, 500)
}

document.addEventListener("input", ({ target }) => {
  if (!target.dataset?.stFill) return
  values[target.dataset.stFill] = target.value
  render()
})

async function copy(button) {
  const source = document.getElementById(button.dataset.stCopy)
  const told = button.parentElement.querySelector("[role=status]")
  let isDone = true
  try {
    await navigator.clipboard.writeText(source.textContent)
  } catch {
    // No clipboard without https: select the text, and let the browser's own command try.
    getSelection().selectAllChildren(source)
    isDone = document.execCommand("copy")
  }
  told.textContent = ""
  told.textContent = isDone ? told.dataset.stDone : told.dataset.stFailed
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-st-copy]")
  if (button) copy(button)
})

// Streamlit draws a screen in several goes; what it draws anew is filled again at once.
new MutationObserver(render).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-st-until", "data-st-case", "data-test-connection-state"] })
render()
