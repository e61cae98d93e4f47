// What a reader does with an outcome without asking the server: fill in messages, copy, count a deadline, save it in a
// calendar, tick steps, print. All of it stays in this tab (sessionStorage) and is never sent or put into the address.
const STORE = "helptree"
const MINUTE = 60_000
let values = read()

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) || {}
  } catch {
    return {}
  }
}

function keep(name, value) {
  values = { ...values, [name]: value }
  try {
    sessionStorage.setItem(STORE, JSON.stringify(values))
  } catch { /* storage is off: the page still holds it */ }
}

const all = (selector, root = document) => [...root.querySelectorAll(selector)]
const set = (element, text) => { if (element.textContent !== text) element.textContent = text }
const languageOf = (element) => element.closest("[lang]")?.lang || document.documentElement.lang

// --- fields, gaps, ticks

function render() {
  for (const box of all("[data-ht-tick]")) box.checked = Boolean(values[`tick.${box.dataset.htTick}`])
  for (const field of all("[data-ht-fill]")) {
    const value = fitting(field, values[field.dataset.htFill] || "")
    if (field !== document.activeElement && field.value !== value) field.value = value
  }
  for (const gap of all("[data-ht-gap]")) {
    const value = shown(gap.dataset.htGap, languageOf(gap))
    set(gap, value || gap.dataset.htEmpty)
  }
  for (const link of all("[data-ht-link]")) {
    const whole = new URL(link.textContent, location.origin).href
    set(link, whole)
  }
  for (const clock of all("[data-ht-clock]")) renderClock(clock)
}

// A moment with a time of day fits into a field for days by its day; the other way round the time would be invented.
function fitting(field, value) {
  if (field.type === "date") return value.slice(0, 10)
  if (field.type === "datetime-local") return value.length > 10 ? value : ""
  return value
}

function shown(name, language) {
  const value = values[name] || ""
  if (!name.endsWith("_date") || !value) return value
  return format(localDay(value.slice(0, 10)), language, { dateStyle: "long" })
}

function format(moment, language, options) {
  // The numbers and the calendar that people of this language read on such a page.
  return new Intl.DateTimeFormat(language, options).format(moment)
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset?.htFill) keep(target.dataset.htFill, target.value)
  else if (target.dataset?.htTick) keep(`tick.${target.dataset.htTick}`, target.checked)
  else return
  render()
})

// --- the deadline

function localDay(text) {
  const [year, month, day] = text.split("-").map(Number)
  return new Date(year, month - 1, day)
}

// Returns { first, last, isExact }, or null. Hours are counted in real time, days in the device's calendar.
export function count(since, { from, to, unit }) {
  const isExact = unit === "minute" || unit === "hour"
  const start = isExact ? new Date(since) : localDay(since.slice(0, 10))
  if (!since || Number.isNaN(start.getTime()) || start.getFullYear() > 9000) return null
  const after = (amount) => isExact
    ? new Date(start.getTime() + amount * (unit === "hour" ? 60 : 1) * MINUTE)
    : addDays(start, amount, unit)
  return { first: after(Number(from)), last: after(Number(to)), isExact }
}

function addDays(start, amount, unit) {
  const day = new Date(start)
  if (unit === "month") {
    day.setMonth(day.getMonth() + amount)
    if (day.getDate() !== start.getDate()) day.setDate(0) // there is no 31 February: the last day of the month
  } else if (unit === "business-day") {
    for (let left = amount; left > 0;) {
      day.setDate(day.getDate() + 1)
      if (day.getDay() % 6) left -= 1
    }
  } else day.setDate(day.getDate() + amount * (unit === "week" ? 7 : 1))
  return day
}

function renderClock(clock) {
  const found = count(values[clock.dataset.htClock] || "", clock.dataset)
  const [until, button] = [clock.querySelector("[data-ht-until]"), clock.querySelector("[data-ht-ics]")]
  set(until, found ? sentence(clock, found) : "")
  button.hidden = !found
}

