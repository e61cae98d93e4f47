// Sets the page's language and direction, and moves the focus after a step. Streamlit has no way to do either.
// The screen's first heading carries data-ht-step, -lang, -dir; a remedy's heading data-ht-way; what is said in answer
// to a press, data-ht-news.
let step = null
let way = null
let news = []
let timer = 0
let away = 0

function settle() {
  const heading = document.querySelector("[data-ht-step]")
  if (!heading) return
  const { htStep, htLang, htDir } = heading.dataset
  document.documentElement.lang = htLang
  document.documentElement.dir = htDir
  const remedy = document.querySelector("[data-ht-way]")
  const newWay = remedy ? remedy.dataset.htWay : null
  const told = [...document.querySelectorAll("[data-ht-news]")]
  const newest = told.findLast((element) => !news.includes(element.dataset.htNews))
  const target = htStep !== step ? heading : newWay !== way ? remedy : newest
  const isFirst = step === null
  step = htStep
  way = newWay
  news = told.map((element) => element.dataset.htNews)
  markLabels()
  nameSkipLink(heading)
  noteAway(heading)
  if (target && !isFirst) moveTo(target, target === heading)
}

function moveTo(target, isNewScreen) {
  target.focus({ preventScroll: true })
  const main = document.querySelector('[data-testid="stMain"]')
  if (isNewScreen && main) main.scrollTo(0, 0)
  else target.scrollIntoView({ block: target.dataset.htNews ? "nearest" : "start" })
}

// A button's label that is not in the page's language says so in its key.
function markLabels() {
  for (const element of document.querySelectorAll('[class*="_lang_"] button')) {
    const match = /_lang_([A-Za-z-]+)/.exec(element.closest('[class*="_lang_"]').className)
    if (match && element.lang !== match[1]) element.lang = match[1]
  }
}

// Streamlit's own link past the top of the page is English in every language: it is named after where it leads.
function nameSkipLink(heading) {
  const link = document.querySelector('[data-testid="stSkipToContent"]')
  if (link && link.textContent !== heading.textContent) link.textContent = heading.textContent
}

// What is shown when the server goes away belongs to the last screen that came.
function noteAway(heading) {
  const { htAway, htAwayLang, htPage, htSite } = heading.dataset
  Object.assign(document.getElementById("ht-away").dataset, { away: htAway, lang: htAwayLang, page: htPage, site: htSite })
}

// Buttons go grey without a word when the connection is lost. A moment's grace: another server may take over.
// Streamlit's dialog says it in English, and holds the focus: it is closed, and shown by no style.
function watchConnection() {
  document.querySelector('[data-testid="stDialog"] button[aria-label="Close"]')?.click()
  const app = document.querySelector("[data-test-connection-state]")
  const isAway = app && app.dataset.testConnectionState !== "CONNECTED"
  if (isAway && !away) away = setTimeout(tellAway, 4000)
  if (!isAway && away) {
    clearTimeout(away)
    away = 0
    document.getElementById("ht-away").replaceChildren()
  }
}

function tellAway() {
  const box = document.getElementById("ht-away")
  const [text, link] = [document.createElement("p"), document.createElement("a")]
  text.textContent = box.dataset.away
  text.lang = box.dataset.lang
  link.textContent = box.dataset.site
  link.href = box.dataset.page
  box.replaceChildren(text, link)
}

// A link to another language: the same screen is drawn anew, as after "forward", instead of loading the page again.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-ht-go]")
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  history.pushState(null, "", link.href)
  dispatchEvent(new PopStateEvent("popstate"))
})

// The list of languages closes as lists do: by Escape, or by a press elsewhere.
function closeLanguages(kept) {
  for (const menu of document.querySelectorAll(".ht-languages[open]")) if (!menu.contains(kept)) menu.open = false
}

document.addEventListener("click", ({ target }) => closeLanguages(target))
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape") return
  target.closest?.(".ht-languages[open]")?.querySelector("summary").focus()
  closeLanguages(null)
})

// Streamlit draws a screen in several goes: wait until it has been still for a moment.
new MutationObserver(() => {
  clearTimeout(timer)
  timer = setTimeout(settle, 60)
  watchConnection()
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: [
  "data-ht-step", "data-ht-way", "data-ht-news", "data-ht-lang", "data-test-connection-state",
] })
