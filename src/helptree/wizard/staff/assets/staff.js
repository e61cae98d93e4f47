// What the staff pages do without the server: fill gaps, copy with one press, and leave when the session is over.
// What is typed stays in this page, for one customer: nothing is stored, nothing sent.
let values = {}
let current = null
let timer = 0
let asking = 0
let wasConnected = false
let offered = null
let waiting = 0

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
  clearTimeout(waiting)
  waiting = setTimeout(offer, 150)
}

// What words may mean: the first of them has the focus, after wizard.js has had its say, unless somebody types.
function offer() {
  const list = document.querySelector("[data-st-found]")
  const number = list?.dataset.stFound ?? null
  if (number !== null && number !== offered && !document.activeElement?.matches("input, textarea")) list.querySelector("a").focus()
  offered = number
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

// Between the customer's text and the agent's, when both are copied with one press.
const BETWEEN = "\n\n———\n\n"

async function copy(button) {
  const sources = button.dataset.stCopy.split(" ").map((id) => document.getElementById(id))
  const text = sources.map((source) => source.textContent).join(BETWEEN)
  const told = button.parentElement.querySelector("[role=status]")
  let isDone = true
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    isDone = copyByHand(text, button)
  }
  told.textContent = ""
  told.textContent = isDone ? told.dataset.stDone : told.dataset.stFailed
}

// No clipboard without https: the browser's own command may.
function copyByHand(text, button) {
  const field = document.createElement("textarea")
  field.value = text
  field.readOnly = true
  field.style = "position:fixed;opacity:0"
  document.body.append(field)
  field.select()
  const isDone = document.execCommand("copy")
  field.remove()
  button.focus()
  return isDone
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-st-copy]")
  if (button) copy(button)
})

const isPlain = (event) => !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing)

document.addEventListener("keydown", (event) => {
  const { key, target } = event
  if (!isPlain(event)) return
  const find = target.matches?.("textarea") && target.closest('[data-testid="stForm"]')
  if (find && key === "Enter") press(event, find.querySelector('[data-testid="stFormSubmitButton"] button'))
  if (target.matches?.("input, select, textarea")) return
  const links = [...(target.closest?.("[data-st-found]")?.querySelectorAll("a") ?? [])]
  if (links.length && /^Arrow(Up|Down)$/.test(key)) press(event, links[links.indexOf(target) + (key === "ArrowDown" ? 1 : -1)], "focus")
  if (!/^[1-9]$/.test(key)) return
  // Only while the focus is in the list or in the case, so that no digit does anything elsewhere.
  const replies = target.closest?.("[data-st-case]")?.querySelectorAll("[data-st-replies] .st-reply") ?? []
  press(event, links[key - 1] ?? replies[key - 1]?.querySelector("[data-st-copy]"))
})

function press(event, element, how = "click") {
  if (!element) return
  event.preventDefault()
  element.closest("details")?.setAttribute("open", "")
  element.focus()
  if (how === "click") element.click()
}

// Streamlit draws a screen in several goes; what it draws anew is filled again at once.
new MutationObserver(render).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-st-until", "data-st-case", "data-test-connection-state"] })
render()