function sentence(clock, { first, last, isExact }) {
  const language = languageOf(clock)
  const style = isExact ? { dateStyle: "full", timeStyle: "short" } : { dateStyle: "full" }
  const fill = (text) => text
    .replaceAll("{first}", format(first, language, style))
    .replaceAll("{last}", format(last, language, style))
    .replaceAll("{zone}", Intl.DateTimeFormat().resolvedOptions().timeZone)
  const end = isExact ? last : addDays(last, 1, "day") // a day is over at its end
  const isRange = first.getTime() !== last.getTime()
  const text = end < new Date() ? clock.dataset.over : isRange ? clock.dataset.two : clock.dataset.one
  return [fill(text), fill(clock.dataset.zone)].filter(Boolean).join(" ")
}

// --- the calendar file (RFC 5545)

const digits = (number, length = 2) => String(number).padStart(length, "0")
const dayOf = (date) => digits(date.getFullYear(), 4) + digits(date.getMonth() + 1) + digits(date.getDate())
const instantOf = (date) => date.toISOString().replace(/[-:]|\.\d+/g, "")
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n")

// A line may hold 75 octets; the rest goes on after a line break and a blank. No letter is cut in two.
function folded(line) {
  const encoder = new TextEncoder()
  let [lines, room] = [[""], 75]
  for (const letter of line) {
    const size = encoder.encode(letter).length
    if (size > room) {
      lines.push(" ")
      room = 74
    }
    lines[lines.length - 1] += letter
    room -= size
  }
  return lines.join("\r\n")
}

// Act: at the first end of a range, with a day's notice. Wait: on the last day.
export function calendar({ first, last, isExact }, { then, title, remedy }, text, page, now = new Date()) {
  const at = then === "act" ? first : last
  const when = isExact
    ? [`DTSTART:${instantOf(at)}`]
    : [`DTSTART;VALUE=DATE:${dayOf(at)}`, `DTEND;VALUE=DATE:${dayOf(addDays(at, 1, "day"))}`]
  const notice = isExact ? "-PT6H" : then === "act" ? "-P1D" : "PT9H"
  const event = [
    "BEGIN:VEVENT", `UID:${remedy}-${isExact ? instantOf(at) : dayOf(at)}@helptree`, `DTSTAMP:${instantOf(now)}`,
    ...when, `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(text)}`, `URL:${page}`, "TRANSP:TRANSPARENT",
    "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(title)}`, `TRIGGER:${notice}`, "END:VALARM", "END:VEVENT",
  ]
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//helptree//wizard//EN", ...event, "END:VCALENDAR"]
  return lines.map(folded).join("\r\n") + "\r\n"
}

function save(clock) {
  const found = count(values[clock.dataset.htClock] || "", clock.dataset)
  if (!found) return
  const page = new URL(clock.dataset.page, location.origin).href
  const text = `${clock.querySelector("[data-ht-until]").textContent}\n${page}`
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([calendar(found, clock.dataset, text, page)], { type: "text/calendar" }))
  link.download = `${clock.dataset.remedy}.ics`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

// --- copy and print

async function copy(button) {
  const source = document.getElementById(button.dataset.htCopy)
  const told = button.parentElement.querySelector("[role=status]")
  const isDone = await copyText(source)
  told.textContent = ""
  told.textContent = isDone ? told.dataset.htDone : told.dataset.htFailed
}

async function copyText(source) {
  try {
    await navigator.clipboard.writeText(source.textContent)
    return true
  } catch {
    // No clipboard without https: select the text, and let the browser's own command try.
    getSelection().selectAllChildren(source)
    return document.execCommand("copy")
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-ht-copy], [data-ht-print], [data-ht-ics]")
  if (!button) return
  if ("htCopy" in button.dataset) copy(button)
  else if ("htIcs" in button.dataset) save(button.closest("[data-ht-clock]"))
  else print()
})

// Streamlit draws a screen in several goes; what it draws anew is filled again at once.
new MutationObserver(render).observe(document.body, { childList: true, subtree: true })
render()
