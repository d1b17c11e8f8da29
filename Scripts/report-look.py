#!/usr/bin/env python3
"""report-look.py PAGE FOLDER: looks at a report in headless Chromium, as a telephone and as a desktop, light and dark.

Leaves a picture of each in FOLDER and prints one JSON object: what the console said, what was fetched beside the page,
how far it runs over at the side, the smallest text, text whose contrast is below WCAG's AA, and where the first link
to a failure leads. Judging it is the caller's. It speaks the DevTools protocol over two pipes, so no port is opened.
"""
import base64, fcntl, json, os, pathlib, shutil, subprocess, sys, tempfile

LOOKS = [(name, width, scheme) for name, width in (("phone", 390), ("desktop", 1280)) for scheme in ("light", "dark")]

# Runs in the page, past its own policy: the contrast is WCAG 2.2's formula, over the backgrounds that lie beneath.
MEASURE = r"""
(() => {
  const rgb = text => (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const lum = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
  const beneath = el => { for (; el; el = el.parentElement) {
    const c = rgb(getComputedStyle(el).backgroundColor); if (c.length < 4 || c[3] > .99) return c; } return [255, 255, 255]; };
  let smallest = 99; const faint = [], narrow = document.documentElement.clientWidth;
  const over = [...document.querySelectorAll('body *')].filter(el => el.checkVisibility() && !el.closest('.skip') &&
    el.getBoundingClientRect().right > narrow + 1).map(el => el.tagName + '.' + (el.className.baseVal ?? el.className)).slice(0, 5);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walk.nextNode();) {
    const el = node.parentElement;
    if (!node.data.trim() || el.closest('svg') || !el.checkVisibility()) continue;
    const style = getComputedStyle(el), size = parseFloat(style.fontSize);
    smallest = Math.min(smallest, size);
    const [a, b] = [lum(rgb(style.color)), lum(beneath(el))].sort((x, y) => y - x);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if ((a + .05) / (b + .05) < (large ? 3 : 4.5)) faint.push(node.data.trim().slice(0, 40));
  }
  return { overflow: document.documentElement.scrollWidth - innerWidth, over, smallest, faint: [...new Set(faint)] };
})()
"""
FOLLOW = r"""
(() => {
  const link = document.querySelector('.miss a'); if (!link) return null;
  link.click();
  const target = document.querySelector(link.getAttribute('href')), box = target.getBoundingClientRect();
  return { href: link.getAttribute('href'), open: target.tagName !== 'DETAILS' || target.open,
    seen: box.height > 0 && box.top >= -1 && box.top < innerHeight };
})()
"""


class Browser:
    def __init__(self, profile):
        program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
        if not program:
            sys.exit("report-look: there is no chromium on PATH: apt-get install chromium, or make report-check")
        # Out of the way of 3 and 4, which are where chromium looks for its pipes.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for pipe in (os.pipe(), os.pipe()) for end in pipe]
        down, self.write, self.read, up = ends
        os.dup2(down, 3), os.dup2(up, 4)
        self.process = subprocess.Popen(
            [program, "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", "--hide-scrollbars", f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(3, 4), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Only chromium holds them now, so that its end is an end of file here.
        for end in (3, 4, down, up):
            os.close(end)
        self.number, self.rest, self.events = 0, b"", []

    def message(self):
        while b"\0" not in self.rest:
            part = os.read(self.read, 1 << 20)
            if not part:
                sys.exit("report-look: chromium ended before it answered")
            self.rest += part
        line, self.rest = self.rest.split(b"\0", 1)
        return json.loads(line)

    def ask(self, method, session=None, **params):
        self.number += 1
        question = {"id": self.number, "method": method, "params": params}
        os.write(self.write, json.dumps(question | ({"sessionId": session} if session else {})).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"report-look: {method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.message())


def look(browser, page, folder, name, width, scheme):
    target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
    session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    ask = lambda method, **params: browser.ask(method, session, **params)
    height = 844 if width < 500 else 900
    ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
    ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    for domain in ("Page", "Runtime", "Log", "Network"):
        ask(f"{domain}.enable")
    browser.events.clear()
    ask("Page.navigate", url=page.as_uri())
    browser.wait("Page.loadEventFired")
    value = lambda script: ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")
    seen = value(MEASURE)
    if seen is None:
        sys.exit("report-look: the page could not be measured")
    picture = ask("Page.captureScreenshot", captureBeyondViewport=True, format="png")["data"]
    (folder / f"{name}-{scheme}.png").write_bytes(base64.b64decode(picture))
    seen["follow"] = value(FOLLOW)
    said = [event for event in browser.events if event.get("method") in
            ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")]
    seen["console"] = [json.dumps(event["params"])[:300] for event in said]
    asked = [event["params"]["request"]["url"] for event in browser.events
             if event.get("method") == "Network.requestWillBeSent"]
    seen["fetched"] = [url for url in asked if url.split("#")[0] != page.as_uri()]
    seen["title"] = value("document.title")
    seen["main"] = value("document.querySelectorAll('main h1, header h1, main, nav, footer').length")
    return {"width": width, "scheme": scheme} | seen


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    page, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="report-look.", ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            print(json.dumps([look(browser, page, folder, *one) for one in LOOKS], indent=1))
        finally:
            browser.process.kill()
            browser.process.wait()


main()
